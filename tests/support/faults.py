"""A line to the district that fails as told. Every fault has a name and strikes one kind of request, once or for ever."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fieldapp.errors import Offline, ServerProblem
from fieldapp.sync.transport import Transport


class Fault(StrEnum):
    CUT_BEFORE = "cut before the server applied"
    CUT_AFTER = "cut after the server applied"
    TIMEOUT_AFTER = "the server applied, but its answer took too long"
    HALF_JSON = "the server applied, and half of its answer came"
    ERROR_BEFORE = "500 instead of applying"
    ERROR_AFTER = "applied, and 500 for an answer"
    CAPTIVE_PORTAL = "another server answered"


_APPLIES = {Fault.CUT_AFTER, Fault.TIMEOUT_AFTER, Fault.HALF_JSON, Fault.ERROR_AFTER}
_ERRORS: dict[Fault, Callable[[], Exception]] = {
    Fault.CUT_BEFORE: lambda: Offline("offline.unreachable"),
    Fault.CUT_AFTER: lambda: Offline("offline.unreachable"),
    Fault.TIMEOUT_AFTER: lambda: Offline("offline.timeout"),
    Fault.HALF_JSON: lambda: Offline("offline.broken_answer"),
    Fault.ERROR_BEFORE: lambda: ServerProblem("server_failed", 500),
    Fault.ERROR_AFTER: lambda: ServerProblem("server_failed", 500),
    Fault.CAPTIVE_PORTAL: lambda: Offline("offline.not_the_server"),
}

# What the faulty line lets through untouched.
_PLAIN = ("traffic", "clock_offset", "close", "interrupt")


@dataclass
class FaultyTransport:
    """Any transport, with faults. `calls` counts requests by name, those that a fault ate included."""

    inner: Transport
    calls: Counter[str] = field(default_factory=Counter)
    _faults: list[tuple[Fault, str, int]] = field(default_factory=list)
    _answers: dict[str, Callable[[Any], Any]] = field(default_factory=dict)
    _requests: dict[str, tuple[Callable[..., tuple[Any, ...]], int | None]] = field(default_factory=dict)
    _refusals: list[tuple[str, Callable[..., Exception | None]]] = field(default_factory=list)

    def fail(self, fault: Fault, on: str, *, at: int = 1) -> None:
        """The `at`-th request of this name from now on meets the fault."""
        self._faults.append((fault, on, self.calls[on] + at))

    def alter(self, on: str, change: Callable[[Any], Any]) -> None:
        """Answers of this name are changed on the way, until `heal`."""
        self._answers[on] = change

    def alter_request(self, on: str, change: Callable[..., tuple[Any, ...]], *, times: int | None = None) -> None:
        """The arguments of requests of this name are changed on the way, so many times or until `heal`."""
        self._requests[on] = (change, None if times is None else self.calls[on] + times)

    def refuse(self, on: str, why: Callable[..., Exception | None]) -> None:
        """Requests of this name for which `why(*arguments)` gives an error meet it, until `heal`."""
        self._refusals.append((on, why))

    def heal(self) -> None:
        self._faults.clear()
        self._answers.clear()
        self._requests.clear()
        self._refusals.clear()

    def __getattr__(self, name: str) -> Any:
        target = getattr(self.inner, name)
        if name in _PLAIN:
            return target

        def request(*arguments: Any) -> Any:
            self.calls[name] += 1
            number = self.calls[name]
            for on, why in self._refusals:
                error = why(*arguments) if on == name else None
                if error is not None:
                    raise error
            struck = [fault for fault, on, at in self._faults if (on, at) == (name, number)]
            if struck and struck[0] not in _APPLIES:
                raise _ERRORS[struck[0]]()
            change, last = self._requests.get(name, (None, None))
            if change and (last is None or number <= last):
                arguments = change(*arguments)
            answer = target(*arguments)
            if struck:
                raise _ERRORS[struck[0]]()
            return self._answers.get(name, lambda same: same)(answer)

        return request
