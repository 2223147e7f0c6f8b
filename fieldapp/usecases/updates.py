"""The newest version of the app that the district offers. It is told, and nothing is forced: an old app goes on working."""

from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp import __version__
from fieldapp.records.reference import offered_app
from fieldapp.store import preferences
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.wire.version import is_newer

_PUT_OFF = "update_put_off"


@dataclass(frozen=True, slots=True)
class Offer:
    """`address`: where to get it, '' where the district named none."""

    version: str
    address: str


def offer(connection: Connection, district_id: str) -> Offer | None:
    """What the district offers, if it is newer than this and the person did not put it off."""
    version, address = offered_app(connection, district_id)
    if not is_newer(version, __version__) or preferences.read(connection, _PUT_OFF) == version:
        return None
    return Offer(version, address)


class Updates:
    def __init__(self, store: Store) -> None:
        self._store = store

    def put_off(self, version: str) -> Changes:
        """Say no more of this version."""
        with self._store.writing() as connection:
            preferences.write(connection, _PUT_OFF, version)
        return Changes(reference=True)
