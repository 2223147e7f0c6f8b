"""Mending what the district did not take: it is opened again with everything that is in it, and what the person then keeps goes in its
place."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from fieldapp.domain.child import Child
from fieldapp.domain.event import EventRefused
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import ChildId, FollowUpId, PhotoId, VisitId, new_id
from fieldapp.domain.payloads import ChildEdited, FollowUpPlanned, VisitRecorded
from fieldapp.errors import StoreError
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import drafts, mending, transfers
from fieldapp.store.changes import Changes
from fieldapp.store.drafts import DraftPhoto
from fieldapp.store.engine import Store
from fieldapp.store.mending import NUMBER_TAKEN, Refused
from fieldapp.store.recording import Act, record_in


@dataclass(frozen=True, slots=True)
class VisitToMend:
    """It lies in the case's draft now. `field` is what to mend, '' where the district named none."""

    case_id: str
    field: str


@dataclass(frozen=True, slots=True)
class EditToMend:
    """`child` is the card with the values that were refused on it."""

    event_id: str
    child: Child
    field: str


@dataclass(frozen=True, slots=True)
class PlanToMend:
    event_id: str
    follow_up: FollowUp
    child_name: str
    field: str


class Mending:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def open(self, event_id: str) -> VisitToMend | EditToMend | PlanToMend | None:
        """What can be mended of it; None where it can only be sent again as it is. A visit becomes a draft; until that is finished, the
        refused form stays as it was. Raises store.draft_in_the_way, store.not_here."""
        with self._store.writing() as connection:
            found = mending.refused(connection, event_id)
            if found is None:
                return None
            field = found.field.rpartition(".")[2]
            match found.event.payload:
                case VisitRecorded(visit=visit):
                    self._draft(connection, found)
                    return VisitToMend(visit.case_id, field)
                case ChildEdited():
                    return EditToMend(event_id, self._refused_card(connection, found), field)
                case FollowUpPlanned(follow_up=follow_up):
                    return PlanToMend(event_id, follow_up, self._child_name(connection, follow_up), field)
                case _:
                    return None

    def keep_edit(self, event_id: str, values: Mapping[str, Any]) -> Changes:
        """The edit again, with these values in place of its own. Raises EventRefused, and then nothing changed."""
        with self._store.writing() as connection:
            found = self._still_refused(connection, event_id)
            event, payload = found.event, found.event.payload
            assert isinstance(payload, ChildEdited)
            mending.take_back_edit(connection, self._store.district_id, event)
            child = self._child(connection, event.record)
            given = {**payload.values, **{name: _plain(value) for name, value in values.items()}}
            seen = {name: child.field_events[name] for name in given if name in child.field_events}
            edit = Act(ChildEdited(given, seen), event.record, child.version)
            changes = record_in(connection, self._store.identity, [edit], self._now())
            mending.stamp_edit(connection, self._store.district_id, event.record)
        return self._told(changes | Changes(children=frozenset({event.record}), outbox=True))

    def keep_plan(self, event_id: str, due_on: dt.date, note: str) -> Changes:
        """The follow-up again, on this day. What was said of its end already goes along."""
        with self._store.writing() as connection:
            found = self._still_refused(connection, event_id)
            payload = found.event.payload
            assert isinstance(payload, FollowUpPlanned)
            ends = mending.take_back_plan(connection, self._store.district_id, found.event)
            number = new_id() if found.code == NUMBER_TAKEN else payload.follow_up.id
            follow_up = replace(payload.follow_up, id=FollowUpId(number), due_on=due_on, note=note)
            acts = [Act(FollowUpPlanned(follow_up), follow_up.id), *(Act(end, follow_up.id) for end in ends)]
            changes = record_in(connection, self._store.identity, acts, self._now())
        return self._told(changes)

    def retry_photo(self, photo_id: str) -> Changes:
        """Send the picture again."""
        with self._store.writing() as connection:
            case_id = transfers.again(connection, photo_id)
        return self._told(Changes(cases=frozenset({case_id}), photos=frozenset({photo_id}), outbox=True) if case_id else Changes())

    def _draft(self, connection: Connection, found: Refused) -> None:
        assert isinstance(found.event.payload, VisitRecorded)
        visit = found.event.payload.visit
        begun = drafts.read_draft(connection, visit.case_id)
        if begun is not None:
            if visit.id not in (begun[0].id, begun[0].supersedes):
                raise StoreError("store.draft_in_the_way")
            return
        pictures = mending.photos_of(connection, self._store.district_id, visit.id)
        if found.code == NUMBER_TAKEN:
            # The district has another visit under this number: ours as it was before, which then is corrected.
            visit = replace(visit, id=VisitId(new_id()), supersedes=visit.id)
            pictures = tuple(replace(photo, id=PhotoId(new_id()), visit_id=visit.id) for photo in pictures)
        drafts.write_draft(connection, visit, self._now())
        for photo in pictures:
            drafts.add_photo(connection, DraftPhoto(replace(photo, stored=False), None))

    def _refused_card(self, connection: Connection, found: Refused) -> Child:
        payload = found.event.payload
        assert isinstance(payload, ChildEdited)
        child = self._child(connection, found.event.record)
        texts = {name: value for name, value in payload.values.items() if isinstance(getattr(child, name, None), str)}
        return replace(child, **{name: _like(getattr(child, name), value) for name, value in texts.items()})

    def _child(self, connection: Connection, child_id: str) -> Child:
        child = SqlRecords(connection, self._store.district_id).child(ChildId(child_id))
        if child is None:
            raise StoreError("store.not_here")
        return child

    def _child_name(self, connection: Connection, follow_up: FollowUp) -> str:
        records = SqlRecords(connection, self._store.district_id)
        case = records.case(follow_up.case_id)
        child = records.child(case.child_id) if case else None
        return child.full_name if child else ""

    def _still_refused(self, connection: Connection, event_id: str) -> Refused:
        found = mending.refused(connection, event_id)
        if found is None:
            # A receipt came meanwhile, or it waits again: it must not go twice.
            raise EventRefused("different_content")
        return found

    def _told(self, changes: Changes) -> Changes:
        self._store.announce(changes)
        return changes


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _like(standing: Any, value: Any) -> Any:
    """As the card holds it; what the card could not hold is left as it stands there."""
    if isinstance(standing, StrEnum) or not isinstance(value, str):
        return standing
    return value
