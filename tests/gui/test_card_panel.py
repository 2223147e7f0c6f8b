"""The card beside the list: over a real store where it writes, over built cards where it only shows."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.visit import Met, Outcome
from fieldapp.gui.navigation import OpenChild, RecordVisit
from fieldapp.gui.screens.card.edit_dialog import EditDialog
from fieldapp.gui.screens.card.plan_dialog import PlanDialog
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.gui.widgets.toast import Toast
from fieldapp.usecases.children import ListFilter
from tests.support.children_window import a_children_screen, destinations, over, settle
from tests.support.laptop import TODAY, Laptop, a_listed_child, fill
from tests.support.pictures import a_jpeg
from tests.support.stub_usecases import NOW, stub_client
from tests.support.views import card, child_row, photo

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def laptop(laptop: Laptop) -> Laptop:
    fill(laptop, 3)
    return laptop


def a_screen(qtbot: QtBot, laptop: Laptop) -> ChildrenScreen:
    return a_children_screen(qtbot, over(laptop), laptop.clock)


def button(parent: object, text: str) -> QPushButton:
    assert hasattr(parent, "findChildren")
    return next(each for each in parent.findChildren(QPushButton) if each.text() == text and not each.isHidden())


def words_on(screen: ChildrenScreen) -> str:
    return " ".join(label.text().replace("​", "") for label in screen.card.findChildren(QLabel) if label.isVisible())


def test_whole_numbers_show_on_request_and_hide_with_the_next_child(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    assert "081-234-5214" not in words_on(screen)
    screen.card.facts._reveal.click()
    screen.card.head._reveal.click()
    assert "081-234-5214" in words_on(screen)
    assert "1-4600-00000-00" in words_on(screen)
    screen.list.table.selectRow(1)
    settle(screen)
    assert "081-234-5214" not in words_on(screen)
    assert "x-xxxx" in words_on(screen)


def test_mending_a_card_hands_on_only_what_changed(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    button(screen.card, "Mend the card").click()
    dialog = screen.findChild(EditDialog)
    assert dialog is not None
    dialog.set_value("guardian_name", "นายทองดี")
    assert dialog.changed_values() == {"guardian_name": "นายทองดี"}
    button(dialog, "Save").click()
    settle(screen)
    assert "นายทองดี" in words_on(screen)
    case_id = screen.list.current_case
    assert laptop.children.row(case_id).unsent
    assert laptop.children.card(case_id).child.guardian_phone == "0812345214"


def test_a_follow_up_is_planned_shown_and_done(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    case_id = screen.list.current_case
    button(screen.card, "Plan a follow-up").click()
    dialog = screen.findChild(PlanDialog)
    assert dialog is not None
    button(dialog, "Plan").click()
    assert "Choose a day." in dialog.message.text
    dialog._quick.chip(7).click()
    dialog.note.setText("โทรถามยาย")
    button(dialog, "Plan").click()
    settle(screen)
    planned = laptop.children.card(case_id).follow_ups[0]
    assert (planned.due_on, planned.note) == (TODAY + dt.timedelta(days=7), "โทรถามยาย")
    screen.card.open_tab(2)
    assert "โทรถามยาย" in words_on(screen)
    button(screen.card.follow_ups, "Done").click()
    settle(screen)
    assert laptop.children.card(case_id).follow_ups[0].state is FollowUpState.DONE
    assert screen.findChild(Toast) is not None


def test_a_planned_day_may_not_have_passed(qtbot: QtBot) -> None:
    dialog = PlanDialog("ด.ช. ธนกร", TODAY)
    qtbot.addWidget(dialog)
    dialog.date.set_value(TODAY - dt.timedelta(days=1))
    with qtbot.assertNotEmitted(dialog.planned):
        button(dialog, "Plan").click()


def test_a_sibling_is_one_click_away(qtbot: QtBot, laptop: Laptop) -> None:
    house = {"house_no": "99", "moo": "4", "tambon_code": "461601", "family_name": "คำมูล"}
    laptop.put(*a_listed_child(70, given_name="กก", **house), *a_listed_child(71, given_name="ขข", **house))
    screen = a_screen(qtbot, laptop)
    asked = destinations(screen)
    link = screen.card.facts.findChild(TextLink)
    assert link is not None
    assert "ขข" in link.text()
    link.click()
    assert asked == [OpenChild(laptop.children.page(ListFilter(text="ขข"), 0, 1)[0].case_id)]


def test_the_button_records_a_visit_or_goes_on_with_the_begun_one(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    asked = destinations(screen)
    case_id = screen.list.current_case
    button(screen.card, "Record a visit").click()
    assert asked == [RecordVisit(case_id)]
    screen.changes.publish(laptop.visits.save(laptop.visits.draft(case_id).visit))
    settle(screen)
    assert button(screen.card, "Go on with the visit").isVisible()


def test_a_visit_stands_in_the_history_with_its_way_to_the_district(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    case_id = screen.list.current_case
    draft = laptop.visits.draft(case_id).visit
    laptop.visits.save(replace(draft, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN, note="<b>อยากเรียน</b>"))
    screen.changes.publish(laptop.visits.finish(case_id))
    settle(screen)
    said = words_on(screen)
    assert "Home visit" in said
    assert "&lt;b&gt;อยากเรียน" in said
    assert "Waiting to be sent" in said


def test_someone_elses_child_can_be_read_but_not_changed(qtbot: QtBot) -> None:
    client = stub_client([child_row()])
    client.children.cards["case-1"] = card(editable=False, owner_name="ครูวิชัย")
    screen = a_children_screen(qtbot, client, lambda: NOW)
    asked = destinations(screen)
    assert "ครูวิชัย looks after this child" in words_on(screen)
    assert not any(each.isVisible() for each in screen.card.head.findChildren(QPushButton))
    screen.list.opened.emit("case-1")
    assert asked == []


def test_photos_show_small_and_open_large(qtbot: QtBot) -> None:
    client = stub_client([child_row()])
    client.photos.pictures[photo("photo-1").sha256] = a_jpeg(300, 200)
    screen = a_children_screen(qtbot, client, lambda: NOW)
    screen.card.open_tab(1)
    here, missing = screen.card.gallery.tiles()
    assert here.has_picture
    assert not missing.has_picture
    here.click()
    viewer = screen.findChild(PhotoViewer)
    assert viewer is not None
    assert viewer.shows_picture
    viewer.close()
