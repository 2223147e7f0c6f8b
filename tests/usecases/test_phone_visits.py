"""Which visits pictures of a phone may go to, and when these were."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from fieldapp.domain.care.consent import ConsentPurpose
from fieldapp.domain.identifiers import VisitId, born_at, new_id
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import PhotosShow
from fieldapp.store import departures
from fieldapp.store.departures import Whereto
from fieldapp.usecases.caring import WantedConsent
from fieldapp.usecases.phone_pictures import PhonePicture, Standing
from fieldapp.usecases.phone_sorting import Sorting
from tests.support.laptop import OTHER, Laptop
from tests.support.phone_day import a_phone, begin_visits, moment
from tests.support.pictures import a_jpeg


def offered(laptop: Laptop) -> list[tuple[str, bool]]:
    return [(one.visit_id, one.finished) for one in laptop.phone_pictures.visits()]


def test_visits_stand_in_the_order_of_their_hours_with_those_of_other_days(laptop: Laptop) -> None:
    first, second, third = begin_visits(laptop, 3, finish=1)
    laptop.visits.save(replace(third, visited_on=third.visited_on - dt.timedelta(days=2)))
    assert offered(laptop) == [(third.id, False), (first.id, True), (second.id, False)]
    assert [one.stay.begun for one in laptop.phone_pictures.visits()] == [None, moment("09:00"), moment("09:50")]


def test_finished_visits_are_offered_for_two_weeks_and_begun_ones_always(laptop: Laptop) -> None:
    _finished, begun = begin_visits(laptop, 2, finish=1)
    laptop.clock.forward(days=15)
    assert offered(laptop) == [(begun.id, False)]


def test_a_case_that_is_someone_else_s_by_now_takes_no_new_picture_into_its_finished_visit(laptop: Laptop) -> None:
    finished, begun = begin_visits(laptop, 2, finish=1)
    with laptop.store.writing() as connection:
        departures.remember(connection, {one.case_id: Whereto(OTHER) for one in (finished, begun)})
    assert offered(laptop) == [(begun.id, False)]


def test_of_a_visit_and_its_correction_the_correction_is_offered_at_the_hours_of_the_visit(laptop: Laptop) -> None:
    (visit,) = begin_visits(laptop, 1, finish=1)
    correction = replace(visit, id=VisitId(new_id(int(moment("17:00").timestamp() * 1_000))), supersedes=visit.id, note="mended")
    laptop.visits.save(correction)
    assert offered(laptop) == [(correction.id, False)]
    laptop.visits.finish(visit.case_id)
    (one,) = laptop.phone_pictures.visits()
    assert (one.visit_id, one.finished, one.stay.begun) == (correction.id, True, moment("09:00"))


def test_a_visit_that_is_mended_is_offered_once_as_what_it_is_now(laptop: Laptop) -> None:
    (visit,) = begin_visits(laptop, 1, finish=1)
    laptop.visits.save(visit)
    assert offered(laptop) == [(visit.id, False)]


def test_the_place_of_a_house_is_known_from_the_visit_before(laptop: Laptop) -> None:
    (visit,) = begin_visits(laptop, 1, finish=1)
    again = replace(visit, id=VisitId(new_id(int(moment("15:00").timestamp() * 1_000))), position=None)
    laptop.visits.save(again)
    assert {one.visit_id: one.stay.position for one in laptop.phone_pictures.visits()} == {
        visit.id: visit.position,
        again.id: visit.position,
    }


def test_what_the_form_still_wants_of_a_visit_is_told(laptop: Laptop) -> None:
    first, second = begin_visits(laptop, 2)
    laptop.photos.add(first.id, first.case_id, a_jpeg(), PhotoKind.OUTSIDE)
    laptop.visits.save(replace(second, photos_show=PhotosShow.SCHOOL_SIGN))
    assert [one.wanted for one in laptop.phone_pictures.visits()] == [(PhotoKind.INSIDE,), (PhotoKind.CHILD_WITH_SCHOOL_SIGN,)]


def test_where_the_guardian_said_no_to_photos_none_is_chosen_beforehand(laptop: Laptop, tmp_path: Path) -> None:
    first, _second = begin_visits(laptop, 2)
    laptop.caring.record_consent(first.case_id, WantedConsent(ConsentPurpose.PHOTOS, False, "นางบัวผัน", "ยาย", "1"))
    a_phone(tmp_path, visits=2)
    sorting = Sorting()
    read = laptop.phone_pictures.read(laptop.phone_pictures.listing([tmp_path]).files)
    sorting.lay_out(laptop.phone_pictures.visits(), [one for one in read if isinstance(one, PhonePicture)])
    assert [(heap.visit and heap.visit.refused, [item.chosen for item in heap.items]) for heap in sorting.heaps()] == [
        (True, [False, False]),
        (False, [True, True]),
    ]
    assert len(sorting.standing(Standing.NEW)) == 4


def test_an_id_tells_when_it_was_made() -> None:
    assert born_at(new_id(int(moment("09:00").timestamp() * 1_000))) == moment("09:00")
    assert born_at("no id") is None
    assert born_at("0190a000-0000-4000-8000-000000000001") is None
