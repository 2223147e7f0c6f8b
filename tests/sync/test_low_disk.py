"""On a disk that is nearly full sync sends and does not fetch."""

from tests.support.backups import back_up
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


def test_what_a_restored_district_forgot_is_brought_back_though_nothing_is_fetched(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    backup = back_up(world.district)
    visit = laptop.visit(case_id)
    laptop.sync()
    backup.put_back()
    world.district.add_cases(20, world.district.people["somying"])
    laptop.store.low_disk_bytes = 10**18
    result = laptop.sync()
    assert (result.anew, result.sent_again, result.pulled, world.events(visit.id)) == ("pull.forgotten", 1, 0, 1)
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.visit_here(visit.id) == visit
    laptop.store.low_disk_bytes = 0
    assert laptop.sync().error is None
    assert len(laptop.case_ids()) == 21
