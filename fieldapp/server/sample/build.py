"""The sample district into a database: reference data, people, the two lists through the importer, and the story through the event path.

Everything in one transaction: the sample is there whole or not at all.
"""

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import Connection, Engine, select

from fieldapp.domain.identifiers import PersonId, new_id
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Person
from fieldapp.domain.thai_dates import THAI_TIME, school_year
from fieldapp.errors import SetupError
from fieldapp.server import tables
from fieldapp.server.access.accounts import hash_password
from fieldapp.server.lists.importer import Imported, ListFile, import_list
from fieldapp.server.reference_data import ensure_reference_data
from fieldapp.server.sample.at_risk import write_risks
from fieldapp.server.sample.children import SEED, Numbers, SampleChild, others
from fieldapp.server.sample.lists import WrittenList, write_lists
from fieldapp.server.sample.na_khu import written
from fieldapp.server.sample.names import Names
from fieldapp.server.sample.people import FIRST_TEACHER, OFFICER, PASSWORD, people
from fieldapp.server.sample.referrals import write_referrals
from fieldapp.server.sample.schools import school_of, schools
from fieldapp.server.sample.story import ToldCase, tell
from fieldapp.server.sample.year import write_year
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import put_reference, record_events
from fieldapp.wire.messages import Status

# Days before today on which the lists are as of, and on which they were imported.
_LISTED_AGO = {ListType.NEVER_ENROLLED: 64, ListType.DROPPED_OUT: 64}
_IMPORTED_AGO = {ListType.NEVER_ENROLLED: 60, ListType.DROPPED_OUT: 57}


@dataclass(frozen=True, slots=True)
class Sample:
    """What was built. `built` is False where the sample was there already and nothing was done."""

    built: bool
    imported: tuple[Imported, ...] = ()
    events: int = 0


def write_sample_lists(folder: Path, today: dt.date | None = None) -> tuple[WrittenList, WrittenList]:
    """The two .xlsx files alone, to try the importer with."""
    today = today or thai_day(dt.datetime.now(dt.UTC))
    random, children = _children(today)
    return write_lists(folder, children, today - dt.timedelta(days=_LISTED_AGO[ListType.NEVER_ENROLLED]), random)


def build_sample_district(engine: Engine, district_id: str, today: dt.date | None = None) -> Sample:
    """Fill the district with the sample, its last day being yesterday. Does nothing where it is there already; refuses a district that
    has accounts of its own."""
    today = today or thai_day(dt.datetime.now(dt.UTC))
    with engine.begin() as connection, tempfile.TemporaryDirectory() as folder:
        accounts = set(connection.scalars(select(tables.account.c.account).where(tables.account.c.district_id == district_id)))
        if FIRST_TEACHER in accounts:
            return Sample(built=False)
        if accounts:
            raise SetupError("setup.not_empty", what="district")
        return _build(connection, district_id, today, Path(folder))


def _build(connection: Connection, district_id: str, today: dt.date, folder: Path) -> Sample:
    ensure_reference_data(connection, district_id)
    put_reference(connection, district_id, schools())
    person_ids = _add_people(connection, district_id, today)
    random, children = _children(today)
    files = write_lists(folder, children, today - dt.timedelta(days=_LISTED_AGO[ListType.NEVER_ENROLLED]), random)
    imported = tuple(_import(connection, district_id, file, today, person_ids[OFFICER]) for file in files)
    cases = [case for file, one in zip(files, imported, strict=True) for case in _cases(file, one)]
    told = tell(cases, person_ids, today, random)
    answers = record_events(connection, district_id, told.events, recorded_at=lambda event: told.recorded_at[event.id])
    refused = [answer for answer in answers if answer.status is not Status.ACCEPTED]
    if refused:
        raise SetupError("setup.sample_refused", reason=refused[0].code, field=refused[0].field)
    write_risks(connection, district_id, today, person_ids, cases)
    write_referrals(connection, district_id, today)
    write_year(connection, district_id, today, person_ids)
    return Sample(True, imported, len(told.events))


def _children(today: dt.date) -> tuple[Random, list[SampleChild]]:
    random = Random(SEED)
    names, numbers = Names(random), Numbers()
    by_hand = written(today, names, numbers)
    return random, [*by_hand, *others(today, by_hand, random, names, numbers)]


def _import(connection: Connection, district_id: str, file: WrittenList, today: dt.date, by: PersonId) -> Imported:
    imported_on = today - dt.timedelta(days=_IMPORTED_AGO[file.list_type])
    as_of = today - dt.timedelta(days=_LISTED_AGO[file.list_type])
    received = ListFile(file.path.read_bytes(), file.path.name, file.list_type, f"1/{school_year(as_of)}", as_of)
    return import_list(connection, district_id, received, by=by, now=dt.datetime.combine(imported_on, dt.time(9), THAI_TIME))


def _cases(file: WrittenList, imported: Imported) -> list[ToldCase]:
    """The cases of one list, each with its invented child and the teacher who gets it: in turn, those of the school nearby."""
    teachers: dict[str, list[str]] = {}
    for person in people():
        if person.account.startswith("kru") and person.account != FIRST_TEACHER:
            teachers.setdefault(person.school_code, []).append(person.account)
    told = []
    for place, row in enumerate(imported.read.taken):
        sample = file.child_by_row[row.number]
        school = next(one.school_code for one in people() if one.account == sample.account) if sample.account else None
        school = school or school_of(sample.household.tambon_code).code
        account = sample.account or teachers[school][place % len(teachers[school])]
        assert row.child is not None  # a row that was taken has one
        told.append(ToldCase(imported.case_by_row[row.number], row.child, sample, school, account))
    return told


def _add_people(connection: Connection, district_id: str, today: dt.date) -> Mapping[str, PersonId]:
    """Accounts with one password, hashed once: hashing is slow on purpose, and these are demo accounts."""
    password_hash = hash_password(PASSWORD)
    created_at = dt.datetime.combine(today - dt.timedelta(days=70), dt.time(9), THAI_TIME)
    ids = {person.account: PersonId(new_id()) for person in people()}
    put_reference(connection, district_id, [Person(ids[one.account], one.name, one.role, one.school_code) for one in people()])
    rows = [
        {
            "district_id": district_id,
            "person_id": person_id,
            "account": account,
            "password_hash": password_hash,
            "created_at": created_at,
        }
        for account, person_id in ids.items()
    ]
    connection.execute(tables.account.insert(), rows)
    return ids
