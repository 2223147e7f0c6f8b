"""Sheets of paper as they come back: turned, photographed from the side in bad light, folded, crumpled, partly covered. Drawn from a seed,
with Pillow alone."""

import io
import math
import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_CELLS = 14


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a sheet went through. `turn`: degrees. `slant`: how far corners are off, as a share of the sheet's width. `crumple`: how far
    points of the paper moved, in the same measure. `light`: 1 is bright. `shadow`, `noise`: 0 to 1. `quality`: of the JPEG."""

    turn: float = 0.0
    slant: float = 0.0
    crumple: float = 0.0
    light: float = 1.0
    shadow: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 85
    width: int = 1600


def treated(sheet: Image.Image, treatment: Treatment, seed: int) -> Image.Image:
    """`sheet` is an upright page. The same seed gives the same picture."""
    drawn = random.Random(seed)
    image = sheet.convert("L")
    image = image.resize((treatment.width, round(treatment.width * image.height / image.width)), Image.Resampling.LANCZOS)
    if treatment.crumple or treatment.slant:
        image = _warped(image, treatment, drawn)
    if treatment.crumple:
        image = ImageChops.multiply(image, _folds(image.size, drawn, treatment.crumple))
    if treatment.turn:
        # On a dark table.
        image = image.rotate(treatment.turn, Image.Resampling.BICUBIC, expand=True, fillcolor=70)
    if treatment.shadow:
        image = ImageChops.multiply(image, _shade(image.size, drawn, treatment.shadow))
    if treatment.blur:
        image = image.filter(ImageFilter.GaussianBlur(treatment.blur))
    if treatment.light != 1.0:
        image = image.point([round(18 + value * treatment.light * 0.85) for value in range(256)])
    if treatment.noise:
        grain = Image.frombytes("L", image.size, drawn.randbytes(image.width * image.height)).filter(ImageFilter.BoxBlur(0.6))
        image = Image.blend(image, grain, treatment.noise)
    return as_jpeg(image, treatment.quality)


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return Image.open(io.BytesIO(target.getvalue())).convert("L")


def covered(sheet: Image.Image, place: tuple[float, float, float, float], share: float, seed: int) -> Image.Image:
    """A thumb over `share` of the width of a place (left, top, right, bottom), at one of its sides: never over more than one corner."""
    drawn = random.Random(seed)
    image = sheet.convert("L")
    left, top, right, bottom = place
    side = (right - left) * share
    x = drawn.choice((left - side * 0.2, right - side * 0.8))
    y = drawn.uniform(top + (bottom - top) * 0.32, bottom - (bottom - top) * 0.3 - side)
    ImageDraw.Draw(image).ellipse((x, y, x + side, y + side), fill=120)
    return image


def _warped(image: Image.Image, treatment: Treatment, drawn: random.Random) -> Image.Image:
    """Corners off, and each point of a grid moved a little, smoothly: a mesh of quadrilaterals."""
    width, height = image.size
    off = [(drawn.uniform(-1, 1) * treatment.slant * width, drawn.uniform(-1, 1) * treatment.slant * width) for _corner in range(4)]
    waves = [(drawn.uniform(4, 14), drawn.uniform(4, 14), drawn.uniform(0, 7), drawn.uniform(0.3, 1)) for _wave in range(4)]

    def source(u: float, v: float) -> tuple[float, float]:
        x, y = u * width, v * height
        for (dx, dy), share in zip(off, ((1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v), strict=True):
            x, y = x + dx * share, y + dy * share
        for number, (fu, fv, phase, strength) in enumerate(waves):
            moved = math.sin(fu * u + fv * v + phase) * strength * treatment.crumple * width
            x, y = (x + moved, y) if number % 2 else (x, y + moved)
        return x, y

    mesh = []
    for row in range(_CELLS):
        for column in range(_CELLS):
            u0, v0, u1, v1 = column / _CELLS, row / _CELLS, (column + 1) / _CELLS, (row + 1) / _CELLS
            box = (round(u0 * width), round(v0 * height), round(u1 * width), round(v1 * height))
            quad = (*source(u0, v0), *source(u0, v1), *source(u1, v1), *source(u1, v0))
            mesh.append((box, quad))
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=70)


def _folds(size: tuple[int, int], drawn: random.Random, crumple: float) -> Image.Image:
    """Creases: facets that are lighter and darker, with edges."""
    small = Image.new("L", (60, 85), 255)
    pen = ImageDraw.Draw(small)
    for _fold in range(12):
        corners = [(drawn.uniform(-10, 70), drawn.uniform(-10, 95)) for _corner in range(3)]
        pen.polygon(corners, fill=drawn.randrange(150, 255))
    strength = min(1.0, crumple * 60)
    return Image.blend(Image.new("L", size, 255), small.resize(size, Image.Resampling.BICUBIC), strength)


def _shade(size: tuple[int, int], drawn: random.Random, strength: float) -> Image.Image:
    """Someone stands in the light: an edge of shadow over the sheet, soft, and the picture darker towards one side."""
    slope = Image.linear_gradient("L").rotate(drawn.choice((0, 90, 180, 270))).resize(size)
    hand = Image.new("L", (100, 100), 255)
    x = drawn.uniform(10, 90)
    ImageDraw.Draw(hand).polygon(
        [(x, -10), (110, -10), (110, 110), (x - drawn.uniform(-40, 40), 110)], fill=round(255 * (1 - 0.65 * strength))
    )
    hand = hand.filter(ImageFilter.GaussianBlur(1.2)).resize(size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(Image.blend(Image.new("L", size, 255), slope, strength * 0.6), hand)
