"""When this laptop last had all that the district has for it."""

import datetime as dt

from sqlalchemy import Connection, func, select

from fieldapp.store.tables import sync_run


def last_complete_at(connection: Connection) -> dt.datetime | None:
    """The end of the last run that nothing cut."""
    found: dt.datetime | None = connection.execute(select(func.max(sync_run.c.finished_at)).where(sync_run.c.code == "")).scalar()
    return found
