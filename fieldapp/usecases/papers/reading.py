"""Finding the codes on a picture of a sheet, however it was taken: the decoder sees the picture as it is, and where it finds nothing of
ours, in other lights, sizes and angles, and laid flat, until one works or all were tried. Pure work on pictures; it knows no record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.domain.paper_code import PaperCode, WrongCode, read
from fieldapp.usecases.papers.flattening import flattened

if TYPE_CHECKING:
    from PIL import Image

# Longer pictures are shrunk first: more pixels than a page at 250 dpi has tell nothing more of a code.
_LONG_SIDE = 2_900
_SMALL_SIDE = 1_450
_LARGE_SIDE = 2_550
_BENT = 6
# The light of a place is that of what lies around it, so far as a quarter of a code is wide.
_AROUND = 1 / 40


@dataclass(frozen=True, slots=True)
class Found:
    """`codes` of ours, each once. `others` are codes that mean something else (payment, a chat group); `damaged`: one of ours that does not
    fit its check, `newer`: one of a format that this program does not know. `tries`: how many views it took."""

    codes: tuple[PaperCode, ...]
    others: int = 0
    damaged: bool = False
    newer: bool = False
    tries: int = 1


def find_codes(picture: "Image.Image") -> Found:
    """At most nine views of the picture are looked at, and six bent codes in them laid flat."""
    sight = _Sight()
    tries = 0
    for tries, (view, binarizer) in enumerate(_views(picture), start=1):
        codes = sight.codes_on(view, binarizer)
        if codes or sight.newer:
            return Found(codes, len(sight.others), sight.damaged, sight.newer, tries)
    return Found((), len(sight.others), sight.damaged, sight.newer, tries)


class _Sight:
    """What was seen on one picture so far."""

    def __init__(self) -> None:
        self.others: set[str] = set()
        self.damaged = False
        self.newer = False
        self._bent = 0

    def codes_on(self, view: "Image.Image", binarizer: str) -> tuple[PaperCode, ...]:
        """Codes of ours on this view; where there are none, of those codes that could not be read for being bent."""
        import zxingcpp

        only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        seen = zxingcpp.read_barcodes(view, formats=only, binarizer=getattr(zxingcpp.Binarizer, binarizer), return_errors=True)
        found = self._ours(one.text for one in seen if one.valid)
        if found:
            return found
        for one in seen:
            if one.valid or self._bent == _BENT:
                continue
            self._bent += 1
            at = one.position
            corners = tuple((float(corner.x), float(corner.y)) for corner in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
            for flat in flattened(view, corners):
                if found := self._ours(each.text for each in zxingcpp.read_barcodes(flat, formats=only)):
                    return found
        return ()

    def _ours(self, texts: Iterable[str]) -> tuple[PaperCode, ...]:
        codes: dict[PaperCode, None] = {}
        for text in texts:
            try:
                codes[read(text)] = None
            except WrongCode as wrong:
                self.damaged = self.damaged or wrong.code == "damaged"
                self.newer = self.newer or wrong.code == "newer"
                if wrong.code == "foreign":
                    self.others.add(text)
        return tuple(codes)


def _views(picture: "Image.Image") -> Iterator[tuple["Image.Image", str]]:
    """The likeliest first, each with how the decoder is to part black from white. Made one by one, as they are asked for."""
    from PIL import ImageFilter

    grey = _within(picture.convert("L"), _LONG_SIDE)
    yield grey, "LocalAverage"
    yield _within(grey, _SMALL_SIDE), "LocalAverage"
    even = _even_light(grey)
    # Points of a phone's noise are smaller than those of a code, once both are large enough.
    large = _scaled(even, _LARGE_SIDE)
    smooth = large.filter(ImageFilter.MedianFilter(3))
    yield smooth, "LocalAverage"
    yield large.filter(ImageFilter.GaussianBlur(1.5)), "LocalAverage"
    yield _scaled(grey, _LARGE_SIDE), "LocalAverage"
    yield _sharp(_scaled(even, _SMALL_SIDE * 4 // 5)), "GlobalHistogram"
    yield large.filter(ImageFilter.MedianFilter(5)), "GlobalHistogram"
    for degrees in (45, 22):
        yield smooth.rotate(degrees, _bilinear(), expand=True, fillcolor=255), "LocalAverage"


def _within(grey: "Image.Image", side: int) -> "Image.Image":
    from PIL import Image

    return _scaled(grey, side, Image.Resampling.BOX) if max(grey.size) > side else grey


def _scaled(grey: "Image.Image", side: int, how: "Image.Resampling | None" = None) -> "Image.Image":
    """So that its longer side is `side`."""
    from PIL import Image

    longest = max(grey.size)
    size = (max(1, grey.width * side // longest), max(1, grey.height * side // longest))
    return grey.resize(size, how or Image.Resampling.BICUBIC)


def _even_light(grey: "Image.Image") -> "Image.Image":
    """As if the light were the same everywhere: each point by how much it is darker than the brightest around it."""
    from PIL import ImageChops, ImageFilter, ImageOps

    around = max(2, round(max(grey.size) * _AROUND))
    paper = grey.reduce(8).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(around / 8)).resize(grey.size, _bilinear())
    return ImageOps.invert(ImageOps.autocontrast(ImageChops.subtract(paper, grey), cutoff=(0, 1)))


def _sharp(grey: "Image.Image") -> "Image.Image":
    from PIL import ImageFilter

    return grey.filter(ImageFilter.UnsharpMask(radius=3, percent=180, threshold=2))


def _bilinear() -> "Image.Resampling":
    from PIL import Image

    return Image.Resampling.BILINEAR
