"""An entry of the inbox in words: what it is, what came, why it waits, how it was decided."""

from collections.abc import Mapping
from typing import Any

from fieldapp import words
from fieldapp.domain.national_id import masked
from fieldapp.error_words import refusals
from fieldapp.server.deciding.entries import Decision, InboxEntry
from fieldapp.server.deciding.telling import value
from fieldapp.server.inbox import InboxKind
from fieldapp.texts import _, mark, ngettext

_KINDS: Mapping[str, str] = {
    InboxKind.URGENT: mark("Urgent report"),
    InboxKind.HELD: mark("Kept for a decision"),
    InboxKind.CONFLICT: mark("Two values for one field"),
    InboxKind.SET_ASIDE: mark("Sent to the helpdesk"),
}
_CHOICES: Mapping[str, str] = {
    "taken": mark("Taken in"),
    "kept": mark("Kept as it is"),
    "offered": mark("The newer value was chosen"),
    "other": mark("Another value was chosen"),
    "closed": mark("Done"),
}


def kinds() -> list[tuple[str, str]]:
    """Choices of a field."""
    return [(kind, _(name)) for kind, name in _KINDS.items()]


def kind(one: InboxEntry) -> str:
    return _(_KINDS[one.kind]) if one.kind in _KINDS else one.kind


def what(one: InboxEntry) -> str:
    """What came, with what goes along."""
    if one.kind == InboxKind.CONFLICT:
        return refusals.field(one.field)
    came = _("Visit that was begun") if one.event_kind == "draft" else refusals.kind(one.event_kind) if one.event_kind else ""
    photos = ngettext("{count} photo", "{count} photos", one.photos).format(count=one.photos) if one.photos else ""
    return " · ".join(filter(None, (came, photos)))


def why(one: InboxEntry) -> str:
    """Why it waits."""
    match one.kind:
        case InboxKind.HELD:
            return words.held(one.code)
        case InboxKind.CONFLICT:
            values = _("on the card: {kept}; offered: {offered}")
            return values.format(kept=_listed(one.field, one.body.get("kept")), offered=_listed(one.field, one.body.get("offered")))
        case InboxKind.URGENT:
            return " · ".join(filter(None, (*map(words.harm, one.body.get("signs", ())), str(one.body.get("note", "")))))
    if not one.code:
        return ""
    reason = refusals.photo(one.code) if one.body.get("kind") == "photo" else refusals.reason(one.code)
    return " · ".join(filter(None, (reason, refusals.field(one.field))))


def decided(one: InboxEntry, decision: Decision) -> str:
    """What was decided."""
    if one.kind == InboxKind.CONFLICT:
        chosen = _("The value on the card stays") if decision.choice == "kept" else _(_CHOICES.get(decision.choice, ""))
        return f"{chosen}: {_listed(one.field, decision.value)}"
    return _(_CHOICES[decision.choice]) if decision.choice in _CHOICES else decision.choice


def _listed(field: str, given: Any) -> str:
    """As in every list, an ID number is not told whole."""
    return masked(str(given)) if field == "national_id" and given else value(field, given)
