"""Joint field trips: planned, with their children, a list that may get lost, and a result whose numbers are those of the visits."""

import datetime as dt

from fieldapp.domain.thai_dates import slashed
from fieldapp.domain.visit import Outcome
from tests.support.district import make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor

ON = dt.date(2026, 6, 12)


def test_a_trip_takes_the_children_of_a_filter_or_ticked_ones_and_lets_them_go(office: OfficeVisitor) -> None:
    here = office.district.add_cases(3, children=[make_child(f"เด็ก{number}", tambon_code="461601") for number in range(3)])
    (there,) = office.district.add_cases(1, children=[make_child("อยู่ไกล", tambon_code="461602")])
    trip = _trip(office)
    office.get(f"{trip}/children", tambon="461601")
    page = office.post(f"{trip}/children?tambon=461601", of="all").text
    assert "เด็ก0" in page
    assert "อยู่ไกล" not in page
    office.get(f"{trip}/children")
    page = office.post(f"{trip}/children", of="ticked", case=there).text
    assert "อยู่ไกล" in page
    page = office.post(f"{trip}/remove", case=here).text
    assert "เด็ก0" not in page
    assert "อยู่ไกล" in page


def test_the_list_to_take_along_shortens_names_and_has_no_numbers_of_cards(office: OfficeVisitor) -> None:
    child = make_child("ธนกร", family_name="เพชรภักดี", national_id="1103700000001", guardian_phone="0812345678", tambon_code="461601")
    (case_id,) = office.district.add_cases(1, children=[child])
    trip = _trip(office)
    office.get(trip)
    office.post(f"{trip}/children", of="ticked", case=case_id)
    paper = office.get(f"{trip}/print").text
    assert "ธนกร พ." in paper
    for secret in ("เพชรภักดี", "1103700000001", "00000-01-", "0812345678"):
        assert secret not in paper


def test_on_paper_two_villages_whose_tambon_has_no_code_are_two(office: OfficeVisitor) -> None:
    children = [make_child(village=f"ต.{tambon} อ.นาคู", tambon_code="", moo="1") for tambon in ("โนนสวรรค์", "นาคูพัฒนา")]
    cases = office.district.add_cases(2, children=children)
    trip = _trip(office)
    office.get(trip)
    office.post(f"{trip}/children", of="ticked", case=[str(case_id) for case_id in cases])
    paper = office.get(f"{trip}/print").text
    assert paper.count('<tr class="group">') == 2
    assert "ม.1 ต.โนนสวรรค์ อ.นาคู" in paper and "ม.1 ต.นาคูพัฒนา อ.นาคู" in paper


def test_the_result_counts_the_visits_of_that_day_to_those_children(office: OfficeVisitor) -> None:
    district = office.district
    teacher = district.add_person("somying")
    children = [make_child(f"เด็ก{number}") for number in range(4)]
    cases = district.add_cases(4, teacher, children=children)
    outside = make_child("นอกทริป")
    other = district.add_case(teacher, child=outside)
    first = make_visit(cases[0], children[0].id, teacher.id, visited_on=ON)
    corrected = make_visit(cases[0], children[0].id, teacher.id, Outcome.NOT_FOUND, visited_on=ON, supersedes=first.id)
    visits = [
        first,
        corrected,
        make_visit(cases[1], children[1].id, teacher.id, Outcome.RETURNED, visited_on=ON),
        make_visit(cases[2], children[2].id, teacher.id, Outcome.RETURNED, visited_on=ON - dt.timedelta(days=1)),
        make_visit(other, outside.id, teacher.id, Outcome.RETURNED, visited_on=ON),
    ]
    district.record([visit_event(visit) for visit in visits])
    trip = _trip(office)
    office.get(trip)
    page = office.post(f"{trip}/children", of="ticked", case=cases).text
    facts = page[page.index('<dl class="facts') : page.index("</dl>")]
    assert "<dt>เด็ก</dt><dd>4</dd>" in facts
    assert "<dt>เยี่ยมในวันนั้น</dt><dd>2</dd>" in facts
    assert facts.count("<dd>1</dd>") == 2  # one not found, one back at school
    office.post(f"{trip}/result", result="พบผู้ใหญ่บ้าน นัดอีกครั้งเดือนหน้า")
    assert "พบผู้ใหญ่บ้าน" in office.get(trip).text
    assert "บันทึกผลแล้ว" in office.get("/office/trips").text


def test_changing_the_plan_keeps_the_result_and_a_trip_that_was_called_off_says_so(office: OfficeVisitor) -> None:
    trip = _trip(office)
    office.get(trip)
    office.post(f"{trip}/result", result="ผลของวันนั้น")
    page = office.post(trip, name="ชื่อใหม่", on_date=slashed(ON), called_off="yes").text
    assert "ชื่อใหม่" in page
    assert "ผลของวันนั้น" in page
    assert "งดออก" in page


def test_a_trip_without_a_day_or_name_is_refused(office: OfficeVisitor) -> None:
    for fields in ({"name": "ไม่มีวัน"}, {"on_date": slashed(ON)}, {"name": "ก", "on_date": "31/2/2569"}):
        office.get("/office/trips")
        assert office.http.post(f"{office.running.url}/office/trips", data={"form_token": office.token, **fields}).status_code == 422


def _trip(office: OfficeVisitor) -> str:
    """The path of a new trip."""
    office.get("/office/trips")
    answer = office.post("/office/trips", name="ลงพื้นที่นาคู", on_date=slashed(ON), partners="สภ.นาคู\nรพ.สต.นาคู", meeting="ที่ว่าการอำเภอ 08:00")
    assert answer.status_code == 200
    return answer.url.removeprefix(office.running.url)
