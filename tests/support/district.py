"""A real district for tests: one embedded PostgreSQL a test session, a fresh district (its own id) for each test.

Fixtures: `engine`, `district`. Everything is written the way the server writes it, through `recording` and `accounts`.
"""

import datetime as dt
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from fieldapp.domain.child import Child
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, ChildId, EventId, ListId, PersonId, VisitId, new_id
from fieldapp.domain.payloads import CaseAssigned, CaseListed, Payload, VisitRecorded
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.reference import Person, Role, School
from fieldapp.domain.visit import Met, Outcome, ReturnLevel, Visit, Whereabouts
from fieldapp.server import database, embedded
from fieldapp.server.access import accounts
from fieldapp.server.access.accounts import add_account
from fieldapp.server.district import District, ensure_district
from fieldapp.server.write_path.recording import put_reference, record_events
from fieldapp.wire.messages import Answer, Status

PASSWORD = "พาน้องกลับมาเรียน"
LISTED_ON = dt.date(2026, 5, 20)
ASSIGNED_ON = dt.date(2026, 6, 1)
VISITED_ON = dt.date(2026, 6, 10)
DUE_ON = dt.date(2026, 7, 31)

_numbers = itertools.count(1)


@contextmanager
def database_folder() -> Iterator[Path]:
    """A folder for an embedded PostgreSQL. Not under pytest's own: as root PostgreSQL runs as another user, and every pytest that starts
    closes that folder to others."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
        embedded.leave(Path(folder))


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """The test session's PostgreSQL, migrated."""
    # Hundreds of accounts are made and signed in: passwords are hashed as always, only with the least effort.
    accounts._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with database_folder() as folder:
        opened = database.open_engine(embedded.start(folder))
        database.migrate(opened)
        yield opened
        opened.dispose()


@pytest.fixture
def district(engine: Engine) -> "TestDistrict":
    """A fresh district with an officer and one school."""
    return make_district(engine)


@dataclass
class TestDistrict:
    """A district and the means to fill it."""

    __test__ = False

    engine: Engine
    found: District
    officer: Person
    list_id: ListId
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.found.id

    def add_school(self, code: str, name: str = "โรงเรียนทดสอบ") -> School:
        school = School(code, name, "460101")
        with self.engine.begin() as connection:
            put_reference(connection, self.id, [school])
        return school

    def add_person(
        self, account: str, role: Role = Role.TEACHER, school_code: str = "46030001", expires_on: dt.date | None = None
    ) -> Person:
        """A person who signs in with `account` and PASSWORD."""
        with self.engine.begin() as connection:
            person = add_account(connection, self.id, account, PASSWORD, f"ครู {account}", role, school_code, expires_on)
        self.people[account] = person
        return person

    def add_case(self, person: Person | None = None, *, school_code: str | None = None, child: Child | None = None) -> CaseId:
        """A listed case, assigned to the person (and their school) or to a school where one is given."""
        return self.add_cases(1, person, school_code=school_code, children=[child] if child else None)[0]

    def add_cases(
        self, count: int, person: Person | None = None, *, school_code: str | None = None, children: list[Child] | None = None
    ) -> list[CaseId]:
        case_ids = [CaseId(new_id()) for _ in range(count)]
        cards = children or [make_child() for _ in range(count)]
        events = [
            self.event(CaseListed(card, self.list_id, ListType.NEVER_ENROLLED, LISTED_ON), case_id)
            for card, case_id in zip(cards, case_ids, strict=True)
        ]
        if person or school_code:
            events += [self.assignment(case_id, person, school_code=school_code) for case_id in case_ids]
        self.record(events)
        return case_ids

    def assignment(self, case_id: CaseId, person: Person | None, *, school_code: str | None = None) -> Event:
        school = school_code or (person.school_code if person else None) or None
        return self.event(CaseAssigned(ASSIGNED_ON, school, person.id if person else None, DUE_ON), case_id)

    def assign(self, case_id: CaseId, person: Person | None, *, school_code: str | None = None) -> None:
        self.record([self.assignment(case_id, person, school_code=school_code)])

    def event(self, payload: Payload, record: str, by: Person | None = None, base_version: int = 0) -> Event:
        return make_event(payload, record, (by or self.officer).id, base_version)

    def record(self, events: list[Event]) -> list[Answer]:
        with self.engine.begin() as connection:
            answers = record_events(connection, self.id, events)
        assert all(answer.status is Status.ACCEPTED for answer in answers), answers
        return answers


def make_district(engine: Engine) -> TestDistrict:
    district_id = f"t{next(_numbers)}-{new_id()[-6:]}"
    with engine.begin() as connection:
        found = ensure_district(connection, district_id, "เขตทดสอบ", dt.datetime.now(dt.UTC))
        officer = add_account(connection, district_id, "officer", PASSWORD, "ศน. ทดสอบ", Role.OFFICER)
        put_reference(connection, district_id, [School("46030001", "โรงเรียนหนึ่ง", "460101")])
        batch = ReceivedList(ListId(new_id()), ListType.NEVER_ENROLLED, "1/2569", LISTED_ON, "list.xlsx", "0" * 64, dt.datetime.now(dt.UTC))
        put_reference(connection, district_id, [batch])
    return TestDistrict(engine, found, officer, batch.id, {"officer": officer})


def make_child(given_name: str = "ธนกร", **values: object) -> Child:
    """A card; names repeat on purpose, ids do not."""
    return Child(ChildId(new_id()), given_name, **{"family_name": "พิมพ์สวัสดิ์", "title": "ด.ช.", "tambon_code": "460101", **values})  # type: ignore[arg-type]


def make_visit(case_id: str, child_id: str, by: str, outcome: Outcome = Outcome.RETURNED, **values: object) -> Visit:
    fields: dict[str, object] = {
        "visited_on": VISITED_ON,
        "met": (Met.CHILD,),
        "whereabouts": Whereabouts.THIS_HOUSE,
        "outcome": outcome,
        **values,
    }
    if outcome is Outcome.RETURNED:
        fields.setdefault("return_level", ReturnLevel.PRIMARY)
    return Visit(VisitId(new_id()), CaseId(case_id), ChildId(child_id), by=PersonId(by), **fields)  # type: ignore[arg-type]


def make_event(payload: Payload, record: str, by: str, base_version: int = 0, made_at: dt.datetime | None = None) -> Event:
    return Event(EventId(new_id()), payload, record, base_version, made_at or dt.datetime.now(dt.UTC), PersonId(by))


def visit_event(visit: Visit) -> Event:
    return make_event(VisitRecorded(visit), visit.id, visit.by)
