"""Copies of the program's own instruments as laptops would send them, about children and schools of a test's district."""

import datetime as dt

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.child import Sex
from fieldapp.domain.form import Form, FormAbout
from fieldapp.domain.identifiers import SubmissionId, new_id
from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.domain.reference import Person
from fieldapp.domain.submission import Submission
from fieldapp.forms.numbering import numbered
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.forms import linting
from fieldapp.server.write_path.recording import put_reference
from tests.support.district import TestDistrict, make_child
from tests.support.instruments import Filling, converted, lists, sheet

FILLED_ON = dt.date(2026, 6, 15)


def instrument(name: str) -> Form:
    """As it is published from the file of this name."""
    xform, _warned = converted(name)
    said = sheet(name, "settings")[0]
    attached = {list_name: data.decode() for list_name, data in lists().items()}
    about = FormAbout(linting.about_of(xform))
    published_at = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    return Form(name, said["version"], said["form_title"], about, xform, sha256_hex(xform.encode()), published_at, attached)


def publish(district: TestDistrict, *names: str) -> None:
    with district.engine.begin() as connection:
        put_reference(connection, district.id, [instrument(name) for name in names])


def answered(name: str, **answers: object) -> str:
    """The XML of a copy with these answers; what else the form requires stays open."""
    return Filling(name).put(**answers).session.finalize()


def pupil(district: TestDistrict, person: Person, *, sex: Sex = Sex.MALE, grade: str = "ป.1") -> str:
    """The case of a child who is this person's."""
    return district.add_case(person, child=make_child(sex=sex, last_grade=grade))


def fill(
    district: TestDistrict,
    by: Person,
    form_id: str,
    xml: str,
    *,
    case_id: str | None = None,
    school_code: str | None = None,
    household_id: str | None = None,
    supersedes: str | None = None,
    filled_on: dt.date = FILLED_ON,
) -> SubmissionId:
    number = SubmissionId(new_id())
    with district.engine.connect() as connection:
        case = SqlRecords(connection, district.id).case(case_id) if case_id else None  # type: ignore[arg-type]
    about = (case.id, case.child_id) if case else (None, None)
    copy = Submission(
        number,
        form_id,
        sheet(form_id, "settings")[0]["version"],
        *about,
        filled_on,
        by.id,
        numbered(xml, f"uuid:{number}"),
        school_code,
        household_id=household_id,
        supersedes=SubmissionId(supersedes) if supersedes else None,
    )
    district.record([district.event(SubmissionRecorded(copy), number, by)])
    return number
