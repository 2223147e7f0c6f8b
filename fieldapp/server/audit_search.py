"""Searching the audit: by person, child, laptop, day and kind of act, newest first, in parts that follow each other along the index.

Lists and syncs are one entry each that names the cases shown, so a search for a child also reads inside the entries of the days that are
asked for; therefore it always has a first day.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Text, and_, cast, or_, select
from sqlalchemy.sql import Select

from fieldapp.domain.names import full_name
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.audit import Action
from fieldapp.server.teams.tables import team as _team
from fieldapp.server.trips.tables import trip as _trip

PART = 100
MOST_EXPORTED = 20_000
CHILD_DAYS = 90
_audit, _person, _child, _case, _device = tables.audit, record_tables.person, record_tables.child, record_tables.case, tables.device


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is empty asks for nothing. `child` is a child's or a case's id; `after` is where the part before ended."""

    person: str = ""
    child: str = ""
    device: str = ""
    action: Action | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`subject_name` is of the child, person, laptop, team or trip that `subject` names, '' for anything else; `cases` is how many cases
    were shown."""

    id: str
    at: dt.datetime
    person_name: str
    device_name: str
    action: Action
    subject: str
    subject_kind: str
    subject_name: str
    cases: int
    detail: Mapping[str, Any]

    @property
    def mark(self) -> str:
        return f"{self.at.isoformat()}~{self.id}"


def search(connection: Connection, district_id: str, wanted: AuditFilter, today: dt.date, limit: int = PART) -> tuple[AuditRow, ...]:
    if wanted.child and wanted.first_day is None:
        wanted = replace(wanted, first_day=today - dt.timedelta(days=CHILD_DAYS))
    cases = _cases_of(connection, district_id, wanted.child) if wanted.child else []
    query = _entries(district_id).where(*_conditions(wanted, cases)).order_by(_audit.c.at.desc(), _audit.c.id.desc()).limit(limit)
    return tuple(_rows(connection.execute(query).mappings()))


def child_name(connection: Connection, district_id: str, child_id: str) -> str:
    query = select(_child.c.title, _child.c.given_name, _child.c.family_name).where(_child.c.district_id == district_id)
    row = connection.execute(query.where(_child.c.id == child_id)).one_or_none()
    return full_name(*row) if row else ""


def _entries(district_id: str) -> Select[Any]:
    subject_person = _person.alias("subject_person")
    subject_device = _device.alias("subject_device")
    return (
        select(_audit, _person.c.name.label("person_name"), _device.c.name.label("device_name"))
        .add_columns(_child.c.id.label("child_id"), _child.c.title, _child.c.given_name, _child.c.family_name)
        .add_columns(subject_person.c.name.label("about_person"), subject_device.c.name.label("about_device"))
        .add_columns(_team.c.name.label("about_team"), _trip.c.name.label("about_trip"))
        .outerjoin(_person, (_person.c.district_id == district_id) & (_person.c.id == _audit.c.person_id))
        .outerjoin(_device, (_device.c.district_id == district_id) & (_device.c.id == _audit.c.device_id))
        .outerjoin(_child, (_child.c.district_id == district_id) & (_child.c.id == _audit.c.subject))
        .outerjoin(subject_person, (subject_person.c.district_id == district_id) & (subject_person.c.id == _audit.c.subject))
        .outerjoin(subject_device, (subject_device.c.district_id == district_id) & (subject_device.c.id == _audit.c.subject))
        .outerjoin(_team, (_team.c.district_id == district_id) & (_team.c.id == _audit.c.subject))
        .outerjoin(_trip, (_trip.c.district_id == district_id) & (_trip.c.id == _audit.c.subject))
        .where(_audit.c.district_id == district_id)
    )


def _conditions(wanted: AuditFilter, cases: list[str]) -> Iterator[Any]:
    if wanted.person:
        yield _audit.c.person_id == wanted.person
    if wanted.device:
        yield or_(_audit.c.device_id == wanted.device, _audit.c.subject == wanted.device)
    if wanted.action:
        yield _audit.c.action == wanted.action
    if wanted.first_day:
        yield _audit.c.at >= _begin(wanted.first_day)
    if wanted.last_day:
        yield _audit.c.at < _begin(wanted.last_day + dt.timedelta(days=1))
    if wanted.child:
        inside = cast(_audit.c.detail, Text)
        yield or_(_audit.c.subject == wanted.child, *(inside.contains(f'"{case}"') for case in cases))
    if wanted.after:
        at, _, entry = wanted.after.partition("~")
        then = dt.datetime.fromisoformat(at)
        yield and_(_audit.c.at <= then, or_(_audit.c.at < then, _audit.c.id < entry))


def _begin(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), THAI_TIME)


def _cases_of(connection: Connection, district_id: str, child_id: str) -> list[str]:
    query = select(_case.c.id).where(_case.c.district_id == district_id, or_(_case.c.child_id == child_id, _case.c.id == child_id))
    return list(connection.scalars(query))


def _rows(found: Any) -> Iterator[AuditRow]:
    for row in found:
        kind, name = "", ""
        if row["child_id"]:
            kind, name = "child", full_name(row["title"], row["given_name"], row["family_name"])
        elif row["about_person"]:
            kind, name = "person", row["about_person"]
        elif row["about_device"]:
            kind, name = "device", row["about_device"]
        elif row["about_team"] or row["about_trip"]:
            kind, name = ("team", row["about_team"]) if row["about_team"] else ("trip", row["about_trip"])
        detail = row["detail"] if isinstance(row["detail"], dict) else {}
        yield AuditRow(
            row["id"],
            row["at"],
            row["person_name"] or "",
            row["device_name"] or "",
            Action(row["action"]),
            row["subject"],
            kind,
            name,
            len(detail.get("cases", ())),
            detail,
        )
