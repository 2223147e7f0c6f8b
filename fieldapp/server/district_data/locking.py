"""Two people edit the same thing: who comes second is told, instead of passing over the first."""

from sqlalchemy import Connection, select

from fieldapp.server import tables


def lock_district(connection: Connection, district_id: str) -> None:
    """From now to the end of the transaction nobody else changes what everyone shares; what is read after this stays as it is. It is the
    lock of every write (`sequence.writing`), so the two cannot wait for each other."""
    table = tables.district
    connection.execute(select(table.c.district_id).where(table.c.district_id == district_id).with_for_update())
