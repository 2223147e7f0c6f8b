"""The exports of the three web sites at the office's pages: columns from their cells, risks onto open cases, and all of it taken back."""

import datetime as dt

import pytest

from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskSource, RiskState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CareStepped
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from tests.support.district import make_child, make_visit, visit_event
from tests.support.lists import xlsx
from tests.support.office import OfficeVisitor
from tests.support.office_lists import accept, check, chosen_in, row_of, states, undo, upload
from tests.support.risk_lists import SCHOOL, care, cases, pupil, screening, upload_screening

AMORN, BOON, CHAI = "1103700000003", "1103700000011", "1103700000020"


def _risks(office: OfficeVisitor, case_id: str) -> list[tuple[str, RiskLevel, RiskState]]:
    return sorted((risk.reason, risk.level, stood.state) for risk, stood in care(office.district, case_id).of(Risk))  # type: ignore[misc]


def test_columns_in_which_every_cell_says_a_group_are_proposed_as_aspects(office: OfficeVisitor) -> None:
    path = upload_screening(office, pupil(AMORN, "อมร", "ใจดี", "เสี่ยง"), pupil(BOON, "บุญ", "ใจดี", "ปกติ", "มีปัญหา"))
    page = office.get(f"{path}/columns").text
    assert [chosen_in(page, letter) for letter in "IJKL"] == ["risk_aspect"] * 4
    assert (chosen_in(page, "M"), chosen_in(page, "D"), chosen_in(page, "E")) == ("screened_on", "last_grade", "national_id")


def test_a_person_maps_the_columns_once(office: OfficeVisitor) -> None:
    path = upload_screening(office, pupil(AMORN, "อมร", "ใจดี", "เสี่ยง"))
    check(office, path, L="", I="risk_aspect")
    again = upload_screening(office, pupil(BOON, "บุญ", "ใจดี", "เสี่ยง"))
    page = office.get(f"{again}/columns").text
    assert [chosen_in(page, letter) for letter in "IJKL"] == ["risk_aspect"] * 3 + [""]
    # The same headings on a list of OBEC's are read as ever.
    assert "risk_aspect" not in office.get(f"{upload(office, screening(pupil(CHAI, 'ชัย', 'ใจดี')))}/columns").text


def test_an_export_of_which_no_column_tells_of_a_risk_is_asked_about(office: OfficeVisitor) -> None:
    path = upload(office, xlsx(("ชื่อ", "นามสกุล", "ชั้น"), ("อมร", "ใจดี", "ป.5")), list_type="poverty_site")
    office.get(f"{path}/columns")
    refused = office.post(f"{path}/columns", A="given_name", B="family_name", C="last_grade")
    assert refused.status_code == 422 and 'role="alert"' in refused.text


def test_each_aspect_that_is_not_normal_is_a_risk_of_a_new_case_at_the_school(office: OfficeVisitor) -> None:
    path = upload_screening(
        office, pupil(AMORN, "อมร", "ใจดี", "เสี่ยง", "ปกติ", "มีปัญหา"), pupil(BOON, "บุญ", "ใจดี"), pupil(CHAI, "ชัย", "ใจดี", "ส")
    )
    check(office, path)
    assert list(states(office, path).values()) == ["staged", "no_risk", "staged"]
    accept(office, path)
    (case,) = cases(office.district, "อมร")
    assert (case.list_type, case.school_code, case.state) == (ListType.AT_RISK, SCHOOL, CaseState.ASSIGNED)
    assert _risks(office, case.id) == [
        ("การเรียน", RiskLevel.RISK, RiskState.OPEN),
        ("เศรษฐกิจ", RiskLevel.PROBLEM, RiskState.OPEN),
    ]
    risk = care(office.district, case.id).of(Risk)[0][0]
    assert (risk.source, risk.on, risk.list_id) == (RiskSource.SCREENING_SITE, dt.date(2026, 11, 1), path.split("/")[-1])
    assert len(cases(office.district, "ชัย")) == 1 and not cases(office.district, "บุญ")


def test_a_child_with_an_open_case_gets_the_risks_and_no_second_case(office: OfficeVisitor) -> None:
    open_case = office.district.add_case(child=make_child("อมร", family_name="ใจดี", national_id=AMORN))
    path = upload_screening(office, pupil(AMORN, "อมร", "ใจดี", "เสี่ยง"), pupil(AMORN, "อมร", "ใจดี", "เสี่ยง", "มีปัญหา"))
    check(office, path)
    accept(office, path)
    (case,) = cases(office.district, "อมร")
    assert case.id == open_case and case.list_type == ListType.NEVER_ENROLLED
    # Said twice of one day by one site is said once.
    assert [reason for reason, _, _ in _risks(office, open_case)] == ["การเรียน", "สุขภาพ"]


