"""Conflicts that wait for a person, as they lie on this laptop, and deciding them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.case import Case
from fieldapp.domain.conflict import Conflict, Side, WireValue
from fieldapp.domain.event import EventRefused
from fieldapp.domain.names import full_name
from fieldapp.domain.payloads import ConflictDecided
from fieldapp.errors import StoreError
from fieldapp.records import rows
from fieldapp.records.chunks import chunks
from fieldapp.records.reference import person_names
from fieldapp.records.sql_records import SqlRecords
from fieldapp.records.tables import case as case_table
from fieldapp.records.tables import conflict as conflict_table
from fieldapp.store.changes import Changes
from fieldapp.store.departures import departed, refuse_if_departed
from fieldapp.store.editing import may_edit
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.recording import Act, record_in


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """`case_id`: the case to open for it. A name is '' where nobody's is known: of the received list's own value there is no person.
    `mine`: which of the two values this person gave."""

    conflict: Conflict
    case_id: str
    child_name: str
    kept_by_name: str
    offered_by_name: str
    may_decide: bool
    mine: frozenset[Side] = frozenset()


def open_conflicts(connection: Connection, identity: Identity, child_id: str | None = None) -> tuple[OpenConflict, ...]:
    """Of one child or of all, oldest first."""
    table = conflict_table
    query = select(table).where(table.c.district_id == identity.district_id, table.c.decided_event.is_(None)).order_by(table.c.id)
    if child_id is not None:
        query = query.where(table.c.child_id == child_id)
    found = [rows.conflict_from(row) for row in connection.execute(query).mappings()]
    if not found:
        return ()
    child_ids = {one.child_id for one in found}
    cases, gone = _cases_of(connection, identity.district_id, child_ids), departed(connection)
    children = SqlRecords(connection, identity.district_id).children(child_ids)
    people = {person for one in found for person in (one.kept_by, one.offered_by) if person}
    names = person_names(connection, identity.district_id, people)
    shown = []
    for one in found:
        child, own = children.get(one.child_id), cases[one.child_id]
        if child is None or not own:
            continue
        mine = [case for case in own if may_edit(identity, case) and case.id not in gone and not case.merged_into]
        shown.append(
            OpenConflict(
                conflict=one,
                case_id=max(mine or own, key=lambda case: (case.listed_on, case.id)).id,
                child_name=full_name(child.title, child.given_name, child.family_name),
                kept_by_name=names.get(one.kept_by or "", ""),
                offered_by_name=names.get(one.offered_by, ""),
                may_decide=bool(mine),
                mine=frozenset(side for side, by in ((Side.KEPT, one.kept_by), (Side.OFFERED, one.offered_by)) if by == identity.person_id),
            )
        )
    return tuple(shown)


def decide(store: Store, shown: Conflict, value: WireValue, made_at: dt.datetime) -> Changes:
    """The field has this value from now on. `shown` is the conflict as the person saw it. Nothing happens where it was decided meanwhile.
    Raises EventRefused (wrong_value, not_yours) and StoreError (store.not_here, store.handed_over, store.merged)."""
    with store.writing() as connection:
        identity = store.identity
        here = SqlRecords(connection, identity.district_id).conflict(shown.id)
        if here is None:
            raise StoreError("store.not_here")
        cases = _cases_of(connection, identity.district_id, [here.child_id])[here.child_id]
        mine = [case for case in cases if may_edit(identity, case)]
        if not mine:
            raise EventRefused("not_yours")
        if departed(connection).issuperset(case.id for case in mine):
            refuse_if_departed(connection, identity.district_id, mine[0].id)
        if not here.is_open:
            return Changes()
        act = Act(ConflictDecided(shown.child_id, value, shown.kept_event), shown.id, shown.version)
        changes = record_in(connection, identity, [act], made_at)
    store.announce(changes)
    return changes


def _cases_of(connection: Connection, district_id: str, child_ids: Collection[str]) -> defaultdict[str, list[Case]]:
    """By child; without their steps."""
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for ids in chunks(list(child_ids)):
        query = select(case_table).where(case_table.c.district_id == district_id, case_table.c.child_id.in_(ids))
        for row in connection.execute(query).mappings():
            found[row["child_id"]].append(rows.case_from(row))
    return found
