"""The tests of the engine would notice if it went wrong: it is broken in six ways, each in a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JUDGES = ("test_filling.py", "test_functions_of_text.py", "test_functions_of_numbers.py", "test_expressions.py")
BREAKAGES = {
    "relevance is ignored": (
        "xpath/paths.py",
        "        if not node.relevant:\n            return [one for one in nodes if one.relevant]\n",
        "",
    ),
    "nothing follows from an answer": (
        "filling/cascade.py",
        "            self._mark(dependent.rule, _ancestor(node, dependent.anchor))\n",
        "            del dependent\n",
    ),
    "dates are texts": ("xpath/values.py", "            day = dates.parse_date(text) if text else None\n", "            day = None\n"),
    "int() rounds": ("xpath/values.py", "return float(math.trunc(number)) if", "return float(round(number)) if"),
    "an absolute path leaves its repeat": (
        "xpath/paths.py",
        '            if name.rpartition(":")[2] != node.name:',
        "            if True:",
    ),
    "selected() takes a part of a word": (
        "functions/choices.py",
        'return f" {to_text(wanted).strip()} " in f" {to_text(answers)} "',
        "return to_text(wanted).strip() in to_text(answers)",
    ),
}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "fieldapp" / "forms", tmp_path / "fieldapp" / "forms", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "fieldapp" / "__init__.py", tmp_path / "fieldapp")
    support = tmp_path / "tests" / "support"
    support.mkdir(parents=True)
    for name in ("xforms.py", "expressions.py"):
        shutil.copy(ROOT / "tests" / "support" / name, support)
    for name in JUDGES:
        shutil.copy(ROOT / "tests" / "forms" / name, tmp_path)
    return tmp_path


def test_a_sound_copy_passes(copied: Path) -> None:
    assert _judged(copied) == 0


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_engine_is_noticed(breakage: str, copied: Path) -> None:
    file, right, wrong = BREAKAGES[breakage]
    module = copied / "fieldapp" / "forms" / file
    text = module.read_text(encoding="utf-8")
    assert text.count(right) == 1, f"{file} no longer says {right!r}"
    module.write_text(text.replace(right, wrong), encoding="utf-8")
    assert _judged(copied) == 1


def _judged(folder: Path) -> int:
    """0 where all tests hold, 1 where one fails."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", "not monster", *JUDGES]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=300, check=False).returncode
