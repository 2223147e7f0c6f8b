"""Day and place on a photo: legible on light and dark, off unless chosen, never a name, and never on the original."""

import datetime as dt
import io
import threading

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.photo_stamp import draw_stamp
from fieldapp.texts import use_language
from fieldapp.usecases.photos import Photos
from fieldapp.usecases.stamping import lines
from tests.support.laptop import Laptop, a_listed_child
from tests.support.pictures import a_jpeg
from tests.support.records import a_child

LINES = ("22 พ.ย. 2569 14:05", "112 ม.4 บ้านนาคู ต.นาคู อ.นาคู")


def one_colour(shade: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (900, 600), (shade, shade, shade)).save(target, "JPEG", quality=95)
    return target.getvalue()


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_it_is_legible_on_light_and_dark(qtbot: QtBot, shade: int) -> None:
    photo = Image.new("RGB", (900, 600), (shade, shade, shade))
    band = Image.open(io.BytesIO(draw_stamp(900, 600, LINES))).convert("RGBA")
    assert band.width == 900
    assert band.height < 120
    photo.paste(band, (0, 600 - band.height), band)
    written = photo.crop((0, 600 - band.height, 900, 600)).convert("L")
    ground = written.getpixel((890, 5))
    brightest = written.getextrema()[1]
    # WCAG AA: 4.5 to 1.
    luminance = [((value / 255 + 0.055) / 1.055) ** 2.4 for value in (brightest, ground)]
    assert (luminance[0] + 0.05) / (luminance[1] + 0.05) > 4.5


def test_a_long_line_is_written_smaller_and_not_cut(qtbot: QtBot) -> None:
    band = Image.open(io.BytesIO(draw_stamp(400, 300, ("ที่อยู่ยาวมาก " * 12,)))).convert("L")
    right_edge = band.crop((398, 0, 400, band.height))
    assert right_edge.getextrema()[1] < 100


def test_thai_is_shaped_in_another_thread_as_in_this(qtbot: QtBot) -> None:
    drawn: list[bytes] = []
    worker = threading.Thread(target=lambda: drawn.append(draw_stamp(900, 600, LINES)))
    worker.start()
    worker.join()
    assert drawn == [draw_stamp(900, 600, LINES)]


def test_it_says_day_and_place_and_no_name() -> None:
    use_language("th")
    child = a_child(house_no="112", moo="4", village="บ้านนาคู", tambon_code="461601", guardian_name="นางบัวผัน")
    said = lines(child, dt.datetime(2026, 11, 22, 7, 5, tzinfo=dt.UTC))
    assert said == ("22 พ.ย. 2569 14:05", "112 ม.4 บ้านนาคู ต.นาคู อ.นาคู")
    assert not any(name in " ".join(said) for name in (child.given_name, child.family_name, child.guardian_name))
    # Where the picture does not say when it was taken, no day is made up.
    assert len(lines(child, None)) == 1


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    child, case = a_listed_child(house_no="112", moo="4", tambon_code="461601")
    laptop.put(child, case)
    return case.id


def taken(photos: Photos, laptop: Laptop, case_id: str, source: bytes, kind: PhotoKind = PhotoKind.OUTSIDE) -> Image.Image:
    added = photos.add(laptop.visits.draft(case_id).visit.id, case_id, source, kind, laptop.clock())
    kept = photos.original(added.photo.sha256)
    assert kept is not None
    assert kept.data == source
    data = photos.picture(added.photo.sha256)
    assert data is not None
    assert b"Exif" not in data
    assert len(data) == added.photo.size
    return Image.open(io.BytesIO(data)).convert("L")


def test_it_is_written_only_where_the_person_chose_it_and_never_on_the_original(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    photos = laptop.photos
    photos.draw_stamp = draw_stamp
    assert not laptop.preferences.stamps_photos()
    assert taken(photos, laptop, case_id, one_colour(200)).getextrema()[0] > 180
    laptop.preferences.set_stamps_photos(True)
    stamped = taken(photos, laptop, case_id, one_colour(201))
    assert stamped.crop((0, 0, 900, 400)).getextrema()[0] > 180
    foot = stamped.crop((0, 500, 900, 600)).getextrema()
    assert foot[0] < 40
    assert foot[1] > 230
    assert taken(photos, laptop, case_id, one_colour(202), PhotoKind.DOCUMENT).getextrema()[0] > 180


def test_a_picture_of_any_size_is_stamped(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    photos = laptop.photos
    photos.draw_stamp = draw_stamp
    laptop.preferences.set_stamps_photos(True)
    for width, height in ((64, 48), (48, 400), (4000, 300)):
        assert taken(photos, laptop, case_id, a_jpeg(width, height)).width <= 1600
