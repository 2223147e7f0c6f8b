"""Tables that only a laptop has, beside those of `records.tables`: what waits to be sent, what came back for it, drafts, and the state of
sync.

Outbox rows stay after they were answered: they are the laptop's list of what it sent and what the district said.
"""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()
# The second encrypted file of a profile: picture bytes, so that backing up the records never copies gigabytes.
photo_metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),  # the order in which things were done here
    Column("event_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("case_id", Text, nullable=False, default=""),
    Column("child_id", Text, nullable=False, default=""),
    Column("made_at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),  # the event's canonical JSON, exactly the bytes that the receipt's hash is of
    Column("urgent", Boolean, nullable=False, default=False),
    Column("status", Text),  # None: waiting; else wire.messages.Status, only ever set together with a verified receipt or a rejection
    Column("code", Text, nullable=False, default=""),
    Column("field", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("answered_at", UtcTime),
)
Index("outbox_by_status", outbox.c.status, outbox.c.urgent, outbox.c.position)
Index("outbox_by_case", outbox.c.case_id)

receipt = Table(
    "receipt",
    metadata,
    Column("subject", Text, primary_key=True),  # event id or photo id
    Column("district_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("signature", Text, nullable=False),
    Column("verified_at", UtcTime, nullable=False),
    # The district's run in which it was given, until a pull has shown that the district still knows it; then ''.
    Column("run", Text, nullable=False, default="", server_default=""),
)
Index("receipt_by_run", receipt.c.run, receipt.c.sequence)

# What the district said before it was put back from a backup: evidence, but nothing counts as received on its ground.
former_receipt = Table(
    "former_receipt",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("district_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("signature", Text, nullable=False),
    Column("verified_at", UtcTime, nullable=False),
)

# While everything is read from the district again: what lay here when that began and has not come again yet.
reading_again = Table("reading_again", metadata, Column("type", Text, primary_key=True), Column("id", Text, primary_key=True))

photo_transfer = Table(
    "photo_transfer",
    metadata,
    Column("photo_id", Text, primary_key=True),
    Column("visit_id", Text),
    Column("case_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("state", Text, nullable=False),  # waiting | received | set_aside
    Column("upload_url", Text, nullable=False, default=""),
    Column("sent_bytes", Integer, nullable=False, default=0),
    Column("code", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("submission_id", Text),
    Column("paper_id", Text),
)
Index("photo_transfer_by_state", photo_transfer.c.state)

draft = Table(
    "draft",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("visit_id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),  # the visit's wire form
    Column("saved_at", UtcTime, nullable=False),
)

# Forms that are begun and not finished, of each form one about a case or a school; the number becomes the submission's.
form_draft = Table(
    "form_draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form_id", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("case_id", Text, nullable=False, default=""),
    Column("school_code", Text, nullable=False, default=""),
    Column("xml", Text, nullable=False),
    Column("page", Integer, nullable=False, default=0),
    Column("saved_at", UtcTime, nullable=False),
)
Index("form_draft_by_case", form_draft.c.case_id, form_draft.c.school_code, form_draft.c.form_id, unique=True)

draft_photo = Table(
    "draft_photo",
    metadata,
    Column("photo_id", Text, primary_key=True),
    Column("visit_id", Text),
    Column("body", Text, nullable=False),  # the photo's wire form
    Column("offered_position", Text),  # JSON: where the picture says it was taken, until the person takes it or not
    Column("submission_id", Text),  # the form that is being filled
)
Index("draft_photo_by_submission", draft_photo.c.submission_id)
Index("draft_photo_by_visit", draft_photo.c.visit_id)

# Sheets that were scanned and could not be filed: a person finds out what each is. The pictures lie in the other file.
loose_sheet = Table(
    "loose_sheet",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("reason", Text, nullable=False),  # why nobody but a person can file it: domain words in usecases.papers.sheets
    Column("code", Text, nullable=False, default=""),  # the code's text, where one was read
    Column("taken_at", UtcTime, nullable=False),
)

# What was printed here to be signed, so that the card can say that a signature is waited for.
printed_paper = Table(
    "printed_paper",
    metadata,
    Column("of_kind", Text, primary_key=True),
    Column("of", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("printed_at", UtcTime, nullable=False),
)
Index("printed_paper_by_case", printed_paper.c.case_id)

sync_state = Table("sync_state", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

sync_run = Table(
    "sync_run",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("code", Text, nullable=False, default=""),  # '' complete, else the error code that ended it
    Column("pushed", Integer, nullable=False, default=0),
    Column("pulled", Integer, nullable=False, default=0),
    Column("photos", Integer, nullable=False, default=0),
    Column("bytes_up", Integer, nullable=False, default=0),
    Column("bytes_down", Integer, nullable=False, default=0),
    Column("anew", Text, nullable=False, default="", server_default=""),  # why everything was read again: pull.forgotten, pull.new_scope
    Column("sent_again", Integer, nullable=False, default=0, server_default="0"),  # what the district had forgotten
)

preference = Table("preference", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# Files of phones and cards that a person decided about: `photo_id` is what one became, '' where it is not for us.
picture_seen = Table(
    "picture_seen",
    metadata,
    Column("sha256", Text, primary_key=True),  # of the file as the camera wrote it
    Column("size", Integer, nullable=False),
    Column("photo_id", Text, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)
Index("picture_seen_by_photo", picture_seen.c.photo_id)

photo_bytes = Table(
    "photo_bytes",
    photo_metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary, nullable=False),
)

# Files as they came from phone or camera, for some days; never sent.
original = Table(
    "original",
    photo_metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("ending", Text, nullable=False),
    Column("kept_at", UtcTime, nullable=False),
)

# Which picture was made of which.
original_of = Table(
    "original_of",
    photo_metadata,
    Column("sha256", Text, primary_key=True),
    Column("original", Text, nullable=False),
)
Index("original_of_by_original", original_of.c.original)
