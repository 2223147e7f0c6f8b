"""Pictures of a phone: found, looked at, placed, taken in once, and never touched where they lie."""

import datetime as dt
import io
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from fieldapp.domain.payloads import PhotoAdded
from fieldapp.domain.phone.placing import propose, real_time
from fieldapp.domain.photo import PhotoKind
from fieldapp.errors import PhotoError
from fieldapp.store.tables import outbox, picture_seen
from fieldapp.usecases.phone_pictures import Choice, PhonePicture, Standing, Unreadable
from fieldapp.usecases.picture_files import MOST
from tests.support.laptop import Laptop, fill
from tests.support.phone_day import a_phone, begin_visits, moment, put, state_of
from tests.support.pictures import a_heic, a_jpeg, a_png, a_webp


def seen(laptop: Laptop, *places: Path, old_ones: bool = False) -> list[PhonePicture]:
    read = laptop.phone_pictures.read(laptop.phone_pictures.listing(places, old_ones=old_ones).files)
    return [one for one in read if isinstance(one, PhonePicture)]


def choices(laptop: Laptop, pictures: list[PhonePicture]) -> list[Choice]:
    visits = {one.visit_id: one for one in laptop.phone_pictures.visits()}
    found = propose([one.taken for one in pictures], [one.stay for one in visits.values()], {})
    return [
        Choice(one, visits[found[one.sha256].visit_id], PhotoKind.OUTSIDE, real_time(one.taken, {}))
        for one in pictures
        if one.sha256 in found
    ]


def photos_of(laptop: Laptop, case_id: str) -> int:
    return len(laptop.visits.draft(case_id).photos)


def test_pictures_of_the_day_are_proposed_and_taken_into_the_drafts_of_their_visits(laptop: Laptop, tmp_path: Path) -> None:
    visits = begin_visits(laptop)
    a_phone(tmp_path / "phone")
    pictures = seen(laptop, tmp_path / "phone")
    assert len(pictures) == 10
    for choice in choices(laptop, pictures):
        assert laptop.phone_pictures.take_in(choice).touches_case(choice.visit.row.case_id)
    assert [photos_of(laptop, visit.case_id) for visit in visits] == [2] * 5
    added = laptop.visits.draft(visits[0].case_id).photos[0].photo
    assert added.taken_at in (moment("09:02"), moment("09:06"))
    assert {one.standing for one in seen(laptop, tmp_path / "phone")} == {Standing.TAKEN_IN}


def test_a_visit_that_is_finished_gets_its_picture_as_a_fact_of_its_own(laptop: Laptop, tmp_path: Path) -> None:
    (visit,) = begin_visits(laptop, 1, finish=1)
    a_phone(tmp_path / "phone", visits=1, each=1)
    (choice,) = choices(laptop, seen(laptop, tmp_path / "phone"))
    assert choice.visit.finished
    laptop.phone_pictures.take_in(choice)
    with laptop.store.reading() as connection:
        kinds = connection.execute(outbox.select().order_by(outbox.c.position)).all()
    assert [row.kind for row in kinds][-1] == PhotoAdded.KIND
    (shown,) = laptop.children.card(visit.case_id).photos
    assert (shown.photo.visit_id, shown.photo.kind) == (visit.id, PhotoKind.OUTSIDE)
    assert shown.here
    assert laptop.visits.drafts() == ()
    assert [one.standing for one in seen(laptop, tmp_path / "phone")] == [Standing.TAKEN_IN]


def test_a_visit_finished_between_the_proposal_and_the_taking_in_is_not_begun_again(laptop: Laptop, tmp_path: Path) -> None:
    (visit,) = begin_visits(laptop, 1)
    a_phone(tmp_path / "phone", visits=1, each=1)
    (choice,) = choices(laptop, seen(laptop, tmp_path / "phone"))
    laptop.visits.finish(visit.case_id)
    laptop.phone_pictures.take_in(choice)
    assert laptop.visits.drafts() == ()
    assert len(laptop.children.card(visit.case_id).photos) == 1


def test_a_visit_thrown_away_meanwhile_takes_no_picture_and_is_not_begun_again(laptop: Laptop, tmp_path: Path) -> None:
    (visit,) = begin_visits(laptop, 1)
    a_phone(tmp_path / "phone", visits=1, each=1)
    (choice,) = choices(laptop, seen(laptop, tmp_path / "phone"))
    laptop.visits.discard(visit.case_id)
    with pytest.raises(PhotoError) as caught:
        laptop.phone_pictures.take_in(choice)
    assert caught.value.code == "photo.no_visit"
    assert laptop.visits.drafts() == ()


def test_the_phone_s_files_are_only_read(laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop)
    phone = tmp_path / "phone"
    a_phone(phone)
    put(phone / "DCIM" / "broken.jpg", b"not a picture", moment("09:00"))
    before = state_of(phone)
    pictures = seen(laptop, phone)
    laptop.phone_pictures.not_for_us(pictures[:1])
    for choice in choices(laptop, pictures[1:]):
        laptop.phone_pictures.take_in(choice)
    laptop.phone_pictures.count_new([phone])
    assert state_of(phone) == before


