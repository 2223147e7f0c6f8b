"""Two values for one field of a card in plain words: which field, what each value says, whose it is and since when. No widget."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from fieldapp import phrases, words
from fieldapp.domain import national_id
from fieldapp.domain.child import Sex
from fieldapp.domain.thai_dates import Precision
from fieldapp.error_words import refusals
from fieldapp.gui.screens.card import sentences
from fieldapp.texts import _
from fieldapp.usecases.conflicts import OpenConflict, Side

_SAID: Mapping[str, Callable[[Any], str]] = {
    "birth_on": lambda value: phrases.day(dt.date.fromisoformat(value)),
    "birth_precision": lambda value: words.of(Precision(value)),
    "sex": lambda value: words.of(Sex(value)),
    "finished_grade_9": lambda value: _("Grade 9 is finished") if value else _("Grade 9 is not finished"),
    "tambon_code": lambda value: phrases.place_in_district(value) or value,
    "guardian_phone": lambda value: sentences.phone(value, shown=True),
    "national_id": national_id.printed,
}
# Where nobody has to compare them, numbers are masked as on the card.
_MASKED: Mapping[str, Callable[[Any], str]] = {
    "guardian_phone": lambda value: sentences.phone(value, shown=False),
    "national_id": national_id.masked,
    "g_code": national_id.masked,
}


def field(name: str) -> str:
    """Which field, as the beginning of a line."""
    said = refusals.field(name)
    return said[:1].upper() + said[1:]


def value(name: str, wire: object, *, whole: bool = True) -> str:
    """A value as a person says it; what is empty says so. Not `whole`: telephone and ID number masked."""
    if wire in (None, ""):
        return _("nothing filled in")
    say = _SAID.get(name) if whole else _MASKED.get(name) or _SAID.get(name)
    try:
        return say(wire) if say else str(wire)
    except (ValueError, TypeError):
        return str(wire)


def whose(shown: OpenConflict, side: Side, now: dt.datetime) -> str:
    """'ของท่าน · วันนี้ 10:44'; the received list's own value has no person and no time."""
    conflict = shown.conflict
    offered = side is Side.OFFERED
    by, name = (conflict.offered_by, shown.offered_by_name) if offered else (conflict.kept_by, shown.kept_by_name)
    at = conflict.offered_at if offered else conflict.kept_at
    if by is None:
        return _("From the received list")
    who = _("Yours") if side in shown.mine else name or _("Someone else")
    return f"{who} · {phrases.moment(at, now)}" if at else who


def wire_of(shown: OpenConflict, side: Side) -> object:
    return shown.conflict.offered if side is Side.OFFERED else shown.conflict.kept
