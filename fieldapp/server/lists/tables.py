"""Tables of the staged import. The rows themselves lie in `server.tables.list_row`, from the first look at the file on."""

from sqlalchemy import JSON, Column, Date, Index, Integer, LargeBinary, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()

# A file that came, from its upload until it is taken, dropped or undone. Its id is that of the received list that it becomes.
list_import = Table(
    "list_import",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),  # mapping | checked | taken | undone | cleared
    Column("list_type", Text, nullable=False),
    Column("risk_source", Text, nullable=False, default="", server_default=""),  # the web site, of a list of pupils at risk
    Column("round", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_sha256", Text, nullable=False),
    Column("data", LargeBinary),  # the file, until it is taken
    Column("sheet", Text, nullable=False),
    Column("labels", JSON, nullable=False),  # of the columns
    Column("samples", JSON, nullable=False),  # the first rows, for whoever maps the columns
    Column("mapping", JSON, nullable=False),  # column letter by field
    Column("created_at", UtcTime, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("undone_at", UtcTime),
    Column("undone_by", Text),
    # The work that is under way, '' for none: check | take | undo. Whether it is still alive is told by its lock (`jobs`), not by this.
    Column("job", Text, nullable=False),
    Column("job_order", JSON, nullable=False),  # what it was asked to do, so that it can be started again
    Column("job_stage", Text, nullable=False),
    Column("job_done", Integer, nullable=False),
    Column("job_total", Integer, nullable=False),
    Column("job_failure", JSON, nullable=False),  # code and facts of why it ended without success
)
Index("list_import_by_source", list_import.c.district_id, list_import.c.source_sha256)

# Who looked at a row when, and with which result.
list_row_note = Table(
    "list_row_note",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("list_id", Text, primary_key=True),
    Column("row_number", Integer, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by_person", Text, nullable=False),
    Column("act", Text, nullable=False),  # corrected | accepted | dropped | same_child | card_updated | withdrawn
    Column("detail", JSON, nullable=False),
)
