"""The list of cases with its filters, one case with its history, and who is noted to have looked."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from fieldapp.domain.case import Case
from fieldapp.domain.child import Sex
from fieldapp.domain.identifiers import CaseId, ListId, new_id
from fieldapp.domain.payloads import CaseAssigned, CaseListed
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.visit import Outcome
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.ladder import ladder_report
from fieldapp.server import tables
from fieldapp.server.office.case_address import address
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import put_reference
from tests.support.district import LISTED_ON, VISITED_ON, TestDistrict, make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor

_TOTAL = re.compile(r'<h1>[^<]*<span class="muted">([\d,]+)</span>')


def _count(office: OfficeVisitor, **wanted: str) -> int:
    answer = office.get("/office/cases", **wanted)
    assert answer.status_code == 200
    found = _TOTAL.search(answer.text)
    assert found
    return int(found[1].replace(",", ""))


def _visited(district: TestDistrict, outcome: Outcome, visited_on: dt.date = VISITED_ON, **card: object) -> CaseId:
    case_id = district.add_case(district.people["somying"], child=make_child(**card))  # type: ignore[arg-type]
    case = _case(district, case_id)
    causes = {"causes": ("family",), "main_cause": "family"} if outcome is Outcome.NOT_RETURNING else {}
    district.record(
        [visit_event(make_visit(case_id, case.child_id, district.people["somying"].id, outcome, visited_on=visited_on, **causes))]
    )
    return case_id


def _case(district: TestDistrict, case_id: CaseId) -> Case:
    with district.engine.connect() as connection:
        case = SqlRecords(connection, district.id).case(case_id)
    assert case
    return case


@pytest.fixture
def filled(office: OfficeVisitor) -> OfficeVisitor:
    """Two returned, one who does not return, one never visited; of the returned one in Khao Wong."""
    district = office.district
    district.add_person("somying")
    _visited(district, Outcome.RETURNED)
    _visited(district, Outcome.RETURNED, given_name="กมลชนก", tambon_code="460601")
    _visited(district, Outcome.NOT_RETURNING)
    district.add_case(school_code="46030001")
    return office


@pytest.mark.parametrize("bucket", ["returned", "not_returned", "in_progress"])
def test_the_list_behind_a_figure_of_the_ladder_is_as_long_as_the_figure(filled: OfficeVisitor, bucket: str) -> None:
    today = thai_day(dt.datetime.now(dt.UTC))
    with filled.district.engine.connect() as connection:
        report = ladder_report(connection, filled.district.id, today)
    figure = sum(count for name, count in report.ladders[0].buckets.items() if name == bucket)
    assert figure > 0
    assert _count(filled, bucket=bucket, list_type="never_enrolled", as_of=f"{today.day}/{today.month}/{today.year + 543}") == figure


def test_filters_combine(filled: OfficeVisitor) -> None:
    assert _count(filled) == 4
    assert _count(filled, state="returned") == 2
    assert _count(filled, state="returned", amphoe="4606") == 1
    assert _count(filled, state="returned", amphoe="4606", q="กมล ชนก") == 1
    assert _count(filled, amphoe="4606", cause="family") == 0
    assert _count(filled, cause="family") == 1
    assert _count(filled, unassigned="yes") == 1
    assert _count(filled, level="primary") == 2


def test_each_filter_alone_selects_what_it_names_and_a_dash_what_is_not_known(office: OfficeVisitor) -> None:
    district = office.district
    district.add_school("46030002", "โรงเรียนสอง")
    teacher, other = district.add_person("somying"), district.add_person("wichai", school_code="46030002")
    place = {"tambon_code": "461601", "moo": "4"}
    card = make_child(sex=Sex.FEMALE, last_grade="ป.4", disability="ทางการเห็น", **place)
    first = district.add_case(teacher, child=card)
    elsewhere = {"tambon_code": "460101", "moo": "9", "sex": Sex.MALE, "last_grade": "ป.6", "disability": "ทางการได้ยิน"}
    with district.engine.begin() as connection:
        second_list = ReceivedList(
            ListId(new_id()), ListType.DROPPED_OUT, "2/2569", LISTED_ON, "b.xlsx", "1" * 64, dt.datetime.now(dt.UTC)
        )  # fmt: skip
        put_reference(connection, district.id, [second_list])
    second = CaseId(new_id())
    district.record([district.event(CaseListed(make_child(**elsewhere), second_list.id, ListType.DROPPED_OUT, LISTED_ON), second)])
    later = thai_day(dt.datetime.now(dt.UTC)) + dt.timedelta(days=30)
    district.record([district.event(CaseAssigned(LISTED_ON, "46030002", other.id, later), second)])
    third = district.add_case(child=make_child(tambon_code=""))
    for wanted, found in (
        ({"tambon": "461601"}, {first}),
        ({"amphoe": "4616"}, {first}),
        ({"moo": "4"}, {first}),
        ({"sex": "female"}, {first}),
        ({"grade": "ป.4"}, {first}),
        ({"disability": "ทางการเห็น"}, {first}),
        ({"school": "46030001"}, {first}),
        ({"assignee": teacher.id}, {first}),
        ({"overdue": "yes"}, {first}),
        ({"list": second_list.id}, {second}),
        ({"list_type": "dropped_out"}, {second}),
        ({"tambon": "-"}, {third}),
        ({"amphoe": "-"}, {third}),
        ({"moo": "-"}, {third}),
        ({"school": "-"}, {third}),
        ({"assignee": "-"}, {third}),
        ({"grade": "-"}, {third}),
    ):
        page = office.get("/office/cases", **wanted).text
        assert {case_id for case_id in (first, second, third) if f"/office/cases/{case_id}" in page} == found, wanted


def test_an_earlier_day_shows_the_states_of_that_day(filled: OfficeVisitor) -> None:
    before = VISITED_ON - dt.timedelta(days=1)
    assert _count(filled, as_of=f"{before.day}/{before.month}/{before.year + 543}", state="assigned") == 4


@pytest.mark.parametrize("wanted", [{"state": "lost"}, {"list_type": "x"}, {"bucket": "x"}, {"waiting": "soon"}, {"as_of": "99/99/2569"}])
def test_what_no_page_of_ours_would_ask_is_refused_in_words(office: OfficeVisitor, wanted: dict[str, str]) -> None:
    answer = office.get("/office/cases", **wanted)
    assert answer.status_code == 422
    assert "ไม่ถูกต้อง" in answer.text


def test_a_part_of_the_list_that_does_not_exist_is_the_last_one(filled: OfficeVisitor) -> None:
    assert "กมลชนก" in filled.get("/office/cases", part="77").text


def test_lists_mask_the_id_number_and_the_page_of_the_child_shows_it(office: OfficeVisitor) -> None:
    case_id = office.district.add_case(school_code="46030001", child=make_child(national_id="1103700000003"))
    assert "x-xxxx-xxxxx-00-3" in office.get("/office/cases").text
    assert "1-1037-00000-00-3" in office.get(f"/office/cases/{case_id}").text


def test_every_look_at_a_child_is_noted(office: OfficeVisitor) -> None:
    case_id = office.district.add_case(school_code="46030001")
    child_id = _case(office.district, case_id).child_id
    office.get("/office/cases")
    office.get(f"/office/cases/{case_id}")
    with office.district.engine.connect() as connection:
        audit = tables.audit.c
        query = select(audit.subject, audit.detail).where(
            audit.district_id == office.district.id,
            audit.action == "viewed",
            audit.person_id == office.district.officer.id,
        )
        seen = {row.subject: row.detail for row in connection.execute(query)}
    assert seen["cases"] == {"cases": [case_id]}
    assert seen[child_id] == {"cases": [case_id]}


def test_the_history_tells_the_visit_in_words(filled: OfficeVisitor) -> None:
    answer = filled.get("/office/cases", state="not_returned")
    case_id = re.findall(r'href="/office/cases/([0-9a-f-]{36})"', answer.text)[0]
    page = filled.get(f"/office/cases/{case_id}").text
    assert "ไม่ประสงค์กลับ" in page
    assert "ครู somying" in page


def test_a_case_that_is_not_there_is_said_in_words(office: OfficeVisitor) -> None:
    answer = office.get("/office/cases/01a2039e-0000-7000-8000-000000000000")
    assert answer.status_code == 404
    assert "ไม่พบ" in answer.text


def test_names_cannot_smuggle_markup_into_a_page(office: OfficeVisitor) -> None:
    office.district.add_case(school_code="46030001", child=make_child("<script>alert(1)</script>"))
    page = office.get("/office/cases").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_address_of_a_list_leaves_out_what_is_empty() -> None:
    assert address(list_type="never_enrolled", state=["returned", "found"], amphoe="") == (
        "/office/cases?list_type=never_enrolled&state=returned&state=found"
    )
