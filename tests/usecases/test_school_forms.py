"""Forms about a school: who may fill which about whom, and how each stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.domain.reference import Role, School
from fieldapp.domain.submission import instance_id
from fieldapp.errors import StoreError
from fieldapp.records import rows, tables
from fieldapp.store.tables import outbox
from tests.support.forms_here import published
from tests.support.laptop import SCHOOL, Laptop, a_laptop
from tests.support.xlsforms import about_school

OTHER_SCHOOL = "46030002"


PLAN = published(about_school("school_safety"))
SUPERVISION = published(about_school("supervision", by="district"))


def a_laptop_of(folder: Path, role: Role) -> Laptop:
    made = a_laptop(folder, role=role)
    made.put(School(OTHER_SCHOOL, "โรงเรียนสอง", "460101"), School("46030003", "โรงเรียนปิด", "460101", active=False))
    made.put(published(), PLAN, SUPERVISION)
    return made


@pytest.fixture
def teacher(tmp_path: Path) -> Iterator[Laptop]:
    made = a_laptop_of(tmp_path / "teacher", Role.TEACHER)
    yield made
    made.store.close()


@pytest.fixture
def officer(tmp_path: Path) -> Iterator[Laptop]:
    made = a_laptop_of(tmp_path / "officer", Role.OFFICER)
    yield made
    made.store.close()


def fill(laptop: Laptop, form_id: str, school_code: str) -> str:
    opened = laptop.filling.open_about_school(form_id, school_code)
    opened.session.set("/data/met", "no")
    laptop.filling.save(opened.draft, opened.session.to_xml(), 0)
    return opened.draft.id


def test_a_teacher_fills_about_their_own_school_what_is_not_the_districts(teacher: Laptop) -> None:
    view = teacher.school_forms.view()
    assert (view.school_code, view.school_name, view.schools) == (SCHOOL, "โรงเรียนบ้านนาคู", {})
    assert [line.form_id for line in view.forms] == ["school_safety"]
    assert teacher.school_forms.view(OTHER_SCHOOL).school_code == SCHOOL


@pytest.mark.parametrize(("form_id", "school_code"), [("school_safety", OTHER_SCHOOL), ("supervision", SCHOOL), ("home_visit", SCHOOL)])
def test_what_is_not_theirs_cannot_be_opened(teacher: Laptop, form_id: str, school_code: str) -> None:
    with pytest.raises(StoreError, match="not_here"):
        teacher.filling.open_about_school(form_id, school_code)


def test_a_form_about_a_school_stands_as_begun_and_then_as_filled(teacher: Laptop) -> None:
    draft_id = fill(teacher, "school_safety", SCHOOL)
    (line,) = teacher.school_forms.view().forms
    assert (line.begun, line.filled) == (True, 0)
    assert teacher.filling.open_about_school("school_safety", SCHOOL).session.value("/data/met") == "no"
    changes = teacher.filling.finish(draft_id)
    assert (changes.cases, changes.submissions) == (frozenset(), {draft_id})
    (line,) = teacher.school_forms.view().forms
    assert (line.begun, line.filled, line.filled_on) == (False, 1, teacher.clock().date())


def test_what_was_filled_is_a_fact_about_the_school_and_waits_to_be_sent(teacher: Laptop) -> None:
    teacher.filling.finish(fill(teacher, "school_safety", SCHOOL))
    with teacher.store.reading() as connection:
        (submission,) = [rows.submission_from(row) for row in connection.execute(select(tables.submission)).mappings()]
        assert list(connection.execute(select(outbox.c.kind)).scalars()) == ["submission.recorded"]
    assert (submission.school_code, submission.case_id, submission.child_id) == (SCHOOL, None, None)
    assert instance_id(submission.xml) == f"uuid:{submission.id}"


def test_the_district_chooses_among_all_open_schools_and_finds_what_it_began_about_others(officer: Laptop) -> None:
    view = officer.school_forms.view()
    assert (view.school_code, view.forms) == ("", ())
    assert set(view.schools) == {SCHOOL, OTHER_SCHOOL}
    fill(officer, "supervision", OTHER_SCHOOL)
    view = officer.school_forms.view(SCHOOL)
    assert [line.form_id for line in view.forms] == ["school_safety", "supervision"]
    assert [(one.form_id, one.school_name) for one in view.elsewhere] == [("supervision", "โรงเรียนสอง")]
    assert officer.school_forms.view(OTHER_SCHOOL).elsewhere == ()


def test_a_partner_writes_about_no_school(tmp_path: Path) -> None:
    partner = a_laptop_of(tmp_path / "partner", Role.PARTNER)
    view = partner.school_forms.view(SCHOOL)
    assert (view.school_code, view.schools, view.forms) == ("", {}, ())
    with pytest.raises(StoreError, match="not_here"):
        partner.filling.open_about_school("school_safety", SCHOOL)
    partner.store.close()
