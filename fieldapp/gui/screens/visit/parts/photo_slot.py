"""A place that waits for one photo: what it should show, and a tap to take it. It looks like the tile that it will become."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp import words
from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import BODY, RADIUS, SMALL
from fieldapp.gui.widgets.tappable import Tappable
from fieldapp.gui.widgets.thai_wrap import breakable
from fieldapp.texts import _, mark

_HINTS = {
    PhotoKind.OUTSIDE: mark("roof and walls of the whole house"),
    PhotoKind.INSIDE: mark("the floor and the inside"),
    PhotoKind.CHILD_WITH_SCHOOL_SIGN: mark("in place of the house"),
}
_ICON = 24
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class PhotoSlot(Tappable):
    def __init__(self, kind: PhotoKind, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._hint = _(_HINTS[kind])
        self.setText(words.of(kind))
        self.setAccessibleName(_("Add a photo: {kind}").format(kind=words.of(kind)))
        self.setAccessibleDescription(self._hint)
        self.setToolTip(f"{words.of(kind)}: {self._hint}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.underMouse() or self.shows_focus
        painter.setPen(QPen(QColor(tokens.focus if active else tokens.line_strong), 2 if active else 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(tokens.primary_soft if self.isDown() else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.drawPixmap((self.width() - _ICON) // 2, 14, pixmap("photo", tokens.primary_text, _ICON))
        room = self.rect().adjusted(8, 0, -8, 0)
        for top, height, text, size, weight, colour in (
            (44, 26, self.text(), BODY, QFont.Weight.DemiBold, tokens.primary_text),
            (70, self.height() - 76, self._hint, SMALL, QFont.Weight.Normal, tokens.muted),
        ):
            painter.setFont(font(size, weight))
            painter.setPen(QColor(colour))
            painter.drawText(QRect(room.x(), top, room.width(), height), _CENTRED, breakable(text))
        painter.end()
