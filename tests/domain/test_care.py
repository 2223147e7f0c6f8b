"""Care: facts that go on by steps, what a step does to the case, and what follows from a filled form."""

import datetime as dt
from dataclasses import replace

import pytest

from fieldapp.domain.care.consent import Consent, ConsentPurpose, ConsentState, may_show_photos
from fieldapp.domain.care.facts import STATES, CareFact, CareKind, first_state, standing, steps_of
from fieldapp.domain.care.goal import CareAspect, Goal, GoalState
from fieldapp.domain.care.referral import ReferralState
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskState
from fieldapp.domain.care.support import Support, SupportArea
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.case import Case
from fieldapp.domain.event import EventRefused
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CaseAssigned, CaseDroppedAgain, SubmissionRecorded, VisitRecorded, care_payload
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome, ReturnLevel
from tests.support.records import TEACHER, TODAY, InMemoryRecords, a_care_step, a_child, a_referral, a_submission, a_visit, listed

LATER = TODAY + dt.timedelta(days=1)


@pytest.fixture
def records() -> InMemoryRecords:
    return InMemoryRecords()


@pytest.fixture
def case(records: InMemoryRecords) -> Case:
    case_id = new_id()
    records.do(listed(a_child()), case_id)
    found: Case = records.case(case_id)
    return found


def _do(records: InMemoryRecords, fact: CareFact) -> None:
    records.do(care_payload(fact), fact.id, sequence=len(records.all) + 1)


def test_a_fact_stands_as_its_latest_step_says(case: Case) -> None:
    referral = a_referral(case)
    sent = a_care_step(referral, CareKind.REFERRAL, "sent")
    signed = a_care_step(referral, CareKind.REFERRAL, "signed")
    reply = a_care_step(referral, CareKind.REFERRAL, "acknowledged", on=LATER)
    other = a_care_step(a_referral(case), CareKind.REFERRAL, "closed", on=LATER)
    assert standing(referral, ()) is ReferralState.DRAFT
    # Of one day the furthest, in whatever order they came.
    assert standing(referral, (sent, signed, other)) is standing(referral, (other, signed, sent)) is ReferralState.SENT
    assert standing(referral, (reply, sent, signed)) is ReferralState.ACKNOWLEDGED


@pytest.mark.parametrize("kind", CareKind)
def test_no_step_leads_back_to_the_beginning(kind: CareKind) -> None:
    assert set(steps_of(kind)) < set(STATES[kind])


def test_a_case_waits_for_the_reply_of_an_agency(records: InMemoryRecords, case: Case) -> None:
    visit = a_visit(case, outcome=Outcome.WANTS_RETURN)
    records.do(VisitRecorded(visit), visit.id, sequence=1)
    referral = a_referral(case)
    _do(records, referral)
    assert records.case(case.id).state is CaseState.WANTS_RETURN
    _do(records, a_care_step(referral, CareKind.REFERRAL, "sent"))
    assert records.case(case.id).state is CaseState.REFERRED
    _do(records, a_care_step(referral, CareKind.REFERRAL, "closed", on=LATER))
    assert records.case(case.id).state is CaseState.WANTS_RETURN


def test_a_child_who_is_back_stays_back_when_it_is_referred(records: InMemoryRecords, case: Case) -> None:
    visit = a_visit(case, outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY)
    records.do(VisitRecorded(visit), visit.id, sequence=1)
    referral = a_referral(case)
    for fact in (referral, a_care_step(referral, CareKind.REFERRAL, "sent"), a_care_step(referral, CareKind.REFERRAL, "closed")):
        _do(records, fact)
    assert records.case(case.id).state is CaseState.RETURNED


def test_a_school_that_accepts_has_the_case(records: InMemoryRecords, case: Case) -> None:
    records.do(CaseAssigned(TODAY, "46030001", TEACHER), case.id, sequence=1)
    transfer = Transfer(new_id(), case.id, case.child_id, "ย้ายตามผู้ปกครอง", TODAY, TEACHER, to_school="46030009")
    _do(records, transfer)
    assert records.case(case.id).school_code == "46030001"
    _do(records, a_care_step(transfer, CareKind.TRANSFER, "accepted"))
    moved = records.case(case.id)
    assert (moved.school_code, moved.assignee_id) == ("46030009", None)


