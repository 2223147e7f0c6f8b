"""Programs in Node that the tests speak with: their packages come from npm once and are kept in the build folder.

Fixture: `node`, the folder to run them in; it skips with a reason where Node or its packages cannot be had.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "peers"
# What @tus/server asks for.
_OLDEST = (20, 19)
_INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


@pytest.fixture(scope="session")
def node() -> Path:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        pytest.skip("node and npm are not installed")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout.strip()
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if numbers is None or tuple(int(number) for number in numbers.groups()) < _OLDEST:
        pytest.skip(f"node {'.'.join(map(str, _OLDEST))} or newer is needed, and this is {version or 'none that answers'}")
    return _with_packages(npm)


def _with_packages(npm: str) -> Path:
    """A folder with the packages of package.json and today's programs beside them."""
    wanted = (PROGRAMS / "package.json").read_bytes()
    folder = ROOT / "build" / "peers" / hashlib.sha256(wanted).hexdigest()[:16]
    if not (folder / "node_modules").is_dir():
        fresh = folder.with_name(f"{folder.name}-{os.getpid()}")
        fresh.mkdir(parents=True)
        (fresh / "package.json").write_bytes(wanted)
        try:
            done = subprocess.run([npm, *_INSTALL], cwd=fresh, capture_output=True, text=True, timeout=300, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip("npm could not install within five minutes")
        if done.returncode:
            shutil.rmtree(fresh)
            pytest.skip("npm could not install what the tests speak with: " + (done.stderr.strip().splitlines() or ["no reason given"])[0])
        if folder.exists():
            shutil.rmtree(fresh)  # another test run was faster
        else:
            fresh.rename(folder)
    for source in PROGRAMS.glob("*.mjs"):
        shutil.copyfile(source, folder / source.name)
    return folder


def run(folder: Path, program: str, told: Any) -> list[Any]:
    """What a program said, one JSON value a line."""
    done = subprocess.run(
        ["node", program], cwd=folder, input=json.dumps(told), capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
