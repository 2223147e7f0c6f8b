"""JavaRosa, the engine of ODK Collect, as it comes in pyxform's wheel: what it makes of a form and of steps in it.

Fixture: `javarosa`; it skips with a reason where Java, its compiler or the jar is missing. One process answers for many forms.
Its day, moment, chance and zone are pinned: `TODAY`, noon of it, and `ZONE`.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "support" / "javarosa"
TODAY = "2026-11-22"
ZONE = "Asia/Bangkok"
_OLDEST = 17


class JavaRosa:
    """A process that answers one request a line; see Replay.java for both."""

    def __init__(self, java: str, jar: Path, classes: Path, media: Path) -> None:
        self._media = media
        command = [
            java,
            "-Xss8m",
            f"-Duser.timezone={ZONE}",
            "-Duser.language=en",
            "-Duser.country=US",
            "-cp",
            f"{jar}{os.pathsep}{classes}",
            "Replay",
        ]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
        )

    def ask(self, xform: str, attached: Mapping[str, bytes], **asked: Any) -> Any:
        for name, content in attached.items():
            (self._media / name).write_bytes(content)
        request = {"xform": xform, "media": str(self._media), "today": TODAY, **asked}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def walk(self, xform: str, steps: list[list[str]], attached: Mapping[str, bytes] | None = None) -> Any:
        """{"refused"} or {"states": one after loading and one a step, "options", …}."""
        return self.ask(xform, attached or {}, steps=steps)

    def evaluate(self, xform: str, pairs: list[tuple[str, str]]) -> Any:
        """{"refused"} or {"results": a {"type", "value"} or {"error"} for each (context path, expression)}."""
        return self.ask(xform, {}, evaluate=pairs)

    def close(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait()


def _version(java: str) -> int:
    """The number of `java -version`, 0 where it does not say one."""
    told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    number = told.partition('"')[2].partition(".")[0]
    return int(number) if number.isdigit() else 0


def _compiled(javac: str, jar: Path) -> Path:
    """The folder of the compiled programs: made once for each wording of them."""
    sources = sorted(PROGRAMS.glob("*.java"))
    name = hashlib.sha256(b"\0".join(source.read_bytes() for source in sources) + str(jar.stat().st_size).encode()).hexdigest()[:16]
    folder = ROOT / "build" / "javarosa" / name
    if not folder.is_dir():
        fresh = folder.with_name(f"{name}-{os.getpid()}")
        fresh.mkdir(parents=True)
        subprocess.run(
            [javac, "-nowarn", "-encoding", "UTF-8", "-cp", str(jar), "-d", str(fresh), *map(str, sources)], check=True, timeout=300
        )
        if folder.exists():
            shutil.rmtree(fresh)  # another test run was faster
        else:
            fresh.rename(folder)
    return folder


class Missing(Exception):
    """What JavaRosa needs and this machine lacks, in words."""


@contextmanager
def started() -> Iterator[JavaRosa]:
    """The process, ended afterwards. Raises Missing."""
    java, javac = shutil.which("java"), shutil.which("javac")
    if java is None or javac is None:
        raise Missing("java and javac are not installed")
    if (version := _version(java)) < _OLDEST:
        raise Missing(f"Java {_OLDEST} or newer is needed, and this is {version or 'one that does not say'}")
    wheel = importlib.util.find_spec("pyxform")
    if wheel is None or wheel.origin is None:
        raise Missing("pyxform, whose wheel holds JavaRosa, is not installed")
    jar = Path(wheel.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    if not jar.is_file():
        raise Missing("this pyxform holds no ODK_Validate.jar")
    with tempfile.TemporaryDirectory() as media:
        process = JavaRosa(java, jar, _compiled(javac, jar), Path(media))
        try:
            yield process
        finally:
            process.close()


@pytest.fixture(scope="session")
def javarosa() -> Iterator[JavaRosa]:
    with ExitStack() as stack:
        try:
            process = stack.enter_context(started())
        except Missing as missing:
            pytest.skip(str(missing))
        yield process
