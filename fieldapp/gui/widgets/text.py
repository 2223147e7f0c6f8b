"""Text on a surface, in one of the named roles. Thai marks above and below the line are never clipped."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from fieldapp.gui.theme.tokens import Tone
from fieldapp.gui.widgets.thai_wrap import breakable, one_direction


class Role(StrEnum):
    BODY = "body"
    SMALL = "small"
    MUTED = "muted"
    SMALL_MUTED = "small-muted"
    STRONG = "strong"
    LINK = "link"
    HEADING = "heading"
    TITLE = "title"
    FIGURE = "figure"


class Text(QLabel):
    """Plain text. `wrap` breaks it into lines, `elide` ends one line with … where there is no room; the whole text is then the tool tip."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        *,
        wrap: bool = False,
        elide: bool = False,
        tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self._wrap = wrap
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        if tone:
            self.setProperty("tone", tone.value)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    @property
    def plain(self) -> str:
        """The text as it was given, without the break marks."""
        return self._plain

    def setText(self, text: str) -> None:
        self._plain = text
        super().setText(breakable(text) if self._wrap else one_direction(text))
        if self._elide:
            self.setToolTip(text)

    def set_tone(self, tone: Tone | None) -> None:
        """Another colour for the same text."""
        if self.property("tone") == (tone.value if tone else None):
            return
        self.setProperty("tone", tone.value if tone else None)
        self.style().unpolish(self)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 48), hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()
