"""Builders of domain records for tests: everything given has a sensible default."""

import datetime as dt
from typing import Any

from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.paper import Paper, PaperOf
from fieldapp.domain.care.referral import Referral, ReferralKind
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Effect, Event, Record
from fieldapp.domain.events import apply
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CaseListed, Payload
from fieldapp.domain.received_list import ListType
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Met, Outcome, Visit

NOW = dt.datetime(2026, 11, 22, 3, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
TEACHER = "0190a000-0000-7000-8000-000000000001"


class InMemoryRecords:
    """`domain.events.Known` over dictionaries: the same contract as the databases, for tests of pure code."""

    def __init__(self) -> None:
        self.all: dict[str, Record] = {}

    def child(self, record_id: str) -> Any:
        return self.all.get(record_id)

    case = visit = photo = follow_up = submission = conflict = child

    def care(self, kind: CareKind, record_id: str) -> Any:
        return self.all.get(record_id)

    def held(self, event_id: str) -> Any:
        return None

    def open_conflicts(self, child_id: str) -> tuple[Conflict, ...]:
        conflicts = [record for record in self.all.values() if isinstance(record, Conflict)]
        return tuple(one for one in conflicts if one.child_id == child_id and one.is_open)

    def put(self, effect: Effect) -> None:
        self.all.update({record.id: record for record in (*effect.records, *effect.conflicts)})

    def do(self, payload: Payload, record: str, *, base_version: int = 0, sequence: int | None = None, at: dt.datetime = NOW) -> Event:
        """Make an event, apply it, keep what it changed."""
        event = an_event(payload, record, base_version=base_version, made_at=at)
        place = {} if sequence is None else {"sequence": sequence}
        self.put(apply(event, self, recorded_at=at, **place))
        return event


def an_event(payload: Payload, record: str, *, base_version: int = 0, made_at: dt.datetime = NOW, by: str = TEACHER) -> Event:
    return Event(new_id(), payload, record, base_version, made_at, by, new_id())


def a_child(**values: Any) -> Child:
    return Child(**{"id": new_id(), "given_name": "ธนกร", "family_name": "พิมพ์สวัสดิ์", "title": "ด.ช.", **values})


def listed(child: Child, listed_on: dt.date = dt.date(2026, 10, 20)) -> CaseListed:
    return CaseListed(child, new_id(), ListType.NEVER_ENROLLED, listed_on)


def a_visit(case: Case, **values: Any) -> Visit:
    given = {"outcome": Outcome.WANTS_RETURN, "met": (Met.CHILD,), "visited_on": TODAY, "by": TEACHER, **values}
    return Visit(id=new_id(), case_id=case.id, child_id=case.child_id, **given)


def a_follow_up(case: Case, **values: Any) -> FollowUp:
    return FollowUp(**{"id": new_id(), "case_id": case.id, "due_on": TODAY, "owner_id": TEACHER, **values})


def a_submission(case: Case | None, **values: Any) -> Submission:
    given = {"id": new_id(), "form_id": "home_visit", "form_version": "1", "filled_on": TODAY, "by": TEACHER, **values}
    xml = f"<data><met>แม่</met><meta><instanceID>uuid:{given['id']}</instanceID></meta></data>"
    return Submission(case_id=case.id if case else None, child_id=case.child_id if case else None, **{"xml": xml, **given})


def a_referral(case: Case, **values: Any) -> Referral:
    given = {
        "id": new_id(),
        "kind": ReferralKind.EXTERNAL,
        "receiver": "บ้านพักเด็กและครอบครัว",
        "reason": "ไม่มีผู้ดูแล",
        "on": TODAY,
        "by": TEACHER,
    }
    return Referral(case_id=case.id, child_id=case.child_id, **{**given, **values})


def a_paper(referral: Referral, **values: Any) -> Paper:
    given = {"id": new_id(), "version": "7K3M", "page": 1, "pages": 1, "sha256": "ab" * 32, "on": TODAY, "by": TEACHER, **values}
    return Paper(case_id=referral.case_id, child_id=referral.child_id, of_kind=PaperOf.LETTER, of=referral.id, **given)


def a_care_step(fact: Any, kind: CareKind, state: str, **values: Any) -> CareStep:
    given = {"id": new_id(), "case_id": fact.case_id, "child_id": fact.child_id, "of": fact.id, "of_kind": kind, "state": state}
    return CareStep(**{**given, "on": TODAY, "by": TEACHER, **values})
