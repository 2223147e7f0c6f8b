"""What belongs to one case, read in one query each. For the laptop's card and the office's page alike."""

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


def follow_ups_of_case(connection: Connection, district_id: str, case_id: str) -> tuple[FollowUp, ...]:
    """Open ones first, the next one first; then those that are closed, the last one first."""
    table = tables.follow_up
    query = select(table).where(table.c.district_id == district_id, table.c.case_id == case_id).order_by(table.c.due_on, table.c.id)
    found = [rows.follow_up_from(row) for row in connection.execute(query).mappings()]
    done = [follow_up for follow_up in found if follow_up.state is not FollowUpState.OPEN]
    return (*(follow_up for follow_up in found if follow_up.state is FollowUpState.OPEN), *reversed(done))
