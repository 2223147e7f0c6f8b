"""A large tile to tap: a short answer, perhaps with a line that explains it. Chosen tiles carry a tick, not only a colour."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import BODY, RADIUS, SMALL, TARGET, space
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.tappable import Tappable
from fieldapp.gui.widgets.thai_wrap import breakable

_SIDE = 14
_TICK = 18
_GAP = 10
_ABOVE = 10
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ChoiceTile(Tappable):
    """`slim` is one line high even where there is an explanation beside the answer. `wrap`: a long answer takes the lines it
    needs."""

    def __init__(self, text: str, hint: str = "", *, slim: bool = False, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._slim = slim
        self._wrap = wrap
        self.setText(text)
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}\n{hint}" if hint else text)
        self.setAccessibleDescription(hint)

    def sizeHint(self) -> QSize:
        two_lines = bool(self._hint) and not self._slim
        return QSize(180, 62 if two_lines else TARGET + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - 2 * _SIDE - _TICK - 2, 40), 10_000)
        lines = QFontMetrics(font(BODY, QFont.Weight.DemiBold)).boundingRect(room, _WRAPPED, breakable(self.text()))
        return max(self.sizeHint().height(), lines.height() + 2 * _ABOVE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 2 if self.isChecked() or self.shows_focus else 1
        if self.shows_focus:
            edge = tokens.focus if not self.isChecked() else tokens.text
        else:
            edge = tokens.primary_text if self.isChecked() else tokens.muted if self.underMouse() else tokens.line_strong
        painter.setPen(QPen(QColor(edge), thick))
        painter.setBrush(QColor(tokens.primary_soft if self.isChecked() or self.isDown() else tokens.surface))
        inset = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        room = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        if self.isChecked():
            top = room.center().y() - _TICK // 2 + 1 if self._slim or not self._hint else 11
            painter.drawPixmap(room.right() - _TICK + 3, top, pixmap("check", tokens.primary_text, _TICK))
            room.setRight(room.right() - _TICK - 2)
        self._write(painter, room)
        painter.end()

    def _write(self, painter: QPainter, room: QRect) -> None:
        tokens = current()
        title, small = font(BODY, QFont.Weight.DemiBold), font(SMALL)
        colour = tokens.primary_text if self.isChecked() else tokens.text
        if self._wrap:
            painter.setFont(title)
            painter.setPen(QColor(colour))
            painter.drawText(room, _WRAPPED, breakable(self.text()))
        elif not self._hint:
            write_line(painter, room, self.text(), title, colour)
        elif self._slim:
            width = min(QFontMetrics(title).horizontalAdvance(self.text()) + 2, room.width())
            write_line(painter, QRect(room.left(), room.top(), width, room.height()), self.text(), title, colour)
            write_line(painter, room.adjusted(width + space(3), 0, 0, 0), self._hint, small, tokens.muted)
        else:
            half = room.height() // 2
            write_line(painter, QRect(room.left(), 6, room.width(), half - 4), self.text(), title, colour)
            write_line(painter, QRect(room.left(), half, room.width(), half - 8), self._hint, small, tokens.muted)


class ChoiceGrid(QWidget):
    """Tiles in columns. `tapped` carries the key of the tile; what is chosen is set from outside with `set_chosen`, so a tap never
    says more than that it happened."""

    tapped = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, ChoiceTile]], columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = dict(choices)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(_GAP)
        for place, (key, tile) in enumerate(choices):
            grid.addWidget(tile, place // columns, place % columns)
            tile.clicked.connect(lambda _checked=False, key=key: self.tapped.emit(key))
        for column in range(columns):
            grid.setColumnStretch(column, 1)

    def tile(self, key: object) -> ChoiceTile:
        return self._tiles[key]

    def set_chosen(self, keys: Iterable[object]) -> None:
        chosen = set(keys)
        for key, tile in self._tiles.items():
            tile.setChecked(key in chosen)
