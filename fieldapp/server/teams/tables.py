"""Tables of the teams. Every key and index begins with `district_id`."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()

# What a district changed or added; as long as there is none, the kinds of `resources/reference/team_kinds.csv` count.
team_kind = Table(
    "team_kind",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
)

team = Table(
    "team",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("changed_by", Text, nullable=False),
)

# A person of the district (`person_id`) or someone from outside by name and agency.
team_member = Table(
    "team_member",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("team_id", Text, nullable=False),
    Column("person_id", Text),
    Column("name", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("position", Integer, nullable=False),  # place on the roster
    Column("carries", Boolean, nullable=False),  # takes the cases that are assigned to the team
    Column("from_on", Date),
    Column("until_on", Date),
    Column("order_number", Text, nullable=False),  # of the written appointment
    Column("changed_at", UtcTime, nullable=False),
    Column("changed_by", Text, nullable=False),
)
Index("team_member_by_team", team_member.c.district_id, team_member.c.team_id)
