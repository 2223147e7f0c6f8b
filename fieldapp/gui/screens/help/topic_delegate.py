"""A help page in the list: its title, and below it the words that were found."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import SMALL, space

EXCERPT = Qt.ItemDataRole.UserRole + 1
_HEIGHT = 48
_HEIGHT_WITH_EXCERPT = 68
_MARK = 4


class TopicDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(option.rect.width(), _HEIGHT_WITH_EXCERPT if index.data(EXCERPT) else _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens = current()
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(tokens.primary_soft if chosen else tokens.surface_soft))
        if chosen:
            painter.fillRect(option.rect.adjusted(0, 0, _MARK - option.rect.width(), 0), QColor(tokens.primary))
        room = option.rect.adjusted(space(4), space(2), -space(3), -space(2))
        excerpt = index.data(EXCERPT)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignTop if excerpt else Qt.AlignmentFlag.AlignVCenter, title)
        if excerpt:
            small = QFont(option.font)
            small.setPixelSize(SMALL)
            painter.setFont(small)
            painter.setPen(QColor(tokens.muted))
            shown = painter.fontMetrics().elidedText(excerpt, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom, shown)
        painter.restore()
