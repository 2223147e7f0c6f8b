"""Changing what the district edits: who saw an older version than there is now is refused, so that nobody passes over anyone."""

from collections.abc import Mapping

from sqlalchemy import Connection

from fieldapp.domain.reference import Setting
from fieldapp.server.district_data import reading
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.problems import Refused
from fieldapp.server.recording import put_reference


def put_setting(connection: Connection, district_id: str, name: str, values: Mapping[str, str], seen: int | None) -> None:
    """These values; others of the same setting, which a newer program may know, stay. Raises Refused mismatch."""
    lock_district(connection, district_id)
    now = reading.setting(connection, district_id, name)
    if seen != now.version:
        raise Refused("mismatch", "version")
    put_reference(connection, district_id, [Setting(name, {**now.value, **values}, now.version + 1)])
