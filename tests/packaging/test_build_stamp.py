"""A package says which commit it was built from."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest
from build_stamp import write_stamp

from fieldapp.build import Build, build


def _git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    return subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    root.mkdir()
    _git(root, "init", "-q")
    (root / "a").write_text("1")
    _git(root, "add", "a")
    _git(root, "commit", "-q", "-m", "a", "--date", "2026-11-22T08:00:00+07:00")
    return root


def test_a_package_carries_the_commit_it_was_built_from(checkout: Path, tmp_path: Path) -> None:
    commit, day = _git(checkout, "show", "-s", "--format=%H %cs").split()
    write_stamp(checkout, tmp_path / "build.json")
    assert build(tmp_path) == Build(commit[:12], dt.date.fromisoformat(day), changed=False)


def test_a_build_of_changed_files_says_so(checkout: Path, tmp_path: Path) -> None:
    (checkout / "a").write_text("2")
    write_stamp(checkout, tmp_path / "build.json")
    made = build(tmp_path)
    assert made is not None
    assert made.number == made.commit + "+"


def test_outside_a_checkout_there_is_no_build_and_none_of_before_is_left(checkout: Path, tmp_path: Path) -> None:
    target = tmp_path / "build.json"
    write_stamp(checkout, target)
    assert write_stamp(tmp_path / "elsewhere", target) is None
    assert build(tmp_path) is None
