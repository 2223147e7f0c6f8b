"""Laptops from which nothing was heard for long: what was recorded on them may not be here."""

import datetime as dt

from sqlalchemy import Connection, func, select

from fieldapp.server import tables

LONG = dt.timedelta(days=14)


def count_silent(connection: Connection, district_id: str, now: dt.datetime) -> int:
    device = tables.device
    query = select(func.count()).where(
        device.c.district_id == district_id, device.c.revoked_at.is_(None), device.c.last_seen_at < now - LONG
    )
    found: int = connection.execute(query).scalar_one()
    return found
