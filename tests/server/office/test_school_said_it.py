"""What a school fills in about itself answers the year's questions Q2 and Q3, in place of what the office types."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from fieldapp.domain.thai_dates import school_year
from fieldapp.server.year.indicators import indicators
from fieldapp.server.year.reported import Question
from fieldapp.server.year.school_answers import Answer, answers_of, keep, shares
from tests.support.filled_copies import answered, fill, publish
from tests.support.office import OfficeVisitor

FILLED_ON = dt.date(2026, 9, 1)
YEAR = school_year(FILLED_ON)
ONE, TWO = "46030001", "46030002"
EVERYONE = {"protected_pupils": "all", "protected_teachers": "all", "protected_staff": "all"}


@pytest.fixture
def planned(office: OfficeVisitor) -> OfficeVisitor:
    publish(office.district, "school_safety")
    office.district.add_school(TWO, "โรงเรียนสอง")
    return office


def say(office: OfficeVisitor, school_code: str, filled_on: dt.date = FILLED_ON, supersedes: str | None = None, **answers: str) -> str:
    xml = answered("school_safety", **answers)
    officer = office.district.officer
    return fill(office.district, officer, "school_safety", xml, school_code=school_code, filled_on=filled_on, supersedes=supersedes)


def typed(office: OfficeVisitor, school_code: str, yes: bool, question: Question = Question.SAFETY_PLAN) -> None:
    with office.district.engine.begin() as connection:
        answer = {school_code: Answer(yes, dt.date(2026, 6, 1))}
        keep(connection, office.district.id, YEAR, question, answer, office.district.officer.id, dt.datetime.now(dt.UTC))


def share(office: OfficeVisitor, as_of: dt.date, question: Question = Question.SAFETY_PLAN) -> tuple[int, int, int]:
    with office.district.engine.connect() as connection:
        found = shares(connection, office.district.id, as_of)[question]
    return found.share.count, found.share.base, found.answered_by_form


def test_a_plan_on_the_form_counts_from_the_day_it_was_filled(planned: OfficeVisitor) -> None:
    say(planned, ONE, has_plan="yes")
    assert share(planned, FILLED_ON) == (1, 2, 1)
    assert share(planned, FILLED_ON - dt.timedelta(days=1)) == (0, 2, 0)
    assert share(planned, FILLED_ON + dt.timedelta(days=365)) == (0, 2, 0), "another year asks anew"


def test_what_the_school_says_stands_over_what_was_typed(planned: OfficeVisitor) -> None:
    typed(planned, ONE, yes=True)
    typed(planned, TWO, yes=True)
    assert share(planned, FILLED_ON) == (2, 2, 0)
    wrong = say(planned, ONE, has_plan="no")
    assert share(planned, FILLED_ON) == (1, 2, 1)
    say(planned, ONE, supersedes=wrong, has_plan="yes")
    assert share(planned, FILLED_ON) == (2, 2, 1)


def test_the_newest_of_several_copies_is_what_a_school_says(planned: OfficeVisitor) -> None:
    say(planned, ONE, has_plan="yes")
    say(planned, ONE, FILLED_ON - dt.timedelta(days=20), has_plan="no")
    assert share(planned, FILLED_ON) == (1, 2, 1)


def test_everyone_is_protected_where_all_three_are(planned: OfficeVisitor) -> None:
    say(planned, ONE, has_plan="no", **EVERYONE)
    say(planned, TWO, has_plan="no", **EVERYONE | {"protected_staff": "some"})
    assert share(planned, FILLED_ON, Question.PROTECTED) == (1, 2, 2)


def test_the_page_names_the_form_as_the_source_and_asks_nothing_again(planned: OfficeVisitor) -> None:
    number = say(planned, ONE, has_plan="yes")
    page = planned.get("/office/year/schools/safety-plan", year=str(YEAR)).text
    assert f"/office/forms/filled/{number}" in page
    assert f'name="yes-{ONE}"' not in page and f'name="yes-{TWO}"' in page
    answer = planned.get("/office/year/schools/safety-plan/xlsx", year=str(YEAR))
    rows = load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    assert {row[0]: (row[2], row[5]) for row in rows if row[0] in (ONE, TWO)} == {ONE: ("ใช่", "แบบที่โรงเรียนกรอก"), TWO: (None, None)}
    assert "1 แห่งตอบในแบบของโรงเรียนเอง" in planned.get("/office/year/indicators", year=str(YEAR)).text


def test_saving_the_page_leaves_what_schools_said_and_what_was_typed_before(planned: OfficeVisitor) -> None:
    typed(planned, ONE, yes=False)
    say(planned, ONE, has_plan="yes")
    planned.get("/office/year/schools/safety-plan", year=str(YEAR))
    planned.post(f"/office/year/schools/safety-plan?year={YEAR}", school=[TWO], **{f"yes-{TWO}": "yes"})
    with planned.district.engine.connect() as connection:
        kept = answers_of(connection, planned.district.id, YEAR, Question.SAFETY_PLAN, [ONE, TWO])
        found = indicators(connection, planned.district.id, YEAR, FILLED_ON)
    assert (kept[ONE], kept[TWO]) == (Answer(False, dt.date(2026, 6, 1)), Answer(True))
    assert found.safety_plan.share.count == 2
