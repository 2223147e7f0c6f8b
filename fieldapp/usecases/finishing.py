"""The end of a draft: a new visit, or one in the place of a visit that the district refused. Either way it goes to the district once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from fieldapp.domain.after_return import SETTING, days_after_return, due_after
from fieldapp.domain.follow_up import FollowUp, FollowUpReason, FollowUpState
from fieldapp.domain.identifiers import FollowUpId, PhotoId, VisitId, new_id
from fieldapp.domain.payloads import FollowUpClosed, FollowUpPlanned, VisitRecorded
from fieldapp.domain.photo import Photo
from fieldapp.domain.visit import Visit
from fieldapp.records.of_case import follow_ups_of_case
from fieldapp.records.reference import setting
from fieldapp.store import mending
from fieldapp.store.identity import Identity
from fieldapp.store.recording import Act


@dataclass(frozen=True, slots=True)
class Place:
    """The visit and photos to record. `instead_of`: the visit that was taken back for it; `left_over`: hashes of that one's pictures."""

    visit: Visit
    photos: tuple[Photo, ...]
    instead_of: Visit | None = None
    left_over: frozenset[str] = frozenset()


def in_its_place(connection: Connection, district_id: str, visit: Visit, photos: Sequence[Photo]) -> Place:
    """The refused form, if this is one that is mended, is taken back. Where its receipt came while it was being mended, it stands, and this
    one corrects it."""
    refused = mending.refused_visit(connection, visit)
    if refused is not None:
        assert isinstance(refused.event.payload, VisitRecorded)
        left_over = mending.take_back_visit(connection, district_id, refused.event)
        return Place(visit, tuple(photos), refused.event.payload.visit, left_over)
    if not mending.recorded(connection, visit.id):
        return Place(visit, tuple(photos))
    correction = replace(visit, id=VisitId(new_id()), supersedes=visit.id)
    again = tuple(replace(photo, id=PhotoId(new_id()), visit_id=correction.id) for photo in photos)
    return Place(correction, again, visit)


def promises(connection: Connection, identity: Identity, place: Place, today: dt.date) -> list[Act]:
    """The follow-up where a next date was set, and those by which the district looks after a child who is back. What the visit before
    promised stays if it is the same promise, and else is called off."""
    visit = place.visit
    before = place.instead_of
    days = days_after_return(setting(connection, identity.district_id, SETTING))
    # A return found long after it was, is looked after from now on.
    due = [day for day in due_after(visit, days) if day >= today]
    acts = []
    if before is not None:
        same_promise = before.next_on == visit.next_on and before.next_note == visit.next_note
        if same_promise and due_after(before, days) == due_after(visit, days):
            return []
        told = mending.take_back_promises(connection, identity.district_id, before.id)
        acts = [Act(FollowUpClosed(FollowUpState.CANCELLED, today), follow_up_id) for follow_up_id in told]
    if visit.next_on is not None:
        planned = FollowUp(FollowUpId(new_id()), visit.case_id, visit.next_on, identity.person_id, visit.next_note, visit.id)
        acts.append(Act(FollowUpPlanned(planned), planned.id))
    if _is_looked_after(connection, identity.district_id, place):
        return acts
    for day in due:
        looked_after = FollowUp(
            FollowUpId(new_id()), visit.case_id, day, identity.person_id, visit_id=visit.id, reason=FollowUpReason.AFTER_RETURN
        )
        acts.append(Act(FollowUpPlanned(looked_after), looked_after.id))
    return acts


def _is_looked_after(connection: Connection, district_id: str, place: Place) -> bool:
    """An earlier visit found the child back, and its days are still to come."""
    own = {place.visit.id, place.instead_of.id if place.instead_of else None}
    return any(
        one.reason is FollowUpReason.AFTER_RETURN and one.state is FollowUpState.OPEN and one.visit_id not in own
        for one in follow_ups_of_case(connection, district_id, place.visit.case_id)
    )
