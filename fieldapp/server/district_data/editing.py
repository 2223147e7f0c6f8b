"""Changing what the district edits: who saw an older version than there is now is refused, so that nobody passes over anyone."""

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from fieldapp.domain.reference import Agency, AgencyKind, Cause, Setting
from fieldapp.server.district_data import reading
from fieldapp.server.district_data.cause_lists import DMC, EDUDEV
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import put_reference

_CAUSE_CODE = re.compile(r"[a-z][a-z0-9_]{1,40}")
_LONGEST = 200
_LAST_POSITION = 9_999


def put_setting(connection: Connection, district_id: str, name: str, values: Mapping[str, str], seen: int | None) -> None:
    """These values; others of the same setting, which a newer program may know, stay. Raises Refused mismatch."""
    lock_district(connection, district_id)
    now = reading.setting(connection, district_id, name)
    if seen != now.version:
        raise Refused("mismatch", "version")
    put_reference(connection, district_id, [Setting(name, {**now.value, **values}, now.version + 1)])


def put_cause(connection: Connection, district_id: str, cause: Cause, seen: int) -> None:
    """`seen` is the version that the person saw, 0 for a new cause. A code is never given up, since visits name it. Raises Refused."""
    if not _CAUSE_CODE.fullmatch(cause.code) or not 0 <= cause.dmc <= len(DMC) or not 0 <= cause.edudev <= len(EDUDEV):
        raise Refused("wrong_value", "code")
    if not 0 <= cause.position <= _LAST_POSITION:
        raise Refused("wrong_value", "position")
    if not cause.name or len(cause.name) > _LONGEST:
        raise Refused("wrong_value", "name")
    lock_district(connection, district_id)
    before = {one.code: one for one in reading.causes(connection, district_id)}.get(cause.code)
    if (before.version if before else 0) != seen:
        raise Refused("mismatch", "version")
    put_reference(connection, district_id, [replace(cause, version=seen + 1)])


def put_agency(connection: Connection, district_id: str, agency: Agency, seen: int) -> None:
    """`seen` is the version that the person saw, 0 for a new agency. Raises Refused."""
    if agency.kind not in set(AgencyKind):
        raise Refused("wrong_value", "kind")
    if not agency.name or max(len(agency.name), len(agency.contact), len(agency.area)) > _LONGEST:
        raise Refused("wrong_value", "name")
    lock_district(connection, district_id)
    before = {one.id: one for one in reading.agencies(connection, district_id)}.get(agency.id)
    if (before.version if before else 0) != seen:
        raise Refused("mismatch", "version")
    put_reference(connection, district_id, [replace(agency, version=seen + 1)])