def test_a_child_who_leaves_again_is_a_new_case_of_the_same_people(records: InMemoryRecords, case: Case) -> None:
    records.do(CaseAssigned(TODAY, "46030001", TEACHER), case.id, sequence=1)
    again = CaseDroppedAgain(LATER, new_id(), "ไปทำงาน")
    with pytest.raises(EventRefused, match="not_allowed record"):
        records.do(again, case.id, sequence=2)
    visit = a_visit(case, outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY)
    records.do(VisitRecorded(visit), visit.id, sequence=1)
    for _twice in range(2):
        records.do(again, case.id, sequence=2)
    old, new = records.case(case.id), records.case(again.new_case_id)
    assert old.state is CaseState.DROPPED_AGAIN
    assert old.state_at(TODAY) is CaseState.RETURNED
    assert (new.child_id, new.list_type, new.state) == (case.child_id, ListType.DROPPED_AGAIN, CaseState.ASSIGNED)
    assert (new.school_code, new.assignee_id, new.listed_on) == ("46030001", TEACHER, LATER)


def test_risky_answers_put_a_child_on_the_risk_list(records: InMemoryRecords, case: Case) -> None:
    submission = a_submission(case, risks={"learning": RiskLevel.PROBLEM, "economy": RiskLevel.RISK})
    for _twice in range(2):
        records.do(SubmissionRecorded(submission), submission.id)
    risks = [one for one in records.all.values() if isinstance(one, Risk)]
    assert {(risk.reason, risk.level, risk.submission_id, risk.case_id) for risk in risks} == {
        ("learning", RiskLevel.PROBLEM, submission.id, case.id),
        ("economy", RiskLevel.RISK, submission.id, case.id),
    }
    corrected = a_submission(case, supersedes=submission.id, risks={"learning": RiskLevel.RISK})
    records.do(SubmissionRecorded(corrected), corrected.id)
    steps = [one for one in records.all.values() if type(one).__name__ == "CareStep"]
    stands = {one for one in records.all.values() if isinstance(one, Risk) and standing(one, steps) is RiskState.OPEN}
    assert {(risk.reason, risk.level) for risk in stands} == {("learning", RiskLevel.RISK)}


def test_what_cannot_be_a_fact_of_care_is_refused(records: InMemoryRecords, case: Case) -> None:
    support = Support(new_id(), case.id, case.child_id, SupportArea.FUNDS, "ทุน", TODAY, TEACHER)
    goal = Goal(new_id(), case.id, case.child_id, CareAspect.HELP, "มาเรียนทุกวัน", TODAY, TEACHER)
    referral = a_referral(case)
    _do(records, referral)
    wrong = {
        "in_the_future fact.on": replace(support, on=TODAY + dt.timedelta(days=3)),
        "missing fact.what": replace(support, what=""),
        "wrong_value fact.cost_baht": replace(support, cost_baht=-1),
        "missing fact.goal": replace(goal, goal=""),
        "wrong_value fact.aspect": replace(goal, aspect=CareAspect.KNOW),
        "before_start fact.due_on": replace(goal, due_on=TODAY - dt.timedelta(days=1)),
        "missing fact.receiver": replace(referral, receiver=""),
        "unknown_record case_id": replace(support, case_id=new_id()),
        "mismatch record": replace(support, child_id=new_id()),
        "wrong_value fact.state": a_care_step(referral, CareKind.REFERRAL, "draft"),
        "unknown_record of": a_care_step(a_referral(case), CareKind.REFERRAL, "sent"),
    }
    for said, fact in wrong.items():
        with pytest.raises(EventRefused, match=f"^{said}$"):
            _do(records, fact)
    assert first_state(goal) is GoalState.OPEN


def test_photos_are_shown_on_a_yes_that_stands(case: Case) -> None:
    def consent(given: bool, on: dt.date = TODAY, purpose: ConsentPurpose = ConsentPurpose.PHOTOS) -> tuple[Consent, ConsentState]:
        said = Consent(new_id(), case.id, case.child_id, purpose, given, "ยายบุญมี", "ยาย", on, TEACHER)
        return said, ConsentState.GIVEN if given else ConsentState.REFUSED

    yes, later_no = consent(True), consent(False, LATER)
    assert may_show_photos([yes])
    assert not may_show_photos([])
    assert not may_show_photos([consent(True, purpose=ConsentPurpose.SHARING)])
    assert not may_show_photos([later_no, yes])
    assert not may_show_photos([(yes[0], ConsentState.WITHDRAWN)])
    assert may_show_photos([later_no, consent(True, LATER)])
