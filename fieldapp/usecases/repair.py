"""A damaged profile, put right by its person: which backups there are, and one of them restored. Made with the key that the passphrase
gave; the profile is not open meanwhile."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldapp.store import backups, health, restoring
from fieldapp.store.carry_over import Carried as Carried  # the windows read it from here


@dataclass(frozen=True, slots=True)
class BackupView:
    """`number` names it for `Repair.restore`. `children` and `unsent` are None where the backup cannot be read either."""

    number: int
    made_at: dt.datetime
    children: int | None
    unsent: int | None


@dataclass(frozen=True, slots=True)
class Damage:
    """`records`, `photos`: which of the two cannot be read through. `can_begin_anew`: without any backup, with what can still be read."""

    records: bool
    photos: bool
    backups: tuple[BackupView, ...]
    can_begin_anew: bool


class Repair:
    def __init__(self, folder: Path, key: bytes, now: Callable[[], dt.datetime]) -> None:
        self._folder = folder
        self._key = key
        self._now = now
        self._backups = tuple(backups.looked_into(one, key) for one in backups.backups(folder))
        self._parts = health.damaged_parts(folder, key)

    def damage(self) -> Damage:
        return Damage(
            records=health.RECORDS in self._parts,
            photos=health.PHOTOS in self._parts,
            backups=tuple(BackupView(number, one.made_at, one.children, one.unsent) for number, one in enumerate(self._backups)),
            can_begin_anew=restoring.readable_identity(self._folder, self._key) is not None,
        )

    def restore(self, number: int | None) -> Carried:
        """Put backup `number` in the place of the damaged records, with what can still be read of them; None begins anew without a backup.
        Damaged photos are mended along. Raises store.damaged where it cannot be done, and store.disk_full; nothing is lost by either."""
        carried = Carried()
        if health.RECORDS in self._parts:
            chosen = None if number is None else self._backups[number].path
            owner = restoring.readable_identity(self._folder, self._key)
            carried = restoring.restore_records(self._folder, self._key, chosen, self._now(), owner)
        if health.PHOTOS in self._parts:
            restoring.restore_photos(self._folder, self._key, self._now())
        health.unmark(self._folder)
        return carried
