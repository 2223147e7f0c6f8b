"""Which forms were filled about a case or a school, and when: without the answers."""

import datetime as dt

from sqlalchemy import ColumnElement, Connection, select

from fieldapp.records.tables import submission

Copies = dict[str, tuple[dt.date, ...]]


def copies_of_case(connection: Connection, district_id: str, case_id: str) -> Copies:
    """form_id -> the days of its filled copies about this case, but those that were superseded."""
    return _copies(connection, district_id, submission.c.case_id == case_id)


def copies_of_school(connection: Connection, district_id: str, school_code: str) -> Copies:
    """The same of forms about a school; what was filled about its children is not among them."""
    return _copies(connection, district_id, submission.c.school_code == school_code)


def _copies(connection: Connection, district_id: str, about: ColumnElement[bool]) -> Copies:
    columns = (submission.c.id, submission.c.form_id, submission.c.filled_on, submission.c.supersedes)
    found = connection.execute(select(*columns).where(submission.c.district_id == district_id, about)).all()
    corrected = {row.supersedes for row in found}
    days: Copies = {}
    for row in found:
        if row.id not in corrected:
            days[row.form_id] = (*days.get(row.form_id, ()), row.filled_on)
    return days
