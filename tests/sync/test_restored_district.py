"""The district was put back from last night's backup: the laptops bring back what it forgot, exactly once, and say so."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from fieldapp.domain.visit import Visit
from fieldapp.errors import ServerProblem
from fieldapp.server import database
from fieldapp.store import sync_log
from fieldapp.store.tables import former_receipt, reading_again
from fieldapp.usecases.syncing import Syncing
from tests.support.backups import back_up
from tests.support.faults import Fault
from tests.support.running import serving
from tests.support.world import FieldLaptop, World


def believed(laptop: FieldLaptop, visit: Visit) -> bool:
    """The overview shows it as received, and its receipt verifies."""
    syncing = Syncing(laptop.store, laptop.now, lambda: laptop.line)
    receipt = laptop.receipt_of(visit.id)
    if receipt is None:
        return False
    shown = syncing.receipt(receipt.subject)
    return laptop.status(visit.id)[0] == "accepted" and shown is not None and shown.verified


def forgets_nothing(world: World, laptop: FieldLaptop, *visits: Visit) -> None:
    for visit in visits:
        assert world.events(visit.id) == 1
        assert believed(laptop, visit)
        assert laptop.visit_here(visit.id) == visit


def last_run(laptop: FieldLaptop) -> sync_log.Run:
    with laptop.store.reading() as connection:
        return sync_log.runs(connection, 1)[0]


def nothing_goes_on(laptop: FieldLaptop) -> bool:
    with laptop.store.reading() as connection:
        return connection.execute(select(reading_again)).first() is None


def in_step(world: World, *laptops: FieldLaptop) -> None:
    """Another sync moves nothing, and every case here is as the district has it."""
    for laptop in laptops:
        result = laptop.sync()
        assert (result.error, result.pushed, result.pulled, result.anew) == (None, 0, 0, "")
        assert nothing_goes_on(laptop)


@pytest.fixture
def two(world: World) -> tuple[FieldLaptop, FieldLaptop]:
    """Two teachers with two cases each, synced."""
    laptops = world.teacher("somying"), world.teacher("wichai")
    for account, laptop in zip(("somying", "wichai"), laptops, strict=True):
        world.district.add_cases(2, world.district.people[account])
        assert laptop.sync().error is None
    return laptops


def test_what_was_sent_after_the_backup_comes_back_once_with_new_receipts(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, other = two
    kept = one.visit(sorted(one.case_ids())[0])
    one.sync()
    backup = back_up(world.district)
    lost = [laptop.visit(sorted(laptop.case_ids())[1]) for laptop in two]
    photos = [laptop.photograph(visit) for laptop, visit in zip(two, lost, strict=True)]
    for laptop in two:
        assert laptop.sync().error is None
        assert laptop.sync().error is None
    old = [laptop.receipt_of(visit.id) for laptop, visit in zip(two, lost, strict=True)]
    backup.put_back()
    assert [world.events(visit.id) for visit in lost] == [0, 0]

    for laptop, visit, photo in zip(two, lost, photos, strict=True):
        result = laptop.sync()
        assert (result.error, result.anew, result.sent_again) == (None, "pull.forgotten", 2)
        assert last_run(laptop).sent_again == 2
        forgets_nothing(world, laptop, visit)
        assert world.photo_is_stored(photo)
        assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    forgets_nothing(world, one, kept)
    for laptop, visit, before in zip(two, lost, old, strict=True):
        with laptop.store.reading() as connection:
            former = connection.execute(select(former_receipt.c.signature)).scalars().all()
        assert before is not None and before.signature in former
        receipt = laptop.receipt_of(visit.id)
        assert receipt is not None and receipt.signature != before.signature
    for laptop in two:
        laptop.sync()
    in_step(world, *two)


def test_a_district_that_has_moved_past_the_old_cursor_is_found_out_too(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, other = two
    backup = back_up(world.district)
    visit = one.visit(sorted(one.case_ids())[0])
    one.sync()
    backup.put_back()
    # Long before the laptop comes back, the office has worked on.
    more = world.district.add_cases(40, world.district.people["somying"])
    result = one.sync()
    assert (result.error, result.anew, result.sent_again) == (None, "pull.forgotten", 1)
    forgets_nothing(world, one, visit)
    assert set(more) <= one.case_ids()
    one.sync()
    in_step(world, one, other)


def test_a_visit_whose_news_was_never_pulled_comes_back_too(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    """The line broke between the push and the pull: the cursor lies before the backup, the receipt after it."""
    one, _ = two
    backup = back_up(world.district)
    visit = one.visit(sorted(one.case_ids())[0])
    one.line.fail(Fault.CUT_BEFORE, on="pull")
    one.sync()
    assert believed(one, visit)
    backup.put_back()
    world.district.add_cases(40, world.district.people["somying"])
    result = one.sync()
    assert (result.error, result.anew) == (None, "pull.forgotten")
    forgets_nothing(world, one, visit)


def test_photos_that_were_received_after_the_last_pull_come_back_too(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, _ = two
    visit = one.visit(sorted(one.case_ids())[0])
    photo = one.photograph(visit)
    one.line.refuse("begin_photo", lambda *arguments: ServerProblem("server_busy", 500))
    one.sync()
    one.sync()
    backup = back_up(world.district)
    one.line.heal()
    assert one.sync().photos == 1
    backup.put_back()
    world.district.add_cases(40, world.district.people["somying"])
    result = one.sync()
    assert (result.error, result.anew) == (None, "pull.forgotten")
    assert one.photo_state(photo) == "received"
    assert world.photo_is_stored(photo)
    forgets_nothing(world, one, visit)


def test_a_restart_or_another_process_alone_tells_nobody_to_read_again(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, _ = two
    visit = one.visit(sorted(one.case_ids())[0])
    one.sync()
    with another_process(world) as second:
        world.district.add_case(world.district.people["somying"])
        one.line.inner = second(one)
        photo = one.photograph(visit)
        result = one.sync()
        assert (result.error, result.anew, result.photos) == (None, "", 1)
    one.restart()
    assert one.sync().anew == ""
    assert one.photo_state(photo) == "received"


@contextmanager
def another_process(world: World) -> Iterator:  # type: ignore[type-arg]
    from fieldapp.sync.http import HttpTransport

    engine = database.open_engine(world.district.engine.url.render_as_string(hide_password=False))
    from dataclasses import replace

    with serving(replace(world.district, engine=engine), world.folder.parent / "district-photos") as address:
        yield lambda laptop: HttpTransport(address, now=laptop.now)
    engine.dispose()
