"""What stands in the calendar of a month: activities of the plan, follow-ups of supervision, days until which an improvement is due."""

import datetime as dt

from sqlalchemy import Connection, func, select

from fieldapp.records import tables as record_tables
from fieldapp.server.year import tables
from fieldapp.server.year.month import Item
from fieldapp.server.year.registers import Status
from fieldapp.texts import _

_activity, _supervision, _improvement, _school = tables.activity, tables.supervision, tables.improvement, record_tables.school
_TONES = {Status.PLANNED: "neutral", Status.UNDER_WAY: "info", Status.DONE: "good", Status.CALLED_OFF: "plum"}
_LONGEST = 60


def items(connection: Connection, district_id: str, first: dt.date, last: dt.date) -> tuple[Item, ...]:
    """Of these days, whatever school year they were planned for; longer things first where they begin together. Three queries."""
    found = [*_activities(connection, district_id, first, last), *_follow_ups(connection, district_id, first, last)]
    found += _improvements(connection, district_id, first, last)
    return tuple(sorted(found, key=lambda one: (one.first, -one.last.toordinal(), one.caption)))


def _activities(connection: Connection, district_id: str, first: dt.date, last: dt.date) -> list[Item]:
    ends = func.coalesce(_activity.c.until_on, _activity.c.from_on)
    query = select(_activity.c.id, _activity.c.name, _activity.c.from_on, ends.label("until_on"), _activity.c.status).where(
        _activity.c.district_id == district_id, _activity.c.removed_at.is_(None), _activity.c.from_on <= last, ends >= first
    )
    return [
        Item(row.from_on, row.until_on, row.name, f"/office/year/plan/{row.id}", _TONES[Status(row.status)])
        for row in connection.execute(query)
    ]


def _follow_ups(connection: Connection, district_id: str, first: dt.date, last: dt.date) -> list[Item]:
    query = (
        select(_supervision.c.id, _supervision.c.follow_up_on, func.coalesce(_school.c.name, _supervision.c.school_code).label("school"))
        .outerjoin(_school, (_school.c.district_id == district_id) & (_school.c.code == _supervision.c.school_code))
        .where(
            _supervision.c.district_id == district_id,
            _supervision.c.removed_at.is_(None),
            _supervision.c.followed_up_on.is_(None),
            _supervision.c.follow_up_on.between(first, last),
        )
    )
    return [
        Item(
            row.follow_up_on,
            row.follow_up_on,
            _("Follow up: {what}").format(what=row.school),
            f"/office/year/supervision/{row.id}",
            "warning",
        )
        for row in connection.execute(query)
    ]


def _improvements(connection: Connection, district_id: str, first: dt.date, last: dt.date) -> list[Item]:
    query = select(_improvement.c.id, _improvement.c.until_on, func.left(_improvement.c.what, _LONGEST).label("what")).where(
        _improvement.c.district_id == district_id,
        _improvement.c.removed_at.is_(None),
        _improvement.c.done_on.is_(None),
        _improvement.c.until_on.between(first, last),
    )
    return [
        Item(row.until_on, row.until_on, _("Improve by: {what}").format(what=row.what), f"/office/year/improvements/{row.id}", "teal")
        for row in connection.execute(query)
    ]
