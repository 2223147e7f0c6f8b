"""A sheet to sign on, with mouse, pen or finger."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.tokens import RADIUS, SMALL
from fieldapp.gui.widgets.painting import write_line
from fieldapp.texts import _

_SIZE = QSize(560, 180)
# Kept twice as fine as it is drawn on an ordinary screen, for paper.
_FINER = 2
# Ink and paper are those of a document, in a dark window too.
_INK, _PAPER, _RULE, _WORDS = QColor("#14213D"), QColor("#FFFFFF"), QColor("#C5CCD6"), QColor("#5B6573")
_LEFT_OF_RULE, _UNDER_RULE = 28, 46


class Pad(QWidget):
    """`signed` after each stroke, `cleared` when the keyboard asks for a clean sheet. Pen and finger arrive as the mouse does."""

    signed = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_SIZE.height())
        self.setMaximumWidth(_SIZE.width())
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(_("Sign with the mouse, a pen or a finger. Delete begins again."))
        self._strokes: list[list[QPointF]] = []
        self._kept = QImage()
        self._by_keyboard = False

    @property
    def is_empty(self) -> bool:
        return not self._strokes and self._kept.isNull()

    @property
    def has_strokes(self) -> bool:
        return bool(self._strokes)

    def sizeHint(self) -> QSize:
        return _SIZE

    def clear(self) -> None:
        self._strokes.clear()
        self._kept = QImage()
        self.update()

    def show_picture(self, data: bytes) -> None:
        """One that was given before."""
        self._kept = QImage.fromData(data)
        self.update()

    def png(self) -> bytes:
        image = QImage(self.size() * _FINER, QImage.Format.Format_Grayscale8)
        image.fill(_PAPER)
        painter = QPainter(image)
        painter.scale(_FINER, _FINER)
        self._draw(painter)
        painter.end()
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(held.data())

    def path(self) -> str:
        """The strokes as SVG path data in a box of 1000 × 300; '' where nothing is drawn."""
        across, down = 1000 / max(1, self.width()), 300 / max(1, self.height())
        strokes = []
        for stroke in self._strokes:
            points = [f"{round(point.x() * across)} {round(point.y() * down)}" for point in stroke]
            strokes.append("M" + "L".join(points if len(points) > 1 else points * 2))
        return "".join(strokes)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._strokes.append([event.position()])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.button() is Qt.MouseButton.LeftButton:
            self.signed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus() and self._by_keyboard
        painter.setPen(QPen(QColor(current().focus if ring else current().line_strong), 3 if ring else 1.4))
        painter.setBrush(_PAPER)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)
        if self.is_empty:
            self._invite(painter)
        self._draw(painter)
        painter.end()

    def _invite(self, painter: QPainter) -> None:
        """The line to sign on; it is no part of the signature."""
        floor = self.height() - _UNDER_RULE
        painter.setPen(QPen(_RULE, 1.4))
        painter.drawLine(QPointF(_LEFT_OF_RULE, floor), QPointF(self.width() - _LEFT_OF_RULE, floor))
        room = self.rect().adjusted(_LEFT_OF_RULE, floor + 4, -_LEFT_OF_RULE, -8)
        words = _("Sign here with the mouse, a pen or a finger")
        write_line(painter, room, words, font(SMALL), _WORDS.name(), Qt.AlignmentFlag.AlignCenter)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if not self._kept.isNull():
            size = self._kept.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(self.rect()).center())
            painter.save()
            outline = QPainterPath()
            outline.addRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), RADIUS, RADIUS)
            painter.setClipPath(outline)
            painter.drawImage(place, self._kept)
            painter.restore()
        painter.setPen(QPen(_INK, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            painter.drawPath(_curve(stroke))


def _curve(stroke: Sequence[QPointF]) -> QPainterPath:
    """Round through the points, as a hand moves."""
    path = QPainterPath(stroke[0])
    for point, following in zip(stroke, stroke[1:], strict=False):
        path.quadTo(point, (point + following) / 2)
    # A dot has a length too, or nothing would be drawn.
    path.lineTo(stroke[-1] + (QPointF(0.1, 0.1) if len(stroke) == 1 else QPointF()))
    return path