@pytest.mark.parametrize(("name", "make"), [("a.heic", a_heic), ("b.JPG", a_jpeg), ("c.png", a_png), ("d.webp", a_webp), ("e.jpg", a_heic)])
def test_every_kind_of_picture_is_read_by_its_content(laptop: Laptop, tmp_path: Path, name: str, make: object) -> None:
    (visit,) = begin_visits(laptop, 1)
    put(tmp_path / "phone" / name, make(), moment("09:10"))  # type: ignore[operator]
    (picture,) = seen(laptop, tmp_path / "phone")
    assert picture.taken.at == moment("09:10")
    assert not picture.taken.exact
    with Image.open(io.BytesIO(picture.thumbnail)) as thumbnail:
        assert (thumbnail.format, max(thumbnail.size)) == ("JPEG", 240)
    (chosen,) = laptop.phone_pictures.visits()
    laptop.phone_pictures.take_in(Choice(picture, chosen, PhotoKind.OTHER, None))
    assert photos_of(laptop, visit.case_id) == 1


def test_the_same_picture_is_known_again_from_whichever_folder_it_comes(laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop, 1)
    (path,) = a_phone(tmp_path / "phone", visits=1, each=1)
    laptop.phone_pictures.take_in(choices(laptop, seen(laptop, tmp_path / "phone"))[0])
    put(tmp_path / "LINE" / "another name.jpeg", path.read_bytes(), moment("17:00"))
    assert [one.standing for one in seen(laptop, tmp_path / "LINE")] == [Standing.TAKEN_IN]
    assert laptop.phone_pictures.count_new([tmp_path / "LINE", tmp_path / "phone"]) == 0
    assert [one.standing for one in seen(laptop.reopened(), tmp_path / "LINE")] == [Standing.TAKEN_IN]


def test_a_picture_added_on_the_page_of_the_visit_is_known_on_the_phone(laptop: Laptop, tmp_path: Path) -> None:
    (visit,) = begin_visits(laptop, 1)
    (path,) = a_phone(tmp_path / "phone", visits=1, each=1)
    laptop.photos.add(visit.id, visit.case_id, path, PhotoKind.INSIDE)
    assert [one.standing for one in seen(laptop, tmp_path / "phone")] == [Standing.TAKEN_IN]


def test_what_is_taken_out_again_is_new_again(laptop: Laptop, tmp_path: Path) -> None:
    first, second = begin_visits(laptop, 2)
    a_phone(tmp_path / "phone", visits=2, each=1)
    for choice in choices(laptop, seen(laptop, tmp_path / "phone")):
        laptop.phone_pictures.take_in(choice)
    laptop.photos.remove(laptop.visits.draft(first.case_id).photos[0].photo.id)
    assert sorted(one.standing for one in seen(laptop, tmp_path / "phone")) == [Standing.NEW, Standing.TAKEN_IN]
    laptop.visits.discard(second.case_id)
    assert [one.standing for one in seen(laptop, tmp_path / "phone")] == [Standing.NEW] * 2


def test_what_is_not_for_us_is_not_offered_until_it_is_asked_for(laptop: Laptop, tmp_path: Path) -> None:
    a_phone(tmp_path / "phone")
    assert laptop.phone_pictures.count_new([tmp_path / "phone"]) == 10
    laptop.phone_pictures.not_for_us(seen(laptop, tmp_path / "phone")[:4])
    assert laptop.phone_pictures.count_new([tmp_path / "phone"]) == 6
    aside = [one for one in seen(laptop.reopened(), tmp_path / "phone") if one.standing is Standing.NOT_FOR_US]
    assert len(aside) == 4
    laptop.phone_pictures.for_us_after_all(aside)
    assert {one.standing for one in seen(laptop, tmp_path / "phone")} == {Standing.NEW}


def test_broken_and_vanished_files_are_told_and_keep_no_other_out(laptop: Laptop, tmp_path: Path) -> None:
    good, gone = a_phone(tmp_path / "phone", visits=1)
    put(tmp_path / "phone" / "half.jpg", a_jpeg()[:900], moment("09:00"))
    put(tmp_path / "phone" / "empty.heic", b"", moment("09:00"))
    (tmp_path / "phone" / "locked").mkdir(mode=0o000)
    listing = laptop.phone_pictures.listing([tmp_path / "phone", tmp_path / "never there.jpg"])
    gone.unlink()
    read = laptop.phone_pictures.read(listing.files)
    assert [one.path for one in read if isinstance(one, PhonePicture)] == [good]
    told = {one.path.name: one.error.code for one in read if isinstance(one, Unreadable)}
    assert told == {
        gone.name: "photo.missing",
        "half.jpg": "photo.unreadable",
        "empty.heic": "photo.unreadable",
        "never there.jpg": "photo.missing",
    }


