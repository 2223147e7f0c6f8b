"""Roll-ups of filled copies: each answer counted by school, the eleven aspects by class and sex, and the copies behind each figure."""

import datetime as dt
import html
import io
import re

import pytest
from openpyxl import Workbook, load_workbook

from fieldapp.domain.child import Sex
from fieldapp.domain.reference import Setting
from fieldapp.server.write_path.recording import put_reference
from tests.support.filled_copies import answered, fill, publish, pupil
from tests.support.office import OfficeVisitor

DAYS = {"first": "1/6/2569", "last": "30/6/2569"}


@pytest.fixture
def visited(office: OfficeVisitor) -> OfficeVisitor:
    """Two schools; a house with children at both, one house more; a visit that was corrected, and one of another month."""
    district = office.district
    publish(district, "household", "home_visit", "aspects", "school_safety")
    district.add_school("46030002", "โรงเรียนสอง")
    one, two = district.add_person("kru1"), district.add_person("kru2", school_code="46030002")
    first, second, third = pupil(district, one), pupil(district, two), pupil(district, one)
    rented, owned = answered("household", living="rent"), answered("household", living="own")
    for case_id, by in ((first, one), (second, two)):
        fill(district, by, "household", rented, case_id=case_id, household_id="house-1")
    fill(district, one, "household", owned, case_id=third, household_id="house-2")
    walked = answered("home_visit", travel="walk", topics="health", health="weak")
    wrong = fill(district, one, "home_visit", walked, case_id=first)
    fill(district, one, "home_visit", answered("home_visit", travel="bus", chores="housework trade"), case_id=first, supersedes=wrong)
    fill(district, two, "home_visit", walked, case_id=second)
    fill(district, one, "home_visit", walked, case_id=third, filled_on=dt.date(2026, 7, 15))
    return office


def sheets(office: OfficeVisitor, path: str, **query: str) -> dict[str, list[tuple[object, ...]]]:
    answer = office.get(path, **query)
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def chosen(rows: list[tuple[object, ...]], question: str) -> dict[object, object]:
    return {row[3]: row[4] for row in rows if row[2] == question and row[4]}


def test_each_answer_is_counted_once_a_house_and_once_a_copy_that_stands(visited: OfficeVisitor) -> None:
    found = sheets(visited, "/office/reports/answers/xlsx", **DAYS)
    whole = found["ทั้งเขต"]
    assert chosen(whole, "การอยู่อาศัย") == {"บ้านเช่า": 1, "บ้านของตนเอง": 1}
    assert chosen(whole, "เดินทางโดย") == {"รถโดยสาร": 1, "เดิน": 1}
    assert chosen(whole, "งานที่นักเรียนช่วย") == {"ทำงานบ้าน": 1, "ค้าขาย": 1}
    # copies, houses, children, people
    assert {row[1]: row[2:] for row in found["โรงเรียน"][3:]} == {
        "โรงเรียนหนึ่ง": (3, 2, 2, 1),
        "โรงเรียนสอง": (2, 1, 1, 1),
        "ทั้งเขต": (5, 2, 3, 2),
    }


def test_the_answers_of_each_school_stand_in_a_row(visited: OfficeVisitor) -> None:
    _days, _where, header, *rows = sheets(visited, "/office/reports/answers/xlsx", **DAYS)["คำตอบรายโรงเรียน"]
    columns = [header.index(f"{question}: {answer}") for question, answer in (("การอยู่อาศัย", "บ้านเช่า"), ("เดินทางโดย", "เดิน"))]
    assert {row[1]: tuple(row[column] for column in columns) for row in rows} == {
        "โรงเรียนหนึ่ง": (1, 0),
        "โรงเรียนสอง": (1, 1),
        "ทั้งเขต": (1, 1),
    }


def test_one_school_is_shown_by_itself(visited: OfficeVisitor) -> None:
    whole = sheets(visited, "/office/reports/answers/xlsx", school="46030002", **DAYS)["ทั้งเขต"]
    assert (chosen(whole, "การอยู่อาศัย"), chosen(whole, "เดินทางโดย")) == ({"บ้านเช่า": 1}, {"เดิน": 1})


