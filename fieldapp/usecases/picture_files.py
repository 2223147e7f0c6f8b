"""Pictures in a folder, on a phone or on a card, found without opening one. Nothing there is ever written, renamed or deleted."""

import datetime as dt
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
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
    """`files`: at most MOST. `older`: how many were left out since they are not of the last days; `beyond`: how many new ones there was no
    room for."""

    files: tuple[PictureFile, ...]
    older: int = 0
    beyond: int = 0


def recent(places: Iterable[Path], now: dt.datetime, decided: Collection[int]) -> Listing:
    """Those of the last days, and those of a clock that runs ahead. Where there are none of these, all: that clock may be years late.
    `decided`: sizes in bytes of files that a person has decided about."""
    found = _all(places)
    young = [file for file in found if file.changed >= now - RECENT]
    listing = _newest(young or found, decided)
    return replace(listing, older=len(found) - len(young)) if young else listing


def everything(places: Iterable[Path], decided: Collection[int]) -> Listing:
    """Of all ages."""
    return _newest(_all(places), decided)


def _newest(files: list[PictureFile], decided: Collection[int]) -> Listing:
    """The newest first; but what was surely never decided about before the rest, so that what is done makes room."""
    found = sorted(files, key=lambda file: (file.changed, file.path), reverse=True)
    new = [file for file in found if file.size not in decided]
    done = [file for file in found if file.size in decided]
    return Listing(tuple([*new, *done][:MOST]), beyond=max(len(new) - MOST, 0))


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
