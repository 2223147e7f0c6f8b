"""The main job, end to end: what `make demo` tells on a machine without a screen, as a test."""

import json
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def output() -> Iterator[Path]:
    """The folder that the demo left after it ended well."""
    # Not under pytest's own folder: as root PostgreSQL runs as another user, who must be able to reach its data.
    with tempfile.TemporaryDirectory(prefix="fieldapp-demo-") as name:
        folder = Path(name)
        command = [sys.executable, "-m", "fieldapp", "--data-dir", str(folder / "data"), "demo", "--headless"]
        done = subprocess.run([*command, "--output", str(folder / "output")], capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        yield folder / "output"


@pytest.fixture(scope="module")
def summary(output: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((output / "summary.json").read_text(encoding="utf-8"))
    return read


def test_everything_that_the_story_promises_came_true(summary: dict[str, Any]) -> None:
    assert summary["complete"]
    assert all(summary["promises"].values())
    assert len(summary["promises"]) == 6


def test_one_visit_moves_one_case_from_in_progress_to_returned(summary: dict[str, Any]) -> None:
    before, after = (summary[name]["lists"]["never_enrolled"] for name in ("ladder_before", "ladder_after"))
    moved = {name: after[name] - before[name] for name in ("listed", "traced", "in_progress", "returned", "not_returned")}
    assert moved == {"listed": 0, "traced": 1, "in_progress": -1, "returned": 1, "not_returned": 0}
    assert summary["ladder_before"]["lists"]["dropped_out"] == summary["ladder_after"]["lists"]["dropped_out"]


def test_what_was_recorded_offline_is_counted_sent_and_proved(summary: dict[str, Any]) -> None:
    assert summary["children_on_laptop"] == 41
    assert summary["unsent_offline"] == {"visits": 1, "other_events": 4, "photos": 2}
    assert summary["events_pushed"] == 7
    assert summary["receipts_verified"] is True
    assert len(summary["photos_stored"]) == 2


def test_each_step_left_a_picture_of_the_laptop_that_teachers_have(output: Path, summary: dict[str, Any]) -> None:
    pictures = sorted(output.glob("[0-9][0-9]-*.png"))
    assert len(pictures) == summary["pictures"] >= 20
    windows = [picture for picture in pictures if "receipt" not in picture.name]
    assert {_size(picture) for picture in windows} == {(1366, 768)}


def _size(picture: Path) -> tuple[int, int]:
    """Width and height, which a PNG tells in its first chunk."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height
