"""The profiles of this computer: one folder a person, with an unencrypted `profile.json` of just what the unlock screen shows.

Standard library only, and little of it: this is on the way to the first picture on the screen.
"""

import contextlib
import datetime as dt
import errno
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from fieldapp.errors import StoreError

_FILE = "profile.json"


@dataclass(frozen=True, slots=True)
class Profile:
    """Who can unlock what on this computer. `language` and `theme` are '' until the person chooses."""

    id: str
    person_name: str
    account: str
    role: str
    school_name: str
    district_name: str
    server_address: str
    last_used_at: dt.datetime | None = None
    language: str = ""
    theme: str = ""


def profiles_dir(data_dir: Path) -> Path:
    return data_dir / "profiles"


def profile_dir(data_dir: Path, profile_id: str) -> Path:
    return profiles_dir(data_dir) / profile_id


def list_profiles(data_dir: Path) -> tuple[Profile, ...]:
    """The profiles of this computer, last used first. One whose profile.json was lost or spoiled is there without a name, so that what it
    holds can be opened; unlocking writes the name anew. A folder that never became a profile is left alone and left out."""
    folder = profiles_dir(data_dir)
    if not folder.is_dir():
        return ()
    found = [profile for entry in sorted(folder.iterdir()) if (profile := read_profile(entry) or _nameless(entry)) is not None]
    return tuple(sorted(found, key=lambda profile: profile.last_used_at or _NEVER, reverse=True))


def read_profile(folder: Path) -> Profile | None:
    try:
        values = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        last = values.get("last_used_at")
        known = {name: str(values.get(name, "")) for name in Profile.__slots__ if name != "last_used_at"}
        return Profile(**known, last_used_at=dt.datetime.fromisoformat(last).astimezone() if last else None)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _nameless(folder: Path) -> Profile | None:
    # The photos' file is made last but for profile.json: with it the profile was whole once.
    return Profile(folder.name, "", "", "", "", "", "") if (folder / "photos.db").is_file() else None


def write_profile(folder: Path, profile: Profile) -> None:
    values = asdict(profile)
    values["last_used_at"] = profile.last_used_at.isoformat() if profile.last_used_at else None
    write_whole(folder / _FILE, json.dumps(values, ensure_ascii=False, indent=1).encode())


def used_now(folder: Path, profile: Profile, now: dt.datetime) -> Profile:
    """A full disk does not keep anyone out: that it was used is not worth an error."""
    changed = replace(profile, last_used_at=now)
    with contextlib.suppress(StoreError):
        write_profile(folder, changed)
    return changed


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file so that after a power cut there is the old one or the new one, never half of one."""
    temporary = path.with_name(f"{path.name}.new")
    try:
        # Not for others' eyes from the first byte on.
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreError("store.disk_full") from error
        raise


def _sync_folder(folder: Path) -> None:
    # The new name itself must be on the disk too. Windows has no way to ask for it, and does not need it.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
