"""A damaged file: the backups hold, and what only the damaged file still knew is in the restored one."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.domain.photo import PhotoKind
from fieldapp.errors import StoreError
from fieldapp.store import backups, health, receipts
from fieldapp.store.engine import connect
from fieldapp.store.opening import open_store
from fieldapp.store.page_reading import rows_of_pages
from fieldapp.store.recording import Act, record
from fieldapp.store.tables import former_receipt, outbox, receipt
from fieldapp.usecases.papers.filing import Papers
from fieldapp.usecases.repair import Repair
from tests.support.laptop import KEY, ME, NOW, TODAY, Laptop, fill
from tests.support.paper_pages import a_page, saved
from tests.support.pictures import a_jpeg, a_noisy_jpeg
from tests.support.records import a_submission


def test_one_backup_a_day_and_the_newest_seven_are_kept(laptop: Laptop) -> None:
    fill(laptop, 3)
    for day in range(10):
        assert backups.back_up_daily(laptop.store, NOW + dt.timedelta(days=day)) is not None
        assert backups.back_up_daily(laptop.store, NOW + dt.timedelta(days=day, hours=3)) is None
    kept = backups.backups(laptop.folder)
    assert [one.made_at.date() for one in kept] == [TODAY + dt.timedelta(days=day) for day in range(9, 2, -1)]
    assert (backups.looked_into(kept[0], KEY).children, backups.looked_into(kept[0], KEY).unsent) == (3, 0)
    assert not kept[0].path.read_bytes().startswith(b"SQLite")


def test_a_whole_file_is_found_whole_and_a_damaged_page_is_found(laptop: Laptop) -> None:
    fill(laptop, 200)
    assert health.check_open(laptop.store) == frozenset()
    laptop.store.close()
    assert health.damaged_parts(laptop.folder, KEY) == frozenset()
    _spoil(laptop.folder / "records.db", [30])
    assert health.damaged_parts(laptop.folder, KEY) == {health.RECORDS}
    opened = open_store(laptop.folder, KEY)
    assert health.check_open(opened) == {health.RECORDS}
    opened.close()
    with pytest.raises(StoreError, match=r"store\.damaged"):
        open_store(laptop.folder, KEY)


@pytest.mark.parametrize("page", [1, *range(4, 100, 5)])
def test_whatever_page_is_damaged_a_restore_opens_and_keeps_what_can_be_read(laptop: Laptop, page: int) -> None:
    cases = fill(laptop, 60)
    laptop.follow_ups.plan(cases[0].id, TODAY, "ก่อนสำรอง")
    backups.back_up_daily(laptop.store, NOW)
    for number in range(40):
        laptop.follow_ups.plan(cases[number].id, TODAY, "หลังสำรอง")
    laptop.visits.save(laptop.visits.draft(cases[5].id).visit)
    before = _events(laptop)
    laptop.store.close()
    _spoil(laptop.folder / "records.db", [page])
    if not health.damaged_parts(laptop.folder, KEY):
        return  # beyond the end
    repair = Repair(laptop.folder, KEY, laptop.clock)
    assert repair.damage().backups[0].children == 60
    repair.restore(0)
    again = laptop.reopened()
    after = _events(again)
    assert set(after) <= set(before)
    assert before[0] in after
    # One page holds at most a dozen events.
    assert len(after) >= len(before) - 12
    assert sorted(after, key=before.index) == after
    assert again.children.counts().total == 60
    assert health.check_open(again.store) == frozenset()
    again.store.close()


def test_what_was_recorded_since_the_backup_is_laid_over_the_restored_records(laptop: Laptop) -> None:
    cases = fill(laptop, 300)
    backups.back_up_daily(laptop.store, NOW)
    laptop.follow_ups.plan(cases[7].id, TODAY, "นัดกับยาย")
    draft = laptop.visits.draft(cases[8].id).visit
    laptop.visits.save(draft)
    laptop.photos.add(draft.id, cases[8].id, a_jpeg(), PhotoKind.OUTSIDE)
    laptop.store.close()
    _spoil(laptop.folder / "records.db", [_root_of(laptop.folder, "child")])
    carried = Repair(laptop.folder, KEY, laptop.clock).restore(0)
    assert (carried.events, carried.unsent, carried.drafts) == (1, 1, 1)
    again = laptop.reopened()
    assert [one.note for one in again.children.card(cases[7].id).follow_ups] == ["นัดกับยาย"]
    resumed = again.visits.draft(cases[8].id)
    assert resumed.visit == draft
    assert len(resumed.photos) == 1
    again.store.close()


def test_sheets_that_wait_to_be_sorted_are_taken_over_but_not_those_that_were_filed(laptop: Laptop, tmp_path: Path) -> None:
    (case, *_others) = fill(laptop, 300)
    record(laptop.store, [Act(SubmissionRecorded(form := a_submission(case, by=ME)), form.id)], laptop.clock())
    papers = Papers(laptop.store, laptop.clock)
    for number in range(2):
        papers.take_in([saved(tmp_path / "phone", a_page("", seed=number), f"{number}.jpg")])
    backups.back_up_daily(laptop.store, NOW)
    filed, waits = papers.loose()
    papers.file_as(filed.id, PaperOf.FORM, form.id)
    papers.take_in([saved(tmp_path / "phone", a_page("", seed=5), "later.jpg")])
    later = papers.loose()[-1]
    laptop.store.close()
    _spoil(laptop.folder / "records.db", [_root_of(laptop.folder, "child")])
    Repair(laptop.folder, KEY, laptop.clock).restore(0)
    again = laptop.reopened()
    found = Papers(again.store, again.clock)
    assert {sheet.id for sheet in found.loose()} == {waits.id, later.id}
    assert all(found.picture(sheet.sha256) for sheet in found.loose())
    again.store.close()


def test_events_are_found_although_their_table_begins_in_a_damaged_page(laptop: Laptop) -> None:
    cases = fill(laptop, 60)
    backups.back_up_daily(laptop.store, NOW)
    for number in range(40):
        laptop.follow_ups.plan(cases[number].id, TODAY, "หลังสำรอง")
    before = _events(laptop)
    laptop.store.close()
    root = _root_of(laptop.folder, "outbox")
    _spoil(laptop.folder / "records.db", [root])
    _spoil(laptop.folder / "records.db", [1])
    carried = Repair(laptop.folder, KEY, laptop.clock).restore(0)
    assert (carried.events, carried.unsent) == (40, 40)
    again = laptop.reopened()
    assert _events(again) == before
    again.store.close()


def test_a_damaged_backup_is_refused_and_nothing_changes(laptop: Laptop) -> None:
    fill(laptop, 200)
    made = backups.back_up_daily(laptop.store, NOW)
    assert made is not None
    laptop.store.close()
    _spoil(laptop.folder / "records.db", [20])
    _spoil(made.path, [20])
    before = (laptop.folder / "records.db").read_bytes()
    with pytest.raises(StoreError) as caught:
        Repair(laptop.folder, KEY, laptop.clock).restore(0)
    assert caught.value.data == {"part": "backup"}
    assert (laptop.folder / "records.db").read_bytes() == before


def test_without_a_backup_the_records_begin_anew_with_what_can_be_read(laptop: Laptop) -> None:
    cases = fill(laptop, 200)
    laptop.follow_ups.plan(cases[7].id, TODAY, "นัดกับยาย")
    laptop.store.close()
    _spoil(laptop.folder / "records.db", [_root_of(laptop.folder, "child")])
    repair = Repair(laptop.folder, KEY, laptop.clock)
    assert repair.damage().can_begin_anew
    assert repair.restore(None).unsent == 1
    again = laptop.reopened()
    assert again.store.person_id == laptop.store.person_id
    assert len(_events(again)) == 1
    again.store.close()


def test_damaged_photos_are_mended_with_every_picture_that_can_be_read(laptop: Laptop) -> None:
    cases = fill(laptop, 1)
    # Pictures of many pages and no originals: the page in the middle is one of a picture, and holds no other row.
    laptop.store.most_original_bytes = 0
    draft = laptop.visits.draft(cases[0].id).visit
    added = [laptop.photos.add(draft.id, cases[0].id, a_noisy_jpeg(400 + seed, 300), PhotoKind.OUTSIDE) for seed in range(6)]
    laptop.store.close()
    path = laptop.folder / "photos.db"
    _spoil(path, [path.stat().st_size // 4096 // 2])
    assert health.damaged_parts(laptop.folder, KEY) == {health.PHOTOS}
    Repair(laptop.folder, KEY, laptop.clock).restore(None)
    again = laptop.reopened()
    readable = [one for one in again.visits.draft(cases[0].id).photos if again.photos.picture(one.photo.sha256)]
    assert len(readable) >= len(added) - 1
    assert health.check_open(again.store) == frozenset()
    again.store.close()


def _events(laptop: Laptop) -> list[str]:
    with laptop.store.reading() as connection:
        return list(connection.execute(select(outbox.c.event_id).order_by(outbox.c.position)).scalars())


def _spoil(path: Path, pages: list[int]) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * 4096 + 300)
            file.write(b"\x55" * 64)


def _root_of(folder: Path, table: str) -> int:
    """The page at which the table begins; damaged, the whole table is out of reach."""
    connection = connect(folder / "records.db", KEY, 1_000)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    return int(page)


def test_receipts_are_found_page_by_page_too(laptop: Laptop) -> None:
    values = {"subject": new_id(), "district_id": "4603", "sha256": "a" * 64, "sequence": 7, "signature": "b" * 128}
    with laptop.store.writing() as connection:
        connection.execute(receipt.insert(), {**values, "recorded_at": NOW, "verified_at": NOW})
    laptop.store.close()
    _spoil(laptop.folder / "records.db", [1])
    found = [row for _, row in rows_of_pages(laptop.folder / "records.db", KEY, "receipt")]
    assert [{name: row[name] for name in values} for row in found] == [values]


def test_what_the_district_said_before_it_was_put_back_is_taken_over(laptop: Laptop) -> None:
    backups.back_up_daily(laptop.store, NOW)
    values = {"subject": new_id(), "district_id": "4603", "sha256": "a" * 64, "signature": "b" * 128, "recorded_at": NOW}
    with laptop.store.writing() as connection:
        for sequence in (7, 9):
            connection.execute(former_receipt.insert(), {**values, "sequence": sequence, "verified_at": NOW})
    laptop.store.close()
    _spoil(laptop.folder / "records.db", [_root_of(laptop.folder, "child")])
    Repair(laptop.folder, KEY, laptop.clock).restore(0)
    again = laptop.reopened()
    with again.store.reading() as connection:
        (proof,) = receipts.former(connection, [values["subject"]])
    assert (proof.sequence, proof.signature, proof.recorded_at) == (9, "b" * 128, NOW)
    again.store.close()
