"""What the README tells people to type and where to look is true."""

import re
import shlex
from pathlib import Path

import pytest

from fieldapp.cli import _parser
from fieldapp.server.command_line.server import DEFAULT_PORT

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPED = [line.partition("  #")[0].strip() for line in README.splitlines() if line.startswith("fieldapp ")]


def test_there_are_commands_to_look_at() -> None:
    assert len(TYPED) >= 8


@pytest.mark.parametrize("command", TYPED)
def test_a_command_of_the_readme_is_understood(command: str) -> None:
    arguments = shlex.split(command)[1:]
    _parser(arguments).parse_args(arguments)


def test_the_port_is_the_one_that_the_server_takes() -> None:
    assert set(re.findall(r"http://127\.0\.0\.1:(\d+)", README)) == {str(DEFAULT_PORT)}


@pytest.mark.parametrize("folder", re.findall(r"^((?:fieldapp/|resources|packaging|tests)\S*)  ", README, re.MULTILINE))
def test_a_place_of_the_readme_is_there(folder: str) -> None:
    assert list(ROOT.glob(folder))


@pytest.mark.parametrize("target", re.findall(r"`make (\w+)`", README))
def test_make_knows_what_the_readme_says(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