def test_a_child_who_is_back_at_school_gets_a_new_case_on_the_same_card(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    child = make_child("อมร", family_name="ใจดี", national_id=AMORN)
    closed = office.district.add_case(teacher, child=child)
    office.district.record([visit_event(make_visit(closed, child.id, teacher.id))])
    path = upload_screening(office, pupil(AMORN, "อมร", "ใจดี", "เสี่ยง"))
    check(office, path)
    accept(office, path)
    found = cases(office.district, "อมร")
    assert {case.list_type for case in found} == {ListType.NEVER_ENROLLED, ListType.AT_RISK}
    assert {case.child_id for case in found} == {child.id}


def test_two_rows_of_a_new_child_are_one_case(office: OfficeVisitor) -> None:
    path = upload_screening(office, pupil(AMORN, "อมร", "ใจดี", "เสี่ยง"), pupil(AMORN, "อมร", "ใจดี", "ปกติ", "มีปัญหา"))
    check(office, path)
    accept(office, path)
    (case,) = cases(office.district, "อมร")
    assert [reason for reason, _, _ in _risks(office, case.id)] == ["การเรียน", "สุขภาพ"]


@pytest.mark.parametrize(
    ("level", "reasons"),
    [
        ("เสี่ยง", [("ยากจน", RiskLevel.RISK), ("อยู่ไกล", RiskLevel.RISK)]),
        ("มีปัญหา", [("ยากจน", RiskLevel.PROBLEM), ("อยู่ไกล", RiskLevel.PROBLEM)]),
        ("", [("ยากจน", RiskLevel.RISK), ("อยู่ไกล", RiskLevel.RISK)]),
        ("ปกติ", []),
    ],
)
def test_reasons_that_are_written_out_are_risks_of_the_rows_level(
    office: OfficeVisitor, level: str, reasons: list[tuple[str, RiskLevel]]
) -> None:
    header = ("เลขประจำตัวประชาชน", "ชื่อ", "นามสกุล", "ชื่อโรงเรียน", "ความเสี่ยง", "ระดับ")
    path = upload(office, xlsx(header, (AMORN, "อมร", "ใจดี", "หนึ่ง", "ยากจน, อยู่ไกล", level)), list_type="care_site")
    check(office, path)
    accept(office, path)
    found = cases(office.district, "อมร")
    assert [(reason, level) for case in found for reason, level, _ in _risks(office, case.id)] == reasons
    # The school is known by its name, too.
    assert [case.school_code for case in found] == [SCHOOL] * len(found)


def test_a_cell_that_says_no_known_group_is_looked_at(office: OfficeVisitor) -> None:
    rows = [pupil(number, name, "ใจดี", "เสี่ยง") for number, name in ((BOON, "บุญ"), (CHAI, "ชัย"))]
    odd = pupil(AMORN, "อมร", "ใจดี", "ค่อนข้างเสี่ยง")
    path = upload(office, screening(odd, *rows), list_type="screening_site")
    check(office, path, I="risk_aspect")
    number = min(states(office, path))
    assert row_of(office, path, number).weight == "warning"
    office.get(f"{path}/rows/{number}")
    office.post(f"{path}/rows/{number}/correct", **{"risk_aspect:8": "มีปัญหา"})
    assert row_of(office, path, number).risks[0]["level"] == "problem" and row_of(office, path, number).weight == "good"


def test_a_case_on_which_another_site_told_of_a_risk_stays_when_its_export_is_taken_back(office: OfficeVisitor) -> None:
    path = upload_screening(office, pupil(AMORN, "อมร", "ใจดี", "เสี่ยง"), pupil(BOON, "บุญ", "ใจดี", "เสี่ยง"))
    check(office, path)
    accept(office, path)
    other = upload(office, screening(pupil(AMORN, "อมร", "ใจดี", "มีปัญหา", on="2/11/2569")), list_type="care_site")
    check(office, other)
    accept(office, other)
    undo(office, path)
    assert [case.state for case in cases(office.district, "อมร")] == [CaseState.ASSIGNED]
    assert [case.state for case in cases(office.district, "บุญ")] == [CaseState.WITHDRAWN]


def test_an_import_is_taken_back_but_for_what_something_was_built_on(office: OfficeVisitor) -> None:
    district = office.district
    open_case = district.add_case(child=make_child("บุญ", family_name="ใจดี", national_id=BOON))
    path = upload_screening(
        office,
        pupil(AMORN, "อมร", "ใจดี", "เสี่ยง"),
        pupil(BOON, "บุญ", "ใจดี", "เสี่ยง", "มีปัญหา"),
        pupil(CHAI, "ชัย", "ใจดี", "เสี่ยง"),
    )
    check(office, path)
    accept(office, path)
    (worked_on,) = cases(district, "ชัย")
    teacher = district.add_person("somying")
    district.record([visit_event(make_visit(worked_on.id, worked_on.child_id, teacher.id))])
    built_on = next(risk for risk, _ in care(district, open_case).of(Risk) if risk.reason == "สุขภาพ")
    step = CareStep(
        new_id(), open_case, built_on.child_id, built_on.id, CareKind.RISK, RiskState.RESOLVED, dt.date(2026, 11, 20), district.officer.id
    )  # type: ignore[arg-type]
    district.record([district.event(CareStepped(step), step.id)])
    assert "1" in office.get(f"{path}/undo").text
    undo(office, path)
    assert [case.state for case in cases(district, "อมร")] == [CaseState.WITHDRAWN]
    assert [case.state for case in cases(district, "ชัย")] == [CaseState.RETURNED]
    assert _risks(office, open_case) == [
        ("การเรียน", RiskLevel.RISK, RiskState.MISTAKEN),
        ("สุขภาพ", RiskLevel.PROBLEM, RiskState.RESOLVED),
    ]
    # The same export may come again, and brings again what was taken back.
    again = upload(office, screening(pupil(BOON, "บุญ", "ใจดี", "เสี่ยง")), list_type="screening_site")
    check(office, again)
    accept(office, again)
    assert [state for reason, _, state in _risks(office, open_case) if reason == "การเรียน"] == [RiskState.MISTAKEN, RiskState.OPEN]
