"""Making a picture fit to be kept: known by its content, upright, small enough to send over a village's signal, and without anything that
the camera wrote into it. Pure work on bytes; it knows no store. Pillow is imported when the first picture comes."""

import datetime as dt
import io
import struct
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from fieldapp.domain.thai_dates import BUDDHIST_OFFSET, THAI_TIME
from fieldapp.domain.visit import Position, PositionSource
from fieldapp.errors import PhotoError

if TYPE_CHECKING:
    from PIL import Image

MEDIA_TYPE = "image/jpeg"
MAX_MEGABYTES = 100
MAX_MEGAPIXELS = 100
_LONG_SIDE = 1_600
_QUALITY = 82
_THUMBNAIL_SIDE = 240
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
_FORMATS = tuple(_ENDINGS)
# What Pillow and its decoders raise for bytes that are not a whole picture.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, struct.error, zlib.error)
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_TAKEN, _OFFSET = 0x9003, 0x9011
# Before it no camera wrote a time; from the other on a year is Buddhist.
_FIRST_YEAR, _NO_COMMON_YEAR = 1980, 2400
_MAKER, _MODEL = 0x010F, 0x0110
_LATITUDE_SIDE, _LATITUDE, _LONGITUDE_SIDE, _LONGITUDE, _ERROR_METRES = 1, 2, 3, 4, 31


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes as they are kept and sent, a thumbnail (JPEG), and what the camera knew: when, and where. `ending` is what the name of the
    file that was taken in should end with."""

    data: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: dt.datetime | None
    position: Position | None
    media_type: str = MEDIA_TYPE
    ending: str = "jpg"


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen of a picture without taking it in: a thumbnail (JPEG), and what its camera says. `camera` '' where it does not."""

    thumbnail: bytes
    taken_at: dt.datetime | None
    position: Position | None
    camera: str


def read_bytes(path: Path) -> bytes:
    """The whole file, if a picture may be so large. Raises PhotoError: photo.missing, photo.too_large (limit_mb), photo.unreadable."""
    try:
        with path.open("rb") as file:
            _check_size(path.stat().st_size)
            return file.read()
    except FileNotFoundError as error:
        raise PhotoError("photo.missing") from error
    except OSError as error:
        raise PhotoError("photo.unreadable") from error


def glance(data: bytes) -> Glance:
    """Raises PhotoError as `take_in` does: what this reads, that will take."""
    try:
        image = _opened(io.BytesIO(data))
        exif = image.getexif()
        camera = " ".join(str(exif.get(tag, "")).strip("\0 ") for tag in (_MAKER, _MODEL)).strip()
        taken_at, position = _taken_at(exif.get_ifd(_EXIF_IFD)), _position(exif.get_ifd(_GPS_IFD))
        return Glance(_jpeg(_small(image)), taken_at, position, camera)
    except BROKEN as error:
        raise PhotoError("photo.unreadable") from error


def take_in(source: Path | bytes) -> Picture:
    """Raises PhotoError: photo.missing, photo.too_large (limit_mb), photo.too_many_pixels (limit_mp), photo.unreadable. Looks at the size
    before it reads, and at the measures before it decodes."""
    if isinstance(source, bytes):
        _check_size(len(source))
        return _read(io.BytesIO(source))
    try:
        with source.open("rb") as file:
            _check_size(source.stat().st_size)
            return _read(file)
    except FileNotFoundError as error:
        raise PhotoError("photo.missing") from error
    except OSError as error:
        raise PhotoError("photo.unreadable") from error


def opened(source: bytes) -> "Image.Image":
    """Upright and with all its points, to look for codes on it. Raises PhotoError as `take_in` does."""
    from PIL import ImageOps

    _check_size(len(source))
    try:
        image = _opened(io.BytesIO(source))
        return ImageOps.exif_transpose(image).convert("L")
    except BROKEN as error:
        raise PhotoError("photo.unreadable") from error


def of_image(image: "Image.Image") -> Picture:
    """One that is in memory already, as it is kept: a page of a scanned file."""
    plain = _on_white(image)
    plain.thumbnail((_LONG_SIDE, _LONG_SIDE), reducing_gap=2.0)
    small = plain.copy()
    small.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE), reducing_gap=2.0)
    return Picture(_jpeg(plain), _jpeg(small), plain.width, plain.height, None, None)


def drawn(png: bytes) -> Picture:
    """A drawing of this program, as a PNG in shades of grey: its thin lines would come out of a JPEG frayed, and larger. Raises
    PhotoError."""
    from PIL import Image

    try:
        image = _on_white(Image.open(io.BytesIO(png), formats=("PNG",))).convert("L")
    except BROKEN as error:
        raise PhotoError("photo.unreadable") from error
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    small = image.copy()
    small.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE), reducing_gap=2.0)
    return Picture(target.getvalue(), _jpeg(small), image.width, image.height, None, None, "image/png")


