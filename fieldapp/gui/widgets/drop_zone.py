"""Where pictures come in: a dashed field to click, drop on, or paste into; and what a clipboard or a drag holds of pictures."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.tokens import BODY, RADIUS, SMALL
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.tappable import Tappable
from fieldapp.texts import _

_ENDINGS = "*.jpg *.jpeg *.png *.webp *.heic *.heif"


def pictures_in(data: QMimeData) -> list[Path | bytes]:
    """Files, or else the picture itself as PNG."""
    files: list[Path | bytes] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files
    if data.hasImage():
        image = QImage(data.imageData())
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        if not image.isNull() and image.save(buffer, "PNG"):  # type: ignore[call-overload]
            return [bytes(held.data())]
    return []


def ask_for_files(parent: QWidget) -> list[Path | bytes]:
    names, _chosen = QFileDialog.getOpenFileNames(parent, _("Add photos"), "", _kinds())
    return [Path(name) for name in names]


def ask_for_picture(parent: QWidget) -> Path | None:
    name, _chosen = QFileDialog.getOpenFileName(parent, _("Add a photo"), "", _kinds())
    return Path(name) if name else None


def _kinds() -> str:
    return _("Pictures") + f" ({_ENDINGS} {_ENDINGS.upper()});;" + _("All files") + " (*)"


class DropZone(Tappable):
    """Clicked, it asks for files; what lies around it takes what is dropped or pasted. `files_wanted` says so."""

    files_wanted = Signal()

    def __init__(self, text: str = "", hint: str = "", *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = 108 if large else 72
        self._hot = False
        self.setText(text or _("+ Add photos"))
        self._hint = hint or _("drop, Ctrl+V or choose files")
        self.setAccessibleName(self.text().lstrip("+ "))
        self.setAccessibleDescription(self._hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.files_wanted)

    def set_hot(self, hot: bool) -> None:
        """While something is dragged over the page."""
        self._hot = hot
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self._hot or self.underMouse() or self.shows_focus
        pen = QPen(QColor(tokens.focus if active else tokens.line_strong), 2 if active else 1.4, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.primary_soft if self._hot else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        middle = self.height() // 2
        lines = (
            (self.text(), BODY, QFont.Weight.DemiBold, tokens.primary_text, QRect(8, middle - 26, self.width() - 16, 26)),
            (self._hint, SMALL, QFont.Weight.Normal, tokens.muted, QRect(8, middle, self.width() - 16, 24)),
        )
        for text, size, weight, colour, room in lines:
            write_line(painter, room, text, font(size, weight), colour, Qt.AlignmentFlag.AlignCenter)
        painter.end()
