"""What the headless demo leaves behind: a picture of each step, and summary.json with what was counted and proved."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from fieldapp.gui.demo.hands import rest

_SETTLE_MS = 250


class Album:
    """Pictures are numbered in the order they are taken. `facts` is what summary.json will say; `promises` what had to come true."""

    def __init__(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._folder = folder
        self._taken = 0
        self.facts: dict[str, Any] = {}
        self.promises: dict[str, bool] = {}
        self._seconds: dict[str, float] = {}

    def take(self, window: QWidget, name: str) -> None:
        rest(_SETTLE_MS)
        self._taken += 1
        window.grab().save(str(self._folder / f"{self._taken:02d}-{name}.png"))

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step of the story, the pictures' moment of rest included."""
        began = time.perf_counter()
        yield
        self._seconds[name] = round(time.perf_counter() - began, 3)

    def promise(self, name: str, *, kept: bool) -> None:
        self.promises[name] = kept

    def close(self, failure: str = "") -> bool:
        """Write summary.json; returns whether every promise was kept and nothing failed."""
        complete = not failure and bool(self.promises) and all(self.promises.values())
        summary = {
            "complete": complete,
            "failure": failure,
            **self.facts,
            "promises": self.promises,
            "pictures": self._taken,
            "seconds": self._seconds,
        }
        (self._folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return complete
