"""Tables of the assigning. Every key and index begins with `district_id`."""

from sqlalchemy import JSON, Column, Index, Integer, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()

# What a person is about to assign, and what came of it.
assignment_plan = Table(
    "assignment_plan",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("team_id", Text),
    Column("moves", JSON, nullable=False),  # one a case: to whom, until when, and whose it was when the plan was made
    Column("skipped", JSON, nullable=False),  # case -> why it is not among the moves
    Column("done_at", UtcTime),
    Column("done_by", Text),
    Column("moved", Integer),  # how many were
    Column("refused", JSON, nullable=False),  # case -> why it could not be done
)
Index("assignment_plan_by_time", assignment_plan.c.district_id, assignment_plan.c.made_at)

# The team for which an assignment was made: the event names the person of it who carries the case.
assignment_team = Table(
    "assignment_team",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("team_id", Text, nullable=False),
)
Index("assignment_team_by_case", assignment_team.c.district_id, assignment_team.c.case_id)