def test_other_days_have_other_copies(visited: OfficeVisitor) -> None:
    whole = sheets(visited, "/office/reports/answers/xlsx", first="1/7/2569", last="31/7/2569")["ทั้งเขต"]
    assert (chosen(whole, "การอยู่อาศัย"), chosen(whole, "เดินทางโดย")) == ({}, {"เดิน": 1})
    assert visited.get("/office/reports/answers", first="2/7/2569", last="1/7/2569").status_code == 422


@pytest.mark.parametrize("page", ["/office/reports/answers", "/office/reports/aspects", "/office/reports/aspects/level_health"])
def test_behind_each_figure_is_the_list_of_as_many_copies(visited: OfficeVisitor, page: str) -> None:
    screened(visited)
    found = figures(visited, page, **DAYS)
    assert len(found) > 5
    for figure, path in found:
        listed = visited.get(path).text
        houses = "form=household" in path and "question=" in path
        assert len(re.findall(r"/office/forms/filled/[0-9a-f-]+", listed)) >= figure if houses else rows_in(listed) == figure, path


def test_by_school_leads_to_a_table_of_one_question(visited: OfficeVisitor) -> None:
    page = visited.get("/office/reports/answers", **DAYS).text
    (path,) = [one for one in re.findall(r'href="(/office/reports/answers/by-school[^"]+)"', page) if "question=travel" in one]
    assert [figure for figure, _path in figures(visited, html.unescape(path))] == [1, 1]


def screened(office: OfficeVisitor) -> None:
    """A boy of ป.2 who is ill, screened twice; a girl of อ.3 with nothing but a talent; one whose sex is not known, of the other school."""
    district = office.district
    one, two = district.people["kru1"], district.people["kru2"]
    boy = pupil(district, one, sex=Sex.MALE, grade="ป.2")
    girl = pupil(district, one, sex=Sex.FEMALE, grade="อ.3")
    other = pupil(district, two, sex=Sex.UNKNOWN, grade="ป.2")
    fill(district, one, "aspects", aspects_xml(), case_id=boy, filled_on=dt.date(2026, 6, 2))
    ill = aspects_xml(found="health", health_risk="none", health_problem="malnourished")
    fill(district, one, "aspects", ill, case_id=boy)
    fill(district, one, "aspects", aspects_xml(talent="yes", talents="arts"), case_id=girl)
    fill(district, two, "aspects", aspects_xml(found="health", health_risk="not_strong", health_problem="none"), case_id=other)


def aspects_xml(**answers: str) -> str:
    return answered("aspects", **{"talent": "no", "special_need": "no", "found": "none", **answers})


def test_pupils_are_counted_once_by_level_class_and_sex(visited: OfficeVisitor) -> None:
    screened(visited)
    found = sheets(visited, "/office/reports/aspects/xlsx", **DAYS)
    health = {row[1:] for row in found["รายด้าน"] if row[0] == "ด้านที่ 3 สุขภาพ"}
    # normal, at risk, a problem: boys, girls, all
    assert health == {(0, 1, 1, 0, 0, 1, 1, 0, 1)}
    talent = {row[1:] for row in found["รายด้าน"] if row[0] == "ด้านที่ 1 ความสามารถพิเศษ"}
    assert talent == {(1, 0, 2, 0, 1, 1, None, None, None)}
    classes = [row[1:] for row in found["แยกตามชั้น"] if row[0] == "ด้านที่ 3 สุขภาพ"]
    assert classes == [("อ.3", 0, 1, 1, 0, 0, 0, 0, 0, 0), ("ป.2", 0, 0, 0, 0, 0, 1, 1, 0, 1)]
    schools = {row[1]: row[2:] for row in found["แยกตามโรงเรียน"] if row[0] == "ด้านที่ 3 สุขภาพ"}
    assert schools == {"โรงเรียนหนึ่ง": (0, 1, 1, 0, 0, 0, 1, 0, 1), "โรงเรียนสอง": (0, 0, 0, 0, 0, 1, 0, 0, 0)}


