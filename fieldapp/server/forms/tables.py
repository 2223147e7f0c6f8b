"""Tables of what the office uploaded: a form on its way to be published, and the spreadsheet that each version was made of."""

from sqlalchemy import JSON, Column, Index, LargeBinary, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()

# One upload. Published ones are kept for ever: the office goes on from the spreadsheet of the last version; others for some days.
form_upload = Table(
    "form_upload",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("form_id", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("attachments", JSON, nullable=False),  # CSV text by file name
    Column("xform", Text, nullable=False),  # '' where it could not be converted
    Column("findings", JSON, nullable=False),
    Column("uploaded_at", UtcTime, nullable=False),
    Column("uploaded_by", Text, nullable=False),
    Column("published_at", UtcTime),
    Column("published_by", Text),
)
Index("form_upload_by_form", form_upload.c.district_id, form_upload.c.form_id, form_upload.c.form_version)

# What a filled copy chose at the questions that its form counts (`server.forms.countable`); read out of the copy's XML.
counted_answers = Table(
    "counted_answers",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("submission_id", Text, primary_key=True),
    Column("answers", Text, nullable=False),  # lines question=value, each also at its end
)
