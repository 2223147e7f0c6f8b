"""The picture with the fields that are laid on it. Mouse, pen and finger draw, move and size them; so do the keys."""

from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.gui.screens.visit.blur.fields import Fields
from fieldapp.gui.theme.current import current
from fieldapp.texts import _, ngettext
from fieldapp.usecases.blurring import Region

# How near to a corner counts as on it, for a finger.
_REACH = 22
_KNOB = 9
# A touch that hardly moves is a tap, not a field.
_TAP = 8
_STEP = 0.01
_ACROSS = 6
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class _Drag(Enum):
    DRAW = "draw"
    MOVE = "move"
    SIZE = "size"


class BlurCanvas(QWidget):
    """`changed`: a field was laid, changed, chosen or taken away."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = Fields()
        self._image = QImage()
        self._drag: _Drag | None = None
        self._from = QPointF()
        self._grip = QPointF()
        self._moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(_("The picture"))
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(640, 440)

    def show_picture(self, data: bytes) -> bool:
        """False where it cannot be read."""
        self._image = QImage.fromData(data)
        if not self._image.isNull():
            self.fields = Fields(self._image.width() / self._image.height(), oval=self.fields.oval)
        self.update()
        return not self._image.isNull()

    def room(self) -> QRectF:
        """Where the picture is drawn."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height())

    def box(self, region: Region) -> QRectF:
        room = self.room()
        corner = QPointF(room.x() + region.left * room.width(), room.y() + region.top * room.height())
        return QRectF(corner.x(), corner.y(), region.width * room.width(), region.height * room.height())

    def touched(self) -> None:
        """Something of the fields changed."""
        self._describe()
        self.update()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._image.isNull():
            return
        at, chosen = event.position(), self.fields.chosen
        self._from, self._moved = at, False
        place = self.fields.at(*self._shares(at))
        corner = chosen and self.box(chosen).bottomRight()
        if corner and (corner - at).manhattanLength() <= _REACH:
            self._drag, self._grip = _Drag.SIZE, corner - at
        elif place >= 0:
            self.fields.choose(place)
            self._drag, self._grip = _Drag.MOVE, self.box(self.fields.regions[place]).topLeft() - at
        else:
            self._drag = _Drag.DRAW
        self.touched()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at, drag = event.position(), self._drag
        if drag is None or (not self._moved and (at - self._from).manhattanLength() < _TAP):
            return
        first, self._moved = not self._moved, True
        if drag is _Drag.DRAW:
            drawn = self._between(self._from, at)
            if first:
                self.fields.add(drawn)
            else:
                self.fields.change(drawn, same_step=True)
        elif self.fields.chosen:
            x, y = self._shares(at + self._grip)
            one = self.fields.chosen
            after = replace(one, left=x, top=y) if drag is _Drag.MOVE else replace(one, width=x - one.left, height=y - one.top)
            self.fields.change(after, same_step=not first)
        self.touched()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._drag is _Drag.DRAW and not self._moved:
            self.fields.choose(-1)
        self._drag = None
        self.touched()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            across, down = (way * _STEP for way in _ARROWS[key])
            (self.fields.grow if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.fields.move)(across, down)
        elif key == Qt.Key.Key_Insert:
            self.fields.add()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.fields.remove()
        elif key == Qt.Key.Key_Space:
            self.fields.choose_next()
        else:
            super().keyPressEvent(event)
            return
        self.touched()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(self.room(), self._image)
        for region in self.fields.regions:
            self._paint(painter, region)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter, region: Region) -> None:
        box, path = self.box(region), QPainterPath()
        if region.oval:
            path.addEllipse(box)
        else:
            path.addRect(box)
        whole = self._image.size()
        part = self._image.copy(
            int(region.left * whole.width()),
            int(region.top * whole.height()),
            max(int(region.width * whole.width()), 1),
            max(int(region.height * whole.height()), 1),
        )
        few = part.scaled(_ACROSS, _ACROSS, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(box, few)
        painter.restore()
        chosen = region == self.fields.chosen
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Two lines, so that one of them is seen on any picture.
        for colour, width in ((Qt.GlobalColor.black, 4.0), (QColor(current().accent) if chosen else Qt.GlobalColor.white, 2.0)):
            painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine))
            painter.drawPath(path)
        if chosen:
            painter.setPen(QPen(QColor(Qt.GlobalColor.black), 1.5))
            painter.setBrush(QColor(current().accent))
            painter.drawEllipse(box.bottomRight(), _KNOB, _KNOB)

    def _shares(self, at: QPointF) -> tuple[float, float]:
        room = self.room()
        return (at.x() - room.x()) / room.width(), (at.y() - room.y()) / room.height()

    def _between(self, one: QPointF, other: QPointF) -> Region:
        (x, y), (to_x, to_y) = self._shares(one), self._shares(other)
        left, right = sorted(min(max(value, 0.0), 1.0) for value in (x, to_x))
        top, bottom = sorted(min(max(value, 0.0), 1.0) for value in (y, to_y))
        return Region(left, top, right - left, bottom - top, self.fields.oval)

    def _describe(self) -> None:
        one, count = self.fields.chosen, len(self.fields.regions)
        if one is None:
            said = ngettext("{count} blurred place, none chosen", "{count} blurred places, none chosen", count).format(count=count)
        else:
            measures = {name: round(getattr(one, name) * 100) for name in ("left", "top", "width", "height")}
            said = _(
                "Blurred place {place} of {count}: {left} percent from the left, {top} from the top, {width} wide, {height} high"
            ).format(place=self.fields.place, count=count, **measures)
        self.setAccessibleDescription(said)
