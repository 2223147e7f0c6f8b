"""One thing that cannot be sent holds up nothing but itself."""

import datetime as dt
from typing import Any

from fieldapp.errors import ServerProblem
from fieldapp.store.sent import try_again
from fieldapp.wire.messages import MAX_EVENTS, Push
from tests.support.world import FieldLaptop, World


def _future_visit(laptop: FieldLaptop, case_id: str) -> Any:
    """A clock that runs a month ahead dates a visit in a way that the district must refuse."""
    laptop.clock_runs_ahead = dt.timedelta(days=30)
    visit = laptop.visit(case_id, visited_on=laptop.now().date())
    photo = laptop.photograph(visit)
    laptop.clock_runs_ahead = dt.timedelta(0)
    return visit, photo


def test_a_rejected_visit_is_set_aside_with_its_photos_and_the_rest_goes_on(world: World) -> None:
    laptop = world.teacher()
    first, second = world.district.add_cases(2, world.district.people["somying"])
    laptop.sync()
    wrong, its_photo = _future_visit(laptop, first)
    right = laptop.visit(second)
    result = laptop.sync()
    assert (result.pushed, result.rejected, result.error) == (1, 1, None)
    assert laptop.status(wrong.id) == ("rejected", "in_the_future", "visited_on")
    assert laptop.status(its_photo.id)[0] is None
    assert laptop.status(right.id)[0] == "accepted"
    assert world.events(wrong.id) == 0


def test_what_waits_for_a_set_aside_visit_is_not_sent_again_and_again(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    wrong, its_photo = _future_visit(laptop, case_id)
    laptop.sync()
    before = laptop.line.inner.traffic.requests
    laptop.sync()
    assert laptop.line.inner.traffic.requests - before == 1
    assert laptop.visit_here(wrong.id) == wrong
    assert laptop.holds_picture(its_photo)


def test_a_set_aside_visit_that_is_tried_again_takes_its_photos_along(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    laptop.line.refuse("push", _stumbles_over(visit.id, 422))
    laptop.sync()
    assert laptop.status(visit.id)[:2] == ("rejected", "server_failed")
    laptop.line.heal()
    with laptop.store.writing() as connection:
        try_again(connection, laptop.store.district_id, _event_id(laptop, visit.id))
    laptop.sync()
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.photo_state(photo) == "received"


def test_one_event_over_which_the_server_stumbles_does_not_stop_the_others(world: World) -> None:
    laptop = world.teacher()
    cases = world.district.add_cases(20, world.district.people["somying"])
    laptop.sync()
    visits = [laptop.visit(case_id) for case_id in cases]
    poison = visits[13]
    laptop.line.refuse("push", _stumbles_over(poison.id, 500))
    result = laptop.sync()
    assert result.pushed == 19
    assert result.error is not None and result.error.code == "server_failed"
    assert laptop.status(poison.id)[:2] == (None, "server_failed")
    laptop.line.heal()
    assert laptop.sync().pushed == 1


def test_a_server_that_fails_at_everything_is_not_asked_for_ever(world: World) -> None:
    laptop = world.teacher()
    cases = world.district.add_cases(60, world.district.people["somying"])
    laptop.sync()
    for case_id in cases:
        laptop.visit(case_id)
    laptop.line.refuse("push", lambda token, push: ServerProblem("server_failed", 500))
    asked = laptop.line.calls["push"]
    assert laptop.sync().pushed == 0
    assert laptop.line.calls["push"] - asked < 20


def test_a_photo_that_is_no_picture_is_set_aside_and_its_visit_is_received(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    bad = laptop.photograph(visit, content=b"these bytes are no picture")
    good = laptop.photograph(visit)
    result = laptop.sync()
    assert (result.pushed, result.photos) == (3, 1)
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.photo_state(good) == "received"
    assert laptop.photo_state(bad) == "set_aside"
    assert laptop.sync().error is None


def test_a_photo_whose_bytes_are_lost_is_set_aside(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    with laptop.store.photo_writing() as connection:
        connection.exec_driver_sql("DELETE FROM photo_bytes")
    result = laptop.sync()
    assert result.error is not None and result.error.code == "photo.missing"
    assert laptop.photo_state(photo) == "set_aside"
    assert laptop.status(visit.id)[0] == "accepted"


def test_the_bytes_of_a_photo_whose_record_was_refused_are_not_sent(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    photo = laptop.photograph(laptop.visit(case_id))
    laptop.line.refuse("push", _stumbles_over(photo.id, 422))
    laptop.sync()
    laptop.line.heal()
    laptop.sync()
    assert laptop.status(photo.id)[0] == "rejected"
    assert (laptop.line.calls["begin_photo"], laptop.photo_state(photo)) == (0, "waiting")


def test_batches_stay_within_the_limits(world: World) -> None:
    laptop = world.teacher()
    # Over many cases: each visit writes all steps of its case anew.
    case_ids = world.district.add_cases(25, world.district.people["somying"])
    laptop.sync()
    for number in range(MAX_EVENTS + 1):
        laptop.visit(case_ids[number % len(case_ids)], note="บันทึก " * 100)
    sizes: list[tuple[int, int]] = []
    laptop.line.refuse("push", lambda token, push: sizes.append(_size(push)))
    assert laptop.sync().pushed == MAX_EVENTS + 1
    assert len(sizes) == 2
    assert all(count <= MAX_EVENTS and size <= 1_000_000 for count, size in sizes)


def test_what_is_urgent_goes_first_and_its_case_stays_in_order(world: World) -> None:
    laptop = world.teacher()
    calm, pressing = world.district.add_cases(2, world.district.people["somying"])
    laptop.sync()
    later = laptop.visit(calm)
    earlier = laptop.visit(pressing)
    urgent = laptop.visit(pressing, urgent=True)
    photo = laptop.photograph(urgent)
    order: list[str] = []
    laptop.line.refuse("push", lambda token, push: order.extend(event["record"] for event in push.events))
    laptop.sync()
    assert order == [earlier.id, urgent.id, photo.id, later.id]


def _stumbles_over(record_id: str, status: int) -> Any:
    def why(token: str, push: Push) -> Exception | None:
        poisoned = any(event["record"] == record_id for event in push.events)
        return ServerProblem("server_failed", status) if poisoned else None

    return why


def _event_id(laptop: FieldLaptop, record_id: str) -> str:
    with laptop.store.reading() as connection:
        found: str = connection.exec_driver_sql("SELECT event_id FROM outbox WHERE record_id = ?", (record_id,)).scalar_one()
        return found


def _size(push: Push) -> tuple[int, int]:
    from fieldapp.wire.codec import encode

    return len(push.events), len(encode(push))
