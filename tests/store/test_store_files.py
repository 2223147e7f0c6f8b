"""The two encrypted files: nothing readable in them, and every way in which a disk can fail has its own error."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome, Visit
from fieldapp.errors import StoreError
from fieldapp.store.engine import connect
from fieldapp.store.opening import create_store, open_store
from tests.support.laptop import KEY, NOW, TODAY, Laptop, a_laptop, a_listed_child, an_identity
from tests.support.pictures import a_jpeg

THAI = "เกศรินทร์ผู้ไม่มีจริง"


def test_no_thai_name_stands_in_plain_text_in_any_file(laptop: Laptop) -> None:
    child, case = a_listed_child(given_name=THAI, guardian_name=THAI)
    laptop.put(child, case)
    draft = laptop.visits.draft(case.id).visit
    laptop.photos.add(draft.id, case.id, a_jpeg(), PhotoKind.OUTSIDE)
    laptop.follow_ups.plan(case.id, TODAY, THAI)
    files = [path for path in laptop.folder.rglob("*") if path.is_file()]
    assert {"records.db", "records.db-wal", "photos.db"} <= {path.name for path in files}
    for path in files:
        data = path.read_bytes()
        for form in (THAI.encode(), THAI.encode("utf-16-le"), THAI.encode("tis-620")):
            assert form not in data, path.name
        assert b"\xff\xd8\xff" not in data[:4096], path.name


def test_a_plain_sqlite_cannot_read_the_files(laptop: Laptop) -> None:
    plain = sqlcipher.connect(str(laptop.folder / "records.db"))
    with pytest.raises(sqlcipher.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()


def test_what_was_committed_is_there_after_reopening(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    again = laptop.reopened()
    assert again.children.row(case.id).given_name == child.given_name
    again.store.close()


def test_a_write_that_raises_changes_nothing(laptop: Laptop) -> None:
    def half_a_write() -> None:
        with laptop.store.writing() as connection:
            connection.execute(text("INSERT INTO preference VALUES ('a', 'b')"))
            raise ValueError

    with pytest.raises(ValueError):
        half_a_write()
    with laptop.store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM preference")).scalar() == 0


def test_the_wrong_key_is_a_damaged_file(laptop: Laptop) -> None:
    laptop.store.close()
    with pytest.raises(StoreError) as caught:
        open_store(laptop.folder, bytes(32))
    assert caught.value.code == "store.damaged"


@pytest.mark.parametrize("name", ["records.db", "photos.db"])
def test_a_missing_file_is_not_silently_made_anew(laptop: Laptop, name: str) -> None:
    laptop.store.close()
    (laptop.folder / name).unlink()
    with pytest.raises(StoreError) as caught:
        open_store(laptop.folder, KEY)
    assert caught.value.code == "store.damaged"
    assert not (laptop.folder / name).exists()


def test_a_damaged_page_is_told_and_the_file_left_alone(laptop: Laptop) -> None:
    for number in range(200):
        laptop.put(*a_listed_child(number))
    laptop.store.close()
    path = laptop.folder / "records.db"
    data = bytearray(path.read_bytes())
    data[8192 : len(data) - 100] = b"\x55" * (len(data) - 100 - 8192)
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        laptop.reopened().children.counts()
    assert caught.value.code == "store.damaged"
    assert path.read_bytes() == data


def test_after_a_damaged_page_writing_is_told_as_damage_too(laptop: Laptop) -> None:
    for number in range(600):
        laptop.put(*a_listed_child(number))
    laptop.store.close()
    path = laptop.folder / "records.db"
    data = bytearray(path.read_bytes())
    middle = len(data) // 8192 * 4096
    data[middle:-8192] = b"\x55" * (len(data) - middle - 8192)
    path.write_bytes(data)
    store = laptop.reopened().store
    told = []
    for statement in ("UPDATE child SET moo = moo + 1", "INSERT INTO sync_state (name, value) VALUES ('a', 'b')"):
        with pytest.raises(StoreError) as caught, store.writing() as connection:
            connection.execute(text(statement))
        told.append(caught.value.code)
    store.close()
    assert told == ["store.damaged", "store.damaged"]


def test_a_full_disk_is_told_and_what_was_there_stays(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    laptop.store.close()
    full = laptop.reopened()
    with full.store.writing() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        # SQLite's own limit gives the very error that a full disk gives, on every system.
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreError) as caught:
        for _ in range(50):
            full.follow_ups.plan(case.id, TODAY, "x" * 3_000)
    assert caught.value.code == "store.disk_full"
    assert full.children.row(case.id).case_id == case.id
    full.store.close()


def test_a_file_that_someone_else_holds_is_busy(laptop: Laptop) -> None:
    other = connect(laptop.folder / "records.db", KEY, 1_000)
    other.execute("BEGIN IMMEDIATE")
    with laptop.store.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    with pytest.raises(StoreError) as caught, laptop.store.writing():
        pass
    assert caught.value.code == "store.busy"
    other.close()


def test_a_forbidden_thread_gets_no_connection(laptop: Laptop) -> None:
    laptop.store.forbid_thread(threading.get_ident())
    with pytest.raises(RuntimeError), laptop.store.reading():
        pass
    answers: list[int] = []
    other = threading.Thread(target=lambda: answers.append(laptop.children.counts().total))
    other.start()
    other.join()
    assert answers == [0]


def test_two_profiles_lie_side_by_side_and_know_nothing_of_each_other(tmp_path: Path) -> None:
    mine, theirs = a_laptop(tmp_path / "mine"), a_laptop(tmp_path / "theirs")
    child, case = a_listed_child()
    mine.put(child, case)
    assert (mine.children.counts().total, theirs.children.counts().total) == (1, 0)
    mine.store.close()
    theirs.store.close()


def test_a_store_cannot_be_made_over_another(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    a_laptop(folder).store.close()
    with pytest.raises(StoreError):
        create_store(folder, bytes(32), an_identity())


def test_a_visit_that_was_begun_is_there_after_the_program_was_killed(laptop: Laptop) -> None:
    child, case = a_listed_child()
    laptop.put(child, case)
    visit = laptop.visits.draft(case.id).visit
    laptop.visits.save(_answered(visit))
    # Not closed: a second opening sees what the disk has.
    killed = Laptop(laptop.folder, open_store(laptop.folder, KEY), laptop.clock, laptop.roll)
    draft = killed.visits.draft(case.id)
    assert (draft.visit, draft.saved_at) == (_answered(visit), NOW)
    killed.store.close()


def _answered(visit: Visit) -> Visit:
    return replace(visit, met=(Met.CHILD,), outcome=Outcome.RETURNED, note=THAI)
