"""Reading everything from the district again, from its first number: after it was put back from a backup, or when this person's scope is
another one.

While it goes on nothing here disappears. A list of what lay here at its beginning grows shorter with every page; what is still on it after
the last page the district no longer has for this person, and it goes as a departed case does: never what is unsent, never a receipt. The
list lies in the file, so a program that is killed goes on where it was.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Column, Connection, Table, and_, delete, false, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from fieldapp.domain.payloads import PhotoAdded
from fieldapp.records import tables
from fieldapp.records.chunks import chunks
from fieldapp.records.rows import TABLE_OF
from fieldapp.store import departures, device_keys, held, inbound, sync_state
from fieldapp.store.changes import Changes
from fieldapp.store.departures import Whereto
from fieldapp.store.outbox import FOR_WANT_OF_OTHERS, SET_ASIDE
from fieldapp.store.tables import former_receipt, outbox, photo_transfer, receipt
from fieldapp.store.tables import reading_again as list_
from fieldapp.store.transfers import RECEIVED, WAITING
from fieldapp.wire.codec import RECORD_TYPES

_READINGS = "readings"
_CASE, _CHILD, _PHOTO = "case", "child", "photo"


def readings(connection: Connection) -> int:
    """How often it was begun: what was asked for before the last time no longer fits."""
    return int(sync_state.read(connection, _READINGS) or 0)


def begin(connection: Connection, district_id: str) -> None:
    """From now on the cursor is 0."""
    for type_name, cls in RECORD_TYPES.items():
        table = TABLE_OF[cls]
        here = select(literal(type_name), _key(table)).where(table.c.district_id == district_id)
        connection.execute(insert(list_).from_select(["type", "id"], here.distinct()).on_conflict_do_nothing())
    sync_state.write(connection, sync_state.CURSOR, "0")
    sync_state.remove(connection, sync_state.MARK)
    sync_state.remove(connection, sync_state.LEFT_OUT)
    sync_state.write(connection, _READINGS, str(readings(connection) + 1))


def wait_again(connection: Connection, district_id: str, known: int, kept: Mapping[str, int]) -> tuple[int, Changes]:
    """The district has forgotten what it said after the number `known`, but for what it said in the runs `kept`, up to their numbers. What
    those receipts were for waits again, and can be seen on its card if that is here; the receipts are kept as former ones. Returns how many
    things of this person wait again."""
    unsettled = receipt.c.run != ""
    holds = or_(*(and_(receipt.c.run == run, receipt.c.sequence <= number) for run, number in kept.items()), false())
    lost = select(receipt.c.subject).where(or_(and_(receipt.c.sequence > known, ~unsettled), and_(unsettled, ~holds)))
    forgotten = or_(
        outbox.c.event_id.in_(lost) & outbox.c.status.is_not(None) & (outbox.c.status != SET_ASIDE),
        (outbox.c.status == SET_ASIDE) & outbox.c.code.in_(FOR_WANT_OF_OTHERS),
    )
    of_cards = select(outbox.c.case_id, outbox.c.child_id).where(forgotten, held.not_on_its_card(district_id))
    unseen = connection.execute(of_cards).all()
    events = update(outbox).where(forgotten).values(status=None, code="", field="", answered_at=None)
    waiting = connection.execute(events.returning(outbox.c.kind, outbox.c.case_id, outbox.c.child_id)).all()
    # Until all is read again, which the line may not allow for days, this person's own work is seen as any that waits.
    laid = inbound.lay_over(connection, district_id, {row.case_id for row in unseen}, {row.child_id for row in unseen} - {""})
    again = {"state": WAITING, "code": "", "attempts": 0, "upload_url": "", "sent_bytes": 0}
    photos = (
        update(photo_transfer)
        .where(photo_transfer.c.photo_id.in_(lost), photo_transfer.c.state == RECEIVED)
        .values(again)
        .returning(photo_transfer.c.photo_id, photo_transfer.c.case_id)
    )
    pictures = connection.execute(photos).all()
    columns = [column.name for column in former_receipt.c]
    old = select(*(receipt.c[name] for name in columns)).where(receipt.c.subject.in_(lost))
    connection.execute(insert(former_receipt).from_select(columns, old).on_conflict_do_nothing())
    connection.execute(delete(receipt).where(receipt.c.subject.in_(lost)))
    # It may have forgotten who signs the bundles of this laptop, too.
    device_keys.unregistered(connection)
    changes = Changes(
        cases=frozenset(row.case_id for row in (*waiting, *pictures) if row.case_id),
        children=frozenset(row.child_id for row in waiting if row.child_id),
        photos=frozenset(row.photo_id for row in pictures),
        outbox=True,
    )
    return sum(row.kind != PhotoAdded.KIND for row in waiting) + len(pictures), changes | laid


def going_on(connection: Connection) -> bool:
    return connection.execute(select(list_.c.id).limit(1)).first() is not None


def came(
    connection: Connection, district_id: str, records: Iterable[tuple[str, str]], *, last: bool, in_hand: Collection[str] = ()
) -> Changes:
    """These came with a page, readable or not; `last`: no more will come. `in_hand`: cases that a person has open for a visit."""
    if not going_on(connection):
        return Changes()
    came_now = list(records)
    if came_now:
        connection.exec_driver_sql("DELETE FROM reading_again WHERE type = ? AND id = ?", came_now)
    return _finish(connection, district_id, in_hand) if last else Changes()


def _finish(connection: Connection, district_id: str, in_hand: Collection[str]) -> Changes:
    gone = {type_name: _listed(connection, type_name) for type_name in RECORD_TYPES}
    cases = frozenset(gone.pop(_CASE))
    # Where they went is not known, unless a departure told.
    departures.remember(connection, {case_id: Whereto() for case_id in cases - departures.departed(connection)})
    changes = departures.drop_sent(connection, district_id, in_hand) | Changes(cases=cases)
    changes |= _drop_children(connection, district_id, gone.pop(_CHILD))
    for type_name, ids in gone.items():
        table = TABLE_OF[RECORD_TYPES[type_name]]
        if "case_id" in table.c:
            changes |= _drop_facts(connection, district_id, type_name, ids)
        elif "child_id" in table.c:
            changes |= _drop_conflicts(connection, district_id, ids)
        else:
            changes |= _drop_reference(connection, district_id, table, ids)
    connection.execute(delete(list_))
    return changes


def _drop_children(connection: Connection, district_id: str, ids: Sequence[str]) -> Changes:
    """Those of whom no case is here; the others go with their last case."""
    child, case = tables.child, tables.case
    has_case = select(literal(1)).where(case.c.district_id == district_id, case.c.child_id == child.c.id).exists()
    unsent = select(outbox.c.child_id).where(outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE))
    dropped: set[str] = set()
    for chunk in chunks(ids):
        query = delete(child).where(child.c.district_id == district_id, child.c.id.in_(chunk), ~has_case, child.c.id.not_in(unsent))
        dropped |= set(connection.execute(query.returning(child.c.id)).scalars())
    return Changes(children=frozenset(dropped))


def _drop_facts(connection: Connection, district_id: str, type_name: str, ids: Sequence[str]) -> Changes:
    """Visits and what else belongs to a case that stays. What this person made stays too: unsent or held as it is, and what the district
    once took and now does not have waits again."""
    table = TABLE_OF[RECORD_TYPES[type_name]]
    departed = departures.departed(connection)
    mine = select(outbox.c.record_id)
    cases: set[str] = set()
    for chunk in chunks(ids):
        query = select(_key(table), table.c.case_id).where(table.c.district_id == district_id, _key(table).in_(chunk))
        here = {row[0]: row.case_id for row in connection.execute(query) if row.case_id not in departed}
        again = _send_again(connection, list(here))
        # The case has come without it.
        inbound.lay_over(connection, district_id, again, ())
        others = delete(table).where(table.c.district_id == district_id, _key(table).in_(list(here)), _key(table).not_in(mine))
        if type_name == _PHOTO:
            departures.forget(connection, connection.execute(others.returning(table.c.sha256)).scalars())
        else:
            connection.execute(others)
        cases |= set(here.values())
    return Changes(cases=frozenset(cases), outbox=bool(cases))


def _drop_conflicts(connection: Connection, district_id: str, ids: Sequence[str]) -> Changes:
    """What this person decided about them says itself which child it is about."""
    table, children = tables.conflict, set[str]()
    for chunk in chunks(ids):
        query = delete(table).where(table.c.district_id == district_id, table.c.id.in_(chunk)).returning(table.c.child_id)
        children |= set(connection.execute(query).scalars())
    return Changes(children=frozenset(children))


def _send_again(connection: Connection, record_ids: Sequence[str]) -> frozenset[str]:
    """The district answered that it took them, and does not show them: it is asked again, and says the same again where it holds them.
    Returns their cases."""
    taken = outbox.c.record_id.in_(record_ids) & outbox.c.status.is_not(None) & outbox.c.status.not_in([SET_ASIDE, held.STATUS])
    again = update(outbox).where(taken).values(status=None, code="", field="", answered_at=None)
    return frozenset(connection.execute(again.returning(outbox.c.case_id)).scalars())


def _drop_reference(connection: Connection, district_id: str, table: Table, ids: Sequence[str]) -> Changes:
    for chunk in chunks(ids):
        connection.execute(delete(table).where(table.c.district_id == district_id, _key(table).in_(chunk)))
    return Changes(reference=bool(ids))


def _listed(connection: Connection, type_name: str) -> list[str]:
    return list(connection.execute(select(list_.c.id).where(list_.c.type == type_name)).scalars())


def _key(table: Table) -> Column[str]:
    return next(column for column in table.primary_key if column.name != "district_id")
