"""Cases that have left this person's scope: their local copy goes, but never while anything about them is unsent, and never a receipt.

While it stays it can be read and nothing new be done for it; only a visit that was begun can be finished. It is not counted any more. The
outbox keeps what this person sent: it is their own work, and what the receipts are about.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Column, Connection, Table, delete, literal, select, union
from sqlalchemy.dialects.sqlite import insert

from fieldapp.errors import StoreError
from fieldapp.records import tables
from fieldapp.records.chunks import chunks
from fieldapp.store import photos, sync_state
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.tables import draft, form_draft, outbox, photo_transfer
from fieldapp.store.tables import sync_state as state_table
from fieldapp.store.transfers import RECEIVED

_PREFIX = "departed:"
# Made once: every sync asks it.
_DEPARTED = select(state_table.c.name).where(state_table.c.name.startswith(_PREFIX, autoescape=True))
# Hashes of pictures whose records were dropped; the bytes lie in another file and go in another transaction.
_FORGOTTEN = "forgotten_pictures"
# Pages of a pull are still to come.
_MORE = "more_pages"
# A case left that was not here; its child may be.
_LEFT_UNSEEN = "left_unseen"


@dataclass(frozen=True, slots=True)
class Whereto:
    """Whose a case is now, '' where it is not known. Of a duplicate: `merged_into` goes on in its place, and that one's the others tell."""

    person_id: str = ""
    school_code: str = ""
    merged_into: str = ""


def departed(connection: Connection) -> frozenset[str]:
    """Cases that are no longer this person's but still here, since something about them is unsent."""
    names = connection.execute(_DEPARTED)
    return frozenset(name.removeprefix(_PREFIX) for name in names.scalars())


def whereto(connection: Connection) -> dict[str, Whereto]:
    """The departed cases, each with where it went."""
    query = select(state_table.c.name, state_table.c.value).where(state_table.c.name.startswith(_PREFIX, autoescape=True))
    return {name.removeprefix(_PREFIX): Whereto(**json.loads(value or "{}")) for name, value in connection.execute(query)}


def refuse_if_departed(connection: Connection, district_id: str, case_id: str) -> None:
    """Raises store.handed_over or store.merged where nothing new may be begun for the case."""
    place = whereto(connection).get(case_id)
    table = tables.case
    merged_here = select(table.c.merged_into).where(table.c.district_id == district_id, table.c.id == case_id)
    if (place and place.merged_into) or connection.execute(merged_here).scalar():
        raise StoreError("store.merged")
    if place:
        raise StoreError("store.handed_over")


def remember(connection: Connection, left: Mapping[str, Whereto]) -> None:
    """Also what is remembered already: it may have moved on."""
    values = [{"name": _PREFIX + case_id, "value": json.dumps(asdict(place))} for case_id, place in left.items()]
    if values:
        statement = insert(state_table)
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value}), values)


def returned(connection: Connection, case_ids: Iterable[str]) -> None:
    """They are this person's again."""
    names = [_PREFIX + case_id for case_id in departed(connection) & frozenset(case_ids)]
    if names:
        connection.execute(delete(state_table).where(state_table.c.name.in_(names)))


def drop_sent(connection: Connection, district_id: str, in_hand: Collection[str] = ()) -> Changes:
    """Drop the departed cases about which nothing is unsent any more, but those that a person has open for a visit. Nothing while pages are
    to come: part of what comes back with a case may be here, and the case itself be on the next."""
    waiting = departed(connection)
    if not waiting or sync_state.read(connection, _MORE) is not None:
        return Changes()
    going = sorted(waiting - _unsent(connection, district_id) - frozenset(in_hand))
    children: set[str] = set()
    for chunk in chunks(going):
        children |= _drop(connection, district_id, chunk)
        connection.execute(delete(state_table).where(state_table.c.name.in_([_PREFIX + case_id for case_id in chunk])))
    return Changes(cases=frozenset(going), children=frozenset(children))


