"""The shape of the source tree: small files with names that say something."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "fieldapp"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "controller"}
MAX_LINES = 500
TOP_LEVEL = {"fieldapp", "resources", "packaging", "tests", "README.md", "pyproject.toml", "Makefile", "CHANGELOG.md", "LICENSE"}
MADE_BY_RUNNING = {"build", "dist", "demo-output"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_source_file_is_short_and_says_what_it_is_for(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    assert source.stem not in SAY_NOTHING
    # Alembic names its revision files by date; their first lines say what they do.
    assert ast.get_docstring(ast.parse(text)), f"{source} has no docstring"


def test_the_top_level_holds_only_what_was_agreed() -> None:
    found = {path.name for path in PACKAGE.parent.iterdir() if not path.name.startswith(".")}
    assert found - MADE_BY_RUNNING - TOP_LEVEL == set()


def test_no_buddhist_year_is_reckoned_outside_the_edge() -> None:
    """543 belongs to domain/thai_dates.py alone."""
    reckoning = [str(path) for path in SOURCES if path.name != "thai_dates.py" and "543" in path.read_text(encoding="utf-8")]
    assert reckoning == []
