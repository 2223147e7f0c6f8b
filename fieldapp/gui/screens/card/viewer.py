"""One picture, large. Opened over the window; Escape or a click closes it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp import phrases, words
from fieldapp.domain.photo import Photo
from fieldapp.gui.screens.card.original_button import OriginalButton
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class PictureSource(Protocol):
    """Where the picture comes from; `Thumbnails` is one."""

    def picture(self, owner: QObject, sha256: str, then: Callable[[bytes | None], None]) -> None: ...


class _Canvas(QWidget):
    """Draws the picture as large as it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QPixmap()
        self.note = _("Loading the picture…")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.picture.isNull():
            painter.setPen(QColor(current().muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.note)
        else:
            size = self.picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(self.rect().center())
            painter.drawPixmap(place, self.picture)
        painter.end()


class PictureViewer(QDialog):
    def __init__(self, sha256: str, title: str, below: str, source: PictureSource, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(parent.window().size() * 0.86)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(4), space(4), space(4), space(3))
        self._canvas = _Canvas()
        column.addWidget(self._canvas, 1)
        self.message = Message()
        column.addWidget(self.message)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(space(2))
        self.foot.addWidget(Text(below, Role.SMALL_MUTED), 1)
        leave = buttons.plain(_("Close"))
        leave.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addLayout(self.foot, 1)
        row.addWidget(leave)
        column.addLayout(row)
        leave.setFocus()
        source.picture(self, sha256, self._show)

    @property
    def shows_picture(self) -> bool:
        return not self._canvas.picture.isNull()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.close()

    def _show(self, data: bytes | None) -> None:
        if data:
            self._canvas.picture.loadFromData(data)
        self._canvas.note = _("This picture cannot be shown. It may be on another device.")
        self._canvas.update()


class PhotoViewer(PictureViewer):
    """With what the photo shows and when it was taken, and its original while that is kept. `blur`: the photo is in a draft, and this opens
    the page on which faces are blurred; without it the picture stays as it is, and the viewer says so."""

    def __init__(self, photo: Photo, thumbnails: Thumbnails, parent: QWidget, *, blur: Callable[[], None] | None = None) -> None:
        taken = f" · {phrases.day(photo.taken_at.astimezone().date())} {phrases.time(photo.taken_at)}" if photo.taken_at else ""
        super().__init__(photo.sha256, words.of(photo.kind), f"{words.of(photo.kind)}{taken}", thumbnails, parent)
        self.original = OriginalButton(photo, thumbnails, self.message, self)
        self.foot.addWidget(self.original)
        self.blur: QPushButton | None = None
        if blur is None:
            self.foot.insertWidget(1, Text(_("Faces can be blurred until the visit is finished."), Role.SMALL_MUTED))
        else:
            self.blur = buttons.plain(_("Blur faces"))
            self.blur.clicked.connect(blur)
            self.blur.clicked.connect(self.close)
            self.foot.addWidget(self.blur)
