"""Choosing between two values, on the card and on the sync page: over a real store where it decides."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from fieldapp.domain.child import EDITABLE_FIELDS
from fieldapp.domain.conflict import Conflict, conflict_id
from fieldapp.domain.identifiers import new_id
from fieldapp.error_words import refusals
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenChild
from fieldapp.gui.screens.card import conflict_words
from fieldapp.gui.screens.card.conflict_box import ConflictBanner, ConflictBox
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.sync import wording
from fieldapp.gui.screens.sync.conflict_rows import ConflictRow
from fieldapp.gui.screens.sync.screen import SyncScreen
from fieldapp.gui.sync_runner import SyncRunner
from fieldapp.gui.widgets.toast import Toast
from fieldapp.store.tables import outbox
from fieldapp.texts import use_language
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.conflicts import Side
from tests.support.children_window import a_children_screen, destinations, over, settle
from tests.support.conflict_views import a_conflict
from tests.support.laptop import ME, NOW, OTHER, Laptop, a_listed_child
from tests.support.qt import InlineTasks
from tests.support.work_views import NOW as SHOWN_AT
from tests.support.work_views import sent_item

pytestmark = pytest.mark.usefixtures("english")


class Scene:
    """A child of mine whose telephone another person has changed, and I too."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        stamp, self.offered_in = new_id(), new_id()
        child, self.case = a_listed_child(guardian_phone="0811111111")
        self.child = replace(child, field_events={"guardian_phone": stamp})
        about = (conflict_id(self.offered_in, "guardian_phone"), child.id, "guardian_phone")
        self.conflict = Conflict(*about, "0822222222", ME, NOW, "0811111111", stamp, OTHER, NOW)
        laptop.put(self.child, self.case, self.conflict)

    def on_card(self, qtbot: QtBot) -> ChildrenScreen:
        screen = a_children_screen(qtbot, over(self.laptop), self.laptop.clock)
        screen.open_case(self.case.id)
        settle(screen)
        return screen

    def phone(self) -> str:
        return self.laptop.children.card(self.case.id).child.guardian_phone

    def sent(self) -> list[Any]:
        with self.laptop.store.reading() as connection:
            return [json.loads(body)["payload"] for body in connection.execute(select(outbox.c.body)).scalars()]


@pytest.fixture
def scene(laptop: Laptop) -> Scene:
    return Scene(laptop)


def words_on(widget: Any) -> str:
    return " ".join(label.text().replace("\u200b", "") for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_card_shows_both_values_with_whose_they_are_and_since_when(qtbot: QtBot, scene: Scene) -> None:
    banner = scene.on_card(qtbot).card.conflicts
    said = words_on(banner)
    for part in ("Guardian's phone", "081-111-1111", "082-222-2222", "Yours · today", "on the card now", "waits for a choice"):
        assert part in said


@pytest.mark.parametrize(("side", "phone"), [(Side.OFFERED, "0822222222"), (Side.KEPT, "0811111111")])
def test_one_tap_decides_without_any_network(qtbot: QtBot, scene: Scene, side: Side, phone: str) -> None:
    screen = scene.on_card(qtbot)
    (box,) = screen.card.conflicts.boxes
    qtbot.mouseClick(box.tiles[side], Qt.MouseButton.LeftButton)
    settle(screen)
    assert scene.sent() == [{"child_id": scene.child.id, "value": phone, "seen": scene.conflict.kept_event}]
    assert scene.phone() == phone
    assert screen.card.conflicts.isHidden()
    assert screen.findChildren(Toast)


def test_the_keyboard_reaches_both_values_and_decides(qtbot: QtBot, scene: Scene) -> None:
    screen = scene.on_card(qtbot)
    (box,) = screen.card.conflicts.boxes
    box.tiles[Side.KEPT].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box.tiles[Side.KEPT], Qt.Key.Key_Tab)
    assert box.tiles[Side.OFFERED].hasFocus()
    QTest.keyClick(box.tiles[Side.OFFERED], Qt.Key.Key_Return)
    assert scene.phone() == "0822222222"


def test_a_second_tap_says_nothing_more(qtbot: QtBot) -> None:
    box = ConflictBox(lambda: SHOWN_AT)
    qtbot.addWidget(box)
    box.show_conflict(a_conflict())
    box.resize(600, 150)
    box.show()
    chosen: list[Side] = []
    box.chosen.connect(lambda _conflict, side: chosen.append(side))
    for side in (Side.OFFERED, Side.KEPT):
        qtbot.mouseClick(box.tiles[side], Qt.MouseButton.LeftButton)
    assert chosen == [Side.OFFERED]


