"""Forms that nobody here wrote.

Those that lie in tests/forms/corpus, whose README says whence, and more that are fetched where a registry can be reached.
"""

import contextlib
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "forms" / "corpus"
_FETCHED = ROOT / "build" / "corpus"
# Their licences do not let them lie beside ours, or none is told: they are only read.
_WHEEL = "osm-fieldwork==0.3.6"
_PACKAGE = "cht-conf-test-harness@5.0.4"
_ASKED = re.compile(r'src="jr://[^"]*/([^"/]+)"')
_ROWS = (("a", "Apple", "1"), ("b", "Banana", "2"), ("c", "Cherry", "1"))
_MADE = {
    "csv": "name,label,group\n" + "".join(",".join(row) + "\n" for row in _ROWS),
    "xml": "<root>"
    + "".join(f"<item><name>{name}</name><label>{label}</label><group>{group}</group></item>" for name, label, group in _ROWS)
    + "</root>",
    "geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [103.5, 16.4]},
                    "properties": {"id": name, "name": name, "label": label, "title": label},
                }
                for name, label, _ in _ROWS
            ],
        }
    ),
}


@dataclass(frozen=True)
class Form:
    """An XForm's text, and the folder of what it has attached."""

    name: str
    xform: str
    media: Path

    def attached(self) -> dict[str, bytes]:
        """What the form asks for, by file name: as it lies beside the form, else something of its kind (few of them were published)."""
        found = {}
        for name in sorted(set(_ASKED.findall(self.xform))):
            beside = self.media / name
            made = _MADE.get(name.rpartition(".")[2].lower())
            if beside.is_file():
                found[name] = beside.read_bytes()
            elif made is not None:
                found[name] = made.encode()
        return found


def _read(file: Path) -> str:
    content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return content.decode("utf-8-sig")


def _converted(file: Path) -> str:
    """The XForm of an XLSForm; PyXFormError and the like where pyxform refuses it."""
    with contextlib.redirect_stdout(io.StringIO()):
        return str(convert(xlsform=str(file), validate=False).xform)


def _forms(folder: Path) -> Iterator[Form]:
    for file in sorted(folder.rglob("*")):
        name = f"{folder.name}/{file.name}"
        if file.suffix in {".xls", ".xlsx"}:
            # Some of what was published is refused by today's pyxform; that says nothing about an engine.
            with contextlib.suppress(PyXFormError, TypeError):
                yield Form(name, _converted(file), file.parent)
        elif file.name.endswith((".xml", ".xml.gz")):
            yield Form(name, _read(file), file.parent)


@cache
def committed() -> tuple[Form, ...]:
    return tuple(form for folder in sorted(FOLDER.iterdir()) if folder.is_dir() for form in _forms(folder))


@cache
def fetched() -> tuple[Form, ...]:
    """Forms of other projects' packages; skips where they cannot be had."""
    return (*_forms(_from_wheel()), *_forms(_from_npm()))


def _from_wheel() -> Path:
    folder = _FETCHED / "osm-fieldwork"
    if not folder.is_dir():
        with _fresh(folder) as fresh:
            _run(
                [
                    sys.executable,
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-deps",
                    "--dest",
                    str(fresh),
                    _WHEEL,
                ]
            )
            (wheel,) = fresh.glob("*.whl")
            with zipfile.ZipFile(wheel) as opened:
                for name in opened.namelist():
                    if "/xlsforms/" in name and name.endswith((".xls", ".xlsx")):
                        (fresh / Path(name).name).write_bytes(opened.read(name))
            wheel.unlink()
    return folder


def _from_npm() -> Path:
    folder = _FETCHED / "cht-conf-test-harness"
    if not folder.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is not installed")
        with _fresh(folder) as fresh:
            _run([npm, "pack", "--silent", "--pack-destination", str(fresh), _PACKAGE])
            (package,) = fresh.glob("*.tgz")
            with tarfile.open(package) as opened:
                for member in opened.getmembers():
                    content = opened.extractfile(member) if "/forms/" in member.name and member.name.endswith(".xml") else None
                    if content is not None:
                        (fresh / "-".join(Path(member.name).parts[-2:])).write_bytes(content.read())
            package.unlink()
    return folder


@contextlib.contextmanager
def _fresh(folder: Path) -> Iterator[Path]:
    """A folder that takes its place when it is complete."""
    fresh = folder.with_name(f"{folder.name}-{os.getpid()}")
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh)
        raise
    if folder.exists():
        shutil.rmtree(fresh)  # another test run was faster
    else:
        fresh.rename(folder)


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip(f"{command[-1]} could not be fetched within five minutes")
    if done.returncode:
        pytest.skip(f"{command[-1]} could not be fetched: " + (done.stderr.strip().splitlines() or ["no reason given"])[-1])
