"""The table itself: keyboard, columns that share the width, header that sorts. Knows rows, not where they come from."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScroller, QTableView, QWidget

from fieldapp.gui.screens.children import columns
from fieldapp.gui.screens.children.delegate import CELL_GAP, PADDING, ROW_HEIGHT
from fieldapp.gui.theme.tokens import SMALL, TARGET_SMALL
from fieldapp.texts import _

# Order in which columns give way where the window is narrow: what the card beside the list tells anyway goes first.
_GIVE_WAY = (columns.At.LIST, columns.At.AGE)
_SHORTEST_NAME = 120


class ChildrenTable(QTableView):
    """`opened`: Enter or double click. `typed`: a letter was typed, which means that the person wants to search. `sort_wanted`: a
    heading was clicked."""

    opened = Signal(QModelIndex)
    typed = Signal(str)
    sort_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Children"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT + 1)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setFixedHeight(TARGET_SMALL)
        # The outer headings stand over the text of their columns, which keeps a distance from the edge.
        header.setStyleSheet(f"::section:first {{ padding-left: {PADDING}px; }} ::section:last {{ padding-right: {PADDING}px; }}")
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(lambda section: self.sort_wanted.emit(columns.COLUMNS[section].sort))
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT + 1)
        self.doubleClicked.connect(self.opened)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        if event.text().isprintable() and event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _needed(self, at: columns.At) -> int:
        font = QFont(self.font())
        font.setPixelSize(SMALL)
        font.setWeight(QFont.Weight.DemiBold if at is columns.At.DUE else QFont.Weight.Normal)
        metrics = QFontMetrics(font)
        beside = PADDING + CELL_GAP if at is columns.At.DUE else 2 * CELL_GAP
        return max((metrics.horizontalAdvance(text) + beside + 2 for text in columns.COLUMNS[at].samples()), default=0)

    def _share_width(self) -> None:
        room = self.viewport().width()
        shown = list(columns.At)
        widths = {at: max(columns.COLUMNS[at].width, self._needed(at)) for at in shown}
        for at in _GIVE_WAY:
            if sum(widths[other] for other in shown) > room:
                shown.remove(at)
        # What still does not fit is taken from the names, which are elided.
        missing = sum(widths[at] for at in shown) - room
        widths[columns.At.NAME] = max(widths[columns.At.NAME] - max(missing, 0), _SHORTEST_NAME)
        spare = max(room - sum(widths[at] for at in shown), 0)
        shares = sum(columns.COLUMNS[at].share for at in shown)
        for at in columns.At:
            self.setColumnHidden(at, at not in shown)
            self.setColumnWidth(at, widths[at] + spare * columns.COLUMNS[at].share // shares)
