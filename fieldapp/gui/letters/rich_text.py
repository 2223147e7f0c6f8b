"""Setting a paragraph of a QTextDocument, some of its words bold, in lines on sheets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlock, QTextCharFormat, QTextFragment, QTextLayout, QTextLine

from fieldapp.gui.letters.ink import Written
from fieldapp.gui.letters.setting import Setter, laid_out
from fieldapp.gui.widgets.thai_wrap import BREAK, breakable


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one weight."""

    text: str
    bold: bool


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    at = block.begin()
    while not at.atEnd():
        yield at.fragment()
        at += 1


def runs_of(block: QTextBlock) -> tuple[Run, ...]:
    """Its words in their order, without its pictures."""
    words = (fragment for fragment in fragments(block) if not fragment.charFormat().isImageFormat())
    return tuple(Run(fragment.text(), fragment.charFormat().fontWeight() > QFont.Weight.Medium) for fragment in words)


class Paragraph:
    """Runs in lines of one width, ready to be set."""

    def __init__(self, runs: Sequence[Run], font: QFont, width: float) -> None:
        self._runs, self._font = runs, font
        parts = [breakable(run.text) for run in runs]
        self._starts = [0]
        for part in parts:
            self._starts.append(self._starts[-1] + len(part))
        formats = [_bold(start, len(part)) for start, part, run in zip(self._starts, parts, runs, strict=False) if run.bold]
        self._layout = laid_out("".join(parts), font, width, formats=formats)

    @property
    def lines(self) -> int:
        return max(self._layout.lineCount(), 1)

    def set(self, setter: Setter, x: float) -> None:
        """From where the setter is, on to further sheets where one is full."""
        height = setter.height(self._font)
        for number in range(self._layout.lineCount()):
            setter.room(height)
            self._write(setter, self._layout.lineAt(number), x)
            setter.y += height
        if not self._layout.lineCount():
            setter.y += height

    def _write(self, setter: Setter, line: QTextLine, x: float) -> None:
        first, end = line.textStart(), line.textStart() + line.textLength()
        base = setter.y + QFontMetricsF(self._font).ascent()
        for number, run in enumerate(self._runs):
            begins, ends = max(first, self._starts[number]), min(end, self._starts[number + 1])
            words = self._layout.text()[begins:ends].replace(BREAK, "").rstrip() if begins < ends else ""
            if words:
                font = QFont(self._font)
                font.setBold(run.bold or font.bold())
                setter.sheet.inks.append(Written(QPointF(x + _x(line, begins), base), words, font))


def _bold(start: int, length: int) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length = start, length
    shape = QTextCharFormat()
    shape.setFontWeight(QFont.Weight.Bold)
    found.format = shape
    return found


def _x(line: QTextLine, position: int) -> float:
    # PySide gives back the position as well, which C++ may move to the edge of the line.
    x, _position = cast(tuple[float, int], line.cursorToX(position))
    return x
