"""A case that went to someone else and is here only until what was recorded is sent: read, finished, not counted, and nothing new."""

from pathlib import Path

import pytest

from fieldapp.domain.events import apply
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.payloads import CaseMerged
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState
from fieldapp.errors import StoreError
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import departures, inbound
from fieldapp.store.departures import Whereto
from fieldapp.store.listing import ListFilter, SortBy
from fieldapp.usecases.children import Delivery
from fieldapp.usecases.handed_over import HandedOver
from fieldapp.usecases.reports import Reports
from tests.support.district import make_event
from tests.support.handed_over import answered, filled, finish_a_visit, leave
from tests.support.laptop import ME, OTHER, SCHOOL, TODAY, Laptop, a_laptop, a_listed_child, fill


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    """Due today, with an unsent visit, and handed over to ครูวิชัย; a second child stays."""
    pairs = [a_listed_child(number, due_on=TODAY) for number in range(2)]
    laptop.put(*(record for pair in pairs for record in pair))
    case_id = pairs[0][1].id
    finish_a_visit(laptop, case_id)
    leave(laptop, case_id)
    return case_id


def test_the_card_says_who_has_the_child_now_and_can_only_be_read(laptop: Laptop, case_id: str) -> None:
    card = laptop.children.card(case_id)
    assert card.handed_over == HandedOver("ครูวิชัย", "โรงเรียนบ้านนาคู")
    assert (card.editable, card.row.handed_over, card.row.unsent) == (False, True, True)


def test_screens_that_show_it_are_told(laptop: Laptop, case_id: str) -> None:
    assert leave(laptop, case_id, Whereto("", SCHOOL)).touches_case(case_id)


def test_where_it_moves_on_the_newest_owner_is_named(laptop: Laptop, case_id: str) -> None:
    leave(laptop, case_id, Whereto("", SCHOOL))
    assert laptop.children.card(case_id).handed_over == HandedOver("", "โรงเรียนบ้านนาคู")


def test_it_is_in_the_list_and_found_by_name_but_in_no_count_and_no_filter(laptop: Laptop, case_id: str) -> None:
    children = laptop.children
    name = children.row(case_id).given_name
    assert children.count(ListFilter()) == children.count(ListFilter(sort=SortBy.DUE)) == 2
    assert children.position(ListFilter(text=name), case_id) is not None
    for wanted in (ListFilter(list_type=list(ListType)[0]), ListFilter(school_code=SCHOOL), ListFilter(state=CaseState.NOT_FOUND)):
        assert children.position(wanted, case_id) is None
    counts = children.counts()
    assert (counts.total, counts.handed_over, dict(counts.by_state)) == (1, 1, {CaseState.ASSIGNED: 1})
    assert sum(village.count for village in counts.villages) == sum(count for _, _, count in counts.schools) == 1


def test_today_plans_nothing_for_it_and_says_what_is_unsent(laptop: Laptop, case_id: str) -> None:
    view = laptop.today.view(TODAY)
    assert [row.case_id for row in view.planned] == [row.case_id for row in laptop.children.page(ListFilter(), 0, 9) if not row.handed_over]
    assert (view.counts.total, view.readiness.children, view.unsent.visits) == (1, 1, 1)


def test_the_report_of_this_laptop_leaves_it_to_its_new_owner(laptop: Laptop, case_id: str) -> None:
    assert Reports(laptop.store).ladder(TODAY).total.listed == 1


def test_nothing_new_can_be_begun(laptop: Laptop, case_id: str) -> None:
    card = laptop.children.card(case_id)
    with pytest.raises(StoreError) as visiting:
        laptop.visits.draft(case_id)
    with pytest.raises(StoreError) as mending:
        laptop.children.edit(card.child, {"village": "บ้านบ่อแก้ว"})
    with pytest.raises(StoreError) as planning:
        laptop.follow_ups.plan(case_id, TODAY, "โทรถาม")
    assert {raised.value.code for raised in (visiting, mending, planning)} == {"store.handed_over"}
    assert laptop.store.in_hand == frozenset()


def test_an_open_follow_up_is_no_longer_this_persons_to_close(laptop: Laptop) -> None:
    child, case = a_listed_child(3)
    laptop.put(child, case)
    laptop.follow_ups.plan(case.id, TODAY, "โทรถาม")
    (planned,) = laptop.children.card(case.id).follow_ups
    leave(laptop, case.id)
    assert laptop.today.view(TODAY).follow_ups == ()
    with pytest.raises(StoreError):
        laptop.follow_ups.close(planned.id, FollowUpState.DONE)


