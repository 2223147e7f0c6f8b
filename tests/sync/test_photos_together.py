"""Small photos that share a request: a shorter way where the line is fast, and nothing hangs on it."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from fieldapp.domain.photo import Photo
from fieldapp.errors import Offline, ServerProblem
from fieldapp.store.tables import photo_bytes
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.photos import AT_ONCE
from tests.support.faults import Fault
from tests.support.relay import relay
from tests.support.world import FieldLaptop, World

SIZE = 40_000
MANY = AT_ONCE + 14


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    teacher = world.teacher()
    world.district.add_case(world.district.people["somying"])
    teacher.sync()
    return teacher


@pytest.fixture
def photos(laptop: FieldLaptop) -> list[Photo]:
    visit = laptop.visit(next(iter(laptop.case_ids())))
    return [laptop.photograph(visit, size=SIZE) for _ in range(MANY)]


def all_received(world: World, laptop: FieldLaptop, photos: list[Photo]) -> bool:
    proven = [laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256) for photo in photos]
    states = {laptop.photo_state(photo) for photo in photos}
    return all(proven) and states == {"received"} and all(world.photo_is_stored(photo) for photo in photos)


def test_the_first_photos_tell_that_the_line_is_fast_and_the_others_share_requests(
    world: World, laptop: FieldLaptop, photos: list[Photo]
) -> None:
    result = laptop.sync()
    assert (result.error, result.photos) == (None, MANY)
    assert laptop.line.calls["begin_photo"] < MANY
    assert laptop.line.calls["send_together"] > 0
    assert all_received(world, laptop, photos)
    assert result.bytes_up < 1.05 * MANY * SIZE


def test_a_few_photos_go_one_by_one(laptop: FieldLaptop) -> None:
    visit = laptop.visit(next(iter(laptop.case_ids())))
    for _ in range(AT_ONCE):
        laptop.photograph(visit, size=SIZE)
    assert laptop.sync().photos == AT_ONCE
    assert laptop.line.calls["send_together"] == 0


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_on_the_way_loses_nothing(world: World, laptop: FieldLaptop, photos: list[Photo], fault: Fault) -> None:
    laptop.line.fail(fault, on="send_together")
    laptop.sync()
    sure = [photo for photo in photos if laptop.photo_state(photo) == "received"]
    assert all_received(world, laptop, sure) or not sure
    assert laptop.sync().error is None
    assert all_received(world, laptop, photos)


def test_what_arrived_with_a_lost_answer_is_not_sent_again(world: World, laptop: FieldLaptop, photos: list[Photo]) -> None:
    for number in range(1, AT_ONCE + 1):
        laptop.line.fail(Fault.CUT_AFTER, on="send_together", at=number)
    first = laptop.sync()
    assert first.error is not None and first.error.code == "offline.unreachable"
    arrived = sum(world.photo_is_stored(photo) for photo in photos)
    assert arrived > first.photos
    before = laptop.line.inner.traffic.up
    assert laptop.sync().error is None
    assert laptop.line.inner.traffic.up - before <= (MANY - arrived) * SIZE + 5_000
    assert all_received(world, laptop, photos)


@pytest.mark.parametrize(
    "refusal",
    [
        ServerProblem("not_found", 404),
        ServerProblem("wrong_method", 405),
        ServerProblem("too_large", 413),
        ServerProblem("server_failed", 500),
        Offline("offline.not_the_server"),
    ],
)
def test_a_district_that_takes_no_groups_gets_each_for_itself(
    world: World, laptop: FieldLaptop, photos: list[Photo], refusal: Exception
) -> None:
    laptop.line.refuse("send_together", lambda *arguments: refusal)
    assert laptop.sync().error is None
    assert laptop.line.calls["send_together"] <= AT_ONCE
    assert all_received(world, laptop, photos)


def test_a_district_that_wants_to_hear_nothing_more_is_left_alone(laptop: FieldLaptop, photos: list[Photo]) -> None:
    laptop.line.refuse("send_together", lambda *arguments: ServerProblem("server_full", 503, seconds=600))
    error = laptop.sync().error
    assert error is not None and error.code == "server_full"
    assert laptop.line.calls["begin_photo"] <= 2 * AT_ONCE
    assert {laptop.photo_state(photo) for photo in photos} == {"received", "waiting"}


def test_bytes_that_the_line_changed_go_once_more_and_hold_up_no_other(world: World, laptop: FieldLaptop, photos: list[Photo]) -> None:
    laptop.line.alter_request("send_together", lambda token, named, pictures: (token, named, [b"?" + pictures[0][1:], *pictures[1:]]))
    assert laptop.sync().error is None
    assert laptop.line.calls["begin_photo"] < MANY
    assert all_received(world, laptop, photos)


def test_a_receipt_that_proves_nothing_is_none(world: World, laptop: FieldLaptop, photos: list[Photo]) -> None:
    def foreign(answers):  # type: ignore[no-untyped-def]
        return tuple(replace(answer, receipt=replace(answer.receipt, sequence=1)) for answer in answers)

    laptop.line.alter("send_together", foreign)
    assert laptop.sync().error is None
    assert laptop.line.calls["begin_photo"] == MANY
    assert all_received(world, laptop, photos)


def test_a_picture_that_was_damaged_on_the_laptop_stops_no_other(world: World, laptop: FieldLaptop, photos: list[Photo]) -> None:
    damaged = photos.pop()
    with laptop.store.photo_writing() as connection:
        connection.execute(update(photo_bytes).where(photo_bytes.c.sha256 == damaged.sha256).values(bytes=b"\xff\xd8\xffdamaged"))
    error = laptop.sync().error
    assert error is not None and error.code == "photo.unreadable"
    assert laptop.photo_state(damaged) == "set_aside"
    assert all_received(world, laptop, photos)


def test_on_a_slow_line_each_goes_for_itself(world: World, laptop: FieldLaptop, photos: list[Photo]) -> None:
    # Six share it: in two seconds none of them brings two photos through.
    with relay(world.address, rate=150_000, latency=0.005) as wire:
        laptop.line.inner = HttpTransport(wire.address, now=laptop.now)
        assert laptop.sync().error is None
        assert laptop.line.calls["send_together"] == 0
        assert all_received(world, laptop, photos)
