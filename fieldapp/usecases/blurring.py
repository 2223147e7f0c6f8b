"""Making parts of a picture unrecognisable, for good: what is written has nothing left of them but a few colours."""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.errors import PhotoError
from fieldapp.usecases.pictures import BROKEN, Picture, kept

# A part becomes so many fields across at most, however large it is: a face in so few colours is nobody's.
_ACROSS = 6
_SMALLEST_FIELD = 8


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture, in shares of its width and height from the upper left corner; `oval`: the ellipse in that rectangle."""

    left: float
    top: float
    width: float
    height: float
    oval: bool = True


def blurred(data: bytes, regions: Iterable[Region]) -> Picture:
    """The picture (upright, as it is kept) with these parts pixelated and then smoothed. Raises photo.unreadable."""
    from PIL import Image, ImageDraw, ImageFilter

    try:
        image = Image.open(io.BytesIO(data)).convert("RGB")
    except BROKEN as error:
        raise PhotoError("photo.unreadable") from error
    for region in regions:
        box = _pixels(region, image.width, image.height)
        part = image.crop(box)
        fields = tuple(max(1, min(_ACROSS, side // _SMALLEST_FIELD)) for side in part.size)
        coarse = part.resize((fields[0], fields[1]), Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST)
        smooth = coarse.filter(ImageFilter.GaussianBlur(max(part.size) / _ACROSS / 3))
        mask = Image.new("L", part.size, 0 if region.oval else 255)
        if region.oval:
            ImageDraw.Draw(mask).ellipse((0, 0, part.width - 1, part.height - 1), fill=255)
        image.paste(smooth, box, mask)
    return kept(image)


def _pixels(region: Region, width: int, height: int) -> tuple[int, int, int, int]:
    """The smallest box of whole pixels around it, inside the picture and never empty."""
    left, top = (min(max(int(share * side), 0), side - 1) for share, side in ((region.left, width), (region.top, height)))
    right = min(max(-int(-(region.left + region.width) * width // 1), left + 1), width)
    bottom = min(max(-int(-(region.top + region.height) * height // 1), top + 1), height)
    return left, top, right, bottom
