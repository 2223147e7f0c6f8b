"""Tables about people and their laptops that only the office writes and reads."""

from sqlalchemy import Column, Integer, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()

# A code with which a person sets their own password, once. Only its SHA-256 is kept; the code itself is on the slip and nowhere else.
sign_in_code = Table(
    "sign_in_code",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("code_sha256", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

# What a person's profile on a laptop said at its last contact of what it had not sent.
unsent_told = Table(
    "unsent_told",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("records", Integer, nullable=False),
    Column("photos", Integer, nullable=False),
    Column("told_at", UtcTime, nullable=False),
)
