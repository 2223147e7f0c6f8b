"""What was set aside on the sync page: words, the way to the field, sending again, and the file for the helpdesk; over a real store."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nacl.signing import SigningKey
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from fieldapp.domain.case import Case
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, NextStep, Outcome
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenChild, RecordVisit
from fieldapp.gui.screens.card.edit_dialog import EditDialog
from fieldapp.gui.screens.card.plan_dialog import PlanDialog
from fieldapp.gui.screens.sync.aside_rows import AsideRow
from fieldapp.gui.screens.sync.screen import SyncScreen
from fieldapp.gui.screens.visit.answers import Part
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.sync_runner import SyncRunner
from fieldapp.store import device_keys, outbox
from fieldapp.store.tables import photo_transfer
from fieldapp.usecases.children import Delivery
from fieldapp.usecases.helpdesk import Helpdesk
from fieldapp.usecases.mending import Mending
from fieldapp.usecases.syncing import SyncOverview
from tests.support.laptop import NOW, TODAY, Laptop, a_listed_child
from tests.support.pictures import a_jpeg
from tests.support.qt import InlineTasks

pytestmark = pytest.mark.usefixtures("english")


def client_of(laptop: Laptop) -> Any:
    return SimpleNamespace(
        profile=SimpleNamespace(person_name="ครูสมหญิง"),
        syncing=laptop.syncing,
        visits=laptop.visits,
        photos=laptop.photos,
        preferences=laptop.preferences,
        children=laptop.children,
        mending=Mending(laptop.store, laptop.clock),
        helpdesk=Helpdesk(laptop.store, laptop.clock),
        bundles=SimpleNamespace(last=lambda: None),
    )


def a_screen(qtbot: QtBot, laptop: Laptop) -> SyncScreen:
    client, tasks, feed = client_of(laptop), InlineTasks(), ChangeFeed()
    runner = SyncRunner(client, tasks, feed)  # type: ignore[arg-type]
    screen = SyncScreen(client, tasks, feed, lambda: NOW, runner)  # type: ignore[arg-type]
    runner.setParent(screen)
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    return screen


def a_case(laptop: Laptop) -> Case:
    child, case = a_listed_child(1)
    laptop.put(child, case)
    return case


def a_visit(laptop: Laptop, case: Case) -> str:
    """A finished visit with a photo; its id."""
    visit = laptop.visits.draft(case.id).visit
    laptop.photos.add(visit.id, case.id, a_jpeg(), PhotoKind.INSIDE)
    laptop.visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN, next_step=NextStep.NONE))
    laptop.visits.finish(case.id)
    return visit.id


def overview(laptop: Laptop) -> SyncOverview:
    return laptop.syncing.overview()


def refuse(laptop: Laptop, code: str = "in_the_future", field: str = "visited_on") -> str:
    """The newest line."""
    event_id = overview(laptop).items[0].event_id
    with laptop.store.writing() as connection:
        outbox.set_aside(connection, event_id, code, field, NOW)
    return event_id


def the_row(screen: SyncScreen) -> AsideRow:
    (row,) = screen.needs_you.rows()
    assert isinstance(row, AsideRow)
    return row


def press(qtbot: QtBot, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_refused_visit_says_why_and_names_the_field(qtbot: QtBot, laptop: Laptop) -> None:
    a_visit(laptop, a_case(laptop))
    refuse(laptop)
    row = the_row(a_screen(qtbot, laptop))
    assert row._why.plain == "A date lies in the future · mend: day of the visit"
    assert (row._pill.text, row.open.text()) == ("Set aside", "Mend it")
    assert "1 photo waiting" in row._note.plain


def test_mending_a_visit_leads_to_its_very_field_with_everything_in_it(qtbot: QtBot, laptop: Laptop) -> None:
    case = a_case(laptop)
    a_visit(laptop, case)
    refuse(laptop)
    screen = a_screen(qtbot, laptop)
    went: list[Any] = []
    screen.navigate.connect(went.append)
    press(qtbot, the_row(screen).open)
    assert went == [RecordVisit(case.id, "visited_on", "A date lies in the future · mend: day of the visit")]
    page = VisitScreen(client_of(laptop), InlineTasks(), ChangeFeed(), lambda: NOW)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.resize(1278, 708)
    page.show()
    page.arrive(went[0])
    page.refresh()
    qtbot.waitUntil(lambda: page.page.met.date.field.hasFocus())
    assert page.page.part is Part.MET
    assert "did not take this visit" in page.page.message.text
    assert len(page.work.photos) == 1
    page.page.met.date.set_value(TODAY - dt.timedelta(days=1))
    page.page.met.date.changed.emit(TODAY - dt.timedelta(days=1))
    page.finish()
    shown = overview(laptop)
    assert shown.needs_you == ()
    assert [item.delivery for item in shown.items] == [Delivery.WAITING]


def test_a_visit_that_is_being_mended_says_so_and_cannot_be_sent_as_it_is(qtbot: QtBot, laptop: Laptop) -> None:
    a_visit(laptop, a_case(laptop))
    event_id = refuse(laptop)
    Mending(laptop.store, laptop.clock).open(event_id)
    row = the_row(a_screen(qtbot, laptop))
    assert (row.open.text(), row.retry.isHidden()) == ("Go on mending", True)
    assert "being mended" in row._note.plain


def test_a_visit_in_the_way_is_told(qtbot: QtBot, laptop: Laptop) -> None:
    case = a_case(laptop)
    a_visit(laptop, case)
    refuse(laptop)
    laptop.visits.save(laptop.visits.draft(case.id).visit)
    screen = a_screen(qtbot, laptop)
    press(qtbot, the_row(screen).open)
    assert "begun and not finished" in screen.message.text


def test_a_refused_card_is_mended_in_its_field_on_the_spot(qtbot: QtBot, laptop: Laptop) -> None:
    case = a_case(laptop)
    laptop.children.edit(laptop.children.card(case.id).child, {"guardian_phone": "08-x"})
    refuse(laptop, "wrong_value", "payload.values.guardian_phone")
    screen = a_screen(qtbot, laptop)
    press(qtbot, the_row(screen).open)
    dialog = screen.aside.dialog
    assert isinstance(dialog, EditDialog)
    qtbot.waitUntil(lambda: dialog._editors["guardian_phone"].hasFocus())
    assert "guardian's phone" in dialog.message.text
    dialog.set_value("guardian_phone", "0812345678")
    dialog.keep()
    assert screen.needs_you.rows() == ()
    assert laptop.children.card(case.id).child.guardian_phone == "0812345678"
    assert [item.delivery for item in overview(laptop).items] == [Delivery.WAITING]


def test_a_refused_follow_up_is_planned_again(qtbot: QtBot, laptop: Laptop) -> None:
    case = a_case(laptop)
    laptop.follow_ups.plan(case.id, TODAY, "โทรหายาย")
    refuse(laptop, "wrong_value", "due_on")
    screen = a_screen(qtbot, laptop)
    press(qtbot, the_row(screen).open)
    dialog = screen.aside.dialog
    assert isinstance(dialog, PlanDialog)
    assert dialog.note.text() == "โทรหายาย"
    dialog.date.set_value(TODAY + dt.timedelta(days=4))
    dialog.keep()
    (follow_up,) = laptop.children.card(case.id).follow_ups
    assert (follow_up.due_on, screen.needs_you.rows()) == (TODAY + dt.timedelta(days=4), ())


def test_what_cannot_be_mended_leads_to_the_card(qtbot: QtBot, laptop: Laptop) -> None:
    from fieldapp.domain.follow_up import FollowUpState

    case = a_case(laptop)
    laptop.follow_ups.plan(case.id, TODAY, "")
    (follow_up,) = laptop.children.card(case.id).follow_ups
    laptop.follow_ups.close(follow_up.id, FollowUpState.DONE)
    refuse(laptop, "unknown_record", "record")
    screen = a_screen(qtbot, laptop)
    went: list[Any] = []
    screen.navigate.connect(went.append)
    assert the_row(screen).open.text() == "Open card"
    press(qtbot, the_row(screen).open)
    assert went == [OpenChild(case.id)]


def test_sending_again_puts_it_back_into_the_queue(qtbot: QtBot, laptop: Laptop) -> None:
    a_visit(laptop, a_case(laptop))
    refuse(laptop)
    screen = a_screen(qtbot, laptop)
    press(qtbot, the_row(screen).retry)
    assert screen.needs_you.rows() == ()
    assert [item.delivery for item in overview(laptop).items] == [Delivery.WAITING]


def test_a_photo_that_was_not_taken_is_a_line_of_its_own_and_never_holds_its_visit(qtbot: QtBot, laptop: Laptop) -> None:
    a_visit(laptop, a_case(laptop))
    with laptop.store.writing() as connection:
        connection.execute(update(photo_transfer).values(state="set_aside", code="photo.unreadable"))
    screen = a_screen(qtbot, laptop)
    row = the_row(screen)
    assert row._title.text().startswith("Photo “Inside the house”")
    assert row._why.plain == "The file is damaged and cannot be read as a picture · Its visit does not wait for it"
    assert row._pill.text == "Photo set aside"
    press(qtbot, row.retry)
    assert screen.needs_you.rows() == ()
    assert overview(laptop).unsent.photos == 1


def test_the_file_for_the_helpdesk_is_written_and_only_that_is_said(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    a_visit(laptop, a_case(laptop))
    refuse(laptop)
    with laptop.store.writing() as connection:
        device_keys.keep(connection, device_keys.new_keys())
        device_keys.registered(connection, NOW)
        connection.exec_driver_sql(
            "UPDATE sync_state SET value = json_set(value, '$.sealing_key', ?) WHERE name = 'identity'", (_a_sealing_key(),)
        )
    again = laptop.reopened()
    screen = a_screen(qtbot, again)
    row = the_row(screen)
    assert row._item is not None
    screen.aside.write(row._item, tmp_path / "help.fieldapp")
    assert (tmp_path / "help.fieldapp").stat().st_size > 500
    assert "written" in screen.message.text
    note = the_row(screen)._note.plain
    assert "file for the helpdesk written" in note
    assert "eceived" not in note
    again.store.close()


def test_before_the_district_knows_this_computer_no_file_is_written(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> None:
    a_visit(laptop, a_case(laptop))
    refuse(laptop)
    screen = a_screen(qtbot, laptop)
    row = the_row(screen)
    assert row._item is not None
    screen.aside.write(row._item, tmp_path / "help.fieldapp")
    assert "does not know this computer yet" in screen.message.text
    assert not list(tmp_path.glob("help*"))


def _a_sealing_key() -> str:
    return bytes(SigningKey(bytes(32)).to_curve25519_private_key().public_key).hex()
