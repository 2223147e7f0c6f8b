"""The foot of sheets that are to come back: the code, by which the sheet finds its record again, with its text for people."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.paper_code import Stamp
from fieldapp.gui.letters.ink import PAGE_HEIGHT, Coded, Sheet, letter_font
from fieldapp.gui.letters.setting import LEFT, RIGHT, Setter
from fieldapp.texts import _

_MM = 720 / 25.4
# Printers leave out the last millimetres of a sheet; above, the code wants 4 mm of white.
_TOP = PAGE_HEIGHT - 34 * _MM
CODED_BOTTOM = _TOP - 4 * _MM
_BESIDE = LEFT + 33 * _MM


def put_codes(sheets: Sequence[Sheet], stamp: Stamp, of_kind: PaperOf) -> None:
    """At the foot of each of these sheets, which together are one paper."""
    for number, sheet in enumerate(sheets, start=1):
        code = stamp.code(of_kind, number, len(sheets))
        sheet.inks.append(Coded(QPointF(LEFT, _TOP), code.text))
        setter = Setter(PAGE_HEIGHT)
        setter.sheets, setter.y = [sheet], _TOP + 2 * _MM
        small = letter_font(0.8)
        setter.paragraph(_("Sheet {number} of {count}").format(number=number, count=len(sheets)), small, x=_BESIDE)
        told = _("Once it is signed, take a photo of this sheet or scan it, and take it in with the app. Please do not write on the code.")
        setter.paragraph(told, small, x=_BESIDE, right=RIGHT)
        # Typed by hand where the code cannot be read.
        setter.paragraph(code.printed, letter_font(0.72), x=_BESIDE)
