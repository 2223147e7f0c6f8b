"""The instruments that come with the program: XLSForms with the lists they read. A district publishes those that it wants."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldapp.config import resources_dir


@dataclass(frozen=True, slots=True)
class Instrument:
    """`name` is the file's name without its ending, which is the form_id."""

    name: str
    data: bytes
    attachments: Mapping[str, str]


def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _folder().glob("*.xlsx")))


def instrument(name: str) -> Instrument | None:
    if name not in names():
        return None
    lists = {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(_folder().glob("*.csv"))}
    return Instrument(name, (_folder() / f"{name}.xlsx").read_bytes(), lists)


def _folder() -> Path:
    return resources_dir() / "forms"
