"""The model behind the list: a window onto a result that stays in the store. Rows come by page as they scroll into sight; a sync
refreshes them where they are."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from fieldapp.gui.screens.children import columns
from fieldapp.gui.screens.children.pages import PAGE_SIZE, Pages
from fieldapp.gui.tasks import Tasks
from fieldapp.usecases.children import Children, ChildRow, ListFilter

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1

# Scrolling far passes many pages; only the last few asked for can still be in sight.
_REMEMBERED_WISHES = 3


class ChildrenModel(QAbstractTableModel):
    """`listed` says that the answer to `show` or `refresh` is here: how many there are and where the kept case now stands."""

    listed = Signal(int, object)
    failed = Signal(object)

    def __init__(self, children: Children, tasks: Tasks, today: Callable[[], dt.date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._children = children
        self._tasks = tasks
        self._today = today
        self._pages = Pages()
        self._filter = ListFilter()
        self._generation = 0
        self._asking = False
        self._ask_again: Callable[[], None] | None = None
        self._fetching = False
        self._wishes: list[int] = []
        self._wish_timer = QTimer(self, singleShot=True, interval=0)
        self._wish_timer.timeout.connect(self._fetch_next)

    @property
    def filter(self) -> ListFilter:
        return self._filter

    def show(self, wanted: ListFilter, keep: str | None = None) -> None:
        """Show another result. The one on screen stays until the first rows of the new one are here."""
        self._filter = wanted
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self._ask(lambda: self._start(wanted, keep, anew=True))

    def refresh(self, keep: str | None = None) -> None:
        """Bring the rows up to date in place."""
        wanted = self._filter
        self._ask(lambda: self._start(wanted, keep, anew=False))

    def row_at(self, position: int) -> ChildRow | None:
        return self._pages.row(position)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._pages.count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(columns.COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(columns.COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return columns.COLUMNS[section].alignment
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        page = self._pages.wanted_for(index.row())
        if page is not None:
            self._wish(page)
        row = self._pages.row(index.row())
        if role == ROW:
            return row
        column = columns.COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row, self._today()) if row else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint(row, self._today()) or None if row else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return columns.spoken(row, self._today()) if row else ""
        return None

    def _heading(self, column: columns.Column) -> str:
        if column.sort is not self._filter.sort:
            return column.title()
        return f"{column.title()} {'▾' if self._filter.descending else '▴'}"

    # One question at a time: while one is on its way only the newest next one is kept, so fast typing never queues up work.

    def _ask(self, question: Callable[[], None]) -> None:
        if self._asking:
            self._ask_again = question
        else:
            question()

    def _start(self, wanted: ListFilter, keep: str | None, *, anew: bool) -> None:
        self._asking = True
        self._generation += 1

        def work() -> tuple[int, tuple[ChildRow, ...], int | None]:
            count = self._children.count(wanted)
            rows = self._children.page(wanted, 0, PAGE_SIZE)
            return count, rows, self._children.position(wanted, keep) if keep else None

        def then(answer: tuple[int, tuple[ChildRow, ...], int | None]) -> None:
            count, rows, position = answer
            if anew:
                self._replace(count, rows)
            else:
                self._freshen(count, rows)
            self._answered()
            self.listed.emit(count, position)

        self._tasks.run(self, work, then, self._on_failed)

    def _answered(self) -> None:
        self._asking = False
        question, self._ask_again = self._ask_again, None
        if question:
            question()

    def _on_failed(self, error: Exception) -> None:
        self._fetching = False
        self._wishes.clear()
        self._answered()
        self.failed.emit(error)

    def _replace(self, count: int, rows: tuple[ChildRow, ...]) -> None:
        self.beginResetModel()
        self._pages.restart(count, 0, rows)
        self._wishes.clear()
        self.endResetModel()

    def _freshen(self, count: int, rows: tuple[ChildRow, ...]) -> None:
        before = self._pages.count
        if count > before:
            self.beginInsertRows(QModelIndex(), before, count - 1)
        elif count < before:
            self.beginRemoveRows(QModelIndex(), count, before - 1)
        self._pages.count = count
        self._pages.age()
        self._pages.put(0, rows)
        if count > before:
            self.endInsertRows()
        elif count < before:
            self.endRemoveRows()
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, self.columnCount() - 1))

    def _wish(self, page: int) -> None:
        if page in self._wishes:
            return
        self._wishes = [*self._wishes, page][-_REMEMBERED_WISHES:]
        if not self._fetching:
            self._wish_timer.start()

    def _fetch_next(self) -> None:
        if self._fetching or not self._wishes:
            return
        page = self._wishes[-1]
        wanted, generation = self._filter, self._generation
        self._fetching = True

        def then(rows: tuple[ChildRow, ...]) -> None:
            self._fetching = False
            if page in self._wishes:
                self._wishes.remove(page)
            if generation == self._generation:
                self._pages.put(page, rows)
                shown = self._pages.positions(page)
                if shown:
                    self.dataChanged.emit(self.index(shown[0], 0), self.index(shown[-1], self.columnCount() - 1))
            if self._wishes:
                self._wish_timer.start()

        self._tasks.run(self, lambda: self._children.page(wanted, page * PAGE_SIZE, PAGE_SIZE), then, self._on_failed)
