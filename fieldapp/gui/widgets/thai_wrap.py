"""Where Thai may be broken into lines. Qt asks libthai, which Linux has and Windows and macOS may not have; there we mark the places
between syllables that need no dictionary to be found, with zero-width spaces. And what people paste must not break a page: a run of
letters without end would make it wider than the screen, and marks that turn the direction of writing would turn what stands around it."""

import re
from functools import lru_cache

from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtGui import QTextLayout, QTextOption

BREAK = "\u200b"
# เ แ โ ใ ไ always begin a syllable; ะ ำ ๆ ฯ always end one.
_BETWEEN_SYLLABLES = re.compile("(?<=[ก-ฺๅ-๎])(?=[เแโใไ])|(?<=[ะำๆฯ])(?=[ก-ฮเ-ไ])")
# No word is as long as this, and a line of a narrow column holds about as much.
_LONGEST_RUN = 40
_LONG_RUN = re.compile(rf"[^\s{BREAK}]{{{_LONGEST_RUN + 1},}}")
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_PROBE = "เด็กอยากเรียนหนังสือ" * 3


def breakable(text: str) -> str:
    """The text as a wrapping label must get it on this computer."""
    forward = one_direction(text)
    return _LONG_RUN.sub(_broken, forward if qt_breaks_thai() else with_break_marks(forward))


def one_direction(text: str) -> str:
    """Without the invisible marks that turn the direction of writing."""
    return text.translate(_DIRECTIONS)


def _broken(run: re.Match[str]) -> str:
    """A long run with break marks where it has no place of its own for a line's end."""
    text = run[0]
    lines, letters = (
        QTextBoundaryFinder(kind, text) for kind in (QTextBoundaryFinder.BoundaryType.Line, QTextBoundaryFinder.BoundaryType.Grapheme)
    )
    parts, start = [], 0
    while start < len(text):
        lines.setPosition(start)
        end = lines.toNextBoundary()
        if not 0 < end - start <= _LONGEST_RUN:
            letters.setPosition(start + _LONGEST_RUN)
            end = start + _LONGEST_RUN if letters.isAtBoundary() else letters.toNextBoundary()
            end = end if start < end < len(text) else len(text)
            parts.append(text[start:end] + (BREAK if end < len(text) else ""))
        else:
            parts.append(text[start:end])
        start = end
    return "".join(parts)


def with_break_marks(text: str) -> str:
    return _BETWEEN_SYLLABLES.sub(BREAK, text)


@lru_cache(maxsize=1)
def qt_breaks_thai() -> bool:
    """Whether Qt itself finds word ends in a line of Thai without spaces."""
    layout = QTextLayout(_PROBE)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100)
    broken = 0 < line.textLength() < len(_PROBE)
    layout.endLayout()
    return broken