def drop_left_over(connection: Connection, district_id: str) -> Changes:
    """Drop children of whom no case is here, where a case left that never was here: the line broke between the page with the child and the
    one with its case, and by the next sync the case was someone else's. Only after a last page: before it, a case may be still to come."""
    # A case that was left out may be this person's, only not to be read by this program.
    if not any_left_over(connection) or sync_state.read(connection, sync_state.LEFT_OUT) is not None:
        return Changes()
    sync_state.remove(connection, _LEFT_UNSEEN)
    case, child, conflict = tables.case, tables.child, tables.conflict
    has_case = select(literal(1)).where(case.c.district_id == district_id, case.c.child_id == child.c.id).exists()
    unsent = select(outbox.c.child_id).where(outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE))
    going = delete(child).where(child.c.district_id == district_id, ~has_case, child.c.id.not_in(unsent))
    gone = frozenset(connection.execute(going.returning(child.c.id)).scalars())
    for chunk in chunks(sorted(gone)):
        connection.execute(delete(conflict).where(conflict.c.district_id == district_id, conflict.c.child_id.in_(chunk)))
    return Changes(children=gone)


def more_pages(connection: Connection, *, more: bool) -> None:
    """Whether the page that is taken in now is the last for this time."""
    if more:
        sync_state.write(connection, _MORE, "")
    else:
        sync_state.remove(connection, _MORE)


def any_left_over(connection: Connection) -> bool:
    return sync_state.read(connection, _LEFT_UNSEEN) is not None


def forget_pictures(store: Store) -> None:
    """Delete the bytes of pictures whose records were dropped, unless another record has the same picture."""
    with store.reading() as connection:
        text = sync_state.read(connection, _FORGOTTEN)
    if text is None:
        return
    photos.drop_unused(store, json.loads(text))
    with store.writing() as connection:
        if sync_state.read(connection, _FORGOTTEN) == text:
            sync_state.remove(connection, _FORGOTTEN)


def _unsent(connection: Connection, district_id: str) -> frozenset[str]:
    """Cases for which an event waits or was set aside, a photo is not received, or a visit or form is being
    written."""
    open_events = outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE)
    of_child = select(tables.case.c.id).where(
        tables.case.c.district_id == district_id, tables.case.c.child_id.in_(select(outbox.c.child_id).where(open_events))
    )
    query = union(
        select(outbox.c.case_id).where(open_events),
        of_child,
        select(photo_transfer.c.case_id).where(photo_transfer.c.state != RECEIVED),
        select(draft.c.case_id),
        select(form_draft.c.case_id),
    )
    return frozenset(connection.execute(query).scalars())


def _drop(connection: Connection, district_id: str, case_ids: Sequence[str]) -> set[str]:
    """Remove the cases with what belongs to them; returns the children of theirs."""
    case, child = tables.case, tables.child
    ours = case.c.district_id == district_id
    child_of = {row.id: row.child_id for row in connection.execute(select(case.c.id, case.c.child_id).where(ours, case.c.id.in_(case_ids)))}
    children = set(child_of.values())
    if len(child_of) < len(case_ids):
        sync_state.write(connection, _LEFT_UNSEEN, "")
    forget(connection, _belonging(connection, tables.photo, tables.photo.c.sha256, district_id, case_ids))
    for table in (*tables.OF_CASE, tables.case_step):
        connection.execute(delete(table).where(table.c.district_id == district_id, table.c.case_id.in_(case_ids)))
    connection.execute(delete(case).where(ours, case.c.id.in_(case_ids)))
    still_here = select(literal(1)).where(ours, case.c.child_id == child.c.id).exists()
    connection.execute(delete(child).where(child.c.district_id == district_id, child.c.id.in_(children), ~still_here))
    conflict = tables.conflict
    of_no_child = ~select(literal(1)).where(child.c.district_id == district_id, child.c.id == conflict.c.child_id).exists()
    connection.execute(delete(conflict).where(conflict.c.district_id == district_id, conflict.c.child_id.in_(children), of_no_child))
    return children


def _belonging(connection: Connection, table: Table, column: Column[str], district_id: str, case_ids: Sequence[str]) -> list[str]:
    query = select(column).where(table.c.district_id == district_id, table.c.case_id.in_(case_ids))
    return list(connection.execute(query).scalars())


def forget(connection: Connection, hashes: Iterable[str]) -> None:
    """The records of these pictures were dropped; `forget_pictures` deletes the bytes."""
    going = set(hashes)
    if going:
        before = json.loads(sync_state.read(connection, _FORGOTTEN) or "[]")
        sync_state.write(connection, _FORGOTTEN, json.dumps(sorted({*before, *going})))
