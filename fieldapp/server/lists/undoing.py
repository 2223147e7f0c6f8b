"""Taking a whole list back: its cases are withdrawn by events, and nothing is deleted. What someone has worked on stays."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, exists, func, select, update

from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, EventId, ListId, PersonId, new_id
from fieldapp.domain.payloads import CaseAssigned, CaseChecked, CaseListed, CaseWithdrawn, RiskFound
from fieldapp.errors import ListError
from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from fieldapp.server.lists import taking, undoing_risks
from fieldapp.server.lists.growing import Growing
from fieldapp.server.lists.tables import list_import
from fieldapp.server.write_path.recording import put_reference, record_events
from fieldapp.wire.messages import Status

_PORTION = 500
_case, _event, _row = record_tables.case, tables.event, tables.list_row
# What the office itself did with a case before anyone worked on it.
_OWN = (CaseListed.KIND, CaseChecked.KIND, CaseAssigned.KIND)


@dataclass(frozen=True, slots=True)
class Stay:
    """A case that stays, and the kind of the first event that was built upon it."""

    case_id: str
    why: str


def withdrawable(connection: Connection, district_id: str, list_id: str) -> int:
    """How many cases of the list can be taken back."""
    query = select(func.count()).select_from(_case).where(*_of_list(district_id, list_id), ~_built_upon(district_id))
    return connection.scalar(query) or 0


def staying(connection: Connection, district_id: str, list_id: str, limit: int | None = None) -> tuple[Stay, ...]:
    """Cases on which something was built: a visit, a photo, a follow-up, an edited card, a decision, a merge."""
    first = (
        select(_event.c.kind)
        .where(_event.c.district_id == district_id, _event.c.case_id == _case.c.id, _not_ours(district_id))
        .order_by(_event.c.sequence)
        .limit(1)
        .correlate(_case)
        .scalar_subquery()
    )
    query = select(_case.c.id, func.coalesce(first, "case.merged")).where(*_of_list(district_id, list_id), _built_upon(district_id))
    return tuple(Stay(*row) for row in connection.execute(query.order_by(_case.c.id).limit(limit)))


def undo(
    engine: Engine,
    district_id: str,
    list_id: str,
    *,
    by: PersonId,
    clock: Callable[[], dt.datetime],
    told: Callable[[str, int, int], None],
) -> None:
    """Withdraw portion by portion. Rows on which something was built stay taken, with why. May be repeated: it does what is left."""
    with engine.connect() as connection:
        total = withdrawable(connection, district_id, list_id) + undoing_risks.left(connection, district_id, list_id)
    done, growing = 0, Growing(engine, _PORTION)
    while True:
        growing.done(done)
        told("undoing", done, total)
        with engine.begin() as connection:
            # Whoever brings a visit waits for this portion, and then it is held; or came before, and then the case stays.
            connection.execute(select(tables.district.c.district_id).where(tables.district.c.district_id == district_id).with_for_update())
            case_ids = _next(connection, district_id, list_id)
            if not case_ids:
                break
            _withdraw(connection, district_id, list_id, case_ids, by, clock())
        done += len(case_ids)
    while True:
        told("undoing", done, total)
        with engine.begin() as connection:
            connection.execute(select(tables.district.c.district_id).where(tables.district.c.district_id == district_id).with_for_update())
            ended = undoing_risks.end(connection, district_id, list_id, _PORTION, by, clock())
        if not ended:
            break
        done += ended
    with engine.begin() as connection:
        _close(connection, district_id, list_id, by, clock())


def _next(connection: Connection, district_id: str, list_id: str) -> list[CaseId]:
    query = select(_case.c.id).where(*_of_list(district_id, list_id), ~_built_upon(district_id)).order_by(_case.c.id).limit(_PORTION)
    return [CaseId(one) for one in connection.scalars(query)]


def _withdraw(connection: Connection, district_id: str, list_id: str, case_ids: list[CaseId], by: PersonId, now: dt.datetime) -> None:
    events = [Event(EventId(new_id()), CaseWithdrawn(ListId(list_id)), case_id, 0, now, by) for case_id in case_ids]
    answers = record_events(connection, district_id, events, recorded_at=now)
    if any(answer.status is not Status.ACCEPTED for answer in answers):
        raise ListError("list.not_recorded")
    rows = (_row.c.district_id == district_id) & (_row.c.list_id == list_id) & (_row.c.case_id == func.any(bindparam("ids")))
    connection.execute(update(_row).where(rows, _row.c.state == "taken").values(state="withdrawn"), {"ids": list(case_ids)})


def _close(connection: Connection, district_id: str, list_id: str, by: PersonId, now: dt.datetime) -> None:
    ours = (list_import.c.district_id == district_id) & (list_import.c.id == list_id)
    connection.execute(update(list_import).where(ours).values(state="undone", undone_at=now, undone_by=by))
    stays = {stay.case_id: stay.why for stay in staying(connection, district_id, list_id)}
    if stays:
        statement = (
            update(_row)
            .where(_row.c.district_id == bindparam("of"), _row.c.list_id == bindparam("of_list"), _row.c.case_id == bindparam("of_case"))
            .values(reason=bindparam("why"))
        )
        values = [{"of": district_id, "of_list": list_id, "of_case": case_id, "why": f"stays:{why}"} for case_id, why in stays.items()]
        connection.execute(statement, values)
    put_reference(connection, district_id, [taking.received_list(connection, district_id, list_id, now)])


def _of_list(district_id: str, list_id: str) -> tuple[ColumnElement[bool], ...]:
    return (_case.c.district_id == district_id, _case.c.list_id == list_id, _case.c.state != "withdrawn")


def _not_ours(district_id: str) -> ColumnElement[bool]:
    """An event that is neither the office's own nor a risk that the list itself brought."""
    risk = record_tables.risk
    brought = (
        exists()
        .where(risk.c.district_id == district_id, risk.c.id == _event.c.record_id, risk.c.list_id == _case.c.list_id)
        .correlate(_event, _case)
    )
    return _event.c.kind.not_in(_OWN) & ~((_event.c.kind == RiskFound.KIND) & brought)


def _built_upon(district_id: str) -> ColumnElement[bool]:
    worked_on = exists().where(_event.c.district_id == district_id, _event.c.case_id == _case.c.id, _not_ours(district_id))
    other = _case.alias("other")
    merged_into = exists().where(other.c.district_id == district_id, other.c.merged_into == _case.c.id)
    return worked_on | merged_into
