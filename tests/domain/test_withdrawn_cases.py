"""A case whose import was undone: it counts on no date, is nobody's, and keeps its history."""

import datetime as dt

import pytest

from fieldapp.domain.event import EventRefused
from fieldapp.domain.events import apply
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.ladder import PRESETS, LadderDoesNotAddUp, build_ladder
from fieldapp.domain.payloads import CaseAssigned, CaseChecked, CaseMerged, CaseWithdrawn, Payload, VisitRecorded
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome, ReturnLevel
from tests.support.records import TEACHER, TODAY, InMemoryRecords, a_child, a_visit, an_event, listed


@pytest.fixture
def records() -> InMemoryRecords:
    return InMemoryRecords()


@pytest.fixture
def assigned(records: InMemoryRecords) -> str:
    case_id = _a_case(records)
    records.do(CaseAssigned(TODAY, "46030001", TEACHER, TODAY), case_id, sequence=2)
    return case_id


def test_it_stands_withdrawn_on_every_date_and_is_nobody_s(records: InMemoryRecords, assigned: str) -> None:
    listed_on = records.case(assigned).listed_on
    records.do(_withdrawal(records, assigned), assigned, sequence=3)
    case = records.case(assigned)
    assert (case.state, case.withdrawn, case.assignee_id, case.school_code, case.due_on) == (CaseState.WITHDRAWN, True, None, None, None)
    assert {case.state_at(listed_on), case.state_at(dt.date.max)} == {CaseState.WITHDRAWN}
    assert case.ever_assigned_to(TEACHER)


def test_no_visit_brings_it_back(records: InMemoryRecords, assigned: str) -> None:
    records.do(_withdrawal(records, assigned), assigned, sequence=3)
    visit = a_visit(records.case(assigned), outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY)
    records.do(VisitRecorded(visit), visit.id, sequence=4)
    assert records.case(assigned).state is CaseState.WITHDRAWN
    assert records.case(assigned).assignee_id is None


def test_withdrawing_twice_is_withdrawing_once(records: InMemoryRecords, assigned: str) -> None:
    records.do(_withdrawal(records, assigned), assigned, sequence=3)
    assert apply(an_event(_withdrawal(records, assigned), assigned), records).records == ()


def test_what_comes_after_is_refused_with_its_reason(records: InMemoryRecords, assigned: str) -> None:
    other = _a_case(records)
    assert _refusal(records, CaseWithdrawn(new_id()), assigned) == ("mismatch", "list_id")
    assert _refusal(records, _withdrawal(records, assigned), new_id()) == ("unknown_record", "record")
    records.do(_withdrawal(records, assigned), assigned, sequence=3)
    for payload in (CaseChecked(TODAY), CaseAssigned(TODAY, "46030001", None), CaseMerged(TODAY, other)):
        assert _refusal(records, payload, assigned) == ("withdrawn", "record")
    assert _refusal(records, CaseMerged(TODAY, assigned), other) == ("withdrawn", "into")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_report_that_counted_one_would_refuse(preset: str) -> None:
    with pytest.raises(LadderDoesNotAddUp):
        build_ladder(ListType.DROPPED_OUT, {CaseState.LISTED: 2, CaseState.WITHDRAWN: 1}, {}, PRESETS[preset])


def _withdrawal(records: InMemoryRecords, case_id: str) -> CaseWithdrawn:
    return CaseWithdrawn(records.case(case_id).list_id)


def _a_case(records: InMemoryRecords) -> str:
    case_id = new_id()
    records.do(listed(a_child()), case_id, sequence=1)
    return case_id


def _refusal(records: InMemoryRecords, payload: Payload, record: str) -> tuple[str, str]:
    with pytest.raises(EventRefused) as refused:
        apply(an_event(payload, record), records)
    return refused.value.code, refused.value.field
