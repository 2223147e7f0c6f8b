"""What the list holds of a long result: pages of rows, the oldest dropped when there are many. Knows no Qt and no use case."""

from collections import OrderedDict

from fieldapp.usecases.children import ChildRow

PAGE_SIZE = 100


class Pages:
    """Rows by position. After `age()` every page is still shown but wanted anew, so a sync never blanks the list."""

    def __init__(self, keep: int = 40) -> None:
        self.count = 0
        self._keep = keep
        self._pages: OrderedDict[int, tuple[ChildRow, ...]] = OrderedDict()
        self._fresh: set[int] = set()

    def restart(self, count: int, first: int, rows: tuple[ChildRow, ...]) -> None:
        """Begin a new result with the page that is known already."""
        self._pages.clear()
        self._fresh.clear()
        self.count = count
        self.put(first, rows)

    def age(self) -> None:
        self._fresh.clear()

    def put(self, page: int, rows: tuple[ChildRow, ...]) -> None:
        self._pages[page] = rows
        self._pages.move_to_end(page)
        self._fresh.add(page)
        while len(self._pages) > self._keep:
            dropped, _rows = self._pages.popitem(last=False)
            self._fresh.discard(dropped)

    def row(self, position: int) -> ChildRow | None:
        """The row, or None where its page is not here yet."""
        page, offset = divmod(position, PAGE_SIZE)
        rows = self._pages.get(page, ())
        return rows[offset] if offset < len(rows) else None

    def wanted_for(self, position: int) -> int | None:
        """The page that must be fetched to show this position as it stands, or None."""
        page = position // PAGE_SIZE
        return None if page in self._fresh else page

    def positions(self, page: int) -> range:
        """The positions of a page inside the result."""
        return range(page * PAGE_SIZE, min((page + 1) * PAGE_SIZE, self.count))
