"""Pictures in a folder, on a phone or on a card, found without opening one. Nothing there is ever written, renamed or deleted."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What is offered at once; a phone may hold thousands.
MOST = 500
# A day's pictures are brought home within days. Older ones are shown when a person asks.
RECENT = dt.timedelta(days=14)
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".hif"})
# Folders of phones where nothing is that a person took.
_PASSED_OVER = frozenset({"android", "lost.dir", "$recycle.bin", "system volume information", "thumbnails"})
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class PictureFile:
    path: Path
    size: int
    changed: dt.datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """`files`: the newest first, MOST of them. `older`: pictures that were left out since they are not of the last days; `beyond`: those
    for which there was no room."""

    files: tuple[PictureFile, ...]
    older: int = 0
    beyond: int = 0


def recent(places: Iterable[Path], now: dt.datetime) -> Listing:
    """Those of the last days, and those of a clock that runs ahead. Where there are none of these, all: that clock may be years late."""
    found = sorted(_all(places), key=lambda file: (file.changed, file.path), reverse=True)
    young = [file for file in found if file.changed >= now - RECENT]
    shown = young or found
    return Listing(tuple(shown[:MOST]), len(found) - len(shown), max(len(shown) - MOST, 0))


def everything(places: Iterable[Path]) -> Listing:
    """Of all ages."""
    found = sorted(_all(places), key=lambda file: (file.changed, file.path), reverse=True)
    return Listing(tuple(found[:MOST]), 0, max(len(found) - MOST, 0))


def _all(places: Iterable[Path]) -> list[PictureFile]:
    """Files that are named themselves are taken whatever they are called."""
    found: dict[Path, PictureFile] = {}
    for place in places:
        paths = _below(place, _DEEPEST) if place.is_dir() else iter((place,))
        found |= {path: _file(path) for path in paths}
    return list(found.values())


def _below(folder: Path, levels: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        # A folder that may not be opened, or went with the card: what else there is is still found.
        return
    for entry in inside:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if levels and entry.name.lower() not in _PASSED_OVER:
                yield from _below(Path(entry.path), levels - 1)
        elif Path(entry.name).suffix.lower() in ENDINGS:
            yield Path(entry.path)


def _file(path: Path) -> PictureFile:
    try:
        found = path.stat()
    except OSError:
        # It went since it was listed; reading it says so.
        return PictureFile(path, 0, dt.datetime.now(dt.UTC))
    return PictureFile(path, found.st_size, dt.datetime.fromtimestamp(found.st_mtime, dt.UTC))
