"""Long tables in parts: which part is shown, and the addresses of the neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Pager:
    """`path` and `query` are the address of the table without its part; parts are counted from 1."""

    path: str
    query: Mapping[str, str | list[str]]
    part: int
    total: int
    size: int = PAGE_SIZE

    @property
    def offset(self) -> int:
        return (self.part - 1) * self.size

    @property
    def first(self) -> int:
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def before(self) -> str:
        return self._at(self.part - 1) if self.part > 1 else ""

    @property
    def after(self) -> str:
        return self._at(self.part + 1) if self.last < self.total else ""

    def _at(self, part: int) -> str:
        kept = {name: value for name, value in self.query.items() if value}
        return f"{self.path}?{urlencode({**kept, 'part': part}, doseq=True)}"


def pager(path: str, query: Mapping[str, str | list[str]], part: int, total: int, size: int = PAGE_SIZE) -> Pager:
    """A part that does not exist (any more) means the nearest that does."""
    last = max(1, -(-total // size))
    return Pager(path, query, min(max(part, 1), last), total, size)
