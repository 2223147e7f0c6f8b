"""Two values for one field: what is kept, and what a person's decision does."""

import datetime as dt
from typing import Any

import pytest

from fieldapp.domain.conflict import Conflict, conflict_id, is_conflict_id
from fieldapp.domain.event import EventRefused
from fieldapp.domain.events import apply
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import ChildEdited, ConflictDecided
from tests.support.records import NOW, InMemoryRecords, a_child, an_event

TEACHER, HEAD, OFFICER = new_id(), new_id(), new_id()
PHONE = "guardian_phone"


class Card(InMemoryRecords):
    """One child's card on which people write in turn."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        child = a_child(**values)
        self.all[child.id] = child
        self.id = child.id

    def __getattr__(self, name: str) -> Any:
        return getattr(self.all[self.id], name)

    @property
    def open(self) -> list[Conflict]:
        return sorted(self.open_conflicts(self.id), key=lambda one: one.id)

    def stamp(self, field: str = PHONE) -> str | None:
        return self.all[self.id].field_events.get(field)

    def edit(self, by: str, value: Any, seen: str | None = None, field: str = PHONE) -> str:
        payload = ChildEdited({field: value}, {field: seen} if seen else {})
        return self._do(an_event(payload, self.id, by=by))

    def decide(self, by: str, conflict: Conflict, value: Any, seen: str | None) -> str:
        return self._do(an_event(ConflictDecided(self.id, value, seen), conflict.id, by=by))

    def _do(self, event: Any) -> str:
        self.put(apply(event, self))
        return str(event.id)


def in_conflict() -> tuple[Card, Conflict]:
    """The officer's number stands, the teacher's waits."""
    card = Card()
    card.edit(OFFICER, "0811111111")
    card.edit(TEACHER, "0822222222")
    (conflict,) = card.open
    return card, conflict


def test_a_conflict_says_what_stands_what_waits_and_whose_it_is() -> None:
    card, conflict = in_conflict()
    assert (card.guardian_phone, conflict.kept, conflict.offered) == ("0811111111", "0811111111", "0822222222")
    assert (conflict.kept_event, conflict.offered_by, conflict.offered_at) == (card.stamp(), TEACHER, NOW)
    assert (conflict.child_id, conflict.field, conflict.version) == (card.id, PHONE, 1)
    assert is_conflict_id(conflict.id)


def test_values_are_kept_as_they_travel() -> None:
    card = Card(birth_on=dt.date(2014, 7, 9))
    card.edit(OFFICER, "2014-07-19", field="birth_on")
    card.edit(TEACHER, "20140709", field="birth_on")
    card.edit(OFFICER, True, field="finished_grade_9")
    card.edit(TEACHER, "male", field="sex")
    card.edit(OFFICER, "female", field="sex")
    kept = {conflict.field: (conflict.kept, conflict.offered) for conflict in card.open}
    assert kept == {"birth_on": ("2014-07-19", "2014-07-09"), "sex": ("male", "female")}


def test_what_was_offered_stands_when_it_is_chosen() -> None:
    card, conflict = in_conflict()
    event_id = card.decide(HEAD, conflict, "0822222222", card.stamp())
    assert (card.guardian_phone, card.stamp()) == ("0822222222", event_id)
    decided = card.conflict(conflict.id)
    assert (decided.decided_event, decided.decided_by, decided.decided_at, decided.decision) == (event_id, HEAD, NOW, "0822222222")
    assert (decided.kept, decided.offered, card.open) == ("0811111111", "0822222222", [])


def test_a_decision_for_what_stands_already_is_a_word_of_its_own() -> None:
    card, conflict = in_conflict()
    event_id = card.decide(HEAD, conflict, "0811111111", card.stamp())
    assert (card.guardian_phone, card.stamp(), card.open) == ("0811111111", event_id, [])
    assert card.conflict(conflict.id).decision == "0811111111"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_different_decisions_at_the_same_time_meet_as_a_new_conflict(order: tuple[int, int]) -> None:
    card, conflict = in_conflict()
    both = [(HEAD, "0811111111"), (OFFICER, "0822222222")]
    (first, chosen), (second, other) = both[order[0]], both[order[1]]
    seen = card.stamp()
    first_event = card.decide(first, conflict, chosen, seen)
    second_event = card.decide(second, conflict, other, seen)
    assert (card.guardian_phone, card.stamp()) == (chosen, first_event)
    assert card.conflict(conflict.id).decided_event == first_event
    (left,) = card.open
    assert (left.id, left.kept, left.kept_event) == (f"{second_event}:{PHONE}", chosen, first_event)
    assert (left.offered, left.offered_by) == (other, second)


@pytest.mark.parametrize("value", ["0811111111", "0822222222"])
def test_the_same_decision_twice_changes_nothing_more(value: str) -> None:
    card, conflict = in_conflict()
    seen = card.stamp()
    first = card.decide(HEAD, conflict, value, seen)
    version = card.version
    card.decide(OFFICER, conflict, value, seen)
    assert (card.guardian_phone, card.stamp(), card.version, card.open) == (value, first, version, [])
    assert card.conflict(conflict.id).decided_by == HEAD


def test_applying_a_decision_again_changes_nothing() -> None:
    card, conflict = in_conflict()
    event = an_event(ConflictDecided(card.id, "0822222222", card.stamp()), conflict.id)
    card.put(apply(event, card))
    before = dict(card.all)
    card.put(apply(event, card))
    assert card.all == before


def test_a_decision_does_not_pass_over_an_edit_that_came_between() -> None:
    card, conflict = in_conflict()
    seen = card.stamp()
    edit = card.edit(HEAD, "0833333333", seen)
    decision = card.decide(OFFICER, conflict, "0822222222", seen)
    assert (card.guardian_phone, card.stamp()) == ("0833333333", edit)
    assert card.conflict(conflict.id).decided_event == decision
    (left,) = card.open
    assert (left.kept, left.kept_event, left.offered, left.offered_by) == ("0833333333", edit, "0822222222", OFFICER)


def test_an_edit_that_did_not_see_the_decision_does_not_pass_over_it() -> None:
    card, conflict = in_conflict()
    seen = card.stamp()
    card.decide(HEAD, conflict, "0811111111", seen)
    card.edit(OFFICER, "0844444444", seen)
    (left,) = card.open
    assert (card.guardian_phone, left.kept, left.offered) == ("0811111111", "0811111111", "0844444444")


def test_what_waits_is_laid_beside_what_stands_now() -> None:
    card, conflict = in_conflict()
    edit = card.edit(OFFICER, "0833333333", card.stamp())
    (left,) = card.open
    assert (left.id, left.offered, left.version) == (conflict.id, "0822222222", 2)
    assert (left.kept, left.kept_event, left.kept_by, left.kept_at) == ("0833333333", edit, OFFICER, NOW)


def test_an_edit_to_the_very_value_that_waits_leaves_nothing_to_decide() -> None:
    card, conflict = in_conflict()
    edit = card.edit(OFFICER, "0822222222", card.stamp())
    decided = card.conflict(conflict.id)
    assert (decided.decided_event, decided.decided_by, decided.decision, card.open) == (edit, OFFICER, "0822222222", [])


def test_whoever_offered_a_value_takes_it_back_with_a_new_edit() -> None:
    card, conflict = in_conflict()
    card.edit(TEACHER, "0855555555", card.stamp())
    assert (card.guardian_phone, card.open) == ("0855555555", [])
    assert card.conflict(conflict.id).decision == "0855555555"


def test_of_ones_own_two_values_that_wait_the_newer_takes_the_place_of_the_older() -> None:
    card = Card()
    card.edit(OFFICER, "0811111111")
    first = card.edit(TEACHER, "0822222222")
    second = card.edit(TEACHER, "0855555555", seen=first)
    (left,) = card.open
    assert (left.id, left.kept, left.offered) == (f"{second}:{PHONE}", "0811111111", "0855555555")


def test_two_people_s_values_wait_beside_each_other_and_one_decision_settles_what_it_can() -> None:
    card, first = in_conflict()
    card.edit(HEAD, "0833333333")
    second = next(one for one in card.open if one.id != first.id)
    event_id = card.decide(OFFICER, first, "0822222222", card.stamp())
    (left,) = card.open
    assert (left.id, left.kept, left.kept_event, left.offered) == (second.id, "0822222222", event_id, "0833333333")
    card.decide(OFFICER, left, "0833333333", card.stamp())
    assert (card.guardian_phone, card.open) == ("0833333333", [])


def test_other_fields_stay_as_they_are() -> None:
    card, conflict = in_conflict()
    card.edit(TEACHER, "12", field="house_no")
    card.edit(OFFICER, "21", field="house_no")
    card.decide(HEAD, conflict, "0822222222", card.stamp())
    assert [one.field for one in card.open] == ["house_no"]
    assert card.house_no == "12"


@pytest.mark.parametrize(("field", "value"), [("sex", "x"), ("birth_on", "31/2/2557"), ("finished_grade_9", 1), ("house_no", None)])
def test_a_value_that_is_not_the_fields_cannot_be_chosen(field: str, value: Any) -> None:
    card, conflict = in_conflict()
    card.all[conflict.id] = conflict = Conflict(conflict_id(new_id(), field), card.id, field, value, TEACHER, NOW, "")
    before = dict(card.all)
    with pytest.raises(EventRefused) as refused:
        card.decide(HEAD, conflict, value, None)
    assert (refused.value.code, refused.value.field) == ("wrong_value", field)
    assert card.all == before


def test_a_decision_stands_where_its_conflict_is_not_known_and_the_edit_comes_after() -> None:
    """A district that was restored hears of the two in any order."""
    card = Card()
    edit = an_event(ChildEdited({PHONE: "0822222222"}), card.id, by=TEACHER)
    decision = an_event(ConflictDecided(card.id, "0822222222"), f"{edit.id}:{PHONE}", by=HEAD)
    for event in (decision, edit):
        card.put(apply(event, card))
    assert (card.guardian_phone, card.stamp(), card.open) == ("0822222222", decision.id, [])


@pytest.mark.parametrize(("field", "code"), [("nonsense", "unknown_field"), ("version", "unknown_field")])
def test_a_decision_about_what_is_no_field_is_refused(field: str, code: str) -> None:
    card = Card()
    with pytest.raises(EventRefused) as refused:
        apply(an_event(ConflictDecided(card.id, "1"), f"{new_id()}:{field}"), card)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_decision_about_another_child_is_refused() -> None:
    card, conflict = in_conflict()
    other = a_child()
    card.all[other.id] = other
    for child_id, code in ((other.id, "mismatch"), (new_id(), "unknown_record")):
        with pytest.raises(EventRefused) as refused:
            apply(an_event(ConflictDecided(child_id, "0822222222"), conflict.id), card)
        assert (refused.value.code, refused.value.field) == (code, "child_id")


# One id for all runs, so that the tests have the same names in every process.
ONE_ID = "01a2043b-f9fc-7036-9cc7-f91db3090cac"


@pytest.mark.parametrize("text", ["", ONE_ID, f"{ONE_ID}:", f"{ONE_ID}:a b", "x:house_no", f"{ONE_ID}:house_no\n", None, 5])
def test_what_names_no_event_and_field_is_no_conflict_id(text: object) -> None:
    assert not is_conflict_id(text)
