"""What an event says, as it was sent, in words: for what is held and for what was set aside, which may be wrong or of a newer program."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from fieldapp import phrases, words
from fieldapp.domain.child import Child, Sex
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.states import ListError
from fieldapp.domain.thai_dates import THAI_TIME, Precision
from fieldapp.domain.visit import Met, NextStep, Outcome, PhotosShow, ReturnLevel, Visit, Whereabouts
from fieldapp.error_words import refusals
from fieldapp.texts import _

_WORDS: Mapping[str, type[StrEnum]] = {
    "met": Met,
    "whereabouts": Whereabouts,
    "outcome": Outcome,
    "return_level": ReturnLevel,
    "next_step": NextStep,
    "photos_show": PhotosShow,
    "sex": Sex,
    "birth_precision": Precision,
    "reason": ListError,
}
# What a person does not read: ids, and what the bytes are called.
_SILENT = frozenset(
    {"id", "case_id", "child_id", "visit_id", "by", "owner_id", "version", "supersedes", "position", "age_status", "stored", "person_id"}
    | {"sha256", "size", "media_type", "width", "height", "seen", "state", "list_id", "into", "school_code"}
    | {"xml", "household_id", "submission_id", "paper_id", "of", "outdated", "by_hand", "pages"}
)
_URGENT = frozenset({"urgent", "urgent_note"})
_OF_PHOTO: Mapping[str, type[StrEnum]] = {"kind": PhotoKind}
_ORDER = {each.name: place for place, each in enumerate((*fields(Visit), *fields(Child)))}


def lines(event: Mapping[str, Any], causes: Mapping[str, str], *, urgent: bool) -> list[tuple[str, str]]:
    """(field, value) of what is filled in, in the order in which it was asked; `urgent`: with what it tells of a child in danger."""
    payload = event.get("payload", event)
    if not isinstance(payload, Mapping):
        return []
    inner = next((payload[name] for name in ("visit", "photo", "follow_up", "submission", "values", "child") if name in payload), payload)
    if not isinstance(inner, Mapping):
        return []
    own = _OF_PHOTO if "photo" in payload else {}
    # Canonical JSON is in the order of the alphabet.
    asked = sorted(inner.items(), key=lambda item: _ORDER.get(item[0], len(_ORDER)))
    told = ((name, _told(name, value, causes, own)) for name, value in asked if name not in _SILENT and (urgent or name not in _URGENT))
    return [(_label(name), said) for name, said in told if said]


def value(field: str, given: Any) -> str:
    """A field's value as people read it; '–' where it is empty."""
    return _told(field, given, {}, {}) or "–"


def _label(name: str) -> str:
    if name == "urgent":
        return _("urgent")
    return refusals.field(name) or _("kind")


def _told(name: str, given: Any, causes: Mapping[str, str], own: Mapping[str, type[StrEnum]]) -> str:
    if given is None or given == "" or given == [] or given is False and name != "finished_grade_9":
        return ""
    if name == "urgent" and isinstance(given, list | tuple):
        return " · ".join(map(words.harm, given))
    if isinstance(given, list | tuple):
        return " · ".join(_told(name, each, causes, own) for each in given)
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if name in ("causes", "main_cause"):
        return causes.get(str(given), str(given))
    vocabulary = _WORDS.get(name) or own.get(name)
    if vocabulary is not None:
        return words.of(vocabulary(given)) if given in set(vocabulary) else str(given)
    if name == "tambon_code":
        return phrases.place_in_district(str(given)) or str(given)
    return _dated(str(given)) if name == "on" or name.endswith(("_on", "_at")) else str(given)


def _dated(text: str) -> str:
    for read in _DATES:
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _moment(text: str) -> str:
    at = dt.datetime.fromisoformat(text)
    here = at.astimezone(THAI_TIME) if at.tzinfo else at
    return f"{phrases.day(here.date())} {here:%H:%M}"


_DATES: Iterable[Callable[[str], str]] = (lambda text: phrases.day(dt.date.fromisoformat(text)), _moment)
