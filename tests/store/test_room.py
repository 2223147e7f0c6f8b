"""A disk that is nearly full: nothing is fetched or copied any more, and a visit is saved with the room that was kept back."""

from sqlalchemy import Connection, text

from fieldapp.store import backups, room
from fieldapp.usecases.care import Care
from tests.support.laptop import Laptop, fill


def test_a_write_on_a_full_disk_succeeds_with_the_room_kept_back(laptop: Laptop) -> None:
    room.keep_reserve(laptop.folder)
    reserve = laptop.folder / "reserve"
    assert reserve.stat().st_size == room.RESERVE_BYTES

    def write(connection: Connection) -> None:
        # SQLite's own limit gives the very error that a full disk gives, on every system.
        pages = connection.execute(text("PRAGMA page_count")).scalar() if reserve.exists() else 1_000_000
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        connection.execute(text("INSERT INTO preference VALUES ('a', :value)"), {"value": "x" * 300_000})

    laptop.store.insist(write)
    assert not reserve.exists()
    with laptop.store.reading() as connection:
        assert connection.execute(text("SELECT length(value) FROM preference")).scalar() == 300_000


def test_where_the_disk_is_nearly_full_nothing_is_copied_and_a_visit_is_saved(laptop: Laptop) -> None:
    case = fill(laptop, 1)[0]
    laptop.store.low_disk_bytes = 10**18
    care = Care(laptop.store, laptop.clock, laptop.originals)
    assert care.look_after()
    assert care.condition().low_on_disk
    assert backups.backups(laptop.folder) == ()
    draft = laptop.visits.draft(case.id).visit
    laptop.visits.save(draft)
    assert laptop.visits.drafts() == (case.id,)
    laptop.store.low_disk_bytes = 0
    assert care.look_after()
    assert len(backups.backups(laptop.folder)) == 1
