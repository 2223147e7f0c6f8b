"""What lies on a sheet of A4, and drawing it: on a screen as on a PDF. Lengths are tenths of a point, from the sheet's upper left."""

import math
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

UNIT = 10
PAGE_WIDTH, PAGE_HEIGHT = 5953, 8419
# 26 mm.
CODE_SIDE = 737
# The office's own, where the computer has it (office letters are written in it); else what the program writes in.
_FAMILIES = ("TH Sarabun New", "TH SarabunPSK", "TH Sarabun PSK", "Sarabun")
# Set in 16 points, these are as small as others in 13.
_SIZE = {True: 16, False: 13}


@dataclass(frozen=True, slots=True)
class Written:
    """One line of text; `at` is the left end of its base line."""

    at: QPointF
    text: str
    font: QFont


@dataclass(frozen=True, slots=True)
class Ruled:
    """A line to write on, or under a head."""

    start: QPointF
    end: QPointF
    dotted: bool = True


@dataclass(frozen=True, slots=True)
class Boxed:
    """A box to tick, or the place of the emblem, for paper that has it or for its stamp."""

    place: QRectF
    stays_free: bool = False


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture, drawn as large as its place, with a hairline around it."""

    place: QRectF
    image: QImage


@dataclass(frozen=True, slots=True)
class Filled:
    """A bar: how much a figure is beside others."""

    place: QRectF


@dataclass(frozen=True, slots=True)
class Coded:
    """A QR code with its upper left corner at `at`; what lies around it stays white for four of its points."""

    at: QPointF
    text: str

    @property
    def matrix(self) -> tuple[bytearray, ...]:
        """Damage of three tenths can be made good (level H)."""
        import segno

        rows: tuple[bytearray, ...] = segno.make(self.text, error="h", micro=False, boost_error=False).matrix
        return rows

    @property
    def point(self) -> int:
        """The side of one of its points: the whole code is 26 mm wide, or a little more."""
        return math.ceil(CODE_SIDE / len(self.matrix))


Ink = Written | Ruled | Boxed | Pictured | Filled | Coded


@dataclass
class Sheet:
    inks: list[Ink] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its lines from top to bottom, as they were set."""
        return "\n".join(ink.text for ink in self.inks if isinstance(ink, Written))


def letter_font(scale: float = 1.0, *, bold: bool = False) -> QFont:
    """The letter's font; `scale` 1 is running text."""
    installed = set(QFontDatabase.families())
    of_the_office = next((name for name in _FAMILIES if name in installed), None)
    font = QFont(QApplication.font())
    if of_the_office:
        font.setFamilies([of_the_office, *QApplication.font().families()])
    font.setPixelSize(round(_SIZE[of_the_office is not None] * UNIT * scale))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def draw(sheet: Sheet, painter: QPainter, *, on_screen: bool = False) -> None:
    """On a painter whose unit is a tenth of a point; black, since paper is white in every theme. Places that stay free are framed on a
    screen only."""
    black = QColor(Qt.GlobalColor.black)
    for ink in sheet.inks:
        match ink:
            case Written(at=at, text=text, font=font):
                painter.setPen(black)
                painter.setFont(font)
                painter.drawText(at, text)
            case Ruled(start=start, end=end, dotted=dotted):
                painter.setPen(QPen(black, 6, Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine))
                painter.drawLine(start, end)
            case Filled(place=place):
                # Dark enough to be seen after the copier.
                painter.fillRect(place, QColor(Qt.GlobalColor.darkGray))
            case Boxed(place=place, stays_free=False):
                painter.setPen(QPen(black, 6))
                painter.drawRect(place)
            case Pictured(place=place, image=image):
                painter.drawImage(place, image)
                painter.setPen(QPen(QColor(Qt.GlobalColor.gray), 4))
                painter.drawRect(place)
            case Coded():
                _draw_code(ink, painter)
            case Boxed(place=place) if on_screen:
                painter.setPen(QPen(QColor(Qt.GlobalColor.gray), 6, Qt.PenStyle.DashLine))
                painter.drawRect(place)


def _draw_code(code: Coded, painter: QPainter) -> None:
    """Row by row in runs of black, a hair longer than they are, so that no white line is left between two."""
    point = code.point
    for row, line in enumerate(code.matrix):
        column = 0
        while column < len(line):
            end = column
            while end < len(line) and line[end]:
                end += 1
            if end > column:
                place = QRectF(code.at.x() + column * point, code.at.y() + row * point, (end - column) * point + 0.5, point + 0.5)
                painter.fillRect(place, Qt.GlobalColor.black)
            column = end + 1
