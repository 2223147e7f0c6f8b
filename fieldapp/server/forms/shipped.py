"""The instruments that come with the program: XLSForms with the lists they read. A district publishes those that it wants."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from fieldapp.config import resources_dir


@dataclass(frozen=True, slots=True)
class Instrument:
    """`name` is the file's name without its ending, which is the form_id."""

    name: str
    data: bytes
    attachments: Mapping[str, str]


def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _folder().glob("*.xlsx")))


@cache
def title(name: str) -> str:
    """As its settings call it. These files change only with the program, so each is opened once."""
    book = load_workbook(_folder() / f"{name}.xlsx", read_only=True)
    header, values, *_rest = book["settings"].iter_rows(values_only=True)
    book.close()
    return str(dict(zip(header, values, strict=True))["form_title"])


def instrument(name: str) -> Instrument | None:
    if name not in names():
        return None
    lists = {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(_folder().glob("*.csv"))}
    return Instrument(name, (_folder() / f"{name}.xlsx").read_bytes(), lists)


def _folder() -> Path:
    return resources_dir() / "forms"
