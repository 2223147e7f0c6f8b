"""Mending a card: which of the given values are new, and whose cards may be mended."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.event import EventRefused
from fieldapp.domain.payloads import ChildEdited
from fieldapp.domain.reference import Role
from fieldapp.errors import StoreError
from fieldapp.records.sql_records import SqlRecords
from fieldapp.records.tables import case as case_table
from fieldapp.store.changes import Changes
from fieldapp.store.departures import departed, refuse_if_departed
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.recording import Act, record_in
from fieldapp.wire.codec import record_to_wire


def edit_child(store: Store, shown: Child, values: Mapping[str, Any], made_at: dt.datetime) -> Changes:
    """One event with those values that are not already on the card; none where all are. `shown` is the card as the person saw it.
    Raises EventRefused: wrong_value or unknown_field with the field, not_yours; StoreError where the child was handed over meanwhile."""
    given = {name: _plain(value) for name, value in values.items()}
    with store.writing() as connection:
        records = SqlRecords(connection, store.district_id)
        child = records.child(shown.id)
        if child is None:
            raise StoreError("store.not_here")
        query = select(case_table.c.id).where(case_table.c.district_id == store.district_id, case_table.c.child_id == shown.id)
        cases = records.cases(connection.execute(query).scalars())
        mine = [case for case in cases.values() if may_edit(store.identity, case)]
        if not mine:
            raise EventRefused("not_yours")
        if departed(connection).issuperset(case.id for case in mine):
            refuse_if_departed(connection, store.district_id, mine[0].id)
        standing = record_to_wire(child)
        changed = {name: value for name, value in given.items() if name not in standing or standing[name] != value}
        if not changed:
            return Changes()
        seen = {name: event_id for name, event_id in shown.field_events.items() if name in changed}
        changes = record_in(connection, store.identity, [Act(ChildEdited(changed, seen), shown.id, shown.version)], made_at)
    store.announce(changes)
    return changes


def may_edit(identity: Identity, case: Case) -> bool:
    """A teacher mends the cards of assigned children, a school head those of the school, the district all."""
    if identity.role is Role.SCHOOL_HEAD and case.school_code == identity.school_code:
        return True
    return identity.of_district or case.assignee_id == identity.person_id


def _plain(value: Any) -> Any:
    """As it travels: windows give enums and dates."""
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value
