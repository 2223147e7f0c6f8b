"""Requests of one process that would wait for the same lock and the same disk, one after the other, go in one transaction instead.

Whoever comes first acts for all who wait by then; nobody waits for company. Knows no database and no photo.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(eq=False, slots=True)
class _Turn(Generic[T, R]):
    item: T
    results: list[R] = field(default_factory=list)


class Together(Generic[T, R]):
    """`act` takes one item or many and gives one result each, in their order."""

    def __init__(self, act: Callable[[Sequence[T]], Sequence[R]]) -> None:
        self._act = act
        self._acting = threading.Lock()
        self._waiting: list[_Turn[T, R]] = []
        self._door = threading.Lock()

    def do(self, item: T) -> R:
        """The item's result; raises what `act` raises."""
        turn: _Turn[T, R] = _Turn(item)
        with self._door:
            self._waiting.append(turn)
        with self._acting:
            if not turn.results:
                turns = self._all_with(turn)
                for each, result in zip(turns, self._act([each.item for each in turns]), strict=True):
                    each.results.append(result)
        return turn.results[0]

    def _all_with(self, turn: _Turn[T, R]) -> list[_Turn[T, R]]:
        with self._door:
            if turn not in self._waiting:
                # Taken along by another, who failed: now each for itself, so that one item's trouble is nobody else's.
                return [turn]
            turns, self._waiting = self._waiting, []
            return turns
