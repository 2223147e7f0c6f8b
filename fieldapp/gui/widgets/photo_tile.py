"""A picture as a tile: filled edge to edge with rounded corners, to be opened by click or Enter. It knows bytes, not whence."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import RADIUS, SMALL
from fieldapp.gui.widgets.tappable import Tappable


class PhotoTile(Tappable):
    """`text` names the picture for screen readers; `note` is written where there is no picture to show."""

    def __init__(self, text: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._scaled = QPixmap()
        self._note = ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size)

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def set_picture(self, data: bytes | None, note: str = "") -> None:
        """JPEG bytes, or None with the reason why there is nothing to see."""
        self._picture = QPixmap()
        if data:
            self._picture.loadFromData(data)
        self._note = "" if self.has_picture else note
        self._scaled = QPixmap()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if self.has_picture:
            painter.setClipPath(outline)
            painter.drawPixmap(self.rect(), self._cropped())
            painter.setClipping(False)
        else:
            painter.fillPath(outline, QColor(tokens.surface_soft))
            self._paint_nothing(painter)
        if self.shows_focus:
            painter.setPen(QPen(QColor(tokens.focus), 3))
            painter.drawPath(outline)
        elif not self.has_picture:
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawPath(outline)
        painter.end()

    def _paint_nothing(self, painter: QPainter) -> None:
        tokens = current()
        middle = self.rect().center()
        up = 12 if self._note else 0
        painter.drawPixmap(middle.x() - 12, middle.y() - 12 - up, pixmap("photo", tokens.muted, 24))
        if self._note:
            font = painter.font()
            font.setPixelSize(SMALL)
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            room = QRect(6, middle.y() + 4, self.width() - 12, self.height() - middle.y() - 8)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._note)

    def _cropped(self) -> QPixmap:
        """The middle of the picture at this tile's size, made once for each size."""
        wanted = self.size() * self.devicePixelRatioF()
        if self._scaled.size() != wanted:
            grown = self._picture.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
            spare = grown.size() - wanted
            self._scaled = grown.copy(QRect(spare.width() // 2, spare.height() // 2, wanted.width(), wanted.height()))
        return self._scaled
