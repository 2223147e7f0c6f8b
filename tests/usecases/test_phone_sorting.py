"""Pictures in heaps by visit: proposals, what a person says against them, and clocks that are off."""

import datetime as dt
from pathlib import Path

from fieldapp.domain.photo import PhotoKind
from fieldapp.usecases.phone_pictures import PhonePicture, Standing
from fieldapp.usecases.phone_sorting import Sorting
from tests.support.laptop import Laptop
from tests.support.phone_day import a_phone, begin_visits, moment, put
from tests.support.pictures import a_jpeg

HOURS = dt.timedelta(hours=1)


def laid_out(laptop: Laptop, *places: Path, sorting: Sorting | None = None) -> Sorting:
    sorting = sorting or Sorting()
    read = laptop.phone_pictures.read(laptop.phone_pictures.listing(places, old_ones=True).files)
    sorting.lay_out(laptop.phone_pictures.visits(), [one for one in read if isinstance(one, PhonePicture)])
    return sorting


def counts(sorting: Sorting) -> list[int]:
    return [len(heap.items) for heap in sorting.heaps()]


def take_all(laptop: Laptop, sorting: Sorting) -> None:
    for choice in sorting.choices():
        laptop.phone_pictures.take_in(choice)


def test_a_right_clock_leaves_nothing_to_do_but_to_confirm(laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop)
    a_phone(tmp_path)
    sorting = laid_out(laptop, tmp_path)
    assert counts(sorting) == [2] * 5
    assert len(sorting.choices()) == 10
    assert sorting.suggestions() == ()
    assert sorting.doubtful(laptop.clock()) == ()


def test_a_phone_whose_clock_is_hours_off_is_noticed_and_set_right_by_one_tap(laptop: Laptop, tmp_path: Path) -> None:
    visits = begin_visits(laptop)
    a_phone(tmp_path, -8 * HOURS)
    sorting = laid_out(laptop, tmp_path)
    assert sorting.choices() == ()
    (told,) = sorting.suggestions()
    sorting.set_clock(told.camera, told.offset)
    assert counts(sorting) == [2] * 5
    assert sorting.suggestions() == ()
    take_all(laptop, sorting)
    photos = [one.photo for visit in visits for one in laptop.visits.draft(visit.case_id).photos]
    assert len(photos) == 10
    first = min(photo.taken_at for photo in photos if photo.taken_at)
    assert abs(first - moment("09:02")) <= dt.timedelta(minutes=15)


def test_a_clock_that_is_years_off_is_doubted_and_one_picture_sets_all(laptop: Laptop, tmp_path: Path) -> None:
    visits = begin_visits(laptop, 2)
    a_phone(tmp_path, -dt.timedelta(days=4_000, minutes=123), visits=2)
    sorting = laid_out(laptop, tmp_path)
    assert sorting.suggestions() == ()
    assert len(sorting.doubtful(laptop.clock())) == 1
    (heap,) = sorting.heaps()
    assert heap.visit is None
    sorting.taken_at(heap.items[0].key, visits[0].id)
    assert [(heap.visit and heap.visit.visit_id, len(heap.items)) for heap in sorting.heaps()] == [(visit.id, 2) for visit in visits]
    assert sorting.doubtful(laptop.clock()) == ()
    assert len(sorting.choices()) == 4
    sorting.set_clock(heap.items[0].picture.taken.camera, dt.timedelta())
    assert counts(sorting) == [1, 3]


def test_what_a_person_moved_chose_and_named_stands_when_more_pictures_come(laptop: Laptop, tmp_path: Path) -> None:
    visits = begin_visits(laptop)
    a_phone(tmp_path)
    sorting = laid_out(laptop, tmp_path)
    first, second = (item.key for item in sorting.heaps()[0].items)
    sorting.move([first], visits[4].id)
    sorting.set_kind([first], PhotoKind.DOCUMENT)
    sorting.choose([second], chosen=False)
    put(tmp_path / "late.jpg", a_jpeg(200, 100, taken="2026:11:22 09:10:00"), moment("09:10"))
    laid_out(laptop, tmp_path, sorting=sorting)
    assert counts(sorting) == [2, 2, 2, 2, 3]
    chosen = {choice.picture.sha256: choice for choice in sorting.choices()}
    assert len(chosen) == 10
    assert (chosen[first].visit.visit_id, chosen[first].kind) == (visits[4].id, PhotoKind.DOCUMENT)
    assert second not in chosen
    sorting.move([first], "")
    assert sorting.heaps()[-1].visit is None
    assert first not in {choice.picture.sha256 for choice in sorting.choices()}


def test_the_first_two_of_a_visit_show_the_house_unless_it_has_such_photos(laptop: Laptop, tmp_path: Path) -> None:
    first, second = begin_visits(laptop, 2)
    laptop.photos.add(second.id, second.case_id, a_jpeg(), PhotoKind.OUTSIDE)
    a_phone(tmp_path, visits=2, each=3)
    heaps = laid_out(laptop, tmp_path).heaps()
    assert [item.kind for item in heaps[0].items] == [PhotoKind.OUTSIDE, PhotoKind.INSIDE, PhotoKind.OTHER]
    assert [item.kind for item in heaps[1].items] == [PhotoKind.INSIDE, PhotoKind.OTHER, PhotoKind.OTHER]
    assert heaps[0].visit is not None
    assert heaps[0].visit.visit_id == first.id


def test_what_the_form_asks_for_is_given_to_pictures_that_are_chosen(laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop, 1)
    a_phone(tmp_path, visits=1, each=3)
    sorting = laid_out(laptop, tmp_path)
    sorting.choose([sorting.heaps()[0].items[0].key], chosen=False)
    assert [item.kind for item in sorting.heaps()[0].items] == [PhotoKind.OTHER, PhotoKind.OUTSIDE, PhotoKind.INSIDE]


def test_what_is_not_sure_waits_to_be_chosen(laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop, 1)
    put(tmp_path / "screenshot.jpg", a_jpeg(200, 100), moment("09:05"))
    put(tmp_path / "evening.jpg", a_jpeg(200, 101, taken="2026:11:22 17:00:00"), moment("17:00"))
    sorting = laid_out(laptop, tmp_path)
    assert counts(sorting) == [2]
    assert sorting.choices() == ()
    sorting.choose([item.key for item in sorting.heaps()[0].items], chosen=True)
    assert [choice.taken_at for choice in sorting.choices()] == [None, moment("17:00")]


def test_a_picture_in_two_folders_is_shown_once_and_what_was_taken_in_apart(laptop: Laptop, tmp_path: Path) -> None:
    begin_visits(laptop, 2)
    for path in a_phone(tmp_path / "phone", visits=2):
        put(tmp_path / "LINE" / path.name, path.read_bytes(), moment("17:00"))
    sorting = laid_out(laptop, tmp_path)
    assert counts(sorting) == [2, 2]
    take_all(laptop, sorting)
    laid_out(laptop, tmp_path, sorting=sorting)
    assert sorting.heaps() == ()
    assert len(sorting.standing(Standing.TAKEN_IN)) == 4


def test_a_picture_for_a_visit_that_is_gone_is_proposed_anew(laptop: Laptop, tmp_path: Path) -> None:
    visits = begin_visits(laptop, 2)
    a_phone(tmp_path, visits=2)
    sorting = laid_out(laptop, tmp_path)
    sorting.move([sorting.heaps()[0].items[0].key], visits[1].id)
    laptop.visits.discard(visits[1].case_id)
    laid_out(laptop, tmp_path, sorting=sorting)
    assert [heap.visit and heap.visit.visit_id for heap in sorting.heaps()] == [visits[0].id]
