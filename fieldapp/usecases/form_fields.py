"""Which answers of a form are fields of the child's card: proposed from the card at the beginning, brought back to it at the end. And which
of them tell of harm or of a risk.

The form says so itself, by `bind::app:field`, `bind::app:urgent` and `bind::app:risk` in its spreadsheet.
"""

from collections.abc import Iterator
from typing import Any

from fieldapp.domain.care.risk import RiskLevel
from fieldapp.domain.child import EDITABLE_FIELDS, Child
from fieldapp.domain.event import EventRefused
from fieldapp.domain.events import child_value
from fieldapp.forms import FormDefinition, Session
from fieldapp.wire.codec import record_to_wire

_OF_CHILD = "child."
_TRUE = frozenset({"true", "1", "yes"})
_PROBLEM = frozenset({RiskLevel.PROBLEM.value, "2"})


def proposed(definition: FormDefinition, child: Child) -> dict[str, str]:
    """Node path -> what the card says, where it says something."""
    card = record_to_wire(child)
    found = {path: _as_answer(card.get(name)) for path, name in _fields(definition)}
    return {path: text for path, text in found.items() if text}


def card_values(session: Session, child: Child) -> dict[str, Any]:
    """Fields of the card that the answers say otherwise, in their wire form. What was not asked, not answered or is nothing that the field
    can hold says nothing to the card; it stays among the answers."""
    card = record_to_wire(child)
    values: dict[str, Any] = {}
    for path, name in _fields(session.definition):
        answer = session.value(path) if session.is_relevant(path) else ""
        value = answer in _TRUE if isinstance(card.get(name), bool) else answer
        if answer and answer != _as_answer(card.get(name)) and _fits(name, value):
            values[name] = value
    return values


def _fits(name: str, value: object) -> bool:
    try:
        child_value(name, value)
    except EventRefused:
        return False
    return True


def harm_signs(session: Session) -> tuple[str, ...]:
    """What the answers say of harm: the names of the form's `bind::app:urgent` questions that hold, without their `urgent_`."""
    return tuple(
        place.name.removeprefix("urgent_")
        for path, place in session.definition.places.items()
        if place.bind.extra.get("app:urgent") == "yes" and not place.repeats and session.is_relevant(path) and _holds(session.value(path))
    )


def risks(session: Session) -> dict[str, RiskLevel]:
    """Reasons for which the child is at risk by these answers: the form's `bind::app:risk` questions that say so, the worse where two name
    one reason."""
    found: dict[str, RiskLevel] = {}
    for path, place in session.definition.places.items():
        reason = place.bind.extra.get("app:risk", "")
        if not reason or place.repeats or not session.is_relevant(path) or not _holds(session.value(path)):
            continue
        level = RiskLevel.PROBLEM if session.value(path) in _PROBLEM else RiskLevel.RISK
        if found.get(reason) is not RiskLevel.PROBLEM:
            found[reason] = level
    return found


def _holds(answer: str) -> bool:
    return answer.lower() not in ("", "0", "no", "false", "nan")


def _fields(definition: FormDefinition) -> Iterator[tuple[str, str]]:
    for path, place in definition.places.items():
        field = place.bind.extra.get("app:field", "")
        name = field.removeprefix(_OF_CHILD)
        if field.startswith(_OF_CHILD) and name in EDITABLE_FIELDS and not place.repeats:
            yield path, name


def _as_answer(value: object) -> str:
    if value is None:
        return ""
    return "true" if value is True else "false" if value is False else str(value)
