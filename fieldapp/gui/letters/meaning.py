"""What the lines of a PDF say, for whoever copies, searches or has it read aloud.

Qt writes glyphs, and for Thai marks above one another it has glyphs that stand for no letter of their own: what is copied from its file is
unreadable. The standard's way to say what drawn text means (ISO 32000-1, 14.9.4, ActualText) is added here to each line, in Qt's finished
file. It knows the few forms in which Qt writes pages; a line that it does not find stays as Qt wrote it.
"""

import re
import zlib
from collections.abc import Sequence

from fieldapp.gui.letters.ink import Sheet, Written

_PAGE_CONTENT = re.compile(rb"/Type /Page\b.*?/Contents (\d+) 0 R", re.DOTALL)
_STREAM = re.compile(rb"/Length (?:\d+ 0 R|\d+)(.*?)stream\r?\n(.*)\r?\nendstream", re.DOTALL)
# One run of glyphs in one font, with where it begins.
_RUN = re.compile(rb"q\n(?:[^\n]*\n){0,4}?BT\n[^\n]*\n(-?[\d.]+) (-?[\d.]+) Td .*?ET\nQ\n", re.DOTALL)
_NEAR = 3.0


def with_meaning(pdf: bytes, sheets: Sequence[Sheet]) -> bytes:
    """The same file, its lines with their text."""
    objects = _objects(pdf)
    contents = [int(found[1]) for body in objects.values() for found in _PAGE_CONTENT.finditer(body)]
    if len(contents) != len(sheets):
        return pdf  # of a Qt that writes its files otherwise: to be printed as well as ever
    for number, sheet in zip(contents, sheets, strict=True):
        objects[number] = _told(objects[number], sheet)
    return _written(pdf, objects)


def _objects(pdf: bytes) -> dict[int, bytes]:
    """The objects by their number, in the order of the file, each from `N 0 obj` to its `endobj`."""
    begins = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    lines = pdf[begins:].split(b"\n")
    count = int(lines[1].split()[1])
    places = {number: int(lines[2 + number][:10]) for number in range(1, count)}
    ordered = sorted(places, key=lambda number: places[number])
    ends = [places[number] for number in ordered[1:]] + [begins]
    return {number: pdf[places[number] : end] for number, end in zip(ordered, ends, strict=True)}


def _told(page: bytes, sheet: Sheet) -> bytes:
    stream = _STREAM.search(page)
    if stream is None:
        return page
    lines = [ink for ink in sheet.inks if isinstance(ink, Written) and ink.text.strip()]
    drawn = zlib.compress(_marked(zlib.decompress(stream[2]), lines))
    return page[: stream.start()] + b"/Length %d" % len(drawn) + stream[1] + b"stream\n" + drawn + b"\nendstream" + page[stream.end() :]


def _marked(drawn: bytes, lines: Sequence[Written]) -> bytes:
    """Each line's runs between its text and the end of it. Runs come in the order in which lines were drawn."""
    made, at, number, is_open = [], 0, -1, False
    for run in _RUN.finditer(drawn):
        made.append(drawn[at : run.start()])
        x, y = float(run[1]), -float(run[2])
        if number + 1 < len(lines) and _begins(lines[number + 1], x, y):
            number += 1
            made.append((b"EMC\n" if is_open else b"") + _text(lines[number].text))
            is_open = True
        made.append(run[0])
        at = run.end()
    return b"".join(made) + (b"EMC\n" if is_open else b"") + drawn[at:]


def _begins(line: Written, x: float, y: float) -> bool:
    return abs(line.at.x() - x) < _NEAR and abs(line.at.y() - y) < _NEAR


def _text(text: str) -> bytes:
    return b"/Span <</ActualText <FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">>> BDC\n"


def _written(pdf: bytes, objects: dict[int, bytes]) -> bytes:
    head = pdf[: min(pdf.index(b"1 0 obj"), len(pdf))]
    trailer = pdf[pdf.rindex(b"trailer") : pdf.rindex(b"startxref")]
    made, places = [head], {}
    length = len(head)
    for number, body in objects.items():
        places[number] = length
        made.append(body)
        length += len(body)
    table = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    made.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + trailer + b"startxref\n%d\n%%%%EOF\n" % length)
    return b"".join(made)
