"""What a person promised to do and has not done yet."""

import datetime as dt

from sqlalchemy import Connection, select

from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.records import rows, tables


def open_follow_ups(connection: Connection, district_id: str, owner_id: str, through: dt.date) -> tuple[FollowUp, ...]:
    """The longest due first."""
    table = tables.follow_up
    query = (
        select(table)
        .where(
            table.c.district_id == district_id,
            table.c.state == FollowUpState.OPEN.value,
            table.c.due_on <= through,
            table.c.owner_id == owner_id,
        )
        .order_by(table.c.due_on, table.c.id)
    )
    return tuple(rows.follow_up_from(row) for row in connection.execute(query).mappings())
