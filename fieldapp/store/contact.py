"""The last contact with the district: when it was by the district's clock, and how far this computer's clock was off."""

import datetime as dt

from sqlalchemy import Connection

from fieldapp.domain.clock import Measured
from fieldapp.store import sync_state

_AT = "contact_at"


def read(connection: Connection) -> Measured | None:
    """None before the first contact."""
    offset = sync_state.read(connection, sync_state.CLOCK_OFFSET)
    if not offset:
        return None
    at = sync_state.read(connection, _AT)
    return Measured(dt.timedelta(seconds=int(offset)), dt.datetime.fromisoformat(at) if at else None)


def write(connection: Connection, measured: Measured) -> None:
    sync_state.write(connection, sync_state.CLOCK_OFFSET, str(round(measured.offset.total_seconds())))
    if measured.at is not None:
        sync_state.write(connection, _AT, measured.at.astimezone(dt.UTC).isoformat(timespec="seconds"))
