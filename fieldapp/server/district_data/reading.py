"""Reading what the district edits, whole: these tables are small."""

from sqlalchemy import Connection, select

from fieldapp.domain.reference import Cause, School, Setting
from fieldapp.records import rows, tables
from fieldapp.records.reference import agencies as agencies


def schools(connection: Connection, district_id: str, *, active_only: bool = False) -> tuple[School, ...]:
    table = tables.school
    query = select(table).where(table.c.district_id == district_id).order_by(table.c.code)
    if active_only:
        query = query.where(table.c.active)
    return tuple(rows.school_from(row) for row in connection.execute(query).mappings())


def causes(connection: Connection, district_id: str) -> tuple[Cause, ...]:
    """In the order in which they are asked; those that are asked no more at the end."""
    table = tables.cause
    query = select(table).where(table.c.district_id == district_id).order_by(table.c.active.desc(), table.c.position, table.c.code)
    return tuple(rows.cause_from(row) for row in connection.execute(query).mappings())


def setting(connection: Connection, district_id: str, name: str) -> Setting:
    """With version 0 and nothing in it where the district has set nothing."""
    table = tables.setting
    row = connection.execute(select(table).where(table.c.district_id == district_id, table.c.name == name)).mappings().one_or_none()
    return rows.setting_from(row) if row else Setting(name, {}, version=0)
