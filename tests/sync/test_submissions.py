"""Forms go out to laptops, and filled copies come back, wherever the child is by then."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.cli import main
from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.event import EventRefused
from fieldapp.domain.form import Form, FormAbout
from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.domain.submission import Submission
from fieldapp.records import rows, tables
from fieldapp.records.of_case import submissions_of_case
from fieldapp.server.deciding import deciding, entries, wording
from fieldapp.server.deciding.entries import Wanted
from fieldapp.server.write_path.recording import put_reference
from fieldapp.store.recording import Act, record
from tests.support.district import VISITED_ON
from tests.support.records import a_submission
from tests.support.world import FieldLaptop, World
from tests.support.xlsforms import xlsform


def a_form(version: str = "1", **values: object) -> Form:
    xform = f"<h:html>{version}</h:html>"
    given = {"about": FormAbout.CHILD, "xform": xform, "sha256": sha256_hex(xform.encode()), **values}
    return Form(form_id="home_visit", form_version=version, title="บันทึกการเยี่ยมบ้าน", published_at=dt.datetime.now(dt.UTC), **given)


def publish(world: World, *forms: Form) -> None:
    with world.district.engine.begin() as connection:
        put_reference(connection, world.district.id, forms)


def forms_on(laptop: FieldLaptop) -> list[Form]:
    with laptop.store.reading() as connection:
        return [rows.form_from(row) for row in connection.execute(select(tables.form).order_by(tables.form.c.id)).mappings()]


def fill(laptop: FieldLaptop, case_id: str | None, **values: object) -> Submission:
    case = laptop.case(case_id) if case_id else None
    submission = a_submission(case, by=laptop.store.person_id, filled_on=VISITED_ON, **values)
    record(laptop.store, [Act(SubmissionRecorded(submission), submission.id)], laptop.now())
    return submission


def filled(world: World, case_id: str) -> list[Submission]:
    with world.district.engine.connect() as connection:
        return list(submissions_of_case(connection, world.district.id, case_id))


def here(laptop: FieldLaptop) -> list[Submission]:
    with laptop.store.reading() as connection:
        return [rows.submission_from(row) for row in connection.execute(select(tables.submission)).mappings()]


def test_a_new_version_comes_beside_the_old_one(world: World) -> None:
    laptop = world.teacher()
    first, second = a_form("1"), a_form("2", attachments={"schools.csv": "name,label\n46030001,บ้านนาคู\n"})
    publish(world, first)
    laptop.sync()
    publish(world, replace(first, active=False, version=2), second)
    laptop.sync()
    assert forms_on(laptop) == [replace(first, active=False, version=2), second]


def test_a_filled_form_is_received_and_seen_by_who_has_the_child_next(world: World) -> None:
    before, after = world.teacher("somying"), world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    submission = fill(before, case_id)
    assert before.sync().error is None
    assert filled(world, case_id) == [submission]
    assert before.receipt_of(submission.id) is not None
    world.district.assign(case_id, world.district.people["wichai"])
    before.sync()
    after.sync()
    assert (here(before), here(after)) == ([], [submission])


def test_one_filled_after_the_child_was_given_away_is_held_and_can_be_taken(world: World) -> None:
    before = world.teacher("somying")
    world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    submission = fill(before, case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    assert before.sync().held == 1
    assert (filled(world, case_id), here(before)) == ([], [])
    with world.district.engine.begin() as connection:
        (entry,) = entries.read(connection, world.district.id, Wanted(decided=False))
        how = {"take": True, "note": "", "case_id": "", "by": world.district.officer.id, "now": dt.datetime.now(dt.UTC)}
        deciding.decide_held(connection, world.district.id, entry.id, **how)
    assert filled(world, case_id) == [submission]


def test_a_form_about_a_school_goes_to_its_district_and_comes_back_to_who_filled_it(world: World) -> None:
    laptop = world.teacher()
    laptop.sync()
    submission = fill(laptop, None, school_code=laptop.store.identity.school_code)
    assert laptop.sync().error is None
    assert laptop.status(submission.id)[0] == "accepted"
    other = fill(laptop, None, school_code="46039999")
    laptop.sync()
    assert laptop.status(other.id) == ("rejected", "not_yours", "submission.school_code")


def test_what_is_no_instance_is_not_recorded(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    with pytest.raises(EventRefused):
        fill(laptop, case_id, xml="<data/>")
    assert here(laptop) == []


def test_a_form_from_excel_reaches_laptops_at_their_next_sync(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laptop = world.teacher()
    laptop.sync()
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform())
    address = world.district.engine.url.render_as_string(hide_password=False)
    assert main(["office", "--database-url", address, "--district", world.district.id, "publish-form", str(path)]) == 0
    assert "2569.1" in capsys.readouterr().out
    laptop.sync()
    (form,) = forms_on(laptop)
    assert (form.id, "พบผู้ปกครองหรือไม่" in form.xform) == ("home_visit@2569.1", True)


@pytest.mark.parametrize("held", [False, True])
def test_a_form_that_tells_of_harm_tops_the_inbox(world: World, held: bool) -> None:
    laptop = world.teacher("somying")
    world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    submission = fill(laptop, case_id, urgent=("abused", "cold_house"))
    if held:
        world.district.assign(case_id, world.district.people["wichai"])
    laptop.sync()
    with world.district.engine.connect() as connection:
        first, *others = entries.read(connection, world.district.id, Wanted(decided=False))
    assert (first.kind, first.body["record"], len(others)) == ("urgent", submission.id, int(held))
    assert wording.why(first) == "ถูกทารุณหรือทำร้าย · cold_house"
