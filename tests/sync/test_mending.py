"""What the district refused is mended and goes in the place of the refused form: nothing lost, nothing twice."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from fieldapp.domain.child import Child
from fieldapp.domain.event import EventRefused
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.visit import Outcome
from fieldapp.errors import StoreError
from fieldapp.records import tables as record_tables
from fieldapp.store import outbox as outbox_store
from fieldapp.store.sent import try_again
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.usecases.follow_ups import FollowUps
from fieldapp.usecases.mending import EditToMend, PlanToMend, VisitToMend
from tests.support.refused import a_refused_visit, event_of, mending, refuse, visits
from tests.support.world import FieldLaptop, World


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    laptop = world.teacher()
    world.district.add_cases(2, world.district.people["somying"])
    assert laptop.sync().error is None
    return laptop


def waiting(laptop: FieldLaptop) -> int:
    with laptop.store.reading() as connection:
        return len(outbox_store.queue(connection))


def test_a_refused_visit_is_opened_with_all_that_is_in_it(laptop: FieldLaptop) -> None:
    visit, photos = a_refused_visit(laptop, note="ยายอยู่บ้านคนเดียว")
    opened = mending(laptop).open(event_of(laptop, visit.id))
    assert opened == VisitToMend(visit.case_id, "visited_on")
    draft = visits(laptop).draft(visit.case_id)
    assert draft.visit == visit
    assert [one.photo for one in draft.photos] == photos


def test_a_mended_visit_arrives_once_with_its_photos_and_nothing_is_left_of_the_refused_form(world: World, laptop: FieldLaptop) -> None:
    visit, photos = a_refused_visit(laptop)
    mending(laptop).open(event_of(laptop, visit.id))
    today = laptop.now().date()
    visits(laptop).save(replace(visit, visited_on=today))
    visits(laptop).finish(visit.case_id)
    assert laptop.status(visit.id)[0] is None
    assert [step.on for step in laptop.case(visit.case_id).steps if step.visit_id] == [today]
    # The visit, its two photos, and three days on which the child who is back is looked after.
    assert waiting(laptop) == 6
    result = laptop.sync()
    assert (result.pushed, result.rejected, result.photos, result.error) == (6, 0, 2, None)
    assert world.visits(visit.case_id) == [visit.id]
    assert world.events(visit.id) == 1
    assert all(world.photo_is_stored(photo) for photo in photos)
    case = laptop.case(visit.case_id)
    assert [step.on for step in case.steps if step.visit_id] == [today]


def test_a_photo_taken_out_while_mending_is_not_sent(world: World, laptop: FieldLaptop) -> None:
    from fieldapp.usecases.photos import Photos

    visit, (kept, dropped) = a_refused_visit(laptop)
    mending(laptop).open(event_of(laptop, visit.id))
    Photos(laptop.store, laptop.now).remove(dropped.id)
    assert laptop.holds_picture(dropped)
    visits(laptop).save(replace(visit, visited_on=laptop.now().date()))
    visits(laptop).finish(visit.case_id)
    assert not laptop.holds_picture(dropped)
    assert laptop.sync().photos == 1
    assert (world.photo_is_stored(kept), world.events(dropped.id)) == (True, 0)


def test_until_it_is_finished_the_refused_form_stays_and_a_draft_thrown_away_costs_nothing(laptop: FieldLaptop) -> None:
    visit, photos = a_refused_visit(laptop)
    mending(laptop).open(event_of(laptop, visit.id))
    visits(laptop).save(replace(visit, note="x"))
    assert laptop.status(visit.id)[:2] == ("rejected", "in_the_future")
    visits(laptop).discard(visit.case_id)
    assert laptop.status(visit.id)[:2] == ("rejected", "in_the_future")
    assert laptop.visit_here(visit.id) == visit
    assert all(laptop.holds_picture(photo) for photo in photos)


def test_opening_it_twice_goes_on_where_it_was(laptop: FieldLaptop) -> None:
    visit, _ = a_refused_visit(laptop)
    mending(laptop).open(event_of(laptop, visit.id))
    visits(laptop).save(replace(visit, note="แก้แล้ว"))
    mending(laptop).open(event_of(laptop, visit.id))
    assert visits(laptop).draft(visit.case_id).visit.note == "แก้แล้ว"


def test_a_visit_that_was_begun_is_not_written_over(laptop: FieldLaptop) -> None:
    visit, _ = a_refused_visit(laptop)
    fresh = visits(laptop).draft(visit.case_id).visit
    visits(laptop).save(replace(fresh, note="ครั้งใหม่"))
    with pytest.raises(StoreError, match="draft_in_the_way"):
        mending(laptop).open(event_of(laptop, visit.id))
    assert visits(laptop).draft(visit.case_id).visit.note == "ครั้งใหม่"


def test_while_it_is_mended_it_is_not_sent_as_it_was(laptop: FieldLaptop) -> None:
    visit, _ = a_refused_visit(laptop)
    event_id = event_of(laptop, visit.id)
    mending(laptop).open(event_id)
    with pytest.raises(StoreError, match="draft_in_the_way"), laptop.store.writing() as connection:
        try_again(connection, laptop.store.district_id, event_id)
    assert waiting(laptop) == 0


def test_a_receipt_that_comes_while_it_is_mended_makes_the_mended_form_a_correction(world: World, laptop: FieldLaptop) -> None:
    """By a file, or since the office's clock was wrong: the district has the first form after all."""
    visit, _ = a_refused_visit(laptop)
    mending(laptop).open(event_of(laptop, visit.id))
    with laptop.store.writing() as connection:
        connection.execute(update(outbox).where(outbox.c.record_id == visit.id).values(status="accepted", code="", field=""))
    visits(laptop).save(replace(visit, visited_on=laptop.now().date()))
    visits(laptop).finish(visit.case_id)
    laptop.sync()
    (corrected,) = world.visits(visit.case_id)
    assert corrected != visit.id
    mended = laptop.visit_here(corrected)
    assert mended is not None
    assert mended.supersedes == visit.id
    case = laptop.case(visit.case_id)
    assert [step.visit_id for step in case.steps if step.visit_id] == [corrected]


