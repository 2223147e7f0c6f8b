"""The words of a question: plain text with a little Markdown (bold, italic). HTML in it is shown as it was written, never obeyed."""

import html
import re

from PySide6.QtCore import Qt

from fieldapp.gui.forms.wording import plain
from fieldapp.gui.widgets.text import Text
from fieldapp.gui.widgets.thai_wrap import breakable

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)


def marked_up(text: str) -> str:
    """As Qt's rich text, everything escaped but what was marked; "" where nothing is."""
    escaped = html.escape(text, quote=False)
    found = _HEADING.sub(r"<b>\1</b>", escaped)
    found = _BOLD.sub(lambda match: f"<b>{match[1] or match[2]}</b>", found)
    found = _ITALIC.sub(lambda match: f"<i>{match[1] or match[2]}</i>", found)
    return found.replace("\n", "<br/>") if found != escaped else ""


class Label(Text):
    """Wraps. `setText` takes a form's words; `plain` gives them without the marks."""

    def setText(self, text: str) -> None:
        rich = marked_up(breakable(text))
        if rich:
            self._plain = plain(text)
            self.setTextFormat(Qt.TextFormat.RichText)
            super(Text, self).setText(rich)
        else:
            self.setTextFormat(Qt.TextFormat.PlainText)
            super().setText(plain(text))
