"""Setting text on sheets: lines broken between Thai words, a new sheet where one is full. It knows no letter."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from fieldapp.gui.letters.ink import PAGE_HEIGHT, PAGE_WIDTH, Boxed, Filled, Ruled, Sheet, Written, letter_font
from fieldapp.gui.widgets.thai_wrap import BREAK, breakable

_MM = 720 / 25.4
# The margins of an official letter (สารบรรณ): 3 cm where it is filed, 2 cm elsewhere.
LEFT, RIGHT, TOP, BOTTOM = 30 * _MM, PAGE_WIDTH - 20 * _MM, 20 * _MM, PAGE_HEIGHT - 20 * _MM
INDENT = 25 * _MM
_LEADING = 1.12


class Setter:
    """`y` is the upper edge of the next line."""

    def __init__(self, bottom: float = BOTTOM) -> None:
        """`bottom`: how far down a sheet is written on."""
        self.bottom = bottom
        self.sheets = [Sheet()]
        self.y = TOP

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn(self) -> None:
        """On to a fresh sheet."""
        self.sheets.append(Sheet())
        self.y = TOP

    def room(self, height: float) -> None:
        """What follows so far down must not be parted from what begins here."""
        if self.y + height > self.bottom:
            self.turn()

    def gap(self, lines: float = 0.5) -> None:
        self.y += lines * self.height(letter_font())

    def height(self, font: QFont) -> float:
        return QFontMetricsF(font).height() * _LEADING

    def width(self, text: str, font: QFont) -> float:
        return QFontMetricsF(font).horizontalAdvance(text)

    def say(self, text: str, font: QFont, x: float, y: float | None = None) -> float:
        """One line as it is, at its upper edge; returns where it ends. Does not move on."""
        top = self.y if y is None else y
        self.sheet.inks.append(Written(QPointF(x, top + QFontMetricsF(font).ascent()), text, font))
        return x + self.width(text, font)

    def centre(self, text: str, font: QFont, middle: float = (LEFT + RIGHT) / 2) -> None:
        self.room(self.height(font))
        self.say(text, font, middle - self.width(text, font) / 2)
        self.y += self.height(font)

    def paragraph(self, text: str, font: QFont, *, x: float = LEFT, right: float = RIGHT, indent: float = 0.0) -> None:
        """Lines from `x` to `right`, the first further in by `indent`. Line ends in the text stay."""
        for part in text.split("\n"):
            for number, line in enumerate(_lines(part, font, right - x, indent)):
                self.room(self.height(font))
                self.say(line, font, x + (indent if number == 0 else 0))
                self.y += self.height(font)

    def labelled(self, label: str, text: str, *, x: float = LEFT, right: float = RIGHT, dotted: bool = False) -> None:
        """A bold label and, beside it, its text in as many lines as it needs; `dotted` draws a line to write on where there is none."""
        bold, plain = letter_font(bold=True), letter_font()
        self.room(self.height(plain))
        start = self.say(label, bold, x) + self.width("  ", plain)
        if not text and dotted:
            self.rule(start, right)
        if text:
            self.paragraph(text, plain, x=start, right=right)
        else:
            self.y += self.height(plain)

    def beside(self, label: str, text: str, middle: float) -> None:
        """A question and its answer in two columns that meet at `middle`; long ones go on over a sheet's end together."""
        plain, bold = letter_font(), letter_font(bold=True)
        line, gap = self.height(plain), 120
        left = _lines(label, plain, middle - LEFT - gap, 0.0)
        right = [one for part in text.split("\n") for one in _lines(part, bold, RIGHT - middle, 0.0)]
        for number in range(max(len(left), len(right))):
            self.room(line)
            if number < len(left):
                self.say(left[number], plain, LEFT)
            if number < len(right):
                self.say(right[number], bold, middle)
            self.y += line
        self.y += line * 0.2

    def rule(self, x: float, right: float, *, dotted: bool = True) -> None:
        """Where a person writes by hand, on the line that begins at `y`."""
        base = self.y + QFontMetricsF(letter_font()).ascent() + 15
        self.sheet.inks.append(Ruled(QPointF(x, base), QPointF(right, base), dotted))

    def end_at(self, text: str, font: QFont, right: float) -> None:
        """One line that ends there, as numbers do in a column. Does not move on."""
        self.say(text, font, right - self.width(text, font))

    def bar(self, x: float, width: float) -> None:
        """As high as small letters, on the line that begins at `y`."""
        metrics = QFontMetricsF(letter_font())
        height = metrics.ascent() * 0.45
        self.sheet.inks.append(Filled(QRectF(x, self.y + metrics.ascent() - height, width, height)))

    def free_place(self, place: QRectF) -> None:
        self.sheet.inks.append(Boxed(place, stays_free=True))

    def tick(self, text: str, *, x: float = LEFT) -> float:
        """A box to tick with its words; returns where they end."""
        font = letter_font()
        side = QFontMetricsF(font).ascent() * 0.62
        top = self.y + QFontMetricsF(font).ascent() - side
        self.sheet.inks.append(Boxed(QRectF(x, top, side, side)))
        return self.say(text, font, x + side * 1.6)


def laid_out(text: str, font: QFont, width: float, indent: float = 0.0, formats: Sequence[QTextLayout.FormatRange] = ()) -> QTextLayout:
    """The text, with its places to break, in lines so wide; the first further in by `indent`. Lines live as long as their layout."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    layout.setFormats(list(formats))
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width - (0 if layout.lineCount() > 1 else indent))
    layout.endLayout()
    return layout


def _lines(text: str, font: QFont, width: float, indent: float) -> list[str]:
    layout = laid_out(breakable(text), font, width, indent)
    found = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        # What marks places to break is for setting, and would be in the way of whoever searches the paper.
        found.append(layout.text()[line.textStart() : line.textStart() + line.textLength()].replace(BREAK, "").rstrip())
    return found or [""]
