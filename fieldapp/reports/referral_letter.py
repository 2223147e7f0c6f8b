"""The letter of a referral with its reply slip, as a model: every sentence that stands on the paper and nothing about how it is drawn.

The laptop draws it as a PDF, the office as a page. It is written in Thai whatever language the screen speaks, since the receiver reads it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.domain import thai_dates
from fieldapp.domain.care.consent import Consent, ConsentState
from fieldapp.domain.care.referral import Referral, ReferralKind, Shared
from fieldapp.texts import _, speaking

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True, slots=True)
class Signer:
    """'' for what the person writes by hand."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What the receiver fills in and sends back. `about` names letter and child, `back_by` until when to whom."""

    title: str
    to: str
    about: str
    back_by: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`memo`: the layout of a memorandum (บันทึกข้อความ), else of an official letter. `told` is what it says of the child beside its
    name, `facts` those as label and value. '' in `number` and `on` for what is written by hand."""

    memo: bool
    office: str
    number: str
    on: str
    subject: str
    to: str
    enclosure: str
    opening: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    closing: str
    farewell: str
    signer: Signer
    contact: str
    slip: Slip
    told: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known for a letter. `values` holds what may be told, label and value by what it is; what is not in it was not allowed or is
    not known. `consent`: the latest word on passing data on."""

    child: str
    receiver: str
    office: str
    sender: str
    head: str
    head_post: str
    values: dict[Shared, tuple[str, str]]
    consent: tuple[Consent, ConsentState] | None


def letter(referral: Referral, told: Told, on: dt.date | None, *, thai_digits: bool = False) -> Letter:
    """`on` is the letter's day, None where it is not signed yet."""
    with speaking("th"):
        return _letter(referral, told, on, _thai if thai_digits else str)


def _letter(referral: Referral, told: Told, on: dt.date | None, written: Callable[[str], str]) -> Letter:
    memo = referral.kind is ReferralKind.INTERNAL
    shown = tuple(one for one in Shared if one in told.values)
    day = thai_dates.long(on) if on else ""
    return Letter(
        memo=memo,
        office=written(told.office),
        number=written(referral.number),
        on=written(day),
        subject=written(_("Referral of {child}").format(child=told.child)),
        to=written(told.receiver),
        enclosure="" if memo else written(_("1 reply slip")),
        opening=written(_opening(referral, told)),
        facts=tuple((told.values[one][0], written(told.values[one][1])) for one in shown),
        paragraphs=tuple(written(one) for one in _paragraphs(referral, told, shown)),
        closing=written(_closing(referral)),
        farewell="" if memo else _("Yours respectfully"),
        signer=Signer(told.sender, "") if memo else Signer(told.head, told.head_post),
        contact=written(_contact(referral, told)),
        slip=_slip(referral, told, day, written),
        told=shown,
    )


def _opening(referral: Referral, told: Told) -> str:
    text = _("{office} looks after {child} and asks for your help, because: {reason}")
    return text.format(office=told.office, child=told.child, reason=referral.reason)


def _paragraphs(referral: Referral, told: Told, shown: tuple[Shared, ...]) -> list[str]:
    found = []
    if referral.done_so_far:
        found.append(_("What was done so far: {done}").format(done=referral.done_so_far))
    if referral.wanted:
        found.append(_("What is asked of you: {wanted}").format(wanted=referral.wanted))
    # On consent and telling nothing, there is nothing to explain.
    if referral.kind is ReferralKind.EXTERNAL and (shown or told.consent is None or told.consent[1] is not ConsentState.GIVEN):
        found.append(_on_consent(told.consent))
    return found


def _on_consent(consent: tuple[Consent, ConsentState] | None) -> str:
    if consent is None:
        return _(
            "Nobody has been asked yet for consent to passing the child's data on, so this letter tells only its name and the reason, "
            "as the duty to protect children and to bring them to school requires."
        )
    said, state = consent
    if state is not ConsentState.GIVEN:
        return _(
            "There is no consent to passing the child's data on, so this letter tells only its name and the reason, as the duty to protect "
            "children and to bring them to school requires."
        )
    who = f"{said.giver} ({said.relation})" if said.relation else said.giver
    given = _("{giver} consented on {day} to passing these data on to you for helping the child.")
    return given.format(giver=who, day=thai_dates.long(said.on)) + " " + _("Please use them for nothing else and keep them secret.")


def _closing(referral: Referral) -> str:
    if referral.reply_by is None:
        return _("Please consider this and return the reply slip.")
    return _("Please consider this and return the reply slip by {day}.").format(day=thai_dates.long(referral.reply_by))


def _contact(referral: Referral, told: Told) -> str:
    parts = (told.office, told.sender, referral.contact)
    return _("Contact: {parts}").format(parts=" ".join(part for part in parts if part))


def _slip(referral: Referral, told: Told, day: str, written: Callable[[str], str]) -> Slip:
    number = referral.number or "……………………"
    back_by = (
        _("Please return to {office} by {day}").format(office=told.office, day=thai_dates.long(referral.reply_by))
        if referral.reply_by
        else _("Please return to {office}").format(office=told.office)
    )
    about = _("As to your letter no. {number} of {day}, referral of {child}").format(
        number=number, day=day or "……………………………", child=told.child
    )
    return Slip(
        title=_("Reply slip for a referral"),
        to=written(told.head_post if referral.kind is ReferralKind.EXTERNAL else told.sender),
        about=written(about),
        back_by=written(back_by),
    )


def _thai(text: str) -> str:
    return text.translate(_THAI_DIGITS)
