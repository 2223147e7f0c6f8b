"""Phones and cards that are plugged in, as far as this computer shows them as folders: volumes with DCIM, and phones that the file manager
of Linux has opened. Windows and macOS give most phones no folder; there pictures come by the watched folder."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

# Where every camera and phone puts its pictures (DCF, JEITA CP-3461).
_PICTURES = "DCIM"


@dataclass(frozen=True, slots=True)
class PluggedIn:
    """`folder` is its DCIM. `root` is what is gone when it is pulled out."""

    name: str
    folder: Path
    root: Path


def plugged_in() -> tuple[PluggedIn, ...]:
    """Asks the disks, so it is called away from the window's thread."""
    volumes = [(volume.displayName(), Path(volume.rootPath())) for volume in QStorageInfo.mountedVolumes() if _may_be(volume)]
    return with_pictures([*volumes, *_opened_phones()])


def with_pictures(roots: Iterable[tuple[str, Path]]) -> tuple[PluggedIn, ...]:
    """Those that hold a DCIM folder, at their top or (phones: memory and card) one level below."""
    found = []
    for name, root in roots:
        folders = [folder for folder in (root, *_folders_in(root)) if (folder / _PICTURES).is_dir()]
        found += [PluggedIn(name or root.name, folder / _PICTURES, root) for folder in folders]
    return tuple(found)


def places_to_watch() -> list[str]:
    """Folders in which a volume appears when it is plugged in."""
    user = os.environ.get("USER", "")
    usual = ("/media", f"/media/{user}", f"/run/media/{user}", "/Volumes", *(str(folder) for folder in _gvfs()))
    return [place for place in usual if os.path.isdir(place)]


def _may_be(volume: QStorageInfo) -> bool:
    return volume.isReady() and not volume.isRoot() and not volume.rootPath().startswith(("/boot", "/snap", "/proc", "/sys", "/dev"))


def _opened_phones() -> list[tuple[str, Path]]:
    return [(folder.name.partition("host=")[2] or folder.name, folder) for place in _gvfs() for folder in _folders_in(place)]


def _gvfs() -> list[Path]:
    return [Path(f"/run/user/{os.getuid()}/gvfs")] if hasattr(os, "getuid") else []


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(Path(entry.path) for entry in os.scandir(folder) if entry.is_dir())
    except OSError:
        return []
