"""The risk list at the office's pages: who is on it and why, filters, the way to a visit plan, the care of one child."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.goal import Goal, GoalState
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskSource, RiskState
from fieldapp.domain.care.support import Support, SupportArea, SupportState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CaseWithdrawn, care_payload
from fieldapp.server.trips import trips
from tests.support.counted import counted
from tests.support.district import TestDistrict, make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor
from tests.support.risk_lists import care

FOUND = dt.date(2026, 11, 1)


def at_risk(district: TestDistrict, name: str, reason: str = "ยากจน", **values: Any) -> tuple[str, Risk]:
    """A case with one risk."""
    child = make_child(name, **values.pop("child", {}))
    case_id = district.add_case(child=child, school_code=values.pop("school_code", None))
    return case_id, add_risk(district, case_id, child.id, reason, **values)


def add_risk(district: TestDistrict, case_id: str, child_id: str, reason: str, **values: Any) -> Risk:
    plain = {"source": RiskSource.POVERTY_SITE, "level": RiskLevel.RISK, "on": FOUND, **values}
    risk = Risk(id=new_id(), case_id=case_id, child_id=child_id, reason=reason, by=district.officer.id, **plain)  # type: ignore[arg-type]
    district.record([district.event(care_payload(risk), risk.id)])
    return risk


def end(district: TestDistrict, fact: Any, kind: CareKind, state: str, on: dt.date = FOUND) -> None:
    step = CareStep(new_id(), fact.case_id, fact.child_id, fact.id, kind, state, on, district.officer.id)  # type: ignore[arg-type]
    district.record([district.event(care_payload(step), step.id)])


def help_given(district: TestDistrict, risk: Risk, on: dt.date) -> Support:
    support = Support(new_id(), risk.case_id, risk.child_id, SupportArea.FUNDS, "ทุน", on, district.officer.id)  # type: ignore[arg-type]
    district.record([district.event(care_payload(support), support.id)])
    return support


def names(office: OfficeVisitor, **query: str) -> list[str]:
    """Of the children on the list, in its order."""
    page = office.get("/office/risks", **query).text
    return re.findall(r'/care">ด\.ช\. ?(\S+?) ', page.split("<tbody>")[1]) if "<tbody>" in page else []


def test_who_has_a_risk_that_stands_is_on_the_list_with_all_of_them(office: OfficeVisitor) -> None:
    district = office.district
    case_id, risk = at_risk(district, "กมล", "ยากจน", level=RiskLevel.PROBLEM)
    add_risk(district, case_id, risk.child_id, "drugs", source=RiskSource.FORM, on=dt.date(2026, 11, 5))
    for number, state in enumerate((RiskState.RESOLVED, RiskState.MISTAKEN)):
        _, over = at_risk(district, f"จบ{number}")
        end(district, over, CareKind.RISK, state)
    district.add_case(child=make_child("ปกติ"))
    assert names(office) == ["กมล"]
    page = office.get("/office/risks").text
    # A code of a form in words, the site's own words as they are.
    assert "ยากจน" in page and "สารเสพติด" in page and "เว็บไซต์" in page


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"source": "care_site"}, ["ขจร"]),
        ({"risk_level": "problem"}, ["ขจร"]),
        ({"reason": "ยากจน"}, ["กมล"]),
        # Of one risk, not of two.
        ({"source": "poverty_site", "risk_level": "problem"}, []),
        ({"school": "46030001"}, ["กมล"]),
        ({"amphoe": "4616"}, ["ขจร"]),
        ({"q": "ขจร"}, ["ขจร"]),
        ({"sort": "name"}, ["กมล", "ขจร"]),
        ({"sort": "risk"}, ["ขจร", "กมล"]),
    ],
)
def test_the_list_is_filtered_and_sorted(office: OfficeVisitor, query: dict[str, str], wanted: list[str]) -> None:
    district = office.district
    at_risk(district, "กมล", school_code="46030001")
    at_risk(
        district,
        "ขจร",
        "ติดเกม",
        source=RiskSource.CARE_SITE,
        level=RiskLevel.PROBLEM,
        on=dt.date(2026, 11, 9),
        child={"tambon_code": "461601"},
    )
    assert names(office, **query) == wanted


def test_what_was_done_before_the_newest_risk_was_not_done_about_it(office: OfficeVisitor) -> None:
    district = office.district
    teacher = district.add_person("somying")
    for name, on in (("ก่อน", dt.date(2026, 10, 31)), ("หลัง", FOUND)):
        case_id, risk = at_risk(district, name)
        visit = make_visit(case_id, risk.child_id, teacher.id, visited_on=on)
        district.record([visit_event(visit)])
        help_given(district, risk, on)
    _, risk = at_risk(district, "เพิกถอน")
    end(district, help_given(district, risk, FOUND), CareKind.SUPPORT, SupportState.TAKEN_BACK)
    assert names(office, seen="yes", sort="name") == ["หลัง"] == names(office, helped="yes", sort="name")
    assert names(office, seen="no", sort="name") == ["ก่อน", "เพิกถอน"] == names(office, helped="no", sort="name")


def test_a_list_that_was_taken_back_leaves_nobody_on_the_list(office: OfficeVisitor) -> None:
    case_id, _risk = at_risk(office.district, "กมล")
    office.district.record([office.district.event(CaseWithdrawn(office.district.list_id), case_id)])
    assert names(office) == []


def test_the_spreadsheet_has_a_line_a_risk(office: OfficeVisitor) -> None:
    case_id, risk = at_risk(office.district, "กมล", "=1+1")
    add_risk(office.district, case_id, risk.child_id, "ติดเกม", source=RiskSource.CARE_SITE)
    at_risk(office.district, "ขจร")
    book = load_workbook(io.BytesIO(office.get("/office/risks/xlsx", source="care_site").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))[1:]
    assert sorted(row[6] for row in rows) == ["=1+1", "ติดเกม"]


def test_children_of_the_list_are_put_on_a_visit_plan(office: OfficeVisitor) -> None:
    first, _ = at_risk(office.district, "กมล")
    second, _ = at_risk(office.district, "ขจร")
    page = office.get("/office/risks/plan", case=first, of="ticked").text
    assert "กมล" in page and "ขจร" not in page
    made = office.post("/office/risks/plan", case=[first], on_date="1/12/2569", name="เยี่ยมเด็กกลุ่มเสี่ยง")
    trip_id = made.url.rsplit("/", 1)[1]
    # The other one goes along; everybody the filter selects may be chosen at once.
    assert trip_id in office.get("/office/risks/plan", of="all").text
    office.post("/office/risks/plan", case=[first, second], trip=trip_id)
    with office.district.engine.connect() as connection:
        assert trips.case_ids(connection, office.district.id, trip_id) == {first, second}


def test_nobody_ticked_leads_back_to_the_list(office: OfficeVisitor) -> None:
    answer = office.get("/office/risks/plan", of="ticked", source="care_site")
    assert answer.url.endswith("/office/risks?source=care_site")


def test_the_ticked_children_are_assigned_through_the_pages_of_assignment(office: OfficeVisitor) -> None:
    case_id, _ = at_risk(office.district, "กมล")
    office.district.add_person("somying")
    page = office.get("/office/risks").text
    assert 'formaction="/office/assign/to"' in page
    assert f"case={case_id}" in office.get("/office/assign/to", of="ticked", case=case_id).text


def test_the_office_records_risk_goal_and_help_and_ends_them(office: OfficeVisitor) -> None:
    district = office.district
    case_id = district.add_case(child=make_child("กมล"))
    at = f"/office/cases/{case_id}/care"
    assert office.get(at).status_code == 200
    office.post(f"{at}/risk", reason="ขาดเรียนบ่อย", level="problem", on="1/11/2569")
    office.post(f"{at}/goal", aspect="promote", goal="อ่านออก", due_on="1/12/2569")
    ((goal, _),) = care(district, case_id).of(Goal)
    page = office.post(f"{at}/support", area="funds", what="ทุนอาหารกลางวัน", cost_baht="1,200", goal_id=goal.id, on="2/11/2569").text
    assert "1,200" in page and "ขาดเรียนบ่อย" in page
    found = care(district, case_id)
    ((risk, _),), ((support, _),) = found.of(Risk), found.of(Support)
    assert (risk.source, risk.level, risk.on) == (RiskSource.PERSON, RiskLevel.PROBLEM, FOUND)
    assert (support.goal_id, support.cost_baht, support.by) == (goal.id, 1200, district.officer.id)
    for fact, kind, state in (
        (risk, CareKind.RISK, RiskState.RESOLVED),
        (goal, CareKind.GOAL, GoalState.REACHED),
        (support, CareKind.SUPPORT, SupportState.TAKEN_BACK),
    ):
        assert office.post(f"{at}/step", kind=kind.value, of=fact.id, state=state.value, on="3/11/2569", note="ดีขึ้น").status_code == 200
    found = care(district, case_id)
    assert [found.of(cls)[0][1].state for cls in (Risk, Goal, Support)] == [RiskState.RESOLVED, GoalState.REACHED, SupportState.TAKEN_BACK]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("risk", {"reason": "", "level": "risk"}),
        ("risk", {"reason": "ก", "level": "risk", "on": "1/1/2600"}),
        ("support", {"area": "funds", "what": ""}),
        ("support", {"area": "funds", "what": "ทุน", "cost_baht": "-5"}),
        ("support", {"area": "funds", "what": "ทุน", "goal_id": "01a20000-0000-7000-8000-000000000000"}),
        ("goal", {"aspect": "know", "goal": "ก"}),
        ("step", {"kind": "risk", "of": "01a20000-0000-7000-8000-000000000000", "state": "resolved"}),
    ],
)
def test_what_cannot_be_is_refused(office: OfficeVisitor, path: str, fields: dict[str, str]) -> None:
    case_id = office.district.add_case(child=make_child("กมล"))
    office.get(f"/office/cases/{case_id}/care")
    assert office.post(f"/office/cases/{case_id}/care/{path}", **fields).status_code >= 400
    assert not care(office.district, case_id).facts


def test_no_page_of_the_list_asks_more_often_because_it_is_longer(office: OfficeVisitor) -> None:
    asked = []
    for count in (2, 20):
        for number in range(count):
            case_id, risk = at_risk(office.district, f"เด็ก{number}")
            add_risk(office.district, case_id, risk.child_id, f"เหตุ{number}")
        with counted(office.district.engine) as statements:
            for path in ("/office/risks", f"/office/cases/{case_id}/care", "/office/risks/plan?of=all"):
                office.get(path)
        asked.append(len(statements))
    assert asked[0] == asked[1]
