"""How the workloads are timed and told: medians of several runs, ours and the limit taking turns, one JSON line each."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ChildRun:
    """A process measured from outside: seconds from its start until it printed its line, and what the line said."""

    seconds: float
    said: dict[str, Any]


def child(module: str, *arguments: str) -> ChildRun:
    """Start `python -m module arguments`, wait for its one line of JSON."""
    # An installed program has its byte code; a developer's wish for none must not make each start compile it anew.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    line = process.stdout.readline()
    seconds = time.perf_counter() - began
    process.stdout.close()
    if process.wait() or not line:
        raise RuntimeError(f"{module} {arguments} ended with {process.returncode}")
    return ChildRun(seconds, json.loads(line))


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def take_turns(ours: Callable[[], float], limit: Callable[[], float], runs: int = 5) -> tuple[float, float]:
    """Medians of both, measured in turn so that a slow moment of the machine falls on both. The first turn only warms up."""
    pairs = [(ours(), limit()) for _ in range(runs + 1)][1:]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def tell(workload: str, *, ours: float, limit: float | None = None, budget: str, **more: Any) -> None:
    """One JSON line: `ours` and `limit` in the unit that `budget` names, and their ratio where there is a limit."""
    line: dict[str, Any] = {"workload": workload, "ours": round(ours, 4)}
    if limit is not None:
        line |= {"limit": round(limit, 4), "ratio": round(ours / limit, 2)}
    print(json.dumps({**line, "budget": budget, **more}, ensure_ascii=False), flush=True)  # noqa: T201 - the bench's output
