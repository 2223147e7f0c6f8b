"""A plan: which case to whom until when. It is made first and looked at; carrying it out is one transaction, happens once, and leaves
alone what changed meanwhile."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from fieldapp.domain.identifiers import PersonId, new_id
from fieldapp.records import tables as record_tables
from fieldapp.server import bulk
from fieldapp.server.assigning.chosen import Chosen
from fieldapp.server.assigning.tables import assignment_plan as _plan
from fieldapp.server.assigning.tables import assignment_team as _of_team
from fieldapp.server.assignments import Assignment, assign_each
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.sequence import hold
from fieldapp.wire.messages import Status

_person = record_tables.person

# Why a case is not among the moves, or was not moved: besides the codes of events.
ALREADY_THERE, CHANGED_MEANWHILE, NOBODY_PROPOSED = "already_there", "changed_meanwhile", "nobody_proposed"
ACCOUNT_CLOSED, MERGED = "account_closed", "merged"

_RECENT = 10


@dataclass(frozen=True, slots=True)
class Move:
    """`was_…`: whose the case was when the plan was made."""

    case_id: str
    person_id: str | None
    school_code: str | None
    due_on: dt.date | None
    was_person: str | None
    was_school: str | None
    owed_answer: bool
    visited: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`skipped` and `refused`: case -> code of why."""

    id: str
    made_at: dt.datetime
    made_by: str
    team_id: str | None
    moves: tuple[Move, ...]
    skipped: Mapping[str, str]
    done_at: dt.datetime | None
    done_by: str | None
    refused: Mapping[str, str]

    @property
    def moved(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.case_id not in self.refused)


@dataclass(frozen=True, slots=True)
class Done:
    """A plan that was carried out, as a line of a list."""

    id: str
    done_at: dt.datetime
    by_name: str
    moved: int


def move_of(case: Chosen, person_id: str | None, school_code: str | None, due_on: dt.date | None) -> Move | str:
    """The move of a case, or the code of why there is none. Without a new due date the case keeps its own."""
    if case.merged_into:
        return MERGED
    due = due_on or case.due_on
    if (case.assignee_id, case.school_code, case.due_on) == (person_id, school_code, due):
        return ALREADY_THERE
    visited = case.last_visit_on is not None
    return Move(case.case_id, person_id, school_code, due, case.assignee_id, case.school_code, case.owes_answer, visited)


def make(
    connection: Connection, district_id: str, found: Iterable[tuple[str, Move | str]], team_id: str | None, by: str, now: dt.datetime
) -> str:
    """`found`: for each case its move, or why there is none."""
    pairs = list(found)
    row = {
        "district_id": district_id,
        "id": new_id(),
        "made_at": now,
        "made_by": by,
        "team_id": team_id,
        "moves": [_to_json(move) for _, move in pairs if isinstance(move, Move)],
        "skipped": {case_id: code for case_id, code in pairs if isinstance(code, str)},
        "refused": {},
    }
    connection.execute(_plan.insert(), row)
    return str(row["id"])


def find(connection: Connection, district_id: str, plan_id: str) -> Plan:
    """Raises Refused unknown_record."""
    return _find(connection, district_id, plan_id, lock=False)


def recent(connection: Connection, district_id: str) -> tuple[Done, ...]:
    """The newest that were carried out."""
    query = (
        select(_plan.c.id, _plan.c.done_at, func.coalesce(_person.c.name, ""), _plan.c.moved)
        .outerjoin(_person, (_person.c.district_id == district_id) & (_person.c.id == _plan.c.done_by))
        .where(_plan.c.district_id == district_id, _plan.c.done_at.is_not(None))
    )
    return tuple(Done(*row) for row in connection.execute(query.order_by(_plan.c.made_at.desc()).limit(_RECENT)))


def drop(connection: Connection, district_id: str, plan_id: str) -> None:
    """A plan that will not be carried out. One that was stays."""
    connection.execute(_plan.delete().where(_plan.c.district_id == district_id, _plan.c.id == plan_id, _plan.c.done_at.is_(None)))


def carry_out(connection: Connection, district_id: str, plan_id: str, by: PersonId, on: dt.date, now: dt.datetime) -> Plan:
    """Assign what is still as it was when the plan was made; what is not stays as it is. In the caller's transaction; a second time
    nothing happens. Raises Refused unknown_record."""
    hold(connection, district_id)
    plan = _find(connection, district_id, plan_id, lock=True)
    if plan.done_at is not None:
        return plan
    holders = _holders(connection, district_id, [move.case_id for move in plan.moves])
    gone = _gone(connection, district_id, plan.moves)
    refused: dict[str, str] = {}
    still: list[Move] = []
    for move in plan.moves:
        if holders.get(move.case_id) != (move.was_person, move.was_school):
            refused[move.case_id] = CHANGED_MEANWHILE
        elif move.person_id in gone:
            refused[move.case_id] = ACCOUNT_CLOSED
        else:
            still.append(move)
    wanted = [Assignment(move.case_id, move.school_code, move.person_id, move.due_on) for move in still]
    answers = assign_each(connection, district_id, wanted, by=by, on=on)
    for move, answer in zip(still, answers, strict=True):
        if answer.status is not Status.ACCEPTED:
            refused[move.case_id] = answer.code
    if plan.team_id:
        rows = [
            {"district_id": district_id, "event_id": answer.event_id, "case_id": move.case_id, "team_id": plan.team_id}
            for move, answer in zip(still, answers, strict=True)
            if move.case_id not in refused
        ]
        bulk.insert(connection, _of_team, rows)
    ours = (_plan.c.district_id == district_id) & (_plan.c.id == plan_id)
    connection.execute(update(_plan).where(ours).values(done_at=now, done_by=by, refused=refused, moved=len(plan.moves) - len(refused)))
    return find(connection, district_id, plan_id)


def _holders(connection: Connection, district_id: str, case_ids: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    case = record_tables.case.c
    query = select(case.id, case.assignee_id, case.school_code).where(case.district_id == district_id, case.id.in_(case_ids))
    return {row.id: (row.assignee_id, row.school_code) for row in connection.execute(query)}


def _gone(connection: Connection, district_id: str, moves: Sequence[Move]) -> set[str]:
    """Of whom a plan gives cases to, those who are not there any more."""
    person = record_tables.person.c
    wanted = {move.person_id for move in moves if move.person_id}
    query = select(person.id).where(person.district_id == district_id, person.id.in_(wanted), person.active)
    return wanted - set(connection.execute(query).scalars())


def _find(connection: Connection, district_id: str, plan_id: str, *, lock: bool) -> Plan:
    query = select(_plan).where(_plan.c.district_id == district_id, _plan.c.id == plan_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise Refused("unknown_record", "plan_id")
    return _from(row)


def _from(row: Any) -> Plan:
    moves = tuple(_from_json(move) for move in row.moves)
    return Plan(row.id, row.made_at, row.made_by, row.team_id, moves, row.skipped, row.done_at, row.done_by, row.refused)


def _to_json(move: Move) -> dict[str, Any]:
    return {**asdict(move), "due_on": move.due_on.isoformat() if move.due_on else None}


def _from_json(move: dict[str, Any]) -> Move:
    return Move(**{**move, "due_on": dt.date.fromisoformat(move["due_on"]) if move["due_on"] else None})
