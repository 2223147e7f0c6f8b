"""The letter of a referral set on paper: an official letter or a memorandum, and the reply slip on a sheet of its own."""

from PySide6.QtCore import QRectF

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.paper_code import Stamp
from fieldapp.gui.letters.codes import CODED_BOTTOM, put_codes
from fieldapp.gui.letters.ink import PAGE_WIDTH, Sheet, letter_font
from fieldapp.gui.letters.setting import BOTTOM, INDENT, LEFT, RIGHT, TOP, Setter
from fieldapp.reports.referral_letter import Letter
from fieldapp.texts import _, speaking

_MM = 720 / 25.4
_MIDDLE = PAGE_WIDTH / 2
# Date, farewell and signature stand to the right of the middle.
_RIGHT_HALF = _MIDDLE + 15 * _MM


def set_referral(letter: Letter, stamp: Stamp | None = None) -> list[Sheet]:
    """The sheets in their order; the last is the reply slip. With `stamp` they bear their codes."""
    # On paper everything is in Thai.
    with speaking("th"):
        setter = Setter(CODED_BOTTOM if stamp else BOTTOM)
        (_memo_head if letter.memo else _letter_head)(setter, letter)
        _body(setter, letter)
        _signature(setter, letter)
        setter.turn()
        _slip(setter, letter)
        if stamp:
            put_codes(setter.sheets[:-1], stamp, PaperOf.LETTER)
            put_codes(setter.sheets[-1:], stamp, PaperOf.SLIP)
        return setter.sheets


def _letter_head(setter: Setter, letter: Letter) -> None:
    plain = letter_font()
    side = 28 * _MM
    setter.free_place(QRectF(_MIDDLE - side / 2, TOP, side, side))
    setter.y = TOP + side - setter.height(plain) * 0.5
    left_end = _MIDDLE - side / 2 - 20
    top = setter.y
    setter.labelled(_("No."), letter.number, right=left_end, dotted=True)
    below = setter.y
    setter.y = top
    setter.paragraph(letter.office, plain, x=_MIDDLE + 20 * _MM)
    setter.y = max(below, setter.y) + setter.height(plain) * 0.3
    if letter.on:
        setter.say(letter.on, plain, _MIDDLE)
    else:
        setter.rule(_MIDDLE, _MIDDLE + 55 * _MM)
    setter.y += setter.height(plain) * 1.3
    setter.labelled(_("Subject"), letter.subject)
    setter.labelled(_("To"), letter.to)
    setter.labelled(_("Enclosed"), letter.enclosure)


def _memo_head(setter: Setter, letter: Letter) -> None:
    plain = letter_font()
    side = 15 * _MM
    setter.free_place(QRectF(LEFT, TOP, side, side))
    setter.y = TOP + side * 0.2
    setter.centre(_("Memorandum"), letter_font(1.6, bold=True))
    setter.y = max(setter.y, TOP + side + setter.height(plain) * 0.3)
    setter.labelled(_("Government office"), letter.office, dotted=True)
    top = setter.y
    setter.labelled(_("No."), letter.number, right=_MIDDLE - 10 * _MM, dotted=True)
    setter.y = top
    setter.labelled(_("Date"), letter.on, x=_MIDDLE, dotted=True)
    setter.labelled(_("Subject"), letter.subject)
    setter.y += setter.height(plain) * 0.1
    setter.rule(LEFT, RIGHT, dotted=False)
    setter.y += setter.height(plain) * 1.2
    setter.labelled(_("To"), letter.to)


def _body(setter: Setter, letter: Letter) -> None:
    plain, bold = letter_font(), letter_font(bold=True)
    setter.gap(0.4)
    setter.paragraph(letter.opening, plain, indent=INDENT)
    if letter.facts:
        setter.gap(0.2)
        wide = max(setter.width(label, bold) for label, _value in letter.facts) + 120
        for label, value in letter.facts:
            setter.room(setter.height(plain))
            setter.say(label, bold, LEFT + INDENT)
            setter.paragraph(value, plain, x=LEFT + INDENT + wide)
        setter.gap(0.2)
    for one in (*letter.paragraphs, letter.closing):
        setter.paragraph(one, plain, indent=INDENT)
        setter.gap(0.15)


def _signature(setter: Setter, letter: Letter) -> None:
    plain = letter_font()
    middle = (_RIGHT_HALF + RIGHT) / 2
    line = setter.height(plain)
    # With the line of contact below: the sheet that bears the signature is the last.
    setter.room(line * 7.6)
    setter.gap(0.6)
    if letter.farewell:
        setter.centre(letter.farewell, plain, middle)
    setter.gap(1.2)
    setter.rule(middle - 30 * _MM, middle + 30 * _MM)
    setter.y += line
    setter.centre(f"({letter.signer.name})" if letter.signer.name else f"({' ' * 50})", plain, middle)
    if letter.signer.post:
        setter.centre(letter.signer.post, plain, middle)
    setter.gap(0.8)
    setter.paragraph(letter.contact, letter_font(0.9))


def _slip(setter: Setter, letter: Letter) -> None:
    plain, bold = letter_font(), letter_font(bold=True)
    line = setter.height(plain)
    setter.centre(letter.slip.title, letter_font(1.25, bold=True))
    setter.gap(0.6)
    setter.labelled(_("To"), letter.slip.to, dotted=True)
    setter.gap(0.2)
    setter.paragraph(letter.slip.about, plain, indent=INDENT)
    setter.gap(0.3)
    setter.say(_("Our answer:"), bold, LEFT)
    setter.y += line * 1.2
    _to_fill(setter, setter.tick(_("We take the child on from (date)")))
    _to_fill(setter, setter.tick(_("We do not take the child on, because")))
    setter.gap(0.4)
    for question in (_("What was done, with which result"), _("What we ask of you in return")):
        setter.say(question, bold, LEFT)
        _blank_lines(setter, 3)
    setter.gap(0.8)
    start = LEFT + 55 * _MM
    for caption in (_("Signed"), _("Name in full"), _("Post"), _("Agency"), _("Telephone"), _("Date")):
        setter.room(line * 1.3)
        end = setter.say(caption, plain, start)
        setter.rule(end + 60, RIGHT)
        setter.y += line * 1.3
    setter.gap(0.6)
    setter.paragraph(letter.slip.back_by, letter_font(bold=True))


def _to_fill(setter: Setter, end: float) -> None:
    setter.rule(end + 60, RIGHT)
    setter.y += setter.height(letter_font()) * 1.2


def _blank_lines(setter: Setter, count: int) -> None:
    for _line in range(count):
        setter.y += setter.height(letter_font()) * 1.15
        setter.rule(LEFT, RIGHT)
    setter.y += setter.height(letter_font()) * 1.4
