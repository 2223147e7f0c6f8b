"""What a tap on the visit page does to the draft: pure functions from visit to visit. Knows no widget and no words."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from fieldapp.domain.visit import Met, NextStep, Outcome, Problem, Visit


class Part(StrEnum):
    """The five short parts, in the order in which they are asked."""

    MET = "met"
    WHEREABOUTS = "whereabouts"
    OUTCOME = "outcome"
    PHOTOS = "photos"
    NEXT_STEP = "next_step"


PARTS = tuple(Part)

# Where a problem is mended, by the field it names.
_PART_OF = {
    "visited_on": Part.MET,
    "met": Part.MET,
    "whereabouts": Part.WHEREABOUTS,
    "outcome": Part.OUTCOME,
    "return_level": Part.OUTCOME,
    "return_on": Part.OUTCOME,
    "causes": Part.OUTCOME,
    "main_cause": Part.OUTCOME,
    "next_on": Part.NEXT_STEP,
    "next_step": Part.NEXT_STEP,
    "next_note": Part.NEXT_STEP,
    "met_note": Part.MET,
    "companions": Part.MET,
    "whereabouts_note": Part.WHEREABOUTS,
    "return_place": Part.OUTCOME,
    "return_grade": Part.OUTCOME,
    "note": Part.OUTCOME,
}

_NOTHING: dict[str, Any] = {
    "return_level": None,
    "return_place": "",
    "return_grade": "",
    "return_on": None,
    "causes": (),
    "main_cause": None,
}
_RETURN = frozenset({"return_level", "return_place", "return_grade", "return_on"})
_CAUSES = frozenset({"causes", "main_cause"})

# The answers that belong to an outcome. Answers of another outcome would contradict it and are laid aside.
BELONGS: dict[Outcome | None, frozenset[str]] = {
    None: frozenset(_NOTHING),
    Outcome.RETURNED: _RETURN,
    Outcome.STUDYING_ELSEWHERE: _RETURN - {"return_on"},
    Outcome.WANTS_RETURN: _CAUSES,
    Outcome.NOT_RETURNING: _CAUSES,
    Outcome.UNDECIDED: _CAUSES,
    Outcome.NOT_FOUND: frozenset(),
    Outcome.DECEASED: frozenset(),
    Outcome.STILL_AT_SCHOOL: frozenset(),
}

# Days until the next step, as teachers usually agree on; offered, never more than one tap from being changed.
USUAL_DAYS = {
    NextStep.VISIT_AGAIN: 14,
    NextStep.BRING_TO_SCHOOL: 7,
    NextStep.FOLLOW_UP_AT_SCHOOL: 30,
    NextStep.ASK_FOR_HELP: 7,
    NextStep.REFER: 7,
}


def part_of(problem: Problem) -> Part:
    return _PART_OF.get(problem.field, Part.OUTCOME)


def part_of_field(field: str) -> Part | None:
    """None for what is no answer of the page."""
    return _PART_OF.get(field)


def toggle_met(visit: Visit, who: Met) -> Visit:
    """Nobody excludes everybody else, and the other way round."""
    if who in visit.met:
        return replace(visit, met=tuple(m for m in visit.met if m is not who))
    if who is Met.NOBODY:
        return replace(visit, met=(Met.NOBODY,))
    others = {*visit.met, who} - {Met.NOBODY}
    return replace(visit, met=tuple(m for m in Met if m in others))


def toggle_cause(visit: Visit, code: str) -> Visit:
    """The first cause chosen is the main one; when the main one goes, the next takes its place."""
    causes = tuple(c for c in visit.causes if c != code) if code in visit.causes else (*visit.causes, code)
    main = visit.main_cause if visit.main_cause in causes else next(iter(causes), None)
    return replace(visit, causes=causes, main_cause=main)


def make_main(visit: Visit, code: str) -> Visit:
    causes = visit.causes if code in visit.causes else (*visit.causes, code)
    return replace(visit, causes=causes, main_cause=code)


def choose_next_step(visit: Visit, step: NextStep, suggested: bool) -> Visit:
    """The step with its usual date, where the person has not set a date of their own (`suggested`: the date was ours)."""
    if visit.next_step is step:
        return visit
    days = USUAL_DAYS.get(step)
    if days is None:
        return replace(visit, next_step=step, next_on=None)
    if visit.next_on is None or suggested:
        return replace(visit, next_step=step, next_on=visit.visited_on + dt.timedelta(days=days))
    return replace(visit, next_step=step)


@dataclass(slots=True)
class LaidAside:
    """Answers that stopped belonging when another outcome was tapped, kept for as long as the page is open: a mistaken tap
    costs nothing."""

    values: dict[str, Any]

    def choose_outcome(self, visit: Visit, outcome: Outcome) -> Visit:
        belongs = BELONGS[outcome]
        for name, empty in _NOTHING.items():
            if name not in belongs and getattr(visit, name) != empty:
                self.values[name] = getattr(visit, name)
        kept = {
            name: (getattr(visit, name) if getattr(visit, name) != empty else self.values.get(name, empty)) if name in belongs else empty
            for name, empty in _NOTHING.items()
        }
        return replace(visit, outcome=outcome, **kept)