def test_a_file_that_went_or_became_another_since_it_was_shown_is_not_taken_in(laptop: Laptop, tmp_path: Path) -> None:
    (visit,) = begin_visits(laptop, 1)
    gone, changed = a_phone(tmp_path / "phone", visits=1)
    chosen = choices(laptop, seen(laptop, tmp_path / "phone"))
    gone.unlink()
    changed.write_bytes(a_jpeg(500, 500))
    codes = []
    for choice in chosen:
        with pytest.raises(PhotoError) as caught:
            laptop.phone_pictures.take_in(choice)
        codes.append(caught.value.code)
    assert sorted(codes) == ["photo.changed", "photo.missing"]
    assert photos_of(laptop, visit.case_id) == 0


def test_pictures_of_the_last_days_come_first_and_all_where_there_are_none(laptop: Laptop, tmp_path: Path) -> None:
    for days in (1, 3, 40, 400):
        put(tmp_path / f"{days}.jpg", a_jpeg(300 + days, 200), laptop.clock() - dt.timedelta(days=days))
    listing = laptop.phone_pictures.listing([tmp_path])
    assert ([file.path.name for file in listing.files], listing.older) == (["1.jpg", "3.jpg"], 2)
    assert len(laptop.phone_pictures.listing([tmp_path], old_ones=True).files) == 4
    for name in ("1.jpg", "3.jpg"):
        (tmp_path / name).unlink()
    assert [file.path.name for file in laptop.phone_pictures.listing([tmp_path]).files] == ["40.jpg", "400.jpg"]


def test_what_was_decided_about_makes_room_for_the_rest_of_many(laptop: Laptop, tmp_path: Path) -> None:
    plain = a_jpeg(64, 48)
    for number in range(MOST + 10):
        put(tmp_path / f"{number:03d}.jpg", plain + bytes(number), laptop.clock() + dt.timedelta(seconds=number))
    first = laptop.phone_pictures.listing([tmp_path])
    assert (first.files[0].path.name, len(first.files), first.beyond) == ("509.jpg", MOST, 10)
    laptop.phone_pictures.not_for_us(one for one in laptop.phone_pictures.read(first.files[:30]) if isinstance(one, PhonePicture))
    then = laptop.phone_pictures.listing([tmp_path])
    assert (then.files[0].path.name, then.files[479].path.name, len(then.files), then.beyond) == ("479.jpg", "000.jpg", MOST, 0)
    assert laptop.phone_pictures.count_new([tmp_path]) == MOST - 20


def test_hidden_folders_and_files_of_programs_are_passed_over(laptop: Laptop, tmp_path: Path) -> None:
    data = a_jpeg()
    for name in (".thumbnails/1.jpg", "Android/data/x.jpg", "DCIM/.trashed-1.jpg", "DCIM/Camera/film.mp4", "DCIM/Camera/1.jpg"):
        put(tmp_path / name, data, laptop.clock())
    assert [file.path.name for file in laptop.phone_pictures.listing([tmp_path]).files] == ["1.jpg"]


def test_the_folder_is_remembered_in_the_profile(laptop: Laptop, tmp_path: Path) -> None:
    assert laptop.phone_pictures.folder() is None
    laptop.phone_pictures.set_folder(tmp_path)
    assert laptop.reopened().phone_pictures.folder() == tmp_path
    laptop.phone_pictures.set_folder(None)
    assert laptop.phone_pictures.folder() is None


def test_the_hours_of_a_visit_are_those_of_its_page_and_only_of_its_day(laptop: Laptop) -> None:
    first, second = begin_visits(laptop, 2, finish=1)
    laptop.visits.save(replace(second, visited_on=second.visited_on - dt.timedelta(days=1)))
    other, one = laptop.phone_pictures.visits()
    assert (one.visit_id, one.stay.begun, one.stay.until) == (first.id, moment("09:00"), moment("09:15"))
    assert (other.visit_id, other.stay.begun) == (second.id, None)
    assert one.stay.position == first.position


def test_five_hundred_pictures_are_read_without_gathering_them_in_memory(laptop: Laptop, tmp_path: Path) -> None:
    plain = a_jpeg(64, 48)
    for number in range(510):
        put(tmp_path / f"{number:03d}.jpg", plain + b"\0" * (30_000 + number), laptop.clock())
    listing = laptop.phone_pictures.listing([tmp_path])
    assert (len(listing.files), listing.beyond) == (500, 10)
    tracemalloc.start()
    read = laptop.phone_pictures.read(listing.files)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len({one.sha256 for one in read if isinstance(one, PhonePicture)}) == 500
    assert peak < 5_000_000 < 500 * 30_000


def test_what_was_decided_leaves_no_name_of_a_file_behind(laptop: Laptop, tmp_path: Path) -> None:
    fill(laptop, 1)
    a_phone(tmp_path / "phone", visits=1)
    laptop.phone_pictures.not_for_us(seen(laptop, tmp_path / "phone"))
    with laptop.store.reading() as connection:
        rows = connection.execute(picture_seen.select()).all()
    assert len(rows) == 2
    assert all("IMG" not in str(value) for row in rows for value in row)
