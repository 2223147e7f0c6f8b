"""Where Thai may be broken into lines. Qt asks libthai, which Linux has and Windows and macOS may not have; there we mark the places
between syllables that need no dictionary to be found, with zero-width spaces."""

import re
from functools import lru_cache

from PySide6.QtGui import QTextLayout, QTextOption

BREAK = "\u200b"
# เ แ โ ใ ไ always begin a syllable; ะ ำ ๆ ฯ always end one.
_BETWEEN_SYLLABLES = re.compile("(?<=[ก-ฺๅ-๎])(?=[เแโใไ])|(?<=[ะำๆฯ])(?=[ก-ฮเ-ไ])")
_PROBE = "เด็กอยากเรียนหนังสือ" * 3


def breakable(text: str) -> str:
    """The text as a wrapping label must get it on this computer."""
    return text if qt_breaks_thai() else with_break_marks(text)


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
