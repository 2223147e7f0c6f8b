"""Pages with a code as they are printed, drawn without the window: for tests of reading and filing."""

import io
import random
from pathlib import Path

import segno
from PIL import Image, ImageDraw

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.paper_code import PaperCode
from tests.support.laptop import Laptop

_WIDTH, _HEIGHT = 1_240, 1_754
_MM = _WIDTH / 210
SIDE = 26 * _MM
PLACE = (20 * _MM, _HEIGHT - 40 * _MM)


def a_page(text: str, *, others: tuple[str, ...] = (), seed: int = 1) -> Image.Image:
    """A4 at 150 dpi: lines that look like writing, the code at its place, `others` at the top."""
    page = Image.new("L", (_WIDTH, _HEIGHT), 255)
    pen, drawn = ImageDraw.Draw(page), random.Random(seed)
    for y in range(330, 1_380, 34):
        x = 140.0
        while x < 1_080:
            width = drawn.uniform(8, 60)
            pen.rectangle((x, y, x + width, y + drawn.uniform(6, 14)), fill=drawn.randrange(40))
            x += width + drawn.uniform(6, 14)
    if text:
        draw_code(pen, text, *PLACE)
    for number, other in enumerate(others):
        draw_code(pen, other, (30 + 45 * number) * _MM, 20 * _MM)
    return page


def draw_code(pen: ImageDraw.ImageDraw, text: str, left: float, top: float) -> None:
    matrix = segno.make(text, error="h", micro=False, boost_error=False).matrix
    module = SIDE / len(matrix)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                x, y = left + column * module, top + row * module
                pen.rectangle((x, y, x + module, y + module), fill=0)


def saved(folder: Path, page: Image.Image, name: str = "sheet.jpg") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    page.save(path, quality=80) if path.suffix == ".jpg" else page.save(path)
    return path


def as_scan(folder: Path, pages: list[Image.Image], name: str = "scan.pdf") -> Path:
    """As a school's copier sends it: one PDF, a picture a page."""
    folder.mkdir(exist_ok=True)
    target = io.BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    (folder / name).write_bytes(target.getvalue())
    return folder / name


def code_of(laptop: Laptop, kind: PaperOf, of: str, version: str, page: int = 1, pages: int = 1) -> PaperCode:
    return PaperCode(laptop.store.district_id, kind, of, version, page, pages)
