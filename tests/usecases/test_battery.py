"""The battery as Linux tells it, in files as they lie there."""

from pathlib import Path

import pytest

from fieldapp.usecases.battery import Battery, battery


def supply(power: Path, name: str, **files: str) -> None:
    (power / name).mkdir(parents=True)
    for file, text in files.items():
        (power / name / file).write_text(text + "\n", encoding="ascii")


@pytest.mark.parametrize(("status", "plugged_in"), [("Discharging", False), ("Charging", True), ("Full", True)])
def test_the_laptops_own_battery_is_read_and_not_the_mouses(tmp_path: Path, status: str, plugged_in: bool) -> None:
    supply(tmp_path, "AC", type="Mains")
    supply(tmp_path, "A_mouse", type="Battery", scope="Device", capacity="3")
    supply(tmp_path, "BAT0", type="Battery", capacity="64", status=status)
    assert battery(tmp_path) == Battery(64, plugged_in)


def test_a_computer_without_one_has_none(tmp_path: Path) -> None:
    assert battery(tmp_path / "nothing") is None
    supply(tmp_path, "BAT0", type="Battery", capacity="?")
    assert battery(tmp_path) is None
