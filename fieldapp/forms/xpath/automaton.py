"""Matching without going back: every way a pattern may go is followed at once, so that no value takes more than length times size of
the pattern.

For the patterns that a backtracking matcher could run for years with: something repeated inside something repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from fieldapp.forms.problems import FormError

MOST_STATES = 3_000
Letter = Callable[[str], bool]


@dataclass(slots=True, eq=False)
class _State:
    """Goes on to `next` by a letter that `takes` says yes to, to `free` without one."""

    takes: Letter | None = None
    next: _State | None = None
    free: list[_State] = field(default_factory=list)


class Automaton:
    """Of a pattern as Python's own parser reads it. Raises FormError xpath.regex_costly where it has what cannot be followed so (looking
    ahead, back references, word ends) or is too large."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._count = 0
        self._end = self._state()
        self._start = self._sequence(list(items), self._end)

    def matches(self, text: str) -> bool:
        now = self._closed([self._start])
        for letter in text:
            now = self._closed([state.next for state in now if state.takes is not None and state.next is not None and state.takes(letter)])
            if not now:
                return False
        return self._end in now

    def _closed(self, states: list[_State]) -> set[_State]:
        found: set[_State] = set()
        while states:
            state = states.pop()
            if state not in found:
                found.add(state)
                states.extend(state.free)
        return found

    def _state(self, *free: _State) -> _State:
        self._count += 1
        if self._count > MOST_STATES:
            raise FormError("xpath.regex_costly", states=MOST_STATES)
        return _State(free=list(free))

    def _sequence(self, items: list[Any], after: _State) -> _State:
        for item in reversed(items):
            after = self._one(str(item[0]), item[1], after)
        return after

    def _one(self, operation: str, argument: Any, after: _State) -> _State:
        if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = argument
            return self._repeated(least, most, list(inner), after)
        if operation == "SUBPATTERN":
            return self._sequence(list(argument[3]), after)
        if operation == "ATOMIC_GROUP":
            return self._sequence(list(argument), after)
        if operation == "BRANCH":
            return self._state(*(self._sequence(list(way), after) for way in argument[1]))
        if operation == "AT" and str(argument) in ("AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"):
            # The whole value is matched, and these stand at its ends in every pattern that means something.
            return after
        state = self._state()
        state.takes, state.next = letter_of(operation, argument), after
        return state

    def _repeated(self, least: int, most: Any, inner: list[Any], after: _State) -> _State:
        if str(most) == "MAXREPEAT":
            loop = self._state(after)
            loop.free.insert(0, self._sequence(inner, loop))
            after = loop
        else:
            behind = after
            for _ in range(int(most) - least):
                after = self._state(self._sequence(inner, after), behind)
        for _ in range(least):
            after = self._sequence(inner, after)
        return after


def letter_of(operation: str, argument: Any) -> Letter:
    """Which single letters one item of a pattern takes."""
    if operation == "LITERAL":
        return chr(argument).__eq__
    if operation == "NOT_LITERAL":
        return chr(argument).__ne__
    if operation == "ANY":
        return "\n".__ne__
    if operation == "RANGE":
        low, high = argument
        return lambda letter: low <= ord(letter) <= high
    if operation == "CATEGORY":
        return _CATEGORIES[str(argument)]
    if operation == "IN":
        wanted = str(argument[0][0]) != "NEGATE"
        parts = [letter_of(str(name), inside) for name, inside in (argument if wanted else argument[1:])]
        return lambda letter: any(part(letter) for part in parts) is wanted
    raise FormError("xpath.regex_costly", part=operation.lower())


_CATEGORIES: dict[str, Letter] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda letter: not letter.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda letter: not letter.isspace(),
    "CATEGORY_WORD": lambda letter: letter == "_" or letter.isalnum(),
    "CATEGORY_NOT_WORD": lambda letter: letter != "_" and not letter.isalnum(),
}
