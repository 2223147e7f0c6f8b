"""Paints the rows of the list: the title apart from the name, pills for states, lateness in words, a mark for what is not yet sent."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldapp.gui.screens.children import columns
from fieldapp.gui.screens.children.columns import At
from fieldapp.gui.screens.children.model import ROW
from fieldapp.gui.theme import icons
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import BODY, RADIUS_SMALL, SMALL, Tokens, Tone
from fieldapp.gui.widgets.pill import draw_pill, pill_width
from fieldapp.usecases.children import ChildRow

ROW_HEIGHT = 48
PADDING = 16
CELL_GAP = 6
TITLE_SLOT = 44
_TITLE_GAP = 4
MARKER_WIDTH = 4
_UNSENT_ICON = 16
_VERTICAL = Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    def __init__(self, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(columns.COLUMNS[index.column()].width, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens = current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index, tokens)
        row: ChildRow | None = index.data(ROW)
        cell = _cell(option.rect, At(index.column()))
        if row is None:
            _paint_placeholder(painter, cell, index.column(), tokens)
        else:
            self._paint_cell(painter, cell, row, At(index.column()), tokens)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, tokens: Tokens
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens.primary_soft))
            if index.column() == At.NAME:
                painter.fillRect(QRect(option.rect.left(), option.rect.top(), MARKER_WIDTH, option.rect.height()), QColor(tokens.primary))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(tokens.surface_soft))
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), QColor(tokens.line))

    def _paint_cell(self, painter: QPainter, cell: QRect, row: ChildRow, at: At, tokens: Tokens) -> None:
        today = self._today()
        if at is At.NAME:
            _paint_name(painter, cell, row, tokens)
        elif at is At.STATE:
            whole, short, tone = columns.standing(row)
            draw_pill(painter, cell, whole if pill_width(whole) <= cell.width() else short, tone)
        elif at is At.DUE:
            late = columns.overdue_days(row, today) > 0
            colour = tokens.tone(Tone.DANGER).text if late else tokens.text
            text = columns.due(row, today)
            _write(painter, cell, text, SMALL, colour, Qt.AlignmentFlag.AlignRight, QFont.Weight.DemiBold if late else QFont.Weight.Normal)
        else:
            size = SMALL if at is At.LIST else BODY
            _write(painter, cell, columns.COLUMNS[at].text(row, today), size, tokens.text if at is At.AGE else tokens.muted)


def _cell(rect: QRect, at: At) -> QRect:
    left = PADDING if at is At.NAME else CELL_GAP
    right = PADDING if at is At.DUE else CELL_GAP
    return rect.adjusted(left, 0, -right, 0)


def _paint_name(painter: QPainter, cell: QRect, row: ChildRow, tokens: Tokens) -> None:
    _write(painter, QRect(cell.left(), cell.top(), TITLE_SLOT - _TITLE_GAP, cell.height()), row.title, SMALL, tokens.muted)
    name = cell.adjusted(TITLE_SLOT, 0, 0, 0)
    if row.unsent:
        name.setRight(name.right() - _UNSENT_ICON - 6)
        picture = icons.pixmap("cloud-up", tokens.tone(Tone.WARNING).text, _UNSENT_ICON)
        painter.drawPixmap(name.right() + 6, cell.center().y() - _UNSENT_ICON // 2 + 1, picture)
    _write(painter, name, columns.bare_name(row), BODY, tokens.muted if row.handed_over else tokens.text)


def _write(
    painter: QPainter,
    cell: QRect,
    text: str,
    size: int,
    colour: str,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> None:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(weight)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
    painter.drawText(cell, alignment | _VERTICAL | Qt.TextFlag.TextSingleLine, shown)


def _paint_placeholder(painter: QPainter, cell: QRect, column: int, tokens: Tokens) -> None:
    """A quiet bar where a row is on its way, so that the list keeps its shape while scrolling far."""
    width = min(cell.width(), (150, 34, 78, 60, 84, 44)[column])
    left = cell.right() - width if column == At.DUE else cell.left()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    painter.drawRoundedRect(QRect(left, cell.center().y() - 5, width, 10), RADIUS_SMALL // 2, RADIUS_SMALL // 2)
