"""The recorded walks would notice an engine that is wrong: six faults are put into a copy of it, one at a time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What is wrong, where, what stands there, what stands there then.
BREAKS = [
    ("relevance ignored", "filling/cascade.py", "if node.own_relevant == relevant:", "if True:"),
    ("no cascade", "filling/cascade.py", "for dependent in self._graph.dependents.get(place.path, ()):", "for dependent in ():"),
    # What comes of a date that is a text, as in plain XPath.
    (
        "dates compared as strings",
        "xpath/values.py",
        "return dates.days(scalar)\n    return float(scalar)",
        "return NAN\n    return float(scalar)",
    ),
    ("int() rounds", "xpath/values.py", "float(math.trunc(number))", "float(round(number))"),
    ("absolute paths not bound to their repeat", "xpath/paths.py", 'if name.rpartition(":")[2] != node.name:', "if True:"),
    (
        "selected() by substring",
        "functions/choices.py",
        'f" {to_text(wanted).strip()} " in f" {to_text(answers)} "',
        "to_text(wanted) in to_text(answers)",
    ),
]


_JUDGE = "from tests.forms.test_recorded_fillings import test_every_state_of_the_recorded_walks_is_javarosas as judge; judge()"


def judged(folder: Path) -> subprocess.CompletedProcess[str]:
    """The recorded walks on the engine of a folder."""
    there = {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-c", _JUDGE], cwd=folder, env=there, capture_output=True, text=True, check=False)


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A copy that may be broken."""
    shutil.copytree(ROOT / "fieldapp", tmp_path / "fieldapp", ignore=shutil.ignore_patterns("__pycache__", "gui", "server"))
    return tmp_path


def test_the_engine_as_it_is_passes(engine: Path) -> None:
    done = judged(engine)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("fault", "file", "right", "wrong"), BREAKS, ids=[fault for fault, *_ in BREAKS])
def test_a_fault_is_noticed(fault: str, file: str, right: str, wrong: str, engine: Path) -> None:
    broken = engine / "fieldapp" / "forms" / file
    source = broken.read_text(encoding="utf-8")
    assert source.count(right) == 1, f"where {fault} was put in, the source reads otherwise now"
    broken.write_text(source.replace(right, wrong), encoding="utf-8")
    done = judged(engine)
    assert done.returncode == 1
    assert "AssertionError" in done.stderr, done.stderr
    assert "JavaRosa" in done.stderr, done.stderr
