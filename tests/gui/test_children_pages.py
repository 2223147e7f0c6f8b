"""The pages that the list of children holds."""

from fieldapp.gui.screens.children.pages import PAGE_SIZE, Pages
from tests.support.views import child_rows

ROWS = child_rows(250)


def _pages(keep: int = 40) -> Pages:
    pages = Pages(keep)
    pages.restart(len(ROWS), 0, ROWS[:PAGE_SIZE])
    return pages


def test_a_row_of_a_page_that_is_not_here_is_wanted() -> None:
    pages = _pages()
    assert pages.row(99) == ROWS[99]
    assert pages.row(100) is None
    assert pages.wanted_for(100) == 1
    assert pages.wanted_for(99) is None


def test_aged_pages_are_still_shown_but_wanted_anew() -> None:
    pages = _pages()
    pages.age()
    assert pages.row(5) == ROWS[5]
    assert pages.wanted_for(5) == 0


def test_the_page_not_touched_longest_is_dropped_when_there_are_many() -> None:
    pages = _pages(keep=2)
    pages.put(1, ROWS[100:200])
    pages.put(2, ROWS[200:])
    assert pages.row(0) is None
    assert pages.wanted_for(0) == 0
    assert pages.row(249) == ROWS[249]


def test_the_last_page_ends_with_the_result() -> None:
    assert _pages().positions(2) == range(200, 250)
