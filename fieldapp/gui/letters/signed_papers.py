"""A filled form and a consent set on paper, with lines to sign on and the codes by which the sheets come back."""

from collections.abc import Sequence

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.paper_code import Stamp
from fieldapp.gui.letters.codes import CODED_BOTTOM, put_codes
from fieldapp.gui.letters.ink import Sheet, letter_font
from fieldapp.gui.letters.setting import INDENT, LEFT, RIGHT, Setter
from fieldapp.reports.consent_sheet import ConsentSheet
from fieldapp.texts import _, speaking
from fieldapp.usecases.papers.filled_form import FilledForm, said_left_out

_MM = 720 / 25.4
_ANSWERS = LEFT + (RIGHT - LEFT) * 0.56


def set_form(form: FilledForm, stamp: Stamp) -> list[Sheet]:
    with speaking("th"):
        setter = Setter(CODED_BOTTOM)
        _head(setter, form.title, form.facts)
        for heading, lines in form.parts:
            line = setter.height(letter_font())
            setter.gap(0.4)
            setter.room(line * 3)
            if heading:
                setter.paragraph(heading, letter_font(1.05, bold=True))
                setter.y += line * 0.1
            for question, answer in lines:
                setter.beside(question, answer, _ANSWERS)
        if form.left_out:
            setter.gap(0.4)
            setter.paragraph(said_left_out(form), letter_font(0.9))
        _sign(setter, form.signers)
        put_codes(setter.sheets, stamp, PaperOf.FORM)
        return setter.sheets


def set_consent(sheet: ConsentSheet, stamp: Stamp) -> list[Sheet]:
    with speaking("th"):
        plain = letter_font()
        setter = Setter(CODED_BOTTOM)
        _head(setter, sheet.title, sheet.facts)
        setter.gap(0.6)
        setter.paragraph(sheet.purpose, letter_font(1.05, bold=True))
        setter.gap(0.3)
        if sheet.read_out:
            setter.paragraph(sheet.read_out, plain, indent=INDENT)
            setter.gap(0.5)
        setter.paragraph(sheet.said, letter_font(bold=True), indent=INDENT)
        _sign(setter, sheet.signers)
        put_codes(setter.sheets, stamp, PaperOf.CONSENT)
        return setter.sheets


def _head(setter: Setter, title: str, facts: Sequence[tuple[str, str]]) -> None:
    big, plain = letter_font(1.3, bold=True), letter_font()
    setter.paragraph(title, big)
    setter.gap(0.3)
    setter.rule(LEFT, RIGHT, dotted=False)
    setter.y += setter.height(plain) * 0.9
    setter.y += setter.height(plain) * 0.4
    for label, value in facts:
        setter.labelled(label, value)


def _sign(setter: Setter, signers: Sequence[tuple[str, str]]) -> None:
    """All of them on one sheet, the last: that is the one that must come back."""
    plain = letter_font()
    line = setter.height(plain)
    setter.gap(1)
    setter.room(line * 3.4 * len(signers))
    for name, post in signers:
        setter.y += line * 1.2
        end = setter.say(_("Signed"), plain, LEFT + 15 * _MM)
        setter.rule(end + 60, end + 75 * _MM)
        day = setter.say(_("Date"), plain, end + 80 * _MM)
        setter.rule(day + 60, RIGHT)
        setter.y += line
        setter.centre(f"({name})" if name else f"({' ' * 50})", plain, end + 40 * _MM)
        setter.centre(post, letter_font(0.9), end + 40 * _MM)
