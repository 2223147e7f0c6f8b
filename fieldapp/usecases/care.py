"""How the laptop looks after itself while a profile is open: the check of its files, the daily backup, the end of
originals whose days are over, the room kept back on the disk."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from fieldapp.errors import StoreError
from fieldapp.store import backups, contact, health, preferences, room
from fieldapp.store.engine import Store
from fieldapp.usecases.originals import Originals

_CHECKED = "checked_at"


@dataclass(frozen=True, slots=True)
class Condition:
    """`checked_at`: the last time the files were read through and found whole. `clock_off_seconds`: the district's clock minus this
    one's."""

    checked_at: dt.datetime | None
    backups: tuple[dt.datetime, ...]
    used_bytes: int
    free_bytes: int
    low_on_disk: bool
    clock_off_seconds: int | None


class Care:
    def __init__(self, store: Store, now: Callable[[], dt.datetime], originals: Originals) -> None:
        self._store = store
        self._now = now
        self._originals = originals

    def look_after(self) -> bool:
        """Once after each unlock, beside the person's work. False where damage was found: the profile should be closed, and its next unlock
        offers the backups. Nothing is copied from a file that is not whole, and nothing where the disk is nearly full."""
        if health.check_open(self._store):
            return False
        now = self._now()
        try:
            with self._store.writing() as connection:
                preferences.write(connection, _CHECKED, now.astimezone(dt.UTC).isoformat(timespec="seconds"))
            self._originals.let_go()
            if not self._store.low_on_disk:
                room.keep_reserve(self._store.folder)
                backups.back_up_daily(self._store, now)
        except StoreError as error:
            # What is being cared for is worth no error: the next unlock tries again.
            if error.code not in ("store.disk_full", "store.busy"):
                raise
        return True

    def condition(self) -> Condition:
        folder = self._store.folder
        with self._store.reading() as connection:
            checked = preferences.read(connection, _CHECKED)
            measured = contact.read(connection)
        return Condition(
            checked_at=dt.datetime.fromisoformat(checked) if checked else None,
            backups=tuple(one.made_at for one in backups.backups(folder)),
            used_bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
            free_bytes=room.free_bytes(folder),
            low_on_disk=self._store.low_on_disk,
            clock_off_seconds=round(measured.offset.total_seconds()) if measured else None,
        )
