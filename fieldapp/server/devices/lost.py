"""What was on a laptop: for the data-protection sheet when it is lost or stolen. Four queries, however many children.

Two sources agree on it. The audit says which cases were ever sent to the laptop; the steps of those cases say whose they were at its last
contact. What had left the scope by then was taken off the laptop at that contact, unless something of it was unsent; so it is named apart
and not left out. Where in doubt a child counts as being on it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from fieldapp.domain.child import Child
from fieldapp.domain.reference import DISTRICT_ROLES, Role
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.records import tables as record_tables
from fieldapp.records.chunks import chunks
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.audit import Action
from fieldapp.server.devices.listing import DeviceRow, find

# Fields of a card by how much harm they do in wrong hands; health and disability are sensitive data (PDPA s. 26).
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("name", ("given_name", "family_name")),
    ("number", ("national_id", "g_code")),
    ("birth", ("birth_on",)),
    ("address", ("house_no", "moo", "village", "tambon_code")),
    ("guardian", ("guardian_name", "guardian_phone", "father_name", "mother_name")),
    ("school", ("last_school_name", "last_school_code", "last_grade")),
    ("disability", ("disability",)),
    ("disadvantage", ("disadvantage",)),
)
SENSITIVE = frozenset({"disability", "disadvantage", "visits"})


@dataclass(frozen=True, slots=True)
class ChildOnIt:
    """`groups` are the kinds of facts about the child that were there; `here` whether they still were at the last contact."""

    child: Child
    groups: frozenset[str]
    visits: int
    photos: int
    here: bool


@dataclass(frozen=True, slots=True)
class LostSheet:
    device: DeviceRow
    first_sent_at: dt.datetime | None
    last_sent_at: dt.datetime | None
    children: tuple[ChildOnIt, ...] = field(default=())

    @property
    def here(self) -> tuple[ChildOnIt, ...]:
        return tuple(one for one in self.children if one.here)

    @property
    def before(self) -> tuple[ChildOnIt, ...]:
        return tuple(one for one in self.children if not one.here)

    def counted(self, group: str) -> int:
        return sum(group in one.groups for one in self.here)

    @property
    def sensitive(self) -> int:
        return sum(bool(one.groups & SENSITIVE) for one in self.here)


def sheet(connection: Connection, district_id: str, device_id: str) -> LostSheet:
    """Raises Refused unknown_record."""
    device = find(connection, district_id, device_id)
    sent, first, last = _sent(connection, district_id, device_id)
    records = SqlRecords(connection, district_id)
    cases = records.cases(sent)
    children = records.children({case.child_id for case in cases.values()})
    roles = _roles(connection, district_id, [person_id for person_id, _name in device.people])
    visits, photos = (
        _counts(connection, district_id, record_tables.visit, cases),
        _counts(connection, district_id, record_tables.photo, cases),
    )
    of_child: dict[str, list[str]] = {}
    for case in cases.values():
        of_child.setdefault(case.child_id, []).append(case.id)
    found = []
    for child_id, ids in of_child.items():
        child = children.get(child_id)
        if child is None:
            continue
        seen = sum(visits.get(case_id, 0) for case_id in ids)
        pictures = sum(photos.get(case_id, 0) for case_id in ids)
        groups = {name for name, fields in GROUPS if any(getattr(child, one) for one in fields)}
        groups |= {"visits"} if seen else set()
        groups |= {"photos"} if pictures else set()
        here = any(_theirs(cases[case_id].steps, roles, device.last_seen_at) for case_id in ids)
        found.append(ChildOnIt(child, frozenset(groups), seen, pictures, here))
    found.sort(key=lambda one: (not one.here, one.child.tambon_code, one.child.moo, one.child.given_name, one.child.id))
    return LostSheet(device, first, last, tuple(found))


def _sent(connection: Connection, district_id: str, device_id: str) -> tuple[list[str], dt.datetime | None, dt.datetime | None]:
    """The cases that were sent to the laptop, or that it showed something of, with the first and last time."""
    audit = tables.audit
    query = select(audit.c.at, audit.c.detail).where(
        audit.c.district_id == district_id, audit.c.device_id == device_id, audit.c.action == Action.VIEWED
    )
    found: set[str] = set()
    times: list[dt.datetime] = []
    for row in connection.execute(query):
        cases = row.detail.get("cases", ()) if isinstance(row.detail, dict) else ()
        if cases:
            found.update(cases)
            times.append(row.at)
    return sorted(found), min(times, default=None), max(times, default=None)


def _roles(connection: Connection, district_id: str, person_ids: Iterable[str]) -> list[tuple[str, Role, str]]:
    """Of the people of the laptop, now and before: whoever once saw a whole school had it on the laptop."""
    person, past = record_tables.person, tables.past_scope
    ids = list(person_ids)
    now = select(person.c.id, person.c.role, person.c.school_code).where(person.c.district_id == district_id, person.c.id.in_(ids))
    then = select(past.c.person_id, past.c.role, past.c.school_code).where(past.c.district_id == district_id, past.c.person_id.in_(ids))
    return [(row[0], Role(row[1]), row[2]) for row in connection.execute(now.union_all(then))]


def _theirs(steps: Iterable[CaseStep], roles: list[tuple[str, Role, str]], at: dt.datetime) -> bool:
    """Whether someone of the laptop had the case at that time."""
    if any(role in DISTRICT_ROLES for _id, role, _school in roles):
        return True
    assigned = [step for step in steps if step.state is CaseState.ASSIGNED and step.recorded_at is not None and step.recorded_at <= at]
    if not assigned:
        return True  # it was sent, and nothing tells that it went away again
    last = max(assigned, key=lambda step: step.sequence)
    return any(
        last.person_id == person_id or (role is Role.SCHOOL_HEAD and last.school_code == school) for person_id, role, school in roles
    )


def _counts(connection: Connection, district_id: str, table: Any, case_ids: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for ids in chunks(list(case_ids)):
        query = select(table.c.case_id, func.count()).where(table.c.district_id == district_id, table.c.case_id.in_(ids))
        found |= dict(_pairs(connection.execute(query.group_by(table.c.case_id))))
    return found


def _pairs(rows: Iterable[Any]) -> Iterator[tuple[str, int]]:
    for row in rows:
        yield row[0], row[1]
