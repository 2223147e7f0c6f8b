"""The pictures of a filled copy in the office: beside their questions, to whom the answers are shown, and on record who saw them."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from fieldapp.domain.identifiers import PhotoId, SubmissionId, new_id
from fieldapp.domain.payloads import PhotoAdded, SubmissionRecorded
from fieldapp.domain.photo import Photo, PhotoKind, file_name
from fieldapp.domain.reference import Setting
from fieldapp.domain.submission import Submission
from fieldapp.forms import Session
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.write_path.recording import put_reference
from fieldapp.usecases.forms_read import read_form
from fieldapp.wire import codec
from fieldapp.wire.messages import Status
from tests.support.district import VISITED_ON, make_event
from tests.support.district_server import Caller
from tests.support.forms_here import published
from tests.support.office import OfficeVisitor
from tests.support.pictures import a_jpeg
from tests.support.xlsforms import PICTURED, Rows

SURVEY = [[*row, "yes" if row[1] == "inside" else "bind::app:sensitive" if row[0] == "type" else ""] for row in PICTURED["survey"]]
HOUSE: Mapping[str, Rows] = {**PICTURED, "survey": SURVEY}


@dataclass
class Filled:
    """A copy with two pictures, one of them sensitive."""

    office: OfficeVisitor
    caller: Caller
    submission: Submission
    outside: Photo
    inside: Photo
    contents: dict[str, bytes]

    def send(self, photo: Photo) -> None:
        assert self.caller.create_upload(photo, self.contents[photo.sha256]).status_code == 201

    def address(self, photo: Photo) -> str:
        return f"/office/forms/filled/{self.submission.id}/pictures/{photo.sha256}"

    def page(self) -> str:
        return self.office.get(f"/office/forms/filled/{self.submission.id}").text

    def header(self) -> tuple[tuple[object, ...], tuple[object, ...]]:
        book = load_workbook(io.BytesIO(self.office.get("/office/forms/answers/house").content))
        head, line = book["2569.1"].iter_rows(values_only=True)
        return head[4:], line[4:]


@pytest.fixture
def filled(office: OfficeVisitor) -> Filled:
    district = office.district
    teacher = district.add_person("somying")
    case_id = district.add_case(teacher)
    form = published(HOUSE)
    with district.engine.begin() as connection:
        put_reference(connection, district.id, [form])
        case = SqlRecords(connection, district.id).case(case_id)
    assert case is not None
    number = SubmissionId(new_id())
    contents = [a_jpeg(), a_jpeg(640, 480)]
    photos = [
        Photo(
            PhotoId(new_id()), None, case_id, codec.sha256_hex(one), len(one), "image/jpeg", 800, 600, PhotoKind.OTHER, submission_id=number
        )
        for one in contents
    ]
    session = Session(read_form(form))
    for path, value in (("came_in", "yes"), ("outside", file_name(photos[0])), ("inside", file_name(photos[1]))):
        session.set(f"/data/{path}", value)
    session.set("/data/meta/instanceID", f"uuid:{number}")
    submission = Submission(number, "house", "2569.1", case_id, case.child_id, VISITED_ON, teacher.id, session.finalize())
    caller = office.running.caller("somying")
    answers = caller.push(
        make_event(SubmissionRecorded(submission), number, teacher.id),
        *(make_event(PhotoAdded(photo), photo.id, teacher.id) for photo in photos),
    )
    assert [answer.status for answer in answers] == [Status.ACCEPTED] * 3
    return Filled(office, caller, submission, *photos, {photo.sha256: one for photo, one in zip(photos, contents, strict=True)})


def test_pictures_stand_beside_their_questions(filled: Filled) -> None:
    filled.send(filled.outside)
    page = filled.page()
    assert f'<img src="{filled.address(filled.outside)}" alt="ภาพนอกบ้าน"' in page
    answer = filled.office.get(filled.address(filled.outside))
    assert (answer.content, answer.headers["Content-Type"]) == (filled.contents[filled.outside.sha256], "image/jpeg")


def test_a_picture_whose_bytes_are_still_to_come_is_said_to_be(filled: Filled) -> None:
    page = filled.page()
    assert filled.address(filled.outside) not in page
    assert "ยังไม่ได้ส่ง" in page or "not yet sent" in page
    assert filled.office.get(filled.address(filled.outside)).status_code == 404


def test_who_saw_a_picture_is_on_record(filled: Filled) -> None:
    filled.send(filled.outside)
    filled.office.get(filled.address(filled.outside))
    with filled.office.district.engine.connect() as connection:
        audit = tables.audit.c
        query = select(audit.detail).where(audit.district_id == filled.office.district.id, audit.subject == "photo")
        (details,) = connection.execute(query).scalars()
    assert details == {
        "sha256": filled.outside.sha256,
        "submission": filled.submission.id,
        "cases": [filled.submission.case_id],
    }


def test_a_picture_of_another_copy_is_not_shown_by_this_one(filled: Filled) -> None:
    filled.send(filled.outside)
    other = filled.address(filled.outside).replace(filled.outside.sha256, "0" * 64)
    assert filled.office.get(other).status_code == 404
    unknown = filled.address(filled.outside).replace(filled.submission.id, new_id())
    assert filled.office.get(unknown).status_code == 404


def test_what_is_sensitive_is_for_roles_that_may_see_it(filled: Filled) -> None:
    for photo in (filled.outside, filled.inside):
        filled.send(photo)
    assert filled.office.get(filled.address(filled.inside)).status_code == 200
    assert filled.header()[0] == ("ได้เข้าบ้านหรือไม่", "ภาพนอกบ้าน", "ภาพในบ้าน", "ลายมือชื่อผู้ปกครอง", "ใบรับรอง")
    district = filled.office.district
    with district.engine.begin() as connection:
        put_reference(connection, district.id, [Setting("sensitive", {"roles": "teacher,admin"}, 2)])
    page = filled.page()
    assert "ภาพนอกบ้าน" in page and "ภาพในบ้าน" not in page
    assert filled.office.get(filled.address(filled.inside)).status_code == 404
    assert "ภาพในบ้าน" not in filled.header()[0]


def test_a_picture_that_answers_a_sensitive_question_is_fetched_by_who_may_read_the_answer(filled: Filled) -> None:
    for photo in (filled.outside, filled.inside):
        filled.send(photo)
    district, case_id = filled.office.district, filled.submission.case_id
    with district.engine.begin() as connection:
        put_reference(connection, district.id, [Setting("sensitive", {"roles": "admin"}, 2)])
    # Whoever took it may see it again; who has the child next reads what is not sensitive.
    district.add_person("wichai")
    next_one = filled.office.running.caller("wichai")
    assert [filled.caller.call("GET", f"/photos/by-hash/{one.sha256}").status_code for one in (filled.outside, filled.inside)] == [200, 200]
    assert case_id is not None
    district.assign(case_id, district.people["wichai"])
    assert [next_one.call("GET", f"/photos/by-hash/{one.sha256}").status_code for one in (filled.outside, filled.inside)] == [200, 404]
    page = f"/office/cases/{case_id}/photos/"
    assert [filled.office.get(page + one.sha256).status_code for one in (filled.outside, filled.inside)] == [200, 404]


def test_the_spreadsheet_names_the_file(filled: Filled) -> None:
    _head, line = filled.header()
    assert line[1:3] == (file_name(filled.outside), file_name(filled.inside))
