"""Heads: for every record its newest number, whose scope it is in, and its wire form ready to be sent. Pull reads nothing else.

Everything that belongs to a case shares the case's scope. A child belongs to the newest of its assigned cases, or to its newest case
where none is assigned, to one that was merged into another only where there is none else. The conflicts about its card are where the
child is. What belongs to a withdrawn case is for nobody, the district's laptops included: it has no head.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, select

from fieldapp.domain.care.facts import CareFact
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Event, Record
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import EventId, SubmissionId
from fieldapp.domain.payloads import HeldDecided
from fieldapp.domain.photo import Photo
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records import tables as record_tables
from fieldapp.records.chunks import chunks
from fieldapp.server import bulk, tables
from fieldapp.server.write_path.departures import depart
from fieldapp.server.write_path.known import KnownRecords
from fieldapp.server.write_path.sequence import Writing
from fieldapp.wire import codec
from fieldapp.wire.messages import HeldDecision

_head = tables.head
_ORDER = {name: position for position, name in enumerate(codec.RECORD_TYPES)}

Row = dict[str, Any]


def home_case(cases: Iterable[Case]) -> Case | None:
    """The case whose scope the child is in."""
    return max(
        cases,
        key=lambda case: (
            not case.withdrawn,
            case.merged_into is None,
            bool(case.assignee_id or case.school_code),
            case.listed_on,
            case.id,
        ),
        default=None,
    )


def publish(lock: Writing, known: KnownRecords) -> None:
    """Give every changed record its new number and scope; where a case changed hands, everything that belongs to it, and tell those who
    lost it."""
    moved = _moved(known)
    # Before the heads: a person who lost the case by one way and still has it by another gets it again after the departure.
    depart(lock, moved)
    whole = {(codec.type_name(record), record.id): _whole(record, known) for record in known.changed.values()}
    rescoped = _rescoped(lock, known, moved)
    gone = {str(case.id) for _, case in moved if case.withdrawn}
    _take_down(lock, gone)
    whole = {key: row for key, row in whole.items() if not _is_withdrawn(row, known)}
    rescoped = {key: row for key, row in rescoped.items() if row["case_id"] not in gone}
    for key in sorted({*whole, *rescoped}, key=lambda key: (_ORDER[key[0]], key[1])):
        row = whole.get(key) or rescoped[key]
        row["sequence"] = lock.next_number()
    _upsert(lock, list(whole.values()))
    _rescope(lock, [row for key, row in rescoped.items() if key not in whole])


def publish_shared(lock: Writing, records: Iterable[Record]) -> None:
    """Reference data: for everyone."""
    rows = [_row(record, None, shared=True) for record in records]
    for row in rows:
        row["sequence"] = lock.next_number()
    _upsert(lock, rows)


def publish_decisions(lock: Writing, known: KnownRecords, decisions: Iterable[Event]) -> None:
    """What became of held events, each for the person who made it: whose the case is now does not matter, and no case has it."""
    rows: list[Row] = []
    for event in decisions:
        held, payload = known.held(EventId(event.record)), event.payload
        assert held is not None and isinstance(payload, HeldDecided)
        told = HeldDecision(held.event.id, payload.take, payload.note, event.by, event.made_at, payload.case_id)
        rows.append(
            {
                "type": codec.HELD_DECISION,
                "id": held.event.id,
                "case_id": None,
                "owner_id": held.event.by,
                "school_code": None,
                "shared": False,
                "body": codec.encode(told).decode(),
                "sequence": lock.next_number(),
            }
        )
    _upsert(lock, rows)


def publish_again(lock: Writing, records: Iterable[Record]) -> None:
    """Records that changed while their scope stayed."""
    rows = [
        {
            "district_id": lock.district_id,
            "type": codec.type_name(record),
            "id": record.id,
            "sequence": lock.next_number(),
            "body": codec.record_json(record),
        }
        for record in records
    ]
    bulk.update(lock.connection, tables.head, rows)


def _moved(known: KnownRecords) -> list[tuple[Case, Case]]:
    """Cases whose scope is another than before, each with how it stood."""
    changed = [record for record in known.changed.values() if isinstance(record, Case)]
    pairs = [(known.cases_before[case.id], case) for case in changed]
    return [
        (before, case)
        for before, case in pairs
        if before is not None and (_scope(before) != _scope(case) or before.withdrawn != case.withdrawn)
    ]


def _is_withdrawn(row: Row, known: KnownRecords) -> bool:
    case = known.case(row["case_id"]) if row["case_id"] else None
    return case is not None and case.withdrawn


def _take_down(lock: Writing, case_ids: set[str]) -> None:
    for ids in chunks(sorted(case_ids)):
        lock.connection.execute(delete(_head).where(_head.c.district_id == lock.district_id, _head.c.case_id.in_(ids)))


def _scope(case: Case | None) -> tuple[str | None, str | None]:
    return (case.assignee_id, case.school_code) if case else (None, None)


def _whole(record: Record, known: KnownRecords) -> Row:
    match record:
        case Child():
            return _row(record, home_case(known.cases_of(record.id)))
        case Case():
            return _row(record, record)
        case Conflict():
            return _row(record, home_case(known.cases_of(record.child_id)))
        case Visit() | FollowUp():
            return _row(record, known.case(record.case_id))
        case Submission(case_id=None):
            return _row(record, None) | _of_school(record)
        case Photo(case_id=None, submission_id=submission_id):
            about = known.submission(SubmissionId(submission_id or ""))
            assert about is not None
            return _row(record, None) | _of_school(about)
        case Submission(case_id=case_id) | Photo(case_id=case_id) if case_id is not None:
            return _row(record, known.case(case_id))
        case _ if isinstance(record, CareFact):
            return _row(record, known.case(record.case_id))
        case _:
            raise TypeError(type(record).__name__)


def _of_school(about: Submission) -> Row:
    """A form about a school is of who filled it, and of the school."""
    return {"owner_id": about.by, "school_code": about.school_code}


def _row(record: Record, case: Case | None, *, shared: bool = False) -> Row:
    owner, school = _scope(case)
    return {
        "type": codec.type_name(record),
        "id": record.id,
        "case_id": case.id if case else None,
        "owner_id": owner,
        "school_code": school,
        "shared": shared,
        "body": codec.record_json(record),
    }


def _rescoped(lock: Writing, known: KnownRecords, moved: list[tuple[Case, Case]]) -> dict[tuple[str, str], Row]:
    """Heads whose record stays as it is while its scope changes: what belongs to moved cases, and children who moved home."""
    cases = {case.id: case for _, case in moved}
    found: dict[tuple[str, str], Row] = {}
    table = tables.head
    for ids in chunks(list(cases)):
        query = select(table.c.type, table.c.id, table.c.case_id).where(table.c.district_id == lock.district_id, table.c.case_id.in_(ids))
        for row in lock.connection.execute(query):
            found[row.type, row.id] = _new_scope(row.type, row.id, cases[row.case_id])
    homes: dict[str, Case] = {}
    for record in known.changed.values():
        if isinstance(record, Case) and (record.id in cases or known.cases_before[record.id] is None):
            home = home_case(known.cases_of(record.child_id))
            if home is not None:
                homes[record.child_id] = home
    found |= {("child", child_id): _new_scope("child", child_id, home) for child_id, home in homes.items()}
    for conflict_id, child_id in _conflicts_of(lock, homes):
        found["conflict", conflict_id] = _new_scope("conflict", conflict_id, homes[child_id])
    return found


def _conflicts_of(lock: Writing, child_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(conflict, child), decided ones too."""
    table = record_tables.conflict
    for ids in chunks(list(child_ids)):
        query = select(table.c.id, table.c.child_id).where(table.c.district_id == lock.district_id, table.c.child_id.in_(ids))
        yield from (tuple(row) for row in lock.connection.execute(query))


def _new_scope(type_name: str, record_id: str, case: Case) -> Row:
    owner, school = _scope(case)
    return {"type": type_name, "id": record_id, "case_id": case.id, "owner_id": owner, "school_code": school}


def _upsert(lock: Writing, rows: list[Row]) -> None:
    bulk.upsert(lock.connection, tables.head, [{"district_id": lock.district_id, **row} for row in rows])


def _rescope(lock: Writing, rows: list[Row]) -> None:
    bulk.update(lock.connection, tables.head, [{"district_id": lock.district_id, **row} for row in rows])
