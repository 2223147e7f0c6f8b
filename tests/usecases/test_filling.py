"""Forms are filled on a laptop: kept at every answer, finished on the version on which they were begun, and what they say of the card."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from fieldapp.domain.care.risk import Risk, RiskLevel, RiskState
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.form import FormAbout
from fieldapp.domain.reference import Role
from fieldapp.domain.submission import instance_id
from fieldapp.errors import StoreError
from fieldapp.forms import Session
from fieldapp.records.care import care_of
from fieldapp.records.of_case import submissions_of_case
from fieldapp.store.tables import outbox
from fieldapp.usecases.filling import FormIncomplete, OpenForm
from tests.support.forms_here import published
from tests.support.laptop import Laptop, a_laptop, a_listed_child
from tests.support.xlsforms import VISIT as VISIT_SHEETS
from tests.support.xlsforms import Rows, changed

VISIT = published()
NEXT = published(changed("settings", 2, "version", "2569.2"))


@pytest.fixture
def listed(laptop: Laptop) -> tuple[Child, Case]:
    child, case = a_listed_child(guardian_phone="0812345214")
    laptop.put(child, case, VISIT)
    return child, case


def answer(laptop: Laptop, opened: OpenForm, **answers: str) -> None:
    for name, value in answers.items():
        opened.session.set(f"/data/{name}", value)
    laptop.filling.save(opened.draft, opened.session.to_xml(), 0)


def submissions(laptop: Laptop, case: Case):  # type: ignore[no-untyped-def]
    with laptop.store.reading() as connection:
        return submissions_of_case(connection, laptop.store.district_id, case.id)


def kinds_waiting(laptop: Laptop) -> list[str]:
    with laptop.store.reading() as connection:
        return list(connection.execute(select(outbox.c.kind).order_by(outbox.c.position)).scalars())


def test_a_form_is_offered_begun_and_filled(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    (line,) = laptop.children.card(case.id).forms
    assert (line.title, line.begun, line.filled) == ("บันทึกการเยี่ยมบ้าน", False, 0)
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, met="yes")
    assert laptop.children.card(case.id).forms[0].begun
    laptop.filling.finish(opened.draft.id)
    (line,) = laptop.children.card(case.id).forms
    assert (line.begun, line.filled, line.filled_on) == (False, 1, laptop.clock().date())
    (submission,) = submissions(laptop, case)
    assert (submission.id, submission.form_version, instance_id(submission.xml)) == (opened.draft.id, "2569.1", f"uuid:{opened.draft.id}")
    assert "<met>yes</met>" in submission.xml


def test_what_was_answered_is_there_after_the_program_was_closed(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, met="yes", phone="0899999999")
    again = laptop.reopened().filling.open("home_visit", case.id)
    assert (again.draft.id, again.session.value("/data/phone")) == (opened.draft.id, "0899999999")


def test_a_form_that_is_not_complete_is_not_finished(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, phone="")
    with pytest.raises(FormIncomplete) as missing:
        laptop.filling.finish(opened.draft.id)
    assert [(problem.where, problem.code) for problem in missing.value.problems] == [("/data/met", "answer.required")]
    assert (submissions(laptop, case), laptop.children.card(case.id).forms[0].begun) == ((), True)


def test_the_card_is_proposed_and_what_is_new_goes_back_to_it(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    child, case = listed
    opened = laptop.filling.open("home_visit", case.id)
    assert opened.session.value("/data/phone") == "0812345214"
    answer(laptop, opened, met="yes", phone="0899999999")
    laptop.filling.finish(opened.draft.id)
    assert kinds_waiting(laptop) == ["submission.recorded", "child.edited"]
    assert laptop.children.card(case.id).child == replace(
        child, guardian_phone="0899999999", version=2, field_events=laptop.children.card(case.id).child.field_events
    )


def test_an_answer_that_was_emptied_takes_nothing_off_the_card(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    child, case = listed
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, met="yes", phone="")
    laptop.filling.finish(opened.draft.id)
    assert kinds_waiting(laptop) == ["submission.recorded"]
    assert laptop.children.card(case.id).child == child


def test_what_does_not_apply_says_nothing_to_the_card(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    child, case = listed
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, phone="0899999999", met="no")
    laptop.filling.finish(opened.draft.id)
    assert kinds_waiting(laptop) == ["submission.recorded"]
    assert laptop.children.card(case.id).child == child
    assert "0899999999" not in submissions(laptop, case)[0].xml


def test_an_open_draft_is_finished_on_its_version(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, met="yes")
    laptop.put(replace(VISIT, active=False, version=2), NEXT)
    again = laptop.filling.open("home_visit", case.id)
    assert again.form.form_version == "2569.1"
    laptop.filling.finish(again.draft.id)
    assert laptop.filling.open("home_visit", case.id).form.form_version == "2569.2"
    assert [one.form_version for one in submissions(laptop, case)] == ["2569.1"]


def test_a_draft_on_a_form_that_is_used_no_more_is_still_offered(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, met="yes")
    laptop.put(replace(VISIT, active=False, version=2))
    assert [line.begun for line in laptop.children.card(case.id).forms] == [True]
    laptop.filling.discard(opened.draft)
    assert laptop.children.card(case.id).forms == ()


def test_the_answers_of_a_house_stand_for_all_its_children(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    sister, her_case = a_listed_child(1)
    laptop.put(sister, her_case, replace(VISIT, about=FormAbout.HOUSEHOLD, version=2))
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, met="yes")
    laptop.filling.finish(opened.draft.id, also=[case.id, her_case.id])
    (mine,), (hers,) = submissions(laptop, case), submissions(laptop, her_case)
    assert mine.household_id == hers.household_id == opened.draft.id
    assert (instance_id(hers.xml), hers.child_id) == (f"uuid:{hers.id}", sister.id)
    assert hers.xml.replace(hers.id, mine.id) == mine.xml


def test_a_child_that_left_cannot_be_written_about(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    opened = laptop.filling.open("home_visit", listed[1].id)
    with pytest.raises(StoreError, match="not_here"):
        laptop.filling.save(replace(opened.draft, id="x", case_id="01a2043b-f9fc-7036-9cc7-f91db3090cac"), "<data/>", 0)


@pytest.mark.parametrize(("role", "shown"), [(Role.TEACHER, True), (Role.PARTNER, False)])
def test_sensitive_questions_are_shown_by_role(tmp_path, role: Role, shown: bool) -> None:  # type: ignore[no-untyped-def]
    laptop = a_laptop(tmp_path / "other", role=role)
    child, case = a_listed_child()
    laptop.put(child, case, VISIT)
    opened = laptop.filling.open("home_visit", case.id)
    assert opened.shows_sensitive is shown
    answer(laptop, opened, phone="")
    laptop.put(published({**VISIT_SHEETS, "survey": _sensitive(VISIT_SHEETS["survey"])}, version=3))
    if shown:
        with pytest.raises(FormIncomplete):
            laptop.filling.finish(opened.draft.id)
    else:
        laptop.filling.finish(opened.draft.id)
    laptop.store.close()


def _sensitive(survey: Rows) -> Rows:
    """The first question, which must be answered, is sensitive."""
    header, first, *others = (list(row) for row in survey)
    return ([*header, "bind::app:sensitive"], [*first, "yes"], *others)


def test_the_session_is_that_of_the_form(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    session = laptop.filling.open("home_visit", listed[1].id).session
    assert isinstance(session, Session)
    assert session.label("/data/met") == "พบผู้ปกครองหรือไม่"


def test_answers_that_tell_of_harm_go_first_and_name_their_signs(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    rows = [list(row) for row in VISIT_SHEETS["survey"]]
    rows[0].append("bind::app:urgent")
    urgent = ["calculate", "urgent_abused", "", "", "", "", "if(${met} = 'no', '1', '')", "", "yes"]
    form = published({**VISIT_SHEETS, "survey": (*rows, urgent)}, version=2)
    laptop.put(form)
    for answered, signs in (("yes", ()), ("no", ("abused",))):
        opened = laptop.filling.open("home_visit", case.id)
        answer(laptop, opened, met=answered)
        laptop.filling.finish(opened.draft.id)
        assert submissions(laptop, case)[-1].urgent == signs
    with laptop.store.reading() as connection:
        assert list(connection.execute(select(outbox.c.urgent).order_by(outbox.c.position)).scalars()) == [False, True]


def test_answers_that_tell_of_a_risk_put_the_child_on_the_risk_list(laptop: Laptop, listed: tuple[Child, Case]) -> None:
    _child, case = listed
    rows = [list(row) for row in VISIT_SHEETS["survey"]]
    rows[0].append("bind::app:risk")
    found = [
        ["calculate", "learning_a", "", "", "", "", "if(${met} = 'no', 'problem', '')", "", "learning"],
        ["calculate", "learning_b", "", "", "", "", "if(${met} = 'no', 'risk', '')", "", "learning"],
        ["calculate", "economy", "", "", "", "", "if(${met} = 'no', '1', '')", "", "economy"],
        ["calculate", "health", "", "", "", "", "if(${met} = 'yes', 'risk', '')", "", "health"],
    ]
    laptop.put(published({**VISIT_SHEETS, "survey": (*rows, *found)}, version=2))
    opened = laptop.filling.open("home_visit", case.id)
    answer(laptop, opened, met="no")
    laptop.filling.finish(opened.draft.id)
    with laptop.store.reading() as connection:
        risks = care_of(connection, laptop.store.district_id, [case.id]).of(Risk)
    assert {(risk.reason, risk.level, stood.state) for risk, stood in risks} == {
        ("learning", RiskLevel.PROBLEM, RiskState.OPEN),
        ("economy", RiskLevel.RISK, RiskState.OPEN),
    }