def test_one_class_is_shown_by_itself(visited: OfficeVisitor) -> None:
    screened(visited)
    found = sheets(visited, "/office/reports/aspects/xlsx", grade="อ.3", **DAYS)["รายด้าน"]
    assert [row[1:4] for row in found if row[0] == "ด้านที่ 3 สุขภาพ"] == [(0, 1, 1)]


def test_sensitive_answers_are_for_the_roles_that_may_see_them(visited: OfficeVisitor) -> None:
    screened(visited)
    health = f"/office/reports/copies?form=home_visit&question=health&first={DAYS['first']}&last={DAYS['last']}"
    assert "สิ่งที่พบ" in visited.get("/office/reports/answers", **DAYS).text and visited.get(health).status_code == 200
    (copy,) = copies_of(visited, "46030002")
    assert "ร่างกายไม่แข็งแรง" in visited.get(copy).text
    with visited.district.engine.begin() as connection:
        put_reference(connection, visited.district.id, [Setting("sensitive", {"roles": "admin,teacher"})])
    page = visited.get("/office/reports/answers", **DAYS).text
    assert "สิ่งที่พบ" not in page and "เดินทางโดย" in page
    assert visited.get(health).status_code == 404
    (copy,) = copies_of(visited, "46030002")
    assert "ร่างกายไม่แข็งแรง" not in visited.get(copy).text and "เดิน" in visited.get(copy).text
    table = load_workbook(io.BytesIO(visited.get("/office/forms/answers/home_visit").content))
    assert "เดินทางโดย" in said_in(table) and not any("สิ่งที่พบ" in one for one in said_in(table))
    assert visited.get("/office/reports/aspects/level_health", **DAYS).status_code == 404
    assert "ด้านที่ 3" not in visited.get("/office/reports/aspects", **DAYS).text
    assert all(row[0] != "ด้านที่ 3 สุขภาพ" for row in sheets(visited, "/office/reports/aspects/xlsx", **DAYS)["รายด้าน"])


def test_forms_about_schools_are_counted_too(visited: OfficeVisitor) -> None:
    district = visited.district
    fill(district, district.officer, "school_safety", answered("school_safety", has_plan="yes"), school_code="46030002")
    whole = sheets(visited, "/office/reports/answers/xlsx", form="school_safety", **DAYS)["ทั้งเขต"]
    assert chosen(whole, "สถานศึกษามีแผนความปลอดภัยปีนี้") == {"มี": 1}


def test_a_form_that_the_district_does_not_have_is_said_so(office: OfficeVisitor) -> None:
    assert office.get("/office/reports/answers", form="nothing").status_code == 404
    assert office.get("/office/reports/answers").status_code == 200
    assert office.get("/office/reports/aspects").status_code == 200


def figures(office: OfficeVisitor, page: str, **query: str) -> list[tuple[int, str]]:
    """The numbers of a page that lead to their copies, with where to."""
    found = re.findall(r'href="(/office/reports/copies[^"]+)">([\d,]+)<', office.get(page, **query).text)
    return [(int(figure.replace(",", "")), html.unescape(path)) for path, figure in found]


def rows_in(page: str) -> int:
    return len(re.findall(r"/office/forms/filled/[0-9a-f-]+", page))


def copies_of(office: OfficeVisitor, school: str) -> set[str]:
    """Pages of the home visits of a school."""
    listed = office.get(f"/office/reports/copies?form=home_visit&school={school}&first={DAYS['first']}&last={DAYS['last']}").text
    return set(re.findall(r'href="(/office/forms/filled/[0-9a-f-]+)"', listed))


def said_in(book: Workbook) -> list[str]:
    return [str(cell.value) for sheet in book.worksheets for cell in sheet[1]]