def _check_size(size: int) -> None:
    if size > MAX_MEGABYTES * 1_000_000:
        raise PhotoError("photo.too_large", limit_mb=MAX_MEGABYTES)


def _read(file: BinaryIO) -> Picture:
    try:
        return _taken_in(_opened(file))
    except BROKEN as error:
        raise PhotoError("photo.unreadable") from error


def _opened(file: BinaryIO) -> "Image.Image":
    from PIL import Image

    # Our own limit, on measures, is asked below; Pillow's would only warn.
    Image.MAX_IMAGE_PIXELS = None
    head = file.read(12)
    file.seek(0)
    if head[4:8] == b"ftyp":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    image = Image.open(file, formats=_FORMATS)
    if image.width * image.height > MAX_MEGAPIXELS * 1_000_000:
        raise PhotoError("photo.too_many_pixels", limit_mp=MAX_MEGAPIXELS)
    return image


def _taken_in(image: "Image.Image") -> Picture:
    from PIL import ImageOps

    ending = _ENDINGS[str(image.format)]
    exif = image.getexif()
    taken_at, position = _taken_at(exif.get_ifd(_EXIF_IFD)), _position(exif.get_ifd(_GPS_IFD))
    # Shrinking first: a JPEG is then decoded at a fraction of its measures, in a fraction of the memory.
    image.thumbnail((_LONG_SIDE, _LONG_SIDE), reducing_gap=2.0)
    upright = _on_white(ImageOps.exif_transpose(image))
    return replace(kept(upright), taken_at=taken_at, position=position, ending=ending)


def stamped(picture: Picture, stamp: bytes) -> Picture:
    """With this PNG, as wide as the picture, laid over its foot."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture.data)).convert("RGB")
    band = Image.open(io.BytesIO(stamp), formats=("PNG",)).convert("RGBA")
    image.paste(band, (0, image.height - band.height), band)
    return replace(kept(image), taken_at=picture.taken_at, position=picture.position, ending=picture.ending)


def kept(image: "Image.Image") -> Picture:
    """A picture in colours, upright and of the measures that are kept, as it is kept."""
    small = image.copy()
    small.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE), reducing_gap=2.0)
    return Picture(_jpeg(image), _jpeg(small), image.width, image.height, None, None)


def _small(image: "Image.Image") -> "Image.Image":
    """Upright, decoded at a fraction of its measures where the format allows it."""
    from PIL import ImageOps

    image.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE), reducing_gap=2.0)
    return _on_white(ImageOps.exif_transpose(image))


def _on_white(image: "Image.Image") -> "Image.Image":
    """Screenshots and scans may be transparent, which JPEG is not. The copy carries no EXIF, comment or profile."""
    from PIL import Image

    plain = Image.new("RGB", image.size, "white")
    with_alpha = image.convert("RGBA") if image.has_transparency_data else None
    plain.paste(with_alpha or image.convert("RGB"), mask=with_alpha)
    return plain


def _jpeg(image: "Image.Image") -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()


def _taken_at(exif: dict[int, Any]) -> dt.datetime | None:
    """Most cameras write no zone; these pictures are taken in Thailand. Some are set to the Buddhist year."""
    try:
        taken = dt.datetime.strptime(_in_common_years(str(exif[_TAKEN]).strip("\0 ")), "%Y:%m:%d %H:%M:%S").replace(tzinfo=THAI_TIME)
    except (KeyError, ValueError):
        return None
    if not _FIRST_YEAR <= taken.year < _NO_COMMON_YEAR:
        return None
    try:
        offset = dt.datetime.strptime(str(exif[_OFFSET]).strip("\0 "), "%z").tzinfo
    except (KeyError, ValueError):
        return taken
    return taken.replace(tzinfo=offset)


def _in_common_years(written: str) -> str:
    year = int(written[:4])
    return f"{year - BUDDHIST_OFFSET}{written[4:]}" if year >= _NO_COMMON_YEAR else written


def _position(gps: dict[int, Any]) -> Position | None:
    try:
        latitude = _millionths(gps[_LATITUDE], negative=gps[_LATITUDE_SIDE] == "S")
        longitude = _millionths(gps[_LONGITUDE], negative=gps[_LONGITUDE_SIDE] == "W")
    except (KeyError, ValueError, TypeError, ZeroDivisionError):
        return None
    # 0°, 0° is what cameras write while they still look for satellites.
    if (latitude, longitude) == (0, 0) or abs(latitude) > 90_000_000 or abs(longitude) > 180_000_000:
        return None
    return Position(latitude, longitude, PositionSource.PHOTO, _metres(gps.get(_ERROR_METRES)))


def _millionths(parts: Any, *, negative: bool) -> int:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = round((degrees + minutes / 60 + seconds / 3600) * 1_000_000)
    return -value if negative else value


def _metres(value: Any) -> int | None:
    try:
        return round(float(value))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