def test_a_visit_whose_number_is_taken_gets_another_one_and_corrects_what_is_there(world: World, laptop: FieldLaptop) -> None:
    case_id = sorted(laptop.case_ids())[0]
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    event_id = refuse(laptop, visit.id, "different_content", "record")
    mending(laptop).open(event_id)
    draft = visits(laptop).draft(case_id)
    assert draft.visit.id != visit.id
    assert draft.visit.supersedes == visit.id
    visits(laptop).finish(case_id)
    assert laptop.sync().error is None
    assert world.visits(case_id) == [draft.visit.id]
    assert world.photo_is_stored(draft.photos[0].photo)
    assert world.events(photo.id) == 0


def test_a_promise_that_the_district_has_is_kept_or_called_off_but_never_made_twice(world: World, laptop: FieldLaptop) -> None:
    for next_day, open_days, made in ((7, [7], 1), (9, [9], 2)):
        case_id = sorted(laptop.case_ids())[0 if next_day == 7 else 1]
        today = laptop.now().date()
        fresh = visits(laptop).draft(case_id).visit
        from fieldapp.domain.visit import Met

        filled = replace(fresh, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN, next_on=today + dt.timedelta(days=7))
        visits(laptop).save(filled)
        visits(laptop).finish(case_id)
        event_id = refuse(laptop, fresh.id)
        laptop.sync()
        mending(laptop).open(event_id)
        draft = visits(laptop).draft(case_id).visit
        visits(laptop).save(replace(draft, next_on=today + dt.timedelta(days=next_day)))
        visits(laptop).finish(case_id)
        assert laptop.sync().error is None
        assert [(day - today).days for day in open_follow_ups(world, case_id)] == open_days
        assert len(laptop_follow_ups(laptop, case_id)) == made


def laptop_follow_ups(laptop: FieldLaptop, case_id: str) -> list[str]:
    table = record_tables.follow_up
    with laptop.store.reading() as connection:
        return list(connection.execute(select(table.c.id).where(table.c.case_id == case_id)).scalars())


def open_follow_ups(world: World, case_id: str) -> list[dt.date]:
    table = record_tables.follow_up
    with world.district.engine.connect() as connection:
        query = select(table.c.due_on).where(table.c.case_id == case_id, table.c.state == FollowUpState.OPEN.value)
        return list(connection.execute(query).scalars())


def a_card(laptop: FieldLaptop) -> Child:
    child = laptop.child_of(sorted(laptop.case_ids())[0])
    assert child is not None
    return child


