"""Causes as chips: several may be chosen, the star tells which is the main one."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.domain.reference import Cause
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import BODY, TARGET, space
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.tappable import Tappable
from fieldapp.texts import _

_STAR = 18
_STAR_ZONE = 40
_SIDE = 16


class CauseChip(Tappable):
    """A cause. Once chosen it shows a star: full for the main cause, a line for the others; a tap on the line makes it the main one
    (`starred`), a tap elsewhere lets the cause go."""

    starred = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main = False
        self._on_star = False
        self.setText(name)
        self.setCheckable(True)
        self._describe()

    def set_state(self, *, chosen: bool, main: bool) -> None:
        changed = (chosen, main) != (self.isChecked(), self._main)
        self.setChecked(chosen)
        self._main = main
        if changed:
            self._describe()
            self.updateGeometry()
            self.update()

    @property
    def is_main(self) -> bool:
        return self._main

    def star_point(self) -> QPoint:
        """The middle of the star."""
        return QPoint(_STAR_ZONE // 2 + 2, self.height() // 2)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(font(BODY)).horizontalAdvance(self.text())
        return QSize(text + 2 * _SIDE + (_STAR + space(1) if self.isChecked() else 0) + 2, TARGET)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._on_star = self.isChecked() and not self._main and event.position().x() <= _STAR_ZONE
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._on_star and event.position().x() <= _STAR_ZONE and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.starred.emit()
        else:
            super().mouseReleaseEvent(event)
        self._on_star = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Asterisk, Qt.Key.Key_S) or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isChecked() and not self._main
        ):
            self.starred.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        edge = tokens.focus if self.shows_focus else tokens.primary_text if chosen else tokens.line_strong
        thick = 2 if self.shows_focus else 1
        painter.setPen(QPen(QColor(edge), thick))
        painter.setBrush(QColor(tokens.primary_soft if chosen else tokens.surface_soft if self.underMouse() else tokens.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), self.height() / 2 - 1, self.height() / 2 - 1)
        room = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        if chosen:
            name = "star-filled" if self._main else "star"
            painter.drawPixmap(room.left() - 2, room.center().y() - _STAR // 2 + 1, pixmap(name, tokens.primary_text, _STAR))
            room.setLeft(room.left() + _STAR + space(1))
        write_line(painter, room, self.text(), font(BODY), tokens.primary_text if chosen else tokens.text)
        painter.end()

    def _describe(self) -> None:
        if self._main:
            said = _("main cause")
        elif self.isChecked():
            said = _("chosen; tap the star to make it the main cause")
        else:
            said = ""
        self.setAccessibleName(f"{self.text()}, {said}" if said else self.text())
        self.setToolTip(f"{self.text()}\n{said}" if said else "")


class CauseChips(QWidget):
    """`toggled` and `starred` carry the code of the cause."""

    toggled = Signal(str)
    starred = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, spacing=space(2))
        column.addWidget(self._holder)
        self._chips: dict[str, CauseChip] = {}

    def set_causes(self, causes: tuple[Cause, ...]) -> None:
        if list(self._chips) == [cause.code for cause in causes]:
            return
        for old in self._chips.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self._chips = {}
        for cause in causes:
            chip = CauseChip(cause.name)
            chip.clicked.connect(lambda _checked=False, code=cause.code: self.toggled.emit(code))
            chip.starred.connect(lambda code=cause.code: self.starred.emit(code))
            self._flow.addWidget(chip)
            self._chips[cause.code] = chip

    def chip(self, code: str) -> CauseChip:
        return self._chips[code]

    def show_chosen(self, codes: tuple[str, ...], main: str | None) -> None:
        for code, chip in self._chips.items():
            chip.set_state(chosen=code in codes, main=code == main)
