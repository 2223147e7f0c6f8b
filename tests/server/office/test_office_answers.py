"""What was filled on laptops is read in the office: each copy in words, all of a form as a spreadsheet, old versions too."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from fieldapp.domain.form import Form
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.domain.reference import Setting
from fieldapp.domain.submission import Submission
from fieldapp.forms import Session
from fieldapp.records.reference import URGENT_READERS
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.forms.collected import reader_of
from fieldapp.server.write_path.recording import put_reference, record_events
from fieldapp.usecases.forms_read import read_form
from tests.support.district import VISITED_ON
from tests.support.forms_here import published
from tests.support.office import OfficeVisitor
from tests.support.records import an_event
from tests.support.xlsforms import VISIT, changed

FORM = published()
NEXT = published(changed("settings", 2, "version", "2569.2", of=changed("survey", 2, "label::ไทย (th)", "ได้พบใคร")))


def filled_xml(form: Form, number: str, *incomes: int, **answers: str) -> str:
    session = Session(read_form(form))
    for name, value in answers.items():
        session.set(f"/data/{name}", value)
    for place, income in enumerate(incomes, 1):
        while session.repeats("/data/member") < place:
            session.add_repeat("/data/member")
        session.set(f"/data/member[{place}]/income", income)
    session.set("/data/meta/instanceID", f"uuid:{number}")
    return session.finalize()


def record(office: OfficeVisitor, form: Form, *incomes: int, supersedes: str | None = None, **answers: str) -> Submission:
    """A copy about a child of the district."""
    teacher = office.district.people.get("somying") or office.district.add_person("somying")
    case_id = office.district.add_case(teacher)
    with office.district.engine.begin() as connection:
        put_reference(connection, office.district.id, [form])
        number = new_id()
        xml = filled_xml(form, number, *incomes, **answers)
        case = SqlRecords(connection, office.district.id).case(case_id)
        assert case is not None
        given = (form.form_id, form.form_version, case_id, case.child_id, VISITED_ON, teacher.id, xml)
        submission = Submission(number, *given, supersedes=supersedes)
        (answer,) = record_events(connection, office.district.id, [an_event(SubmissionRecorded(submission), number, by=teacher.id)])
        assert answer.code == ""
    return submission


def test_a_copy_reads_in_words(office: OfficeVisitor) -> None:
    submission = record(office, FORM, 3000, 1500, met="yes", phone="0812345678")
    page = office.get(f"/office/forms/filled/{submission.id}").text
    assert all(text in page for text in ("พบผู้ปกครองหรือไม่", "0812345678", "สมาชิกในบ้าน 2", "1500", "4500"))
    case_page = office.get(f"/office/cases/{submission.case_id}").text
    assert f"/office/forms/filled/{submission.id}" in case_page


def test_all_copies_are_a_spreadsheet_with_labels(office: OfficeVisitor) -> None:
    first = record(office, FORM, 3000, 1500, met="yes", phone="0812345678")
    record(office, replace(FORM, active=False, version=2), met="no")
    record(office, NEXT, met="no")
    book = load_workbook(io.BytesIO(office.get("/office/forms/answers/home_visit").content))
    assert book.sheetnames == ["2569.1", "2569.1 member", "2569.2", "2569.2 member"]
    header, *lines = book["2569.1"].iter_rows(values_only=True)
    assert header[4:] == ("พบผู้ปกครองหรือไม่", "เบอร์โทรศัพท์ผู้ปกครอง", "total")
    assert [line[4:] for line in lines] == [("พบ", "0812345678", 4500), ("ไม่พบ", None, 0)]
    assert [line[2:] for line in book["2569.1 member"].iter_rows(min_row=2, values_only=True)] == [(1, 3000), (2, 1500)]
    assert lines[0][0] == first.id
    assert book["2569.2"]["E1"].value == "ได้พบใคร"


def test_a_copy_that_was_corrected_stands_no_more_in_the_table_and_can_still_be_read(office: OfficeVisitor) -> None:
    first = record(office, FORM, met="yes", phone="0812345678")
    second = record(office, FORM, met="no", supersedes=first.id)
    book = load_workbook(io.BytesIO(office.get("/office/forms/answers/home_visit").content))
    assert [line[0] for line in book["2569.1"].iter_rows(min_row=2, values_only=True)] == [second.id]
    assert "มีฉบับแก้ไขแล้ว" in office.get(f"/office/forms/filled/{first.id}").text


def test_an_answer_that_is_a_formula_stays_text(office: OfficeVisitor) -> None:
    form = published(changed("survey", 3, "constraint", ""))
    record(office, form, met="yes", phone="=HYPERLINK(1)")
    book = load_workbook(io.BytesIO(office.get("/office/forms/answers/home_visit").content))
    cell = book["2569.1"]["F2"]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")


@pytest.mark.parametrize("path", ["/office/forms/filled/x", "/office/forms/answers/x", "/office/forms/x", "/office/forms/x/source"])
def test_what_does_not_exist_is_said_so(office: OfficeVisitor, path: str) -> None:
    assert office.get(path).status_code == 404


def test_an_answer_reads_on_its_own_version(office: OfficeVisitor) -> None:
    for form, label in ((FORM, "พบผู้ปกครองหรือไม่"), (NEXT, "ได้พบใคร")):
        (answer, *_rest) = reader_of(form).read(filled_xml(form, new_id(), met="yes"))
        assert (answer.question.label, answer.text) == (label, "พบ")


def test_what_tells_of_harm_is_left_out_of_copies_and_spreadsheets_for_whom_the_district_has_not_named(office: OfficeVisitor) -> None:
    header, *rows = (list(row) for row in VISIT["survey"])
    harm = ["calculate", "urgent_abused", "ถูกทำร้าย", "", "", "", "if(${met} = 'no', '1', '')", "", "yes"]
    form = published({**VISIT, "survey": ([*header, "bind::app:urgent"], *rows, harm)})
    submission = record(office, form, met="no")

    def told() -> list[bool]:
        book = load_workbook(io.BytesIO(office.get("/office/forms/answers/home_visit").content))
        sheet = [str(cell) for line in book["2569.1"].iter_rows(values_only=True) for cell in line]
        page = office.get(f"/office/forms/filled/{submission.id}").text
        return ["urgent_abused" in sheet or "ถูกทำร้าย" in sheet, "urgent_abused" in page or "ถูกทำร้าย" in page]

    assert told() == [True, True]
    with office.district.engine.begin() as connection:
        put_reference(connection, office.district.id, [Setting(URGENT_READERS, {"roles": "coordinator"})])
    assert told() == [False, False]
