"""Tables of the year's work. Every entry knows its school year (BE), who wrote it and who changed it; what is removed stays, marked."""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()


def _register(name: str, *columns: Column[Any]) -> Table:
    table = Table(
        name,
        metadata,
        Column("district_id", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("school_year", Integer, nullable=False),
        *columns,
        Column("version", Integer, nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("created_by", Text, nullable=False),
        Column("changed_at", UtcTime, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("removed_at", UtcTime),
        Column("removed_by", Text),
    )
    Index(f"{name}_by_year", table.c.district_id, table.c.school_year)
    return table


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False)


activity = _register(
    "year_activity",
    _text("name"),
    _text("area"),
    _text("owner"),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("target", Integer),
    _text("unit"),
    _text("budget"),
    _text("status"),
    Column("done_on", Date),
    _text("note"),
)

supervision = _register(
    "year_supervision",
    Column("on_date", Date, nullable=False),
    _text("school_code"),
    _text("who"),
    _text("seen"),
    _text("advice"),
    Column("follow_up_on", Date),
    Column("followed_up_on", Date),
)

support = _register(
    "year_support",
    Column("on_date", Date, nullable=False),
    _text("what"),
    _text("for_whom"),
    _text("who"),
    Column("people", Integer),
    _text("result"),
)

evaluation = _register(
    "year_evaluation",
    Column("on_date", Date, nullable=False),
    _text("stage"),
    _text("figure_name"),
    Column("target", Integer),
    _text("target_in"),
    _text("remark"),
    # What the system counted for that day when the entry was written; never counted again.
    Column("figure", JSON, nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("taken_by", Text, nullable=False),
)

improvement = _register(
    "year_improvement",
    _text("what"),
    _text("why"),
    _text("decided_by"),
    Column("until_on", Date),
    Column("done_on", Date),
    _text("result"),
)

lesson = _register(
    "year_lesson",
    Column("on_date", Date, nullable=False),
    _text("title"),
    _text("school_code"),
    _text("text"),
)

# Yes or no of a school to a question of the year: everyone protected (Q2), a safety plan (Q3).
school_answer = Table(
    "year_school_answer",
    metadata,
    Column("district_id", Text, primary_key=True),
    Column("school_year", Integer, primary_key=True),
    Column("school_code", Text, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("yes", Boolean, nullable=False),
    Column("on_date", Date),
    _text("note"),
    Column("changed_at", UtcTime, nullable=False),
    Column("changed_by", Text, nullable=False),
)
