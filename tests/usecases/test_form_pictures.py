"""Pictures and signatures in forms: kept encrypted as soon as they are given, gone when they answer nothing, and facts at the end."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.domain.case import Case
from fieldapp.domain.photo import Photo, file_name
from fieldapp.errors import PhotoError
from fieldapp.records.of_case import photos_of_case, submissions_of_case
from fieldapp.store import drafts
from fieldapp.store.photos import held_hashes
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.usecases.filling import OpenForm
from fieldapp.usecases.pictures import take_in
from tests.support.forms_here import published
from tests.support.laptop import Laptop, a_listed_child
from tests.support.pictures import a_jpeg, a_png
from tests.support.xlsforms import PICTURED

HOUSE = published(PICTURED)


@pytest.fixture
def children(laptop: Laptop) -> tuple[Case, Case]:
    """Two of one house."""
    (one, first), (two, second) = a_listed_child(0), a_listed_child(1, house_no="1", moo="1", village="บ้านนาคู", tambon_code="461601")
    laptop.put(one, first, two, second, HOUSE)
    return first, second


def begun(laptop: Laptop, case: Case) -> OpenForm:
    opened = laptop.filling.open("house", case.id)
    answer(laptop, opened, came_in="yes")
    return opened


def answer(laptop: Laptop, opened: OpenForm, **answers: str) -> None:
    for name, value in answers.items():
        opened.session.set(f"/data/{name}", value)
    laptop.filling.save(opened.draft, opened.session.to_xml(), 0)


def taken(laptop: Laptop, opened: OpenForm, question: str, width: int = 800) -> Photo:
    photo = laptop.photos.answer(opened.draft, a_jpeg(width))
    answer(laptop, opened, **{question: file_name(photo)})
    return photo


def kept(laptop: Laptop, *photos: Photo) -> frozenset[str]:
    with laptop.store.photo_reading() as connection:
        return held_hashes(connection, [photo.sha256 for photo in photos])


def drafted(laptop: Laptop, opened: OpenForm) -> list[str]:
    with laptop.store.reading() as connection:
        return [one.photo.sha256 for one in drafts.photos_of(connection, opened.draft.id)]


def recorded(laptop: Laptop, case: Case) -> tuple[Photo, ...]:
    with laptop.store.reading() as connection:
        return photos_of_case(connection, laptop.store.district_id, case.id)


def test_a_picture_is_there_after_the_program_was_closed(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    photo = taken(laptop, opened, "outside")
    again = laptop.reopened()
    assert again.filling.open("house", children[0].id).session.value("/data/outside") == file_name(photo)
    assert again.photos.thumbnail(photo.sha256) is not None


def test_a_picture_is_the_first_that_a_form_is_told(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = laptop.filling.open("house", children[0].id)
    laptop.photos.answer(opened.draft, a_jpeg())
    assert laptop.filling.open("house", children[0].id).draft.id == opened.draft.id


def test_what_answers_nothing_any_more_goes_with_its_bytes(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    first, second = taken(laptop, opened, "outside"), taken(laptop, opened, "inside", 640)
    answer(laptop, opened, outside="")
    assert kept(laptop, first, second) == {second.sha256}
    assert drafted(laptop, opened) == [second.sha256]


def test_a_picture_that_answers_another_question_too_stays(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    photo = taken(laptop, opened, "outside")
    assert taken(laptop, opened, "inside").id == photo.id
    answer(laptop, opened, outside="")
    assert drafted(laptop, opened) == [photo.sha256]


def test_a_form_that_is_thrown_away_takes_its_pictures_along(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    photo = taken(laptop, opened, "outside")
    laptop.filling.discard(opened.draft)
    assert (kept(laptop, photo), drafted(laptop, opened)) == (frozenset(), [])


def test_a_picture_that_was_taken_in_when_the_program_was_killed_is_not_left_behind(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    photo = laptop.photos.answer(opened.draft, a_jpeg())
    again = laptop.reopened()
    again.filling.open("house", children[0].id)
    assert (kept(again, photo), drafted(again, opened)) == (frozenset(), [])


def test_an_answer_without_its_picture_counts_for_none(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    answer(laptop, opened, outside=f"{'a' * 64}.jpg")
    assert laptop.filling.open("house", children[0].id).session.value("/data/outside") == ""


def test_what_is_no_picture_changes_nothing(laptop: Laptop, children: tuple[Case, Case], tmp_path: Path) -> None:
    opened = begun(laptop, children[0])
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7")
    with pytest.raises(PhotoError) as refused:
        laptop.photos.answer(opened.draft, paper)
    assert (refused.value.code, drafted(laptop, opened)) == ("photo.unreadable", [])


def test_a_signature_stays_without_loss(laptop: Laptop, children: tuple[Case, Case]) -> None:
    photo = laptop.photos.sign(begun(laptop, children[0]).draft, a_png(560, 180))
    assert (photo.media_type, photo.width, file_name(photo)) == ("image/png", 560, f"{photo.sha256}.png")


def test_a_finished_form_brings_its_pictures_behind_itself(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    outside, inside = taken(laptop, opened, "outside"), taken(laptop, opened, "inside", 640)
    answer(laptop, opened, came_in="no")  # the one from inside is asked no more
    laptop.filling.finish(opened.draft.id)
    (photo,) = recorded(laptop, children[0])
    assert (photo.id, photo.submission_id, photo.visit_id, photo.sha256) == (outside.id, opened.draft.id, None, outside.sha256)
    assert kept(laptop, outside, inside) == {outside.sha256}
    with laptop.store.reading() as connection:
        assert list(connection.execute(select(outbox.c.kind).order_by(outbox.c.position)).scalars()) == [
            "submission.recorded",
            "photo.added",
        ]
        assert connection.execute(select(photo_transfer.c.submission_id)).scalar_one() == opened.draft.id
        assert drafts.photos_of(connection, opened.draft.id) == ()


def test_copies_for_a_house_share_the_bytes(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    taken(laptop, opened, "outside")
    laptop.filling.finish(opened.draft.id, also=[children[1].id])
    (one,), (two,) = recorded(laptop, children[0]), recorded(laptop, children[1])
    assert (one.sha256, one.id == two.id) == (two.sha256, False)
    with laptop.store.reading() as connection:
        (copy,) = submissions_of_case(connection, laptop.store.district_id, children[1].id)
    assert two.submission_id == copy.id
    assert file_name(two) in copy.xml


def test_the_cards_photos_are_those_of_its_visits(laptop: Laptop, children: tuple[Case, Case]) -> None:
    opened = begun(laptop, children[0])
    taken(laptop, opened, "outside")
    laptop.filling.finish(opened.draft.id)
    card = laptop.children.card(children[0].id)
    assert (card.photos, [item.photo_count for item in card.timeline]) == ((), [0, 0])


def test_no_picture_lies_on_the_disk_as_it_is(laptop: Laptop, children: tuple[Case, Case], tmp_path: Path) -> None:
    opened = begun(laptop, children[0])
    camera = a_jpeg()
    photo = laptop.photos.answer(opened.draft, camera)
    png = laptop.photos.sign(opened.draft, a_png())
    answer(laptop, opened, outside=file_name(photo), signed=file_name(png))
    plain = [camera, take_in(camera).data, *(laptop.photos.picture(one.sha256) or b"" for one in (photo, png))]
    # Copied while open: what a thief of the running laptop would find, journals among it.
    shutil.copytree(laptop.folder, tmp_path / "copy")
    files = [path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    assert len(files) >= 2
    for picture in plain:
        assert len(picture) > 500
        assert not any(picture[start : start + 64] in file for file in files for start in range(0, len(picture) - 64, 200))
