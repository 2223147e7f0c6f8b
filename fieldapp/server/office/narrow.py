"""Tables on a phone: each row stands as a card, each cell beside the word of its column. The words come from the table's own head, so
that a template says them once. A template asks for it with `{% filter cards %}` around the table; the rest is office.css."""

import re

from markupsafe import Markup

_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
_HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b(?![^>]*\bclass=\"pick\")[^>]*(?=>)")
_ANY_CELL = re.compile(r"<t[dh]\b[^>]*")


def cards(html: str) -> Markup:
    """The table with the word of its column at each cell. Rows whose cells span columns are left as they are."""
    html = str(html)  # of a Markup, which would escape what is put in
    head = _HEAD.search(html)
    if head is None:
        return Markup(html)
    said = [Markup(heading).striptags() for heading in _HEADING.findall(head[0])]
    body = _ROW.sub(lambda row: _row(row[0], said), html[head.end() :])
    return Markup(_marked(html[: head.end()]) + body)


def _marked(start: str) -> str:
    if '<table class="' in start:
        return start.replace('<table class="', '<table class="cards ', 1)
    return start.replace("<table", '<table class="cards"', 1)


def _row(row: str, said: list[str]) -> str:
    if "colspan" in row:
        return row
    words = iter(said)

    def cell(found: re.Match[str]) -> str:
        word = next(words, "")
        plain = not word or not _CELL.match(row, found.start())
        return found[0] if plain else found[0] + str(Markup(' data-label="{}"').format(word))

    return _ANY_CELL.sub(cell, row)