def test_a_visit_that_was_begun_can_be_finished(laptop: Laptop) -> None:
    child, case = a_listed_child(3)
    laptop.put(child, case)
    visit = laptop.visits.draft(case.id).visit
    laptop.visits.save(visit)
    leave(laptop, case.id)
    assert laptop.children.card(case.id).has_draft
    assert [row.case_id for row in laptop.today.view(TODAY).planned] == [case.id]
    again = laptop.visits.draft(case.id)
    assert again.handed_over == HandedOver("ครูวิชัย", "โรงเรียนบ้านนาคู")
    laptop.visits.save(filled(again.visit))
    laptop.visits.finish(case.id)
    item, *_rest = laptop.children.card(case.id).timeline
    assert (item.visit and item.visit.id, item.delivery) == (visit.id, Delivery.WAITING)


def test_the_child_of_an_open_page_stays_until_the_page_is_closed(laptop: Laptop) -> None:
    """Someone has opened the page and not yet answered anything when a sync learns that the case is someone else's."""
    child, case = a_listed_child(3)
    laptop.put(child, case)
    visit = laptop.visits.draft(case.id).visit
    leave(laptop, case.id)
    laptop.visits.save(filled(visit))
    laptop.visits.finish(case.id)
    assert laptop.today.view(TODAY).unsent.visits == 1


def test_an_open_page_without_an_answer_holds_the_child_no_longer_than_it_is_open(laptop: Laptop) -> None:
    child, case = a_listed_child(3)
    laptop.put(child, case)
    visit = laptop.visits.draft(case.id).visit
    leave(laptop, case.id)
    laptop.visits.put_down(case.id)
    with laptop.store.writing() as connection:
        laptop.store.announce(departures.drop_sent(connection, laptop.store.district_id, laptop.store.in_hand))
    for open_again in (lambda: laptop.visits.pick_up(case.id), lambda: laptop.visits.save(visit)):
        with pytest.raises(StoreError) as gone:
            open_again()
        assert gone.value.code == "store.not_here"
    assert laptop.visits.drafts() == ()


def test_a_duplicate_says_with_whom_the_case_goes_on(laptop: Laptop) -> None:
    first, second = fill(laptop, 2)
    finish_a_visit(laptop, first.id)
    leave(laptop, first.id, Whereto(OTHER, SCHOOL, merged_into=second.id))
    card = laptop.children.card(first.id)
    assert card.handed_over == HandedOver("ครูวิชัย", "โรงเรียนบ้านนาคู", merged=True, goes_on=second.id)
    assert card.row.merged
    with pytest.raises(StoreError) as visiting:
        laptop.visits.draft(first.id)
    assert visiting.value.code == "store.merged"


def test_a_visit_that_the_district_keeps_is_on_the_card_of_a_case_that_came_back(laptop: Laptop) -> None:
    child, case = a_listed_child(3)
    laptop.put(child, case)
    visit = finish_a_visit(laptop, case.id)
    answered(laptop, visit.id, "held", "no_longer_yours")
    with laptop.store.writing() as connection:
        inbound.take_in(connection, laptop.store.district_id, (case,), {}, 9)
    card = laptop.children.card(case.id)
    assert (card.editable, card.case.state, card.row.state) == (True, CaseState.ASSIGNED, CaseState.ASSIGNED)
    kept = next(item for item in card.timeline if item.visit)
    assert (kept.visit and kept.visit.id, kept.delivery, kept.code) == (visit.id, Delivery.HELD, "no_longer_yours")
    assert len([item for item in card.timeline if item.visit]) == 1


def test_the_districts_staff_read_a_merged_case_and_begin_nothing_for_it(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path / "officer", role=Role.OFFICER)
    first, second = fill(laptop, 2)
    with laptop.store.reading() as connection:
        effect = apply(make_event(CaseMerged(TODAY, CaseId(second.id)), first.id, ME), SqlRecords(connection, laptop.store.district_id))
    laptop.put(*effect.records)
    card = laptop.children.card(first.id)
    assert card.handed_over == HandedOver("ครูสมหญิง", "โรงเรียนบ้านนาคู", merged=True, goes_on=second.id)
    assert (card.editable, card.row.handed_over) == (False, False)
    with pytest.raises(StoreError):
        laptop.visits.draft(first.id)
    laptop.store.close()
