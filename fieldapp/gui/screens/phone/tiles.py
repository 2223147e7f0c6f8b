"""The pictures of one heap as tiles: one view with a model, so that five hundred cost no more than those in sight. A tap chooses, the
strip below opens the menu; the same by Space and Enter."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldapp import words
from fieldapp.gui.screens.phone.words import item_name, item_time
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import RADIUS, SMALL, Tone, space
from fieldapp.gui.widgets.painting import write_line
from fieldapp.gui.widgets.pill import draw_pill, pill_width
from fieldapp.texts import _
from fieldapp.usecases.phone_sorting import Item

_PICTURE = QSize(176, 124)
_STRIP = 48
_GAP = 12
_CELL = QSize(_PICTURE.width() + _GAP, _PICTURE.height() + _STRIP + _GAP)
_MARK = 28
_ITEM = Qt.ItemDataRole.UserRole
# Decoded pictures that are kept; a screen shows about thirty.
_KEPT = 150

Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    def __init__(self, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self.items: tuple[Item, ...] = ()

    def show(self, items: tuple[Item, ...]) -> None:
        """Where the pictures are the same and only what is said of them changed, the view stays where it is."""
        same = [item.key for item in items] == [item.key for item in self.items]
        if not same:
            self.beginResetModel()
        self.items = items
        if not same:
            self.endResetModel()
        elif items:
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return item_name(item, self._today)
            case Qt.ItemDataRole.SizeHintRole:
                return _CELL
            case _ if role == _ITEM:
                return item
        return None


class TileDelegate(QStyledItemDelegate):
    def __init__(self, today: dt.date, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._today = today
        self._view = parent
        self._drawn: OrderedDict[str, QPixmap] = OrderedDict()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: Item = index.data(_ITEM)
        tokens = current()
        place = QRect(option.rect.topLeft(), _CELL - QSize(_GAP, _GAP))
        picture = QRect(place.topLeft(), _PICTURE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.fillPath(outline, QColor(tokens.primary_soft if item.chosen else tokens.surface_soft))
        painter.setClipPath(outline)
        painter.drawPixmap(picture, self._picture(item))
        painter.setClipping(False)
        focused = self._view.hasFocus() and index == self._view.currentIndex()
        if focused:
            painter.setPen(QPen(QColor(tokens.focus), 3))
        elif item.chosen:
            painter.setPen(QPen(QColor(tokens.primary_text), 2))
        else:
            painter.setPen(QPen(QColor(tokens.line_strong), 1))
        painter.drawPath(outline)
        self._paint_mark(painter, picture.topLeft() + QPoint(8, 8), chosen=item.chosen)
        if not item.sure and item.proposal is not None:
            said = _("please check")
            draw_pill(painter, QRect(picture.right() - pill_width(said) - 6, picture.top() + 8, pill_width(said), 26), said, Tone.WARNING)
        self._paint_strip(painter, QRect(place.left(), picture.bottom() + 1, place.width(), _STRIP), item)
        painter.restore()

    def _paint_strip(self, painter: QPainter, strip: QRect, item: Item) -> None:
        tokens = current()
        room = strip.adjusted(space(2) + 2, 3, -30, 0)
        half = QRect(room.left(), room.top(), room.width(), 23)
        write_line(painter, half, words.short(item.kind), font(SMALL, QFont.Weight.DemiBold), tokens.text)
        write_line(painter, half.translated(0, 20), item_time(item, self._today), font(SMALL), tokens.muted)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.muted))
        for number in range(3):
            painter.drawEllipse(QPoint(strip.right() - 16, strip.center().y() - 7 + 7 * number), 2, 2)

    def _paint_mark(self, painter: QPainter, at: QPoint, *, chosen: bool) -> None:
        tokens = current()
        mark = QRectF(at.x(), at.y(), _MARK, _MARK)
        painter.setPen(QPen(QColor(tokens.surface), 2))
        painter.setBrush(QColor(tokens.primary if chosen else tokens.surface))
        painter.drawEllipse(mark)
        if chosen:
            painter.drawPixmap(at + QPoint(5, 5), pixmap("check", tokens.on_primary, 18))
        else:
            painter.setPen(QPen(QColor(tokens.muted), 2))
            painter.drawEllipse(mark.adjusted(3, 3, -3, -3))

    def _picture(self, item: Item) -> QPixmap:
        """The middle of the thumbnail at the tile's size, made when it is first in sight."""
        ratio = self._view.devicePixelRatioF()
        if item.key not in self._drawn:
            whole = QPixmap()
            whole.loadFromData(item.picture.thumbnail)
            wanted = _PICTURE * ratio
            grown = whole.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
            spare = grown.size() - wanted
            cut = grown.copy(QRect(spare.width() // 2, spare.height() // 2, wanted.width(), wanted.height()))
            cut.setDevicePixelRatio(ratio)
            self._drawn[item.key] = cut
            if len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(item.key)
        return self._drawn[item.key]


class Tiles(QListView):
    """As high as its tiles need; what is around it scrolls. `toggled` and `menu_wanted` carry the key of a picture, the latter also where
    to open the menu."""

    toggled = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, name: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.tiles = TileModel(today, self)
        self.setModel(self.tiles)
        self.setItemDelegate(TileDelegate(today, self))
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_context_menu)

    def show_items(self, items: Sequence[Item]) -> None:
        self.tiles.show(tuple(items))
        self._fit()

    def place_of(self, key: str) -> QRect:
        """The tile in the viewport; for pointing at it."""
        row = [item.key for item in self.tiles.items].index(key)
        return self.visualRect(self.tiles.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() == Qt.Key.Key_Space:
            self.toggled.emit(self.tiles.items[index.row()].key)
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu):
            self._open_menu(index)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self.tiles.items:
            self.setCurrentIndex(self.tiles.index(0))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        below = event.position().y() - self.visualRect(index).top()
        if below > _PICTURE.height():
            self._open_menu(index)
        else:
            self.toggled.emit(self.tiles.items[index.row()].key)

    def _on_context_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self._open_menu(index)

    def _open_menu(self, index: QModelIndex) -> None:
        place = self.visualRect(index)
        at = self.viewport().mapToGlobal(QPoint(place.left(), place.top() + _PICTURE.height() + _STRIP))
        self.menu_wanted.emit(self.tiles.items[index.row()].key, at)

    def _fit(self) -> None:
        columns = max(1, (self.width() - 1) // _CELL.width())
        rows = -(-len(self.tiles.items) // columns)
        self.setFixedHeight(max(rows * _CELL.height(), 1))
