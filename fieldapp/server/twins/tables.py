"""What a person in the office said of a pair of cards."""

from sqlalchemy import JSON, Column, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()

# One row a pair, with the newest word; every word is in the audit, and what was merged in the log of events.
twin_verdict = Table(
    "twin_verdict",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("first_id", Text, primary_key=True),  # the smaller of the two children's ids
    Column("second_id", Text, primary_key=True),
    Column("verdict", Text, nullable=False),  # Verdict
    Column("note", Text, nullable=False),
    Column("said_at", UtcTime, nullable=False),
    Column("said_by", Text, nullable=False),
    Column("merges", JSON, nullable=False),  # [case, into] of what was put together
)
