"""What the office does from the command line, apart from asking and printing: who acts, which cases, to whom."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain import thai_dates
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.reference import DISTRICT_ROLES, Person, Role, School
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import DateUnreadable, Precision
from fieldapp.errors import SetupError
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.reports.places import tambon_codes
from fieldapp.server import tables
from fieldapp.server.access.accounts import normal_account
from fieldapp.server.assigning.chosen import chosen_cases

# Who is taken to act where nobody is named: the office before the machine's keeper.
_ACTING = (Role.OFFICER, Role.COORDINATOR, Role.ADMIN)
# Assigned to nobody yet: what `assign` means where no state is given.
UNASSIGNED = (CaseState.LISTED, CaseState.CHECKED)


@dataclass(frozen=True, slots=True)
class AccountRow:
    account: str
    person: Person
    closed: bool
    cases: int


def date_of(text: str, *, today: dt.date) -> dt.date:
    """A day, as ISO or as Thai papers write it (22/11/2569, 22 พ.ย. 2569). Raises SetupError."""
    try:
        found = thai_dates.parse(text, today=today)
    except DateUnreadable as error:
        raise SetupError("setup.bad_date", value=text) from error
    if found.precision is not Precision.DAY:
        raise SetupError("setup.bad_date", value=text)
    return found.on


def past_day(text: str, *, today: dt.date) -> dt.date:
    """A day that has come. Raises SetupError."""
    day = date_of(text, today=today)
    if day > today:
        raise SetupError("setup.date_in_future", value=text)
    return day


def coming_day(text: str, *, today: dt.date) -> dt.date:
    """Today or a day to come. Raises SetupError."""
    day = date_of(text, today=today)
    if day < today:
        raise SetupError("setup.date_in_past", value=text)
    return day


def accounts(connection: Connection, district_id: str) -> list[AccountRow]:
    """All accounts with the number of cases that each person has, in the order of their names."""
    account, person, case = tables.account, record_tables.person, record_tables.case
    query = (
        select(account.c.account, account.c.closed_at, person)
        .join(person, (person.c.id == account.c.person_id) & (person.c.district_id == account.c.district_id))
        .where(account.c.district_id == district_id)
        .order_by(account.c.account)
    )
    assigned = select(case.c.assignee_id).where(case.c.district_id == district_id, case.c.assignee_id.is_not(None))
    counts: dict[str, int] = {}
    for assignee_id in connection.scalars(assigned):
        counts[assignee_id] = counts.get(assignee_id, 0) + 1
    return [
        AccountRow(row["account"], rows.person_from(row), row["closed_at"] is not None, counts.get(row["id"], 0))
        for row in connection.execute(query).mappings()
    ]


def person_by_account(connection: Connection, district_id: str, account: str, *, also_closed: bool = False) -> Person:
    """Raises SetupError for an account that does not exist or is closed."""
    wanted = normal_account(account)
    for row in accounts(connection, district_id):
        if row.account == wanted and (also_closed or not row.closed):
            return row.person
    raise SetupError("setup.unknown_account", account=account)


def acting_person(connection: Connection, district_id: str, account: str | None) -> Person:
    """Who does it: the account named, which must be of the office, or else the office's first."""
    if account:
        person = person_by_account(connection, district_id, account)
        if person.role not in DISTRICT_ROLES:
            raise SetupError("setup.not_of_the_office", account=account)
        return person
    staff = [row.person for row in accounts(connection, district_id) if not row.closed]
    for role in _ACTING:
        for person in staff:
            if person.role is role:
                return person
    raise SetupError("setup.no_office_account")


def school_of(code: str, name: str, tambon_code: str, network: str, *, active: bool) -> School:
    """A school as it was typed. Raises SetupError for a code that is none (8 digits: province, area, number) or an unknown tambon."""
    if not re.fullmatch(r"[0-9]{8}", code):
        raise SetupError("setup.bad_school_code", school=code)
    if tambon_code and tambon_code not in tambon_codes():
        raise SetupError("setup.unknown_place", place=tambon_code)
    return School(code, name.strip(), tambon_code, network.strip(), active)


def known_school(connection: Connection, district_id: str, code: str) -> str:
    table = record_tables.school
    if connection.scalar(select(table.c.code).where(table.c.district_id == district_id, table.c.code == code)) is None:
        raise SetupError("setup.unknown_school", school=code)
    return code


def named_cases(connection: Connection, district_id: str, case_ids: Sequence[str]) -> list[CaseId]:
    """Raises SetupError for a case id that does not exist."""
    case = record_tables.case
    query = select(case.c.id).where(case.c.district_id == district_id, case.c.id.in_(case_ids))
    found = set(connection.scalars(query))
    for case_id in case_ids:
        if case_id not in found:
            raise SetupError("setup.unknown_case", case=case_id)
    return [CaseId(case_id) for case_id in case_ids]


def cases_to_assign(connection: Connection, district_id: str, wanted: CaseFilter, limit: int | None) -> list[CaseId]:
    """In village order, so that a limit takes neighbours. A duplicate is nobody's to assign; named by its id, it is refused."""
    found = chosen_cases(connection, district_id, wanted, most=None)
    return [CaseId(one.case_id) for one in found if one.merged_into is None][:limit]
