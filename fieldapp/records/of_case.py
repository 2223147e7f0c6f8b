"""What belongs to one case, read in one query each. For the laptop's card and the office's page alike."""

import datetime as dt

from sqlalchemy import Connection, select

from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.photo import Photo
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records import rows, tables


def visits_of_case(connection: Connection, district_id: str, case_id: str) -> tuple[Visit, ...]:
    table = tables.visit
    query = select(table).where(table.c.district_id == district_id, table.c.case_id == case_id).order_by(table.c.visited_on, table.c.id)
    return tuple(rows.visit_from(row) for row in connection.execute(query).mappings())


def photos_of_case(connection: Connection, district_id: str, case_id: str) -> tuple[Photo, ...]:
    table = tables.photo
    query = select(table).where(table.c.district_id == district_id, table.c.case_id == case_id).order_by(table.c.id)
    return tuple(rows.photo_from(row) for row in connection.execute(query).mappings())


def submissions_of_case(connection: Connection, district_id: str, case_id: str) -> tuple[Submission, ...]:
    """Oldest first, with those that were superseded."""
    table = tables.submission
    query = select(table).where(table.c.district_id == district_id, table.c.case_id == case_id).order_by(table.c.filled_on, table.c.id)
    return tuple(rows.submission_from(row) for row in connection.execute(query).mappings())


def copies_of_case(connection: Connection, district_id: str, case_id: str) -> dict[str, tuple[dt.date, ...]]:
    """form_id -> the days of its filled copies about this case, but those that were superseded."""
    table = tables.submission
    columns = (table.c.id, table.c.form_id, table.c.filled_on, table.c.supersedes)
    found = connection.execute(select(*columns).where(table.c.district_id == district_id, table.c.case_id == case_id)).all()
    corrected = {row.supersedes for row in found}
    days: dict[str, tuple[dt.date, ...]] = {}
    for row in found:
        if row.id not in corrected:
            days[row.form_id] = (*days.get(row.form_id, ()), row.filled_on)
    return days


def follow_ups_of_case(connection: Connection, district_id: str, case_id: str) -> tuple[FollowUp, ...]:
    """Open ones first, the next one first; then those that are closed, the last one first."""
    table = tables.follow_up
    query = select(table).where(table.c.district_id == district_id, table.c.case_id == case_id).order_by(table.c.due_on, table.c.id)
    found = [rows.follow_up_from(row) for row in connection.execute(query).mappings()]
    done = [follow_up for follow_up in found if follow_up.state is not FollowUpState.OPEN]
    return (*(follow_up for follow_up in found if follow_up.state is FollowUpState.OPEN), *reversed(done))
