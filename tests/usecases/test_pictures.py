"""Pictures as they come, and what is kept of them."""

import datetime as dt
import io
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image

from fieldapp.domain.visit import Position, PositionSource
from fieldapp.errors import PhotoError
from fieldapp.usecases.pictures import glance, take_in
from tests.support.pictures import a_heic, a_jpeg, a_picture, a_png, a_webp


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("make", [a_jpeg, a_png, a_webp, a_heic])
def test_every_kind_of_picture_becomes_an_upright_jpeg(make: object) -> None:
    picture = take_in(make())  # type: ignore[operator]
    kept = opened(picture.data)
    assert (kept.format, kept.size) == ("JPEG", (800, 600))
    red, _, blue = kept.convert("RGB").getpixel((20, 20))
    assert red > 200 > 50 > blue


def test_nothing_that_the_camera_wrote_is_kept() -> None:
    source = a_jpeg(position=True, taken="2026:11:20 14:05:00")
    assert b"SecretCameraName" in source
    picture = take_in(source)
    for data in (picture.data, picture.thumbnail):
        assert b"SecretCameraName" not in data
        assert b"Exif" not in data
        assert not opened(data).getexif()


def test_the_place_is_offered_before_it_is_stripped() -> None:
    offered = Position(16_758_500, 104_037_000, PositionSource.PHOTO, 12)
    assert take_in(a_jpeg(position=True)).position == offered
    assert take_in(a_heic()).position == offered
    assert take_in(a_jpeg()).position is None


def test_the_time_is_read_as_thai_time_or_with_its_own_zone() -> None:
    thai = dt.timezone(dt.timedelta(hours=7))
    assert take_in(a_jpeg(taken="2026:11:20 14:05:00")).taken_at == dt.datetime(2026, 11, 20, 14, 5, tzinfo=thai)
    assert take_in(a_jpeg(taken="2026:11:20 14:05:00", x9011="+00:00")).taken_at == dt.datetime(2026, 11, 20, 14, 5, tzinfo=dt.UTC)
    assert take_in(a_jpeg(taken="0000:00:00 00:00:00")).taken_at is None


def test_a_camera_set_to_the_buddhist_year_is_read_in_the_other() -> None:
    thai = dt.timezone(dt.timedelta(hours=7))
    assert take_in(a_jpeg(taken="2569:11:20 14:05:00")).taken_at == dt.datetime(2026, 11, 20, 14, 5, tzinfo=thai)
    assert take_in(a_jpeg(taken="2571:02:29 14:05:00")).taken_at == dt.datetime(2028, 2, 29, 14, 5, tzinfo=thai)
    assert take_in(a_jpeg(taken="1904:01:01 00:00:00")).taken_at is None


@pytest.mark.parametrize("make", [a_jpeg, a_png, a_webp, a_heic])
def test_a_glance_tells_what_taking_in_would(make: object) -> None:
    data = make()  # type: ignore[operator]
    seen, taken = glance(data), take_in(data)
    assert max(opened(seen.thumbnail).size) == 240
    assert (seen.taken_at, seen.position) == (taken.taken_at, taken.position)
    assert not opened(seen.thumbnail).getexif()


def test_a_glance_knows_the_camera_and_which_way_is_up() -> None:
    seen = glance(a_jpeg(orientation=6, taken="2026:11:20 14:05:00"))
    assert seen.camera == "SecretCameraName"
    assert opened(seen.thumbnail).size == (180, 240)
    with pytest.raises(PhotoError):
        glance(b"not a picture")


@pytest.mark.parametrize(("orientation", "red_at"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_a_picture_taken_sideways_stands_upright(orientation: int, red_at: tuple[int, int]) -> None:
    picture = take_in(a_jpeg(orientation=orientation))
    kept = opened(picture.data).convert("RGB")
    assert kept.size == (picture.width, picture.height) == ((600, 800) if orientation in (6, 8) else (800, 600))
    corner = (10 if red_at[0] == 0 else kept.width - 10, 10 if red_at[1] == 0 else kept.height - 10)
    assert kept.getpixel(corner)[0] > 200


def test_a_large_picture_is_brought_to_the_preset_and_a_small_one_left() -> None:
    assert opened(take_in(a_jpeg(4000, 3000)).data).size == (1600, 1200)
    assert opened(take_in(a_jpeg(1000, 4000)).data).size == (400, 1600)
    assert opened(take_in(a_jpeg(300, 200)).data).size == (300, 200)
    assert max(opened(take_in(a_jpeg(4000, 3000)).thumbnail).size) == 240


def test_what_is_transparent_becomes_white() -> None:
    red, green, blue = opened(take_in(a_png()).data).convert("RGB").getpixel((700, 500))
    assert min(red, green, blue) > 250


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", b"\xff\xd8\xff\xe0 half", b"\x00\x00\x00\x18ftypheic" + bytes(40), b"%PDF-1.7", a_jpeg()[:900], a_png()[:300]],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoError) as caught:
        take_in(data)
    assert caught.value.code == "photo.unreadable"


def test_a_picture_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(a_jpeg())
    assert take_in(path).width == 800


def test_a_file_that_is_gone_is_told_as_missing(tmp_path: Path) -> None:
    with pytest.raises(PhotoError) as caught:
        take_in(tmp_path / "gone.jpg")
    assert caught.value.code == "photo.missing"
    with pytest.raises(PhotoError) as caught:
        take_in(tmp_path)
    assert caught.value.code == "photo.unreadable"


def test_a_200_mb_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.write(a_jpeg())
        file.truncate(200_000_000)
    tracemalloc.start()
    with pytest.raises(PhotoError) as caught:
        take_in(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (caught.value.code, caught.value.data["limit_mb"]) == ("photo.too_large", 100)
    assert peak < 1_000_000


def test_a_small_file_that_would_unfold_to_an_enormous_picture_is_refused() -> None:
    target = io.BytesIO()
    a_picture(10_001, 10_000, "1").save(target, "PNG")
    assert len(target.getvalue()) < 1_000_000
    with pytest.raises(PhotoError) as caught:
        take_in(target.getvalue())
    assert (caught.value.code, caught.value.data["limit_mp"]) == ("photo.too_many_pixels", 100)
