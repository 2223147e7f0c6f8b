"""The children of one house in one go: what they share is recorded once, what came out for each."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from fieldapp.domain.case import Case
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome, PhotosShow, Visit
from fieldapp.records.of_case import photos_of_case, visits_of_case
from fieldapp.store import drafts
from fieldapp.store.tables import photo_transfer
from tests.support.laptop import Laptop, a_listed_child
from tests.support.pictures import a_jpeg

HOUSES = ("7/1", "7/1", "8")


@pytest.fixture
def cases(laptop: Laptop) -> list[Case]:
    """Two of the first house, one of another."""
    pairs = [a_listed_child(number, house_no=house, moo="4", tambon_code="461601") for number, house in enumerate(HOUSES)]
    for child, case in pairs:
        laptop.put(child, case)
    return [case for _child, case in pairs]


def visited(laptop: Laptop, case: Case) -> Visit:
    visit = laptop.visits.draft(case.id).visit
    given = {"met": (Met.CHILD, Met.GRANDPARENT), "outcome": Outcome.WANTS_RETURN, "companions": "ผู้ใหญ่บ้าน", "note": "อยากเรียน"}
    given["photos_show"] = PhotosShow.OTHERS_HOUSE
    visit = replace(visit, **given)  # type: ignore[arg-type]
    laptop.visits.save(visit)
    for kind, width in ((PhotoKind.OUTSIDE, 800), (PhotoKind.OTHER, 640)):
        laptop.photos.add(visit.id, case.id, a_jpeg(width), kind)
    laptop.visits.finish(case.id)
    return visit


def test_after_a_visit_the_other_children_of_the_house_are_left(laptop: Laptop, cases: list[Case]) -> None:
    first, second, other = cases
    assert laptop.family.still_to_visit(first.id) is None
    visit = visited(laptop, first)
    left = laptop.family.still_to_visit(first.id)
    assert left is not None
    assert (left.visit_id, [row.case_id for row in left.children]) == (visit.id, [second.id])
    visited(laptop, other)
    assert laptop.family.still_to_visit(other.id) is None
    visited(laptop, second)
    assert laptop.family.still_to_visit(first.id) is None


def test_the_next_child_has_what_the_house_shares_and_nothing_of_the_first_child(laptop: Laptop, cases: list[Case]) -> None:
    first, second, _other = cases
    visit = visited(laptop, first)
    laptop.family.begin(second.id, visit.id)
    draft = laptop.visits.draft(second.id)
    begun = draft.visit
    assert (begun.met, begun.companions, begun.visited_on) == ((Met.GRANDPARENT,), "ผู้ใหญ่บ้าน", visit.visited_on)
    assert begun.photos_show is PhotosShow.OTHERS_HOUSE
    assert (begun.outcome, begun.note, begun.household_id, begun.case_id) == (None, "", visit.id, second.id)
    assert [one.photo.kind for one in draft.photos] == [PhotoKind.OUTSIDE]
    laptop.visits.save(replace(begun, outcome=Outcome.NOT_FOUND))
    laptop.visits.finish(second.id)
    with laptop.store.reading() as connection:
        (mine,) = visits_of_case(connection, laptop.store.district_id, second.id)
        photos = [one for case in (first, second) for one in photos_of_case(connection, laptop.store.district_id, case.id)]
        sent = connection.execute(select(photo_transfer.c.sha256)).scalars().all()
    assert mine.household_id == visit.id
    assert len({photo.id for photo in photos}) == len(sent) == 3
    assert len(set(sent)) == 2


def test_a_visit_that_is_begun_stays_as_it_is(laptop: Laptop, cases: list[Case]) -> None:
    first, second, _other = cases
    own = replace(laptop.visits.draft(second.id).visit, note="ของฉัน")
    laptop.visits.save(own)
    laptop.family.begin(second.id, visited(laptop, first).id)
    assert laptop.visits.draft(second.id).visit == own


def test_the_picture_stays_while_one_of_the_two_needs_it(laptop: Laptop, cases: list[Case]) -> None:
    first, second, _other = cases
    visit = visited(laptop, first)
    laptop.family.begin(second.id, visit.id)
    with laptop.store.reading() as connection:
        (shared,) = drafts.photos_of(connection, laptop.visits.draft(second.id).visit.id)
    laptop.visits.discard(second.id)
    assert laptop.photos.picture(shared.photo.sha256)
