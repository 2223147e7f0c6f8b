"""Taking a laptop out of use."""

import datetime as dt

from sqlalchemy import Connection, select, update

from fieldapp.server import tables
from fieldapp.server.problems import Refused

_device, _session = tables.device, tables.session


def revoke(connection: Connection, district_id: str, device_id: str, now: dt.datetime) -> None:
    """A lost or sold laptop: nobody signs in on it again, and its sessions end now. At its next contact it hands over what it had not sent,
    gets the district's word, and destroys its keys. Raises Refused unknown_record."""
    mine = (_device.c.district_id == district_id) & (_device.c.id == device_id)
    if not connection.execute(select(_device.c.id).where(mine)).first():
        raise Refused("unknown_record", "device_id")
    connection.execute(update(_device).where(mine, _device.c.revoked_at.is_(None)).values(revoked_at=now))
    sessions = (_session.c.district_id == district_id) & (_session.c.device_id == device_id) & _session.c.ended_at.is_(None)
    connection.execute(update(_session).where(sessions).values(ended_at=now))
