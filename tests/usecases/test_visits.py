"""From opening a child's visit page to facts that wait for the district."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from fieldapp.domain.case import Case
from fieldapp.domain.compulsory_age import AgeStatus, Rule
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.reference import Setting
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, Outcome, Problem, ReturnLevel, Visit
from fieldapp.errors import PhotoError, StoreError
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.usecases.children import Delivery, ListFilter, PhotoDelivery
from fieldapp.usecases.visits import VisitIncomplete
from fieldapp.wire.codec import event_bytes
from tests.support.laptop import ME, NOW, TODAY, Laptop, a_listed_child
from tests.support.pictures import a_jpeg


@pytest.fixture
def case(laptop: Laptop) -> Case:
    child, case = a_listed_child()
    laptop.put(child, case)
    return case


def answered(laptop: Laptop, case: Case, **values: object) -> Visit:
    """A draft with all that a visit needs, saved."""
    visit = laptop.visits.draft(case.id).visit
    visit = replace(visit, **{"met": (Met.CHILD,), "outcome": Outcome.WANTS_RETURN, **values})  # type: ignore[arg-type]
    laptop.visits.save(visit)
    return visit


def sent_kinds(laptop: Laptop) -> list[str]:
    with laptop.store.reading() as connection:
        return list(connection.execute(select(outbox.c.kind).order_by(outbox.c.position)).scalars())


def test_a_new_draft_is_of_today_by_me_and_not_yet_stored(laptop: Laptop, case: Case) -> None:
    draft = laptop.visits.draft(case.id)
    assert (draft.visit.visited_on, draft.visit.by, draft.visit.child_id) == (TODAY, ME, case.child_id)
    assert (draft.saved_at, draft.photos, draft.previous) == (None, (), None)
    assert laptop.visits.drafts() == ()


def test_a_draft_is_resumed_as_it_was_left(laptop: Laptop, case: Case) -> None:
    visit = answered(laptop, case, note="ยายบอกว่ากลับสิ้นเดือน", next_on=TODAY)
    again = laptop.reopened()
    assert again.visits.draft(case.id).visit == visit
    assert again.visits.drafts() == (case.id,)
    assert again.children.card(case.id).has_draft
    again.store.close()


def test_finishing_moves_the_case_and_leaves_facts_in_the_outbox(laptop: Laptop, case: Case) -> None:
    visit = answered(laptop, case)
    changes = laptop.visits.finish(case.id)
    assert changes.touches_case(case.id)
    assert changes.outbox
    assert sent_kinds(laptop) == ["visit.recorded"]
    row = laptop.children.row(case.id)
    assert (row.state, row.last_visit_on, row.unsent) == (CaseState.WANTS_RETURN, TODAY, True)
    newest = laptop.children.card(case.id).timeline[0]
    assert newest.visit is not None
    assert (newest.visit.id, newest.delivery, newest.by_name) == (visit.id, Delivery.WAITING, "ครูสมหญิง")
    assert laptop.visits.drafts() == ()


def test_the_list_shows_the_new_state_at_once(laptop: Laptop, case: Case) -> None:
    assert laptop.children.count(ListFilter(state=CaseState.RETURNED)) == 0
    answered(laptop, case, outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY)
    laptop.visits.finish(case.id)
    assert laptop.children.count(ListFilter(state=CaseState.RETURNED)) == 1


def test_the_outbox_keeps_the_very_bytes_that_a_receipt_will_be_of(laptop: Laptop, case: Case) -> None:
    answered(laptop, case, note="เธอว่า “กลับ” 😊")
    laptop.visits.finish(case.id)
    with laptop.store.reading() as connection:
        body = connection.execute(select(outbox.c.body)).scalar_one()
    assert event_bytes(json.loads(body)) == body.encode()


def test_a_next_date_becomes_a_follow_up_of_mine(laptop: Laptop, case: Case) -> None:
    visit = answered(laptop, case, next_on=TODAY + dt.timedelta(days=5), next_note="โทรหายาย")
    laptop.visits.finish(case.id)
    (follow_up,) = laptop.children.card(case.id).follow_ups
    assert (follow_up.due_on, follow_up.owner_id, follow_up.note) == (TODAY + dt.timedelta(days=5), ME, "โทรหายาย")
    assert (follow_up.visit_id, follow_up.state) == (visit.id, FollowUpState.OPEN)
    assert sent_kinds(laptop) == ["visit.recorded", "follow_up.planned"]


def test_photos_go_with_their_visit_and_keep_their_bytes(laptop: Laptop, case: Case) -> None:
    visit = answered(laptop, case)
    first = laptop.photos.add(visit.id, case.id, a_jpeg(), PhotoKind.OUTSIDE).photo
    second = laptop.photos.add(visit.id, case.id, a_jpeg(640, 480), PhotoKind.INSIDE).photo
    laptop.photos.set_kind(second.id, PhotoKind.DOCUMENT)
    laptop.visits.finish(case.id)
    card = laptop.children.card(case.id)
    assert [(one.photo.id, one.photo.kind, one.delivery, one.here) for one in card.photos] == [
        (first.id, PhotoKind.OUTSIDE, PhotoDelivery.WAITING, True),
        (second.id, PhotoKind.DOCUMENT, PhotoDelivery.WAITING, True),
    ]
    assert card.timeline[0].photo_count == 2
    assert len(laptop.photos.picture(first.sha256) or b"") == first.size
    with laptop.store.reading() as connection:
        transfers = connection.execute(select(photo_transfer.c.photo_id, photo_transfer.c.state)).all()
    assert {tuple(row) for row in transfers} == {(first.id, "waiting"), (second.id, "waiting")}


def test_an_unfinished_visit_names_what_is_missing_and_changes_nothing(laptop: Laptop, case: Case) -> None:
    visit = answered(laptop, case, met=(), outcome=None)
    with pytest.raises(VisitIncomplete) as caught:
        laptop.visits.finish(case.id)
    assert caught.value.problems == (Problem("met", "missing"), Problem("outcome", "missing"))
    assert laptop.visits.draft(case.id).visit == visit
    assert sent_kinds(laptop) == []
    assert laptop.children.row(case.id).state is CaseState.ASSIGNED


def test_finishing_without_a_draft_is_refused(laptop: Laptop, case: Case) -> None:
    with pytest.raises(StoreError) as caught:
        laptop.visits.finish(case.id)
    assert caught.value.code == "store.not_here"


def test_discarding_forgets_answers_and_pictures(laptop: Laptop, case: Case) -> None:
    visit = answered(laptop, case)
    photo = laptop.photos.add(visit.id, case.id, a_jpeg(), PhotoKind.OUTSIDE).photo
    laptop.visits.discard(case.id)
    assert laptop.visits.drafts() == ()
    assert laptop.photos.picture(photo.sha256) is None
    fresh = laptop.visits.draft(case.id)
    assert (fresh.photos, fresh.visit.met, fresh.visit.id == visit.id) == ((), (), False)


def test_a_photo_before_the_first_answer_begins_the_draft(laptop: Laptop, case: Case) -> None:
    visit = laptop.visits.draft(case.id).visit
    added = laptop.photos.add(visit.id, case.id, a_jpeg(position=True), PhotoKind.OUTSIDE)
    again = laptop.reopened()
    draft = again.visits.draft(case.id)
    assert draft.visit.id == visit.id
    assert draft.photos == (added,)
    assert draft.photos[0].offered_position == added.offered_position is not None
    again.store.close()


def test_a_picture_that_two_drafts_use_stays_until_both_let_it_go(laptop: Laptop, case: Case) -> None:
    child, other = a_listed_child(1)
    laptop.put(child, other)
    photos = [laptop.photos.add(laptop.visits.draft(one.id).visit.id, one.id, a_jpeg(), PhotoKind.OUTSIDE).photo for one in (case, other)]
    assert photos[0].sha256 == photos[1].sha256
    laptop.photos.remove(photos[0].id)
    assert laptop.photos.thumbnail(photos[0].sha256) is not None
    laptop.photos.remove(photos[1].id)
    assert laptop.photos.thumbnail(photos[0].sha256) is None


def test_an_unreadable_picture_leaves_the_draft_as_it_was(laptop: Laptop, case: Case) -> None:
    visit = answered(laptop, case)
    with pytest.raises(PhotoError):
        laptop.photos.add(visit.id, case.id, b"not a picture", PhotoKind.OUTSIDE)
    assert laptop.visits.draft(case.id).photos == ()


def test_the_previous_visit_is_the_latest_one(laptop: Laptop, case: Case) -> None:
    for day, note in ((3, "แรก"), (1, "ล่าสุด")):
        answered(laptop, case, visited_on=TODAY - dt.timedelta(days=day), note=note)
        laptop.visits.finish(case.id)
    previous = laptop.visits.draft(case.id).previous
    assert previous is not None
    assert previous.note == "ล่าสุด"


def test_compulsory_age_is_counted_on_the_day_of_the_visit_and_kept(laptop: Laptop) -> None:
    # Born in BE 2553: inside through 31 December BE 2568.
    child, case = a_listed_child(birth_on=dt.date(2010, 5, 1))
    laptop.put(child, case)
    assert laptop.visits.draft(case.id).eligibility.status is AgeStatus.PAST
    answered(laptop, case, visited_on=dt.date(2025, 12, 31))
    laptop.visits.finish(case.id)
    (visit,) = [item.visit for item in laptop.children.card(case.id).timeline if item.visit]
    assert visit.age_status is AgeStatus.INSIDE


def test_the_district_may_count_age_by_full_years(laptop: Laptop) -> None:
    child, case = a_listed_child(birth_on=dt.date(2010, 12, 1))
    laptop.put(child, case, Setting("compulsory_age", {"rule": Rule.FULL_YEARS.value}))
    assert laptop.visits.draft(case.id).eligibility.status is AgeStatus.INSIDE


def test_causes_are_those_in_use_in_the_districts_order(laptop: Laptop) -> None:
    assert [cause.code for cause in laptop.visits.causes()] == ["poverty", "migration"]


def test_a_case_that_has_left_the_laptop_says_so(laptop: Laptop) -> None:
    for ask in (laptop.visits.draft, laptop.children.card, laptop.children.row):
        with pytest.raises(StoreError) as caught:
            ask("0190a000-0000-7000-8000-0000000000ff")
        assert caught.value.code == "store.not_here"


def test_saving_takes_the_time_of_the_clock(laptop: Laptop, case: Case) -> None:
    answered(laptop, case)
    assert laptop.visits.draft(case.id).saved_at == NOW
