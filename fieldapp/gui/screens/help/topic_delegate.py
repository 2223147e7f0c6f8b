"""A help page in the list: its title, and below it the words that were found."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.fonts import font
from fieldapp.gui.theme.tokens import BODY, SMALL, space
from fieldapp.gui.widgets.painting import write_line

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
        title = font(BODY, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        place = Qt.AlignmentFlag.AlignTop if excerpt else Qt.AlignmentFlag.AlignVCenter
        write_line(painter, room, index.data(), title, tokens.text, place)
        if excerpt:
            write_line(painter, room, excerpt, font(SMALL), tokens.muted, Qt.AlignmentFlag.AlignBottom)
        painter.restore()
