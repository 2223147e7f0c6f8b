"""The wire breaks in the middle of a request or of its answer, with real HTTP on both sides."""

from collections.abc import Iterator

import pytest

from fieldapp.sync.upload import LARGEST_CHUNK
from tests.support.relay import Relay, relay
from tests.support.world import FieldLaptop, World


@pytest.fixture
def wire(world: World) -> Iterator[Relay]:
    with relay(world.address) as opened:
        world.address = opened.address
        yield opened


@pytest.fixture
def laptop(world: World, wire: Relay) -> FieldLaptop:
    teacher = world.teacher()
    world.district.add_case(world.district.people["somying"])
    teacher.sync()
    return teacher


@pytest.mark.parametrize("size", [0, 10, 300, 700])
def test_a_push_that_is_cut_on_its_way_arrives_once(world: World, wire: Relay, laptop: FieldLaptop, size: int) -> None:
    case_id = next(iter(laptop.case_ids()))
    visit = laptop.visit(case_id)
    wire.cut_request_after(size)
    cut = laptop.sync()
    assert cut.error is not None and cut.error.code.startswith("offline.")
    assert world.visits(case_id) == []
    wire.mend()
    assert laptop.sync().error is None
    assert world.visits(case_id) == [visit.id]


@pytest.mark.parametrize("size", [0, 10, 200, 400])
def test_an_answer_that_is_cut_on_its_way_leaves_the_visit_waiting(world: World, wire: Relay, laptop: FieldLaptop, size: int) -> None:
    case_id = next(iter(laptop.case_ids()))
    visit = laptop.visit(case_id)
    wire.cut_answer_after(size)
    cut = laptop.sync()
    assert cut.error is not None and cut.error.code.startswith("offline.")
    assert laptop.status(visit.id)[0] is None
    assert laptop.receipt_of(visit.id) is None
    assert world.visits(case_id) == [visit.id]
    wire.mend()
    assert laptop.sync().receipts_verified == 1
    assert world.events(visit.id) == 1


def test_a_photo_that_is_cut_in_the_middle_costs_at_most_one_chunk(world: World, wire: Relay, laptop: FieldLaptop) -> None:
    size = LARGEST_CHUNK * 3
    photo = laptop.photograph(laptop.visit(next(iter(laptop.case_ids()))), size=size)
    before = wire.passed_up
    wire.cut_request_after(LARGEST_CHUNK * 2)
    assert laptop.sync().error is not None
    wire.mend()
    assert laptop.sync().photos == 1
    assert world.photo_is_stored(photo)
    assert wire.passed_up - before < size + LARGEST_CHUNK
