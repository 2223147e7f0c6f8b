"""Facts of this laptop that the district holds in its inbox instead of taking them among the records of the case.

Mostly the case has left and takes them along. But it may have come back before this laptop heard that it was away: then all of it comes
again as the district has it, and what the district did not take must not go on lying between it. The outbox and the receipt stay.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select, update

from fieldapp.domain.payloads import CARE_PAYLOADS, FollowUpPlanned, PhotoAdded, SubmissionRecorded, VisitRecorded
from fieldapp.records import tables
from fieldapp.records.chunks import chunks
from fieldapp.records.rows import TABLE_OF
from fieldapp.store import departures, sync_state
from fieldapp.store.changes import Changes
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.store.tables import sync_state as state_table
from fieldapp.store.transfers import RECEIVED

_PREFIX = "held:"
# Made once: every sync asks it.
_NAMES = select(state_table.c.name, state_table.c.value).where(state_table.c.name.startswith(_PREFIX, autoescape=True))
STATUS = "held"
_TAKEN = "accepted"
_TABLES = {
    VisitRecorded.KIND: tables.visit,
    PhotoAdded.KIND: tables.photo,
    FollowUpPlanned.KIND: tables.follow_up,
    SubmissionRecorded.KIND: tables.submission,
    **{payload.KIND: TABLE_OF[fact] for fact, payload in CARE_PAYLOADS.items()},
}


def remember(connection: Connection, answered: Iterable[tuple[str, int]]) -> None:
    """(event id, the receipt's sequence) of events that were answered as held."""
    for event_id, sequence in answered:
        sync_state.write(connection, _PREFIX + event_id, str(sequence))


def taken(connection: Connection, record_ids: Collection[str]) -> None:
    """The district sends them as records: it has taken them after all, by its own decision or because the case had come back."""
    query = select(outbox.c.event_id, outbox.c.record_id).where(outbox.c.status == STATUS, outbox.c.kind.in_(list(_TABLES)))
    events = [row.event_id for row in connection.execute(query) if row.record_id in record_ids]
    for ids in chunks(events):
        connection.execute(update(outbox).where(outbox.c.event_id.in_(ids)).values(status=_TAKEN, code=""))
    _forget(connection, events)


def let_go(connection: Connection, district_id: str, cursor: int, leaving: Collection[str]) -> Changes:
    """Drop held facts of cases that are this person's, as far as the district has told by the cursor. `leaving` are cases that are not.
    A photo whose bytes wait stays until they are sent."""
    # One that a district put back from a backup forgot waits again, and may be answered otherwise this time.
    answered = [row for row in _held(connection) if row.status is not None]
    _forget(connection, [row.event_id for row in answered if row.status != STATUS])
    held = [row for row in answered if row.status == STATUS and row.sequence <= cursor and row.case_id not in leaving]
    waiting = _photos_with_waiting_bytes(connection) if held else frozenset()
    going = [row for row in held if row.record_id not in waiting]
    for row in going:
        table = _TABLES.get(row.kind)
        if table is None:
            continue
        here = (table.c.district_id == district_id) & (table.c.id == row.record_id)
        if table is tables.photo:
            departures.forget(connection, connection.execute(select(table.c.sha256).where(here)).scalars())
        if table is tables.submission:
            risk = tables.risk
            connection.execute(delete(risk).where(risk.c.district_id == district_id, risk.c.submission_id == row.record_id))
        connection.execute(delete(table).where(here))
    _forget(connection, [row.event_id for row in going])
    return Changes(cases=frozenset(row.case_id for row in going))


def not_on_its_card(district_id: str) -> ColumnElement[bool]:
    """Of the events in the outbox those that were held, so that they may have been let go, and those whose record is not here."""
    missing = (
        (outbox.c.kind == kind) & outbox.c.record_id.not_in(select(table.c.id).where(table.c.district_id == district_id))
        for kind, table in _TABLES.items()
    )
    return or_(outbox.c.status == STATUS, *missing)


def any_here(connection: Connection) -> bool:
    return bool(_held(connection))


class _Held:
    def __init__(self, row: Row[str, str, str, str, str | None], sequence: int) -> None:
        self.event_id, self.kind, self.record_id, self.case_id, self.status = row
        self.sequence = sequence


def _held(connection: Connection) -> list[_Held]:
    sequences = {row.name.removeprefix(_PREFIX): int(row.value) for row in connection.execute(_NAMES)}
    columns = (outbox.c.event_id, outbox.c.kind, outbox.c.record_id, outbox.c.case_id, outbox.c.status)
    found: list[_Held] = []
    for chunk in chunks(list(sequences)):
        found += [_Held(row, sequences[row.event_id]) for row in connection.execute(select(*columns).where(outbox.c.event_id.in_(chunk)))]
    return found


def _photos_with_waiting_bytes(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(photo_transfer.c.photo_id).where(photo_transfer.c.state != RECEIVED)).scalars())


def _forget(connection: Connection, event_ids: list[str]) -> None:
    for event_id in event_ids:
        sync_state.remove(connection, _PREFIX + event_id)