def test_whoever_may_not_decide_is_shown_and_told_who_does(qtbot: QtBot) -> None:
    banner = ConflictBanner(lambda: SHOWN_AT)
    qtbot.addWidget(banner)
    banner.show_conflicts((a_conflict(may_decide=False),))
    banner.resize(500, 300)
    chosen: list[Side] = []
    banner.chosen.connect(lambda _conflict, side: chosen.append(side))
    (box,) = banner.boxes
    qtbot.mouseClick(box.tiles[Side.KEPT], Qt.MouseButton.LeftButton)
    assert chosen == []
    assert "Whoever looks after this child decides" in words_on(banner)


def test_a_conflict_that_was_decided_meanwhile_goes_from_the_card(qtbot: QtBot, scene: Scene) -> None:
    screen = scene.on_card(qtbot)
    (box,) = screen.card.conflicts.boxes
    decided = replace(scene.conflict, decided_event=new_id(), decided_by=OTHER, decided_at=NOW, decision="0811111111")
    scene.laptop.put(decided)
    box.tiles[Side.OFFERED].pressed.emit()
    settle(screen)
    assert scene.sent() == []
    assert screen.card.conflicts.isHidden()


def test_the_card_in_front_shows_what_a_sync_changed_of_its_child_alone(qtbot: QtBot, scene: Scene) -> None:
    screen = scene.on_card(qtbot)
    scene.laptop.put(replace(scene.child, guardian_phone="0899999999"), replace(scene.conflict, kept="0899999999"))
    screen.changes.publish(Changes(children=frozenset({scene.child.id})))
    settle(screen)
    assert "089-999-9999" in words_on(screen.card.conflicts)


def a_sync_screen(qtbot: QtBot, laptop: Laptop) -> SyncScreen:
    class Client:
        profile: Any = type("Profile", (), {"person_name": "ครูสมหญิง"})
        bundles: Any = type("Bundles", (), {"last": staticmethod(lambda: None)})
        syncing = laptop.syncing
        conflicts = laptop.conflicts

    client: Any = Client()
    tasks, feed = InlineTasks(), ChangeFeed()
    runner = SyncRunner(client, tasks, feed)  # type: ignore[arg-type]
    screen = SyncScreen(client, tasks, feed, laptop.clock, runner)  # type: ignore[arg-type]
    runner.setParent(screen)
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    return screen


def test_the_sync_page_asks_and_lists_what_was_decided(qtbot: QtBot, scene: Scene) -> None:
    screen = a_sync_screen(qtbot, scene.laptop)
    (row,) = screen.conflicts.rows()
    assert isinstance(row, ConflictRow)
    assert screen._needs_you_card.isVisible()
    asked = destinations(screen)
    row.open.click()
    assert asked == [OpenChild(scene.case.id)]
    qtbot.mouseClick(row.box.tiles[Side.OFFERED], Qt.MouseButton.LeftButton)
    assert not screen._needs_you_card.isVisible()
    assert scene.phone() == "0822222222"
    (item,) = scene.laptop.syncing.overview().items
    assert wording.item_title(item).startswith("Conflict decided")
    assert wording.what(item) == "guardian's phone: 08x-xxx-x222"


@pytest.mark.parametrize(
    ("field", "wire", "thai"),
    [
        ("birth_on", "2014-07-19", "19 ก.ค. 2557"),
        ("birth_on", None, "ไม่ได้กรอก"),
        ("house_no", "", "ไม่ได้กรอก"),
        ("sex", "male", "ชาย"),
        ("finished_grade_9", True, "จบ ม.3 แล้ว"),
        ("finished_grade_9", False, "ยังไม่จบ ม.3"),
        ("tambon_code", "461601", "ต.นาคู อ.นาคู"),
        ("guardian_phone", "0812345214", "081-234-5214"),
        ("birth_on", "of a newer program", "of a newer program"),
    ],
)
def test_values_are_said_as_people_say_them(field: str, wire: Any, thai: str) -> None:
    use_language("th")
    assert conflict_words.value(field, wire) == thai


@pytest.mark.parametrize("name", sorted(EDITABLE_FIELDS))
def test_every_field_of_a_card_has_a_name(name: str) -> None:
    assert name in refusals._FIELDS


def test_the_received_lists_own_value_is_called_so() -> None:
    shown = a_conflict()
    listed = replace(shown, conflict=replace(shown.conflict, kept_event=None, kept_by=None, kept_at=None), kept_by_name="")
    assert conflict_words.whose(listed, Side.KEPT, SHOWN_AT) == "From the received list"
    unnamed = replace(shown, kept_by_name="")
    assert conflict_words.whose(unnamed, Side.KEPT, SHOWN_AT + dt.timedelta(days=40)).startswith("Someone else · 21 Nov")


def test_a_decision_that_says_nothing_more_is_listed_by_its_kind() -> None:
    assert wording.what(sent_item(kind="conflict.decided", what="")) == ""
