"""Faces made unrecognisable: what is sent has nothing left of them, and what was there before is gone from the draft."""

import io
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome
from fieldapp.errors import PhotoError
from fieldapp.store.tables import outbox
from fieldapp.usecases.blurring import Region, blurred
from fieldapp.usecases.pictures import take_in
from tests.support.laptop import Laptop, a_listed_child
from tests.support.pictures import a_jpeg, a_noisy_jpeg

FACE = Region(0.25, 0.25, 0.5, 0.5, oval=False)


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    child, case = a_listed_child()
    laptop.put(child, case)
    return case.id


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def squares(fine: int = 4) -> bytes:
    """Black and white by chance, in squares of so many pixels: what a face's details are."""
    dice = random.Random(3)
    small = Image.new("L", (600 // fine, 400 // fine))
    small.putdata([dice.choice((0, 255)) for _ in range(small.width * small.height)])
    target = io.BytesIO()
    small.resize((600, 400), Image.Resampling.NEAREST).convert("RGB").save(target, "JPEG", quality=95)
    return target.getvalue()


def contrast(image: Image.Image) -> int:
    darkest, brightest = image.convert("L").getextrema()
    return int(brightest - darkest)


@pytest.mark.parametrize(("fine", "left"), [(4, 60), (10, 160)])
def test_nothing_of_the_region_can_be_told_apart_any_more(fine: int, left: int) -> None:
    before = take_in(squares(fine)).data
    after = opened(blurred(before, [FACE]).data)
    inside = (160, 110, 440, 290)
    assert contrast(opened(before).crop(inside)) > 200
    assert contrast(after.crop(inside)) < left
    # So few colours are left that the pictures of other faces give the same: less than one for each 40th part of the region.
    coarse = after.crop((150, 100, 450, 300)).resize((6, 6), Image.Resampling.BOX).resize((300, 200), Image.Resampling.BICUBIC)
    rest = ImageChops.difference(after.crop((150, 100, 450, 300)), coarse).convert("L")
    assert sum(value * count for value, count in enumerate(rest.histogram())) / (300 * 200) < 12


def test_what_lies_outside_stays_as_it_was() -> None:
    before = take_in(squares()).data
    after = opened(blurred(before, [FACE]).data)
    outside = (0, 0, 600, 90)
    difference = ImageChops.difference(opened(before).crop(outside), after.crop(outside)).convert("L")
    assert sum(value * count for value, count in enumerate(difference.histogram())) / (600 * 90) < 8


def test_an_oval_leaves_the_corners_and_takes_the_middle() -> None:
    before = take_in(squares()).data
    after = opened(blurred(before, [replace(FACE, oval=True)]).data)
    assert contrast(after.crop((150, 100, 165, 110))) > 150
    assert contrast(after.crop((240, 160, 360, 240))) < 60


def test_the_thumbnail_is_blurred_too() -> None:
    picture = blurred(take_in(squares(10)).data, [Region(0, 0, 1, 1, oval=False)])
    assert contrast(opened(picture.thumbnail)) < 60


shares = st.floats(-0.5, 1.5, allow_nan=False)


@given(st.tuples(shares, shares, shares, shares, st.booleans()))
def test_any_region_gives_a_picture_of_the_same_measures(values: tuple[float, float, float, float, bool]) -> None:
    data = a_jpeg(64, 48)
    assert opened(blurred(data, [Region(*values)]).data).size == (64, 48)


def test_the_draft_has_the_blurred_picture_in_the_place_of_the_other(laptop: Laptop, case_id: str) -> None:
    source = a_noisy_jpeg()
    visit = laptop.visits.draft(case_id).visit
    photo = laptop.photos.add(visit.id, case_id, source, PhotoKind.OTHER).photo
    before, small = laptop.photos.picture(photo.sha256), laptop.photos.thumbnail(photo.sha256)
    after = laptop.photos.blur(photo.id, [FACE]).photo
    assert (after.id, after.kind) == (photo.id, photo.kind)
    assert after.sha256 != photo.sha256
    assert after.size == len(laptop.photos.picture(after.sha256) or b"")
    assert laptop.photos.picture(photo.sha256) is None
    assert laptop.photos.thumbnail(after.sha256) not in (None, small)
    assert before is not None
    assert [one.photo for one in laptop.visits.draft(case_id).photos] == [after]
    # The camera's own file stays on this laptop, as long as any.
    kept = laptop.photos.original(after.sha256)
    assert kept is not None
    assert kept.data == source


def test_what_is_sent_names_the_blurred_picture_alone(laptop: Laptop, case_id: str) -> None:
    visit = laptop.visits.draft(case_id).visit
    laptop.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    photo = laptop.photos.add(visit.id, case_id, a_noisy_jpeg(), PhotoKind.OTHER).photo
    after = laptop.photos.blur(photo.id, [FACE]).photo
    laptop.visits.finish(case_id)
    with laptop.store.reading() as connection:
        queued = " ".join(connection.execute(outbox.select().with_only_columns(outbox.c.body)).scalars())
    assert after.sha256 in queued
    assert photo.sha256 not in queued


def test_a_picture_that_another_visit_uses_stays_for_that_one(laptop: Laptop, case_id: str) -> None:
    child, case = a_listed_child(1)
    laptop.put(child, case)
    mine = laptop.photos.add(laptop.visits.draft(case_id).visit.id, case_id, a_jpeg(), PhotoKind.OUTSIDE).photo
    theirs = laptop.photos.add(laptop.visits.draft(case.id).visit.id, case.id, a_jpeg(), PhotoKind.OUTSIDE).photo
    after = laptop.photos.blur(mine.id, [FACE]).photo
    assert laptop.photos.picture(theirs.sha256)
    assert laptop.photos.picture(after.sha256)


def test_after_the_visit_is_finished_nothing_is_blurred(laptop: Laptop, case_id: str) -> None:
    visit = laptop.visits.draft(case_id).visit
    laptop.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    photo = laptop.photos.add(visit.id, case_id, a_jpeg(), PhotoKind.OTHER).photo
    laptop.visits.finish(case_id)
    with pytest.raises(PhotoError) as refusal:
        laptop.photos.blur(photo.id, [FACE])
    assert refusal.value.code == "photo.finished"
    assert laptop.photos.picture(photo.sha256)
