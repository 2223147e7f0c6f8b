"""On a disk that is nearly full sync sends and does not fetch."""

from tests.support.world import World


def test_what_was_done_is_sent_and_nothing_is_fetched(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    world.district.add_case(world.district.people["somying"])
    laptop.store.low_disk_bytes = 10**18
    result = laptop.sync()
    assert result.error is not None
    assert (result.error.code, result.pushed, result.photos, result.pulled) == ("store.low_disk", 2, 1, 0)
    assert world.photo_is_stored(photo)
    laptop.store.low_disk_bytes = 0
    assert laptop.sync().error is None
    assert len(laptop.case_ids()) == 2
