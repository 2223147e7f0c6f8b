"""The paper for the glove box: whom to visit, in order, by names that are shortened; no ID number. Made in memory."""

import datetime as dt
from collections.abc import Sequence
from html import escape
from itertools import groupby

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from fieldapp import phrases
from fieldapp.domain.help_line import HelpLine
from fieldapp.domain.way import Leg
from fieldapp.gui.screens.trip.distances import far_words
from fieldapp.texts import _
from fieldapp.usecases.children import ChildRow

_RESOLUTION = 300
_MARGIN_MM = 15
_COMBINING = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_LEADING = frozenset("เแโใไ")


def short_name(row: ChildRow) -> str:
    """ด.ช. ธนกร พ.: enough to ask for at the house, not to be found by."""
    family = row.family_name.strip()
    first = next((letter for letter in family if letter not in _LEADING and letter not in _COMBINING), family[:1])
    return " ".join(part for part in (row.title, row.given_name, f"{first}." if first else "") if part)


def paper(stops: Sequence[ChildRow], legs: Sequence[Leg], lines: Sequence[HelpLine], day: dt.date) -> QTextDocument:
    far = far_words(legs)
    printed = _("Printed {day}").format(day=phrases.long_day(day))
    parts = ["<h2>" + escape(_("Visits")) + f"</h2><p>{escape(printed)}</p>"]
    number = 0
    for village, rows in groupby(stops, key=lambda row: phrases.place_short(row.moo, row.tambon_code, row.village)):
        here = list(rows)
        told = " · ".join(part for part in (village, far.get(here[0].case_id, "")) if part)
        parts.append(f"<h3>{escape(told)}</h3><table border='1' cellspacing='0' cellpadding='5' width='100%'>")
        for row in here:
            number += 1
            house = escape(row.house_no or _("house no. unknown"))
            parts.append(
                f"<tr><td width='6%'>{number}</td><td width='38%'>{escape(short_name(row))}</td><td width='20%'>{house}</td><td></td></tr>"
            )
        parts.append("</table>")
    numbers = " · ".join(f"{line.name} {line.number}" for line in lines)
    parts.append("<p>" + escape(_("Call for help: {numbers}").format(numbers=numbers)) + "</p>")
    document = QTextDocument()
    font = QApplication.font()
    font.setPointSize(12)
    document.setDefaultFont(font)
    # On paper it is black on white, whatever the look of the screen.
    document.setDefaultStyleSheet("* { color: black; }")
    document.setHtml("".join(parts))
    return document


def print_paper(document: QTextDocument, device: QPagedPaintDevice) -> None:
    device.setPageLayout(_layout())
    document.print_(device)


def as_pdf(document: QTextDocument) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(_("Visits"))
    writer.setCreator("fieldapp")
    print_paper(document, writer)
    del writer
    return bytes(buffer.data().data())


def _layout() -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