def test_a_refused_card_is_mended_at_its_field_and_keeps_its_other_values(world: World, laptop: FieldLaptop) -> None:
    child = a_card(laptop)
    laptop.edit(child, guardian_phone="08-ผิด", guardian_name="ยายบุญมี")
    event_id = refuse(laptop, child.id, "wrong_value", "payload.values.guardian_phone")
    opened = mending(laptop).open(event_id)
    assert isinstance(opened, EditToMend)
    assert (opened.field, opened.child.guardian_phone, opened.child.guardian_name) == ("guardian_phone", "08-ผิด", "ยายบุญมี")
    mending(laptop).keep_edit(event_id, {"guardian_phone": "0812345678"})
    result = laptop.sync()
    assert (result.pushed, result.conflicts, result.error) == (1, 0, None)
    held = world.child(child.id)
    assert held is not None
    assert (held.guardian_phone, held.guardian_name) == ("0812345678", "ยายบุญมี")
    assert world.events(child.id) == 1


def test_an_edit_after_the_mended_one_is_no_conflict(world: World, laptop: FieldLaptop) -> None:
    child = a_card(laptop)
    laptop.edit(child, guardian_phone="x", guardian_name="ยายบุญมี")
    event_id = refuse(laptop, child.id)
    mending(laptop).keep_edit(event_id, {"guardian_phone": "0812345678"})
    laptop.edit(a_card(laptop), guardian_name="ยายบุญมา")
    assert (laptop.sync().conflicts, laptop.sync().conflicts) == (0, 0)
    held = world.child(child.id)
    assert held is not None
    assert held.guardian_name == "ยายบุญมา"


def test_a_mended_value_that_still_cannot_be_leaves_all_as_it_was(laptop: FieldLaptop) -> None:
    child = a_card(laptop)
    laptop.edit(child, guardian_phone="x")
    event_id = refuse(laptop, child.id)
    with pytest.raises(EventRefused):
        mending(laptop).keep_edit(event_id, {"sex": "neither"})
    assert laptop.status(child.id)[0] == "rejected"
    assert waiting(laptop) == 0


def test_a_refused_follow_up_is_mended_and_takes_its_end_along(world: World, laptop: FieldLaptop) -> None:
    case_id = sorted(laptop.case_ids())[0]
    today = laptop.now().date()
    follow_ups = FollowUps(laptop.store, laptop.now)
    follow_ups.plan(case_id, today, "โทรหายาย")
    with laptop.store.reading() as connection:
        planned = connection.execute(select(outbox.c.record_id)).scalar_one()
    event_id = refuse(laptop, planned)
    follow_ups.close(planned, FollowUpState.DONE)
    opened = mending(laptop).open(event_id)
    assert isinstance(opened, PlanToMend)
    assert (opened.follow_up.note, opened.child_name != "") == ("โทรหายาย", True)
    mending(laptop).keep_plan(event_id, today + dt.timedelta(days=3), "โทรหายาย")
    result = laptop.sync()
    assert (result.pushed, result.rejected) == (2, 0)
    table = record_tables.follow_up
    with world.district.engine.connect() as connection:
        (held,) = connection.execute(select(table.c.due_on, table.c.state).where(table.c.case_id == case_id)).all()
    assert (held.due_on, held.state) == (today + dt.timedelta(days=3), "done")


def test_what_was_answered_meanwhile_is_not_sent_in_another_form(laptop: FieldLaptop) -> None:
    child = a_card(laptop)
    laptop.edit(child, guardian_phone="0812345678")
    event_id = event_of(laptop, child.id)
    laptop.sync()
    assert mending(laptop).open(event_id) is None
    with pytest.raises(EventRefused):
        mending(laptop).keep_edit(event_id, {"guardian_phone": "1"})


def test_a_photo_that_was_set_aside_can_be_tried_again(world: World, laptop: FieldLaptop) -> None:
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    photo = laptop.photograph(visit)
    with laptop.store.writing() as connection:
        connection.execute(update(photo_transfer).values(state="set_aside", code="photo.unreadable"))
    laptop.sync()
    assert not world.photo_is_stored(photo)
    mending(laptop).retry_photo(photo.id)
    assert laptop.sync().photos == 1
    assert world.photo_is_stored(photo)
    with laptop.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(photo_transfer)).scalar_one() == 1
