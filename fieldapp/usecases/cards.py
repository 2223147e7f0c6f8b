"""Putting together a child's card from what lies on this laptop."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.compulsory_age import Eligibility, eligibility
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import EventId
from fieldapp.domain.photo import Photo
from fieldapp.domain.received_list import ReceivedList
from fieldapp.domain.states import PENDING_SEQUENCE, CaseState, CaseStep
from fieldapp.domain.visit import Visit, resulting_state
from fieldapp.records.care import photos_may_be_shown
from fieldapp.records.reference import age_rule, person_names, school_names
from fieldapp.store.case_facts import HELD, CaseFacts, case_and_child, case_facts
from fieldapp.store.children import child_rows
from fieldapp.store.conflicts import OpenConflict, open_conflicts
from fieldapp.store.drafts import has_draft
from fieldapp.store.editing import may_edit
from fieldapp.store.engine import Store
from fieldapp.store.listing import ChildRow
from fieldapp.store.photos import held_hashes
from fieldapp.store.roll import Roll
from fieldapp.usecases.delivery import Delivery, PhotoDelivery, delivery_of, photo_delivery_of
from fieldapp.usecases.form_lines import FormLine, form_lines
from fieldapp.usecases.handed_over import HandedOver, handed_over


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A dated step of the case, or a visit of this person that the district keeps for a decision and that is no step until then.
    `to_name`: to whom it was assigned. `delivery` is None for the district's own steps; `code` tells why something is kept."""

    on: dt.date
    state: CaseState
    step: CaseStep
    visit: Visit | None
    photo_count: int
    by_name: str
    to_name: str
    delivery: Delivery | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class CardPhoto:
    """`here`: the bytes are on this laptop."""

    photo: Photo
    delivery: PhotoDelivery
    here: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one child on one list. Timeline newest first, open follow-ups first; `conflicts` wait for a person, oldest first.
    `handed_over` where the case is no longer this person's, or was merged into another; then it can only be read, and a visit that was
    begun be finished. `photos_may_be_shown`: somebody consented that photos leave the screens of those who care."""

    row: ChildRow
    child: Child
    case: Case
    received_list: ReceivedList | None
    eligibility: Eligibility
    siblings: tuple[ChildRow, ...]
    timeline: tuple[TimelineItem, ...]
    photos: tuple[CardPhoto, ...]
    follow_ups: tuple[FollowUp, ...]
    people: Mapping[str, str]
    schools: Mapping[str, str]
    has_draft: bool
    editable: bool
    owner_name: str
    handed_over: HandedOver | None = None
    conflicts: tuple[OpenConflict, ...] = ()
    forms: tuple[FormLine, ...] = ()
    photos_may_be_shown: bool = False


def read_card(store: Store, roll: Roll, case_id: str, today: dt.date) -> Card:
    """Raises store.not_here for a case that has left this laptop."""
    neighbours = roll.same_house(case_id)
    district_id = store.district_id
    with store.reading() as connection:
        case, child = case_and_child(connection, district_id, case_id)
        facts = case_facts(connection, district_id, case_id, case.list_id)
        row, *siblings = child_rows(connection, district_id, [case_id, *neighbours])
        people, schools = _names(connection, district_id, case, facts)
        drafted = has_draft(connection, case_id)
        rule = age_rule(connection, district_id)
        left = handed_over(connection, district_id, case)
        conflicts = open_conflicts(connection, store.identity, child.id)
        forms = form_lines(connection, district_id, case_id)
        shown = photos_may_be_shown(connection, district_id, case_id)
    return Card(
        row=row,
        child=child,
        case=case,
        received_list=facts.received_list,
        eligibility=eligibility(child.birth, today, finished_grade_9=child.finished_grade_9, rule=rule),
        siblings=tuple(siblings),
        timeline=_timeline(case, facts, people, schools),
        photos=_photos(store, facts),
        follow_ups=facts.follow_ups,
        people=people,
        schools=schools,
        has_draft=drafted,
        editable=left is None and may_edit(store.identity, case),
        owner_name=people.get(case.assignee_id or "", ""),
        handed_over=left,
        conflicts=conflicts,
        forms=forms,
        photos_may_be_shown=shown,
    )


def _names(connection: Connection, district_id: str, case: Case, facts: CaseFacts) -> tuple[dict[str, str], dict[str, str]]:
    people = {person for step in case.steps for person in (step.by, step.person_id) if person}
    people |= {visit.by for visit in (*facts.visits, *facts.held.values())} | {follow_up.owner_id for follow_up in facts.follow_ups}
    if case.assignee_id:
        people.add(case.assignee_id)
    schools = {step.school_code for step in case.steps if step.school_code}
    if case.school_code:
        schools.add(case.school_code)
    return person_names(connection, district_id, people), school_names(connection, district_id, schools)


def _timeline(case: Case, facts: CaseFacts, people: Mapping[str, str], schools: Mapping[str, str]) -> tuple[TimelineItem, ...]:
    visits = {visit.id: visit for visit in (*facts.held.values(), *facts.visits)}
    steps = (*case.steps, *_kept_visits(case, facts))
    newest_first = sorted(steps, key=lambda step: (step.on, step.sequence, step.event_id), reverse=True)
    return tuple(
        TimelineItem(
            on=step.on,
            state=step.state,
            step=step,
            visit=visits.get(step.visit_id) if step.visit_id else None,
            photo_count=sum(1 for photo in facts.photos if photo.visit_id and photo.visit_id == step.visit_id),
            by_name=people.get(step.by or "", ""),
            to_name=people.get(step.person_id or "", "") or schools.get(step.school_code or "", ""),
            delivery=_delivery(step, facts),
            code=facts.held_because.get(step.event_id, "") if step.sequence == PENDING_SEQUENCE else "",
        )
        for step in newest_first
    )


def _kept_visits(case: Case, facts: CaseFacts) -> list[CaseStep]:
    """Visits that were made while the case was someone else's, when it has come back: the district has them, but no step of the case is
    theirs. The card must not look as if they had never been made."""
    told = {step.visit_id for step in case.steps}
    return [
        CaseStep(
            event_id=EventId(event_id),
            state=resulting_state(visit)[0],
            on=visit.visited_on,
            by=visit.by,
            recorded_at=dt.datetime.combine(visit.visited_on, dt.time(), dt.UTC),
            visit_id=visit.id,
        )
        for event_id, visit in facts.held.items()
        if visit.id not in told
    ]


def _delivery(step: CaseStep, facts: CaseFacts) -> Delivery | None:
    if step.event_id in facts.outbox:
        if facts.outbox[step.event_id] == HELD and step.sequence != PENDING_SEQUENCE:
            return Delivery.RECEIVED  # the office took it in
        return delivery_of(facts.outbox[step.event_id])
    # A visit that another device made came from the district, so the district has it.
    return Delivery.RECEIVED if step.visit_id else None


def _photos(store: Store, facts: CaseFacts) -> tuple[CardPhoto, ...]:
    """Those of visits. What answers a form is shown where its answers are, to whom they are shown."""
    of_visits = [photo for photo in facts.photos if photo.visit_id]
    with store.photo_reading() as connection:
        here = held_hashes(connection, [photo.sha256 for photo in of_visits])
    return tuple(CardPhoto(photo, photo_delivery_of(facts.transfers.get(photo.id)), photo.sha256 in here) for photo in of_visits)
