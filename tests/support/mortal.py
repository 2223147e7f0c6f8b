"""Real processes that are killed with the real SIGKILL: from outside, or by their own hand at the n-th step towards the disk.

A nursery process has everything loaded and lets children go, so that hundreds of them can die in a minute.
"""

import itertools
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import Engine, event

_WAYS = multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("forkserver" if "forkserver" in _WAYS else "spawn")
if "forkserver" in _WAYS:
    _CONTEXT.set_forkserver_preload(["tests.support.person_at_work", "tests.support.laptop_at_sync"])

Say = Callable[[Any], None]


class Mortal:
    """A process that runs `work(say, *arguments)`; what it says arrives here even if it dies right after."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        self._hears, speaks = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=_live, args=(work, speaks, arguments))
        self._speaks = speaks

    def start(self) -> "Mortal":
        self._process.start()
        self._speaks.close()
        return self

    def words(self) -> Iterator[Any]:
        """What it says, until it has ended."""
        try:
            while True:
                yield self._hears.recv()
        except EOFError:
            return

    def kill(self) -> None:
        self._process.kill()

    def ended(self) -> bool:
        """Waits for its end. True where it ended by itself and well, False where it was killed; anything else is a failure."""
        for _ in self.words():
            pass
        self._process.join()
        code = self._process.exitcode
        self._hears.close()
        assert code in (0, -signal.SIGKILL), code
        return code == 0


def _live(work: Callable[..., None], speaks: Connection, arguments: tuple[Any, ...]) -> None:
    work(speaks.send, *arguments)


def die_at_step(number: int | None) -> None:
    """This process kills itself just before its `number`-th statement or commit, in whatever database and thread."""
    if number is None:
        return
    steps = itertools.count(1)

    def step(*_what: object) -> None:
        if next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
