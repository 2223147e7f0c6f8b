"""A case that is a duplicate: what becomes of it, and what cannot be merged."""

import datetime as dt

import pytest

from fieldapp.domain.event import EventRefused
from fieldapp.domain.events import apply
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CaseAssigned, CaseChecked, CaseMerged, VisitRecorded
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome, ReturnLevel
from tests.support.records import TEACHER, TODAY, InMemoryRecords, a_child, a_visit, an_event, listed


@pytest.fixture
def records() -> InMemoryRecords:
    return InMemoryRecords()


@pytest.fixture
def duplicate(records: InMemoryRecords) -> str:
    case_id = _a_case(records)
    records.do(CaseAssigned(TODAY, "46030001", TEACHER, TODAY), case_id, sequence=2)
    return case_id


@pytest.fixture
def other(records: InMemoryRecords) -> str:
    return _a_case(records)


def test_a_merged_case_is_an_error_in_the_list_and_nobody_s(records: InMemoryRecords, duplicate: str, other: str) -> None:
    before = records.case(other)
    records.do(CaseMerged(TODAY, other), duplicate, sequence=3)
    case = records.case(duplicate)
    assert (case.state, case.reason, case.state_on, case.merged_into) == (CaseState.LIST_ERROR, "duplicate", TODAY, other)
    assert (case.assignee_id, case.school_code, case.due_on) == (None, None, None)
    assert case.ever_assigned_to(TEACHER)
    assert records.case(other) == before


def test_the_day_before_the_case_stood_as_it_did(records: InMemoryRecords, duplicate: str, other: str) -> None:
    records.do(CaseMerged(TODAY, other), duplicate, sequence=3)
    assert records.case(duplicate).state_at(TODAY - dt.timedelta(days=1)) is CaseState.LISTED


def test_no_visit_raises_a_merged_case_again(records: InMemoryRecords, duplicate: str, other: str) -> None:
    records.do(CaseMerged(TODAY - dt.timedelta(days=3), other), duplicate, sequence=3)
    visit = a_visit(records.case(duplicate), outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY)
    records.do(VisitRecorded(visit), visit.id, sequence=4)
    case = records.case(duplicate)
    assert (case.state, case.last_visit_on) == (CaseState.LIST_ERROR, TODAY)


def test_merging_twice_is_merging_once(records: InMemoryRecords, duplicate: str, other: str) -> None:
    records.do(CaseMerged(TODAY, other), duplicate, sequence=3)
    assert apply(an_event(CaseMerged(TODAY, other), duplicate), records).records == ()


def test_what_cannot_be_merged_is_refused_with_its_reason(records: InMemoryRecords, duplicate: str, other: str) -> None:
    third = _a_case(records)
    records.do(CaseMerged(TODAY, other), duplicate, sequence=3)
    assert _refusal(records, CaseMerged(TODAY, other), other) == ("wrong_value", "into")
    assert _refusal(records, CaseMerged(TODAY, new_id()), other) == ("unknown_record", "into")
    assert _refusal(records, CaseMerged(TODAY, duplicate), other) == ("merged", "into")
    assert _refusal(records, CaseMerged(TODAY, third), duplicate) == ("merged", "record")
    assert _refusal(records, CaseMerged(TODAY, other), new_id()) == ("unknown_record", "record")


@pytest.mark.parametrize("payload", [CaseAssigned(TODAY, "46030001", TEACHER), CaseChecked(TODAY)])
def test_the_office_does_nothing_more_with_a_merged_case(
    records: InMemoryRecords, duplicate: str, other: str, payload: CaseAssigned | CaseChecked
) -> None:
    records.do(CaseMerged(TODAY, other), duplicate, sequence=3)
    assert _refusal(records, payload, duplicate) == ("merged", "record")


def test_the_case_that_went_on_may_itself_turn_out_to_be_a_duplicate(records: InMemoryRecords, duplicate: str, other: str) -> None:
    third = _a_case(records)
    records.do(CaseMerged(TODAY, other), duplicate, sequence=3)
    records.do(CaseMerged(TODAY, third), other, sequence=4)
    assert (records.case(duplicate).merged_into, records.case(other).merged_into) == (other, third)


def _a_case(records: InMemoryRecords) -> str:
    case_id = new_id()
    records.do(listed(a_child()), case_id, sequence=1)
    return case_id


def _refusal(records: InMemoryRecords, payload: CaseMerged | CaseAssigned | CaseChecked, record: str) -> tuple[str, str]:
    with pytest.raises(EventRefused) as refused:
        apply(an_event(payload, record), records)
    return refused.value.code, refused.value.field
