"""Whatever happens on the line: what was recorded arrives exactly once, and nothing is called received before the district said so."""

import pytest

from tests.support.faults import Fault
from tests.support.world import World

STEPS = ("push", "pull", "begin_photo")


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("step", STEPS)
def test_an_offline_visit_arrives_exactly_once(world: World, step: str, fault: Fault) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    laptop.line.fail(fault, on=step)

    interrupted = laptop.sync()
    assert interrupted.error is not None or laptop.photo_state(photo) == "received"
    assert (laptop.status(visit.id)[0] == "accepted") == (laptop.receipt_of(visit.id) is not None)

    complete = laptop.sync()
    assert complete.error is None
    assert world.visits(case_id) == [visit.id]
    assert world.events(visit.id) == 1
    assert world.events(photo.id) == 1
    assert world.photo_is_stored(photo)
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.photo_state(photo) == "received"
    case = laptop.case(case_id)
    assert [step.visit_id for step in case.steps if step.visit_id] == [visit.id]


def test_a_visit_and_its_photos_are_received_with_receipts_that_hold(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photos = [laptop.photograph(visit) for _ in range(3)]
    result = laptop.sync()
    assert (result.pushed, result.photos, result.receipts_verified, result.error) == (4, 3, 7, None)
    for photo in photos:
        assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    assert laptop.receipt_of(visit.id) is not None


def test_what_was_sent_survives_a_restart_in_between(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    laptop.line.fail(Fault.CUT_AFTER, on="push")
    laptop.sync()
    laptop.restart()
    laptop.sync()
    assert world.visits(case_id) == [visit.id]
    assert laptop.status(visit.id)[0] == "accepted"


def test_a_sync_with_nothing_new_is_one_request(world: World) -> None:
    laptop = world.teacher()
    world.district.add_cases(3, world.district.people["somying"])
    laptop.sync()
    before = laptop.line.inner.traffic.requests
    result = laptop.sync()
    assert laptop.line.inner.traffic.requests - before == 1
    assert (result.pushed, result.pulled, result.photos, result.error) == (0, 0, 0, None)
    assert not result.changes
