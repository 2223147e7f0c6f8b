"""The file as it came from the camera: kept encrypted until the receipt and for some days more, and gone then."""

from dataclasses import replace

import pytest

from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.visit import Met, Outcome
from fieldapp.store import originals, receipts, transfers
from fieldapp.store.tables import outbox
from fieldapp.usecases.originals import USUAL_ORIGINAL_DAYS
from fieldapp.usecases.photos import DraftPhoto
from tests.support.laptop import Laptop, a_listed_child
from tests.support.pictures import a_heic, a_jpeg, a_noisy_jpeg


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    child, case = a_listed_child()
    laptop.put(child, case)
    return case.id


def taken(laptop: Laptop, case_id: str, source: bytes) -> DraftPhoto:
    visit = laptop.visits.draft(case_id).visit
    return laptop.photos.add(visit.id, case_id, source, PhotoKind.OUTSIDE)


def finished(laptop: Laptop, case_id: str) -> None:
    visit = laptop.visits.draft(case_id).visit
    laptop.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    laptop.visits.finish(case_id)


def received(laptop: Laptop, photo: Photo) -> None:
    """The district's receipt for the bytes, verified now."""
    now = laptop.clock()
    with laptop.store.writing() as connection:
        receipts.keep(connection, [Receipt(laptop.store.district_id, photo.id, photo.sha256, 7, now, "signed")], now)
        transfers.received(connection, [photo.id])


@pytest.mark.parametrize(("make", "ending"), [(a_jpeg, "jpg"), (a_heic, "heic")])
def test_the_file_is_kept_byte_for_byte(laptop: Laptop, case_id: str, make: object, ending: str) -> None:
    source = make()  # type: ignore[operator]
    added = taken(laptop, case_id, source)
    assert not added.original_dropped
    kept = laptop.photos.original(added.photo.sha256)
    assert kept is not None
    assert (kept.data, kept.ending) == (source, ending)
    assert laptop.photos.picture(added.photo.sha256) != source


def test_it_lies_encrypted(laptop: Laptop, case_id: str) -> None:
    source = a_jpeg(position=True)
    taken(laptop, case_id, source)
    laptop.store.close()
    for path in laptop.folder.iterdir():
        assert b"SecretCameraName" not in path.read_bytes(), path.name


def test_it_goes_as_many_days_after_the_receipt_as_were_chosen_and_not_before(laptop: Laptop, case_id: str) -> None:
    photo = taken(laptop, case_id, a_jpeg()).photo
    finished(laptop, case_id)
    laptop.clock.forward(days=400)
    assert laptop.originals.let_go() == 0
    received(laptop, photo)
    laptop.clock.forward(days=USUAL_ORIGINAL_DAYS, seconds=-1)
    assert laptop.originals.let_go() == 0
    assert laptop.photos.original_ending(photo.sha256)
    laptop.clock.forward(seconds=1)
    assert laptop.originals.let_go() == 1
    assert not laptop.photos.original_ending(photo.sha256)
    assert laptop.originals.held().bytes == 0
    assert laptop.photos.picture(photo.sha256)


def test_with_no_days_it_goes_with_the_receipt(laptop: Laptop, case_id: str) -> None:
    photo = taken(laptop, case_id, a_jpeg()).photo
    finished(laptop, case_id)
    laptop.originals.set_days(0)
    assert laptop.photos.original_ending(photo.sha256)
    received(laptop, photo)
    assert laptop.originals.let_go() == 1


def test_fewer_days_hold_at_once(laptop: Laptop, case_id: str) -> None:
    photo = taken(laptop, case_id, a_jpeg()).photo
    finished(laptop, case_id)
    received(laptop, photo)
    laptop.originals.set_days(30)
    laptop.clock.forward(days=5)
    assert laptop.originals.let_go() == 0
    laptop.originals.set_days(3)
    assert laptop.originals.days() == 3
    assert laptop.originals.held().count == 0


def test_what_the_district_does_not_hold_keeps_its_original_however_long(laptop: Laptop, case_id: str) -> None:
    photo = taken(laptop, case_id, a_jpeg()).photo
    finished(laptop, case_id)
    with laptop.store.writing() as connection:
        transfers.failed(connection, photo.id, "photo.unreadable", for_good=True)
    laptop.clock.forward(days=400)
    assert laptop.originals.let_go() == 0


def test_a_picture_of_two_visits_keeps_it_until_both_are_received(laptop: Laptop, case_id: str) -> None:
    child, case = a_listed_child(1)
    laptop.put(child, case)
    first, second = taken(laptop, case_id, a_jpeg()).photo, taken(laptop, case.id, a_jpeg()).photo
    assert first.sha256 == second.sha256
    finished(laptop, case_id)
    received(laptop, first)
    laptop.clock.forward(days=10)
    assert laptop.originals.let_go() == 0
    finished(laptop, case.id)
    received(laptop, second)
    assert laptop.originals.let_go() == 0
    laptop.clock.forward(days=USUAL_ORIGINAL_DAYS)
    assert laptop.originals.let_go() == 1


def test_a_photo_that_is_taken_out_of_the_draft_takes_its_original_along(laptop: Laptop, case_id: str) -> None:
    photo = taken(laptop, case_id, a_jpeg()).photo
    laptop.photos.remove(photo.id)
    assert laptop.originals.held().count == 0


def test_where_room_is_short_the_photo_is_taken_and_its_original_is_not(laptop: Laptop, case_id: str) -> None:
    source = a_jpeg()
    laptop.store.most_original_bytes = len(source)
    assert not taken(laptop, case_id, source).original_dropped
    assert not laptop.originals.held().room
    more = taken(laptop, case_id, a_jpeg(640))
    assert more.original_dropped
    assert laptop.photos.original(more.photo.sha256) is None
    assert laptop.photos.picture(more.photo.sha256)
    assert len(laptop.visits.draft(case_id).photos) == 2


def test_on_a_disk_that_is_nearly_full_no_original_is_kept(laptop: Laptop, case_id: str) -> None:
    laptop.store.low_disk_bytes = 10**18
    assert taken(laptop, case_id, a_jpeg()).original_dropped
    assert not laptop.originals.held().room


def test_the_original_never_waits_to_be_sent(laptop: Laptop, case_id: str) -> None:
    source = a_noisy_jpeg()
    photo = taken(laptop, case_id, source).photo
    finished(laptop, case_id)
    assert photo.size < len(source) / 2
    with laptop.store.reading() as connection:
        waiting = [transfer.sha256 for transfer in transfers.ready(connection)]
        queued = connection.execute(outbox.select()).all()
        assert set(transfers.waiting_hashes(connection, [photo.id]).values()) | set(waiting) == {photo.sha256}
    with laptop.store.photo_reading() as connection:
        secret = originals.hash_of(connection, photo.sha256)
    assert secret
    assert not any(secret in str(row) for row in queued)
