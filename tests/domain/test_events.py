"""What events do to records."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.event import Effect, EventRefused
from fieldapp.domain.events import apply
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import (
    CaseAssigned,
    CaseChecked,
    ChildEdited,
    FollowUpClosed,
    FollowUpPlanned,
    PhotoAdded,
    VisitRecorded,
)
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, Outcome, ReturnLevel
from tests.support.records import NOW, TEACHER, TODAY, InMemoryRecords, a_child, a_follow_up, a_visit, an_event, listed


@pytest.fixture
def records() -> InMemoryRecords:
    return InMemoryRecords()


@pytest.fixture
def case_id(records: InMemoryRecords) -> str:
    case_id = new_id()
    records.do(listed(a_child()), case_id, sequence=1)
    return case_id


def test_a_listed_child_becomes_a_case(records: InMemoryRecords, case_id: str) -> None:
    case = records.case(case_id)
    assert case.state is CaseState.LISTED
    assert records.child(case.child_id).given_name == "ธนกร"


def test_listing_a_known_child_leaves_the_card_as_it_is(records: InMemoryRecords) -> None:
    child = a_child(guardian_phone="0812345678")
    records.do(listed(child), new_id())
    records.do(listed(replace(child, guardian_phone="")), new_id())
    assert records.child(child.id).guardian_phone == "0812345678"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"outcome": Outcome.RETURNED, "return_level": ReturnLevel.PRIMARY}, CaseState.RETURNED),
        ({"outcome": Outcome.WANTS_RETURN}, CaseState.WANTS_RETURN),
        ({"outcome": Outcome.NOT_RETURNING, "causes": ("a", "b"), "main_cause": "b"}, CaseState.NOT_RETURNED),
        ({"outcome": Outcome.NOT_FOUND, "met": (Met.NOBODY,)}, CaseState.NOT_FOUND),
        ({"outcome": Outcome.STUDYING_ELSEWHERE}, CaseState.LIST_ERROR),
        ({"outcome": Outcome.DECEASED, "met": (Met.MOTHER,)}, CaseState.LIST_ERROR),
        ({"outcome": Outcome.UNDECIDED, "met": (Met.CHILD, Met.MOTHER)}, CaseState.FOUND),
        ({"outcome": Outcome.UNDECIDED, "met": (Met.GRANDPARENT,)}, CaseState.TRACING),
        ({"outcome": Outcome.STILL_AT_SCHOOL, "met": (Met.MOTHER,)}, CaseState.FOUND),
    ],
)
def test_each_outcome_brings_the_case_into_its_state(
    records: InMemoryRecords, case_id: str, values: dict[str, object], state: CaseState
) -> None:
    visit = a_visit(records.case(case_id), **values)
    records.do(VisitRecorded(visit), visit.id)
    case = records.case(case_id)
    assert (case.state, case.last_visit_on, case.main_cause) == (state, TODAY, visit.main_cause)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"outcome": None}, "outcome"),
        ({"met": ()}, "met"),
        ({"met": (Met.NOBODY, Met.CHILD)}, "met"),
        ({"outcome": Outcome.RETURNED}, "return_level"),
        ({"outcome": Outcome.NOT_RETURNING}, "causes"),
        ({"causes": ("a",), "main_cause": "b"}, "main_cause"),
        ({"visited_on": TODAY + dt.timedelta(days=400)}, "visited_on"),
        ({"next_on": TODAY - dt.timedelta(days=1)}, "next_on"),
    ],
)
def test_a_visit_that_cannot_be_true_is_refused_by_field(
    records: InMemoryRecords, case_id: str, values: dict[str, object], field: str
) -> None:
    visit = a_visit(records.case(case_id), **values)
    with pytest.raises(EventRefused) as refused:
        records.do(VisitRecorded(visit), visit.id)
    assert refused.value.field == field
    assert records.case(case_id).state is CaseState.LISTED


def test_applying_an_event_twice_changes_nothing_more(records: InMemoryRecords, case_id: str) -> None:
    visit = a_visit(records.case(case_id))
    event = records.do(VisitRecorded(visit), visit.id)
    once = records.case(case_id).steps
    records.put(apply(event, records, recorded_at=NOW))
    assert records.case(case_id).steps == once


def test_what_was_seen_in_the_field_outlasts_a_later_assignment(records: InMemoryRecords, case_id: str) -> None:
    visit = a_visit(records.case(case_id))
    records.do(VisitRecorded(visit), visit.id, sequence=5)
    other = new_id()
    records.do(CaseAssigned(TODAY, "46030001", other, TODAY), case_id, sequence=6)
    case = records.case(case_id)
    assert (case.state, case.assignee_id, case.school_code) == (CaseState.WANTS_RETURN, other, "46030001")
    assert case.ever_assigned_to(other)


def test_a_visit_that_corrects_another_takes_its_place(records: InMemoryRecords, case_id: str) -> None:
    wrong = a_visit(records.case(case_id), outcome=Outcome.NOT_FOUND, met=(Met.NOBODY,))
    records.do(VisitRecorded(wrong), wrong.id, sequence=5)
    right = a_visit(records.case(case_id), visited_on=TODAY - dt.timedelta(days=1), supersedes=wrong.id)
    records.do(VisitRecorded(right), right.id, sequence=6)
    assert records.case(case_id).state is CaseState.WANTS_RETURN
    assert records.visit(wrong.id) == wrong


def test_the_state_can_be_told_for_any_earlier_day(records: InMemoryRecords, case_id: str) -> None:
    records.do(CaseChecked(dt.date(2026, 10, 25)), case_id, sequence=2)
    visit = a_visit(records.case(case_id), visited_on=dt.date(2026, 11, 10))
    records.do(VisitRecorded(visit), visit.id, sequence=3)
    case = records.case(case_id)
    days = [dt.date(2026, 10, 1), dt.date(2026, 10, 20), dt.date(2026, 11, 9), dt.date(2026, 11, 10)]
    assert [case.state_at(day) for day in days] == [None, CaseState.LISTED, CaseState.CHECKED, CaseState.WANTS_RETURN]


@given(st.permutations(range(5)))
def test_the_order_of_arrival_does_not_decide_the_state(order: list[int]) -> None:
    records, case_id = InMemoryRecords(), new_id()
    records.do(listed(a_child()), case_id, sequence=1)
    outcomes = [Outcome.UNDECIDED, Outcome.NOT_FOUND, Outcome.UNDECIDED, Outcome.WANTS_RETURN, Outcome.STUDYING_ELSEWHERE]
    days = [dt.date(2026, 11, day) for day in (1, 5, 9, 13, 17)]
    for sequence, place in enumerate(order, start=2):
        visit = a_visit(records.case(case_id), outcome=outcomes[place], visited_on=days[place])
        records.do(VisitRecorded(visit), visit.id, sequence=sequence)
    assert records.case(case_id).state is CaseState.LIST_ERROR


def test_different_fields_of_a_card_both_stand_and_the_same_field_is_kept_for_a_person(records: InMemoryRecords, case_id: str) -> None:
    child_id = records.case(case_id).child_id
    records.do(ChildEdited({"guardian_phone": "0811111111"}), child_id, base_version=1)
    event = an_event(ChildEdited({"guardian_phone": "0822222222", "house_no": "112"}), child_id, base_version=1)
    effect = apply(event, records)
    records.put(effect)
    child = records.child(child_id)
    assert (child.guardian_phone, child.house_no) == ("0811111111", "112")
    (conflict,) = effect.conflicts
    assert (conflict.field, conflict.kept, conflict.offered, conflict.offered_by) == ("guardian_phone", "0811111111", "0822222222", TEACHER)


def test_a_second_edit_before_the_first_was_sent_does_not_pass_over_what_came_between(records: InMemoryRecords, case_id: str) -> None:
    child_id = records.case(case_id).child_id
    records.do(ChildEdited({"guardian_phone": "0833333333"}), child_id)
    first = an_event(ChildEdited({"guardian_phone": "0811111111"}), child_id)
    second = an_event(ChildEdited({"guardian_phone": "0822222222"}, {"guardian_phone": first.id}), child_id)
    for event in (first, second):
        effect = apply(event, records)
        records.put(effect)
        assert [conflict.kept for conflict in effect.conflicts] == ["0833333333"]
    assert records.child(child_id).guardian_phone == "0833333333"


def test_a_second_edit_follows_ones_own_first_without_conflict(records: InMemoryRecords, case_id: str) -> None:
    child_id = records.case(case_id).child_id
    first = records.do(ChildEdited({"guardian_phone": "0811111111"}), child_id)
    records.do(ChildEdited({"guardian_phone": "0822222222"}, {"guardian_phone": first.id}), child_id)
    assert records.child(child_id).guardian_phone == "0822222222"


def test_two_people_giving_a_field_the_same_value_is_no_conflict(records: InMemoryRecords, case_id: str) -> None:
    child_id = records.case(case_id).child_id
    records.do(ChildEdited({"guardian_phone": "0811111111"}), child_id, base_version=1)
    effect = apply(an_event(ChildEdited({"guardian_phone": "0811111111"}), child_id, base_version=1), records)
    assert effect.conflicts == ()


@pytest.mark.parametrize(
    "values",
    [{"id": "x"}, {"version": 9}, {"nonsense": "1"}, {"birth_on": "31/2/2557"}, {"sex": "x"}, {"house_no": 5}, {"finished_grade_9": "yes"}],
)
def test_a_card_refuses_what_is_not_its_field_or_value(records: InMemoryRecords, case_id: str, values: dict[str, object]) -> None:
    child_id = records.case(case_id).child_id
    with pytest.raises(EventRefused):
        apply(an_event(ChildEdited(values), child_id, base_version=1), records)


def test_a_photo_needs_its_visit_and_is_not_stored_by_its_own_word(records: InMemoryRecords, case_id: str) -> None:
    visit = a_visit(records.case(case_id))
    photo = Photo(new_id(), visit.id, case_id, "0" * 64, 1000, "image/jpeg", 10, 10, PhotoKind.OUTSIDE, stored=True)
    with pytest.raises(EventRefused):
        records.do(PhotoAdded(photo), photo.id)
    records.do(VisitRecorded(visit), visit.id)
    records.do(PhotoAdded(photo), photo.id)
    assert records.all[photo.id] == replace(photo, stored=False)


def test_a_photo_that_the_district_holds_stays_so_when_its_event_is_applied_again(records: InMemoryRecords, case_id: str) -> None:
    visit = a_visit(records.case(case_id))
    photo = Photo(new_id(), visit.id, case_id, "0" * 64, 1000, "image/jpeg", 10, 10, PhotoKind.OUTSIDE)
    records.do(VisitRecorded(visit), visit.id)
    records.do(PhotoAdded(photo), photo.id)
    records.put(Effect((replace(photo, stored=True),)))
    records.do(PhotoAdded(photo), photo.id)
    assert records.all[photo.id] == replace(photo, stored=True)


def test_a_follow_up_is_planned_and_closed_once(records: InMemoryRecords, case_id: str) -> None:
    follow_up = a_follow_up(records.case(case_id))
    records.do(FollowUpPlanned(follow_up), follow_up.id)
    records.do(FollowUpClosed(FollowUpState.DONE, TODAY), follow_up.id, base_version=1)
    records.do(FollowUpClosed(FollowUpState.DONE, TODAY), follow_up.id, base_version=1)
    closed = records.follow_up(follow_up.id)
    assert (closed.state, closed.closed_on, closed.version) == (FollowUpState.DONE, TODAY, 2)
