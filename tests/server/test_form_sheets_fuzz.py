"""Whatever spreadsheet the office uploads as a form: it is looked at to the end, every fault is a finding, nothing is raised or hangs."""

import random
from pathlib import Path

import pytest

from fieldapp.server.forms.examining import examine
from tests.support.corpus import FOLDER
from tests.support.mutated_sheets import workbook
from tests.support.patience import Hung, within_patience

_LARGEST = 60_000


@pytest.fixture(scope="module")
def sheets() -> list[Path]:
    return [file for file in sorted((FOLDER / "pyxform").iterdir()) if file.suffix in {".xls", ".xlsx"} and file.stat().st_size < _LARGEST]


def look_at(seeds: range, sheets: list[Path]) -> dict[bool, int]:
    """How many could be published, how many not."""
    told = {True: 0, False: 0}
    for seed in seeds:
        draw = random.Random(seed)
        file = draw.choice(sheets)
        content = workbook(draw, file)
        try:
            with within_patience():
                examined = examine(content, {})
        except (Exception, Hung) as problem:  # noqa: BLE001 - whatever it is, say with which seed it comes again
            pytest.fail(f"seed {seed} {file.name}: {type(problem).__name__} {problem}")
        assert examined.may_be_published or all(finding.code for finding in examined.findings)
        assert examined.definition is not None or examined.findings
        told[examined.definition is not None] += 1
    return told


@pytest.fixture(autouse=True)
def _without_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """ODK Validate takes two seconds a form, and is not what is tried."""
    monkeypatch.setenv("PATH", "")


def test_mutated_sheets_are_looked_at_to_the_end(sheets: list[Path]) -> None:
    told = look_at(range(120), sheets)
    assert told[True] > 20
    assert told[False] > 20


# What once was not: a prefix without a namespace, a torn file whose zip directory is whole.
@pytest.mark.parametrize("seed", [1333, 3344, 5242])
def test_a_sheet_that_was_met_with_an_error_is_looked_at_to_the_end(seed: int, sheets: list[Path]) -> None:
    assert look_at(range(seed, seed + 1), sheets)[False] == 1


@pytest.mark.soak
def test_thousands_of_mutated_sheets_are_looked_at_to_the_end(sheets: list[Path]) -> None:
    assert sum(look_at(range(1_000, 6_000), sheets).values()) == 5_000
