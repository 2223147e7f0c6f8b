"""Tables of the field trips. Every key and index begins with `district_id`."""

from sqlalchemy import Boolean, Column, Date, Index, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()

trip = Table(
    "trip",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("on_date", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("team_id", Text),
    Column("partners", Text, nullable=False),  # one agency a line
    Column("meeting", Text, nullable=False),  # where and when they meet
    Column("vehicle", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("called_off", Boolean, nullable=False),
    Column("result", Text, nullable=False),
    Column("result_at", UtcTime),
    Column("result_by", Text),
    Column("changed_at", UtcTime, nullable=False),
    Column("changed_by", Text, nullable=False),
)
Index("trip_by_date", trip.c.district_id, trip.c.on_date)

trip_case = Table(
    "trip_case",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("trip_id", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
)
