"""The sheets of a file: a photo is one, a scanned PDF has one a page. Each as it is kept and as it is looked at for codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.errors import PhotoError
from fieldapp.usecases import pictures
from fieldapp.usecases.pictures import MAX_MEGABYTES, Picture

if TYPE_CHECKING:
    from PIL import Image

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".pdf")
MAX_SHEETS = 200
# Enough for a code of 25 mm, and for reading the paper on a screen.
_DPI = 200
# A page may call itself as large as it likes.
_MAX_SIDE = 4_000


@dataclass(frozen=True, slots=True)
class Scanned:
    """`full` is to be looked at for codes; `number` of `count` sheets in the file."""

    picture: Picture
    full: "Image.Image"
    number: int
    count: int


def scanned(path: Path) -> Iterator[Scanned]:
    """One by one, so that never more than one lies in memory. Raises PhotoError: those of `pictures.take_in`, paper.pdf_unreadable,
    paper.pdf_locked, paper.pdf_too_long (limit)."""
    data = _bytes(path)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        yield from _pages(data)
    else:
        yield Scanned(pictures.take_in(data), pictures.opened(data), 1, 1)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_MEGABYTES * 1_000_000:
            raise PhotoError("photo.too_large", limit_mb=MAX_MEGABYTES)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PhotoError("photo.missing") from error
    except OSError as error:
        raise PhotoError("photo.unreadable") from error


def _pages(data: bytes) -> Iterator[Scanned]:
    import pypdfium2
    from pypdfium2 import PdfiumError

    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        raise PhotoError("paper.pdf_locked" if locked else "paper.pdf_unreadable") from error
    try:
        count = len(document)
        if not count:
            raise PhotoError("paper.pdf_unreadable")
        if count > MAX_SHEETS:
            raise PhotoError("paper.pdf_too_long", limit=MAX_SHEETS)
        for number in range(count):
            page = document[number]
            longest = max(page.get_size())
            scale = min(_DPI / 72, _MAX_SIDE / longest) if longest else 1
            image = page.render(scale=scale, may_draw_forms=False).to_pil()
            page.close()
            yield Scanned(pictures.of_image(image), image.convert("L"), number + 1, count)
    except PdfiumError as error:
        raise PhotoError("paper.pdf_unreadable") from error
    finally:
        document.close()
