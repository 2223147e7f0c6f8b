"""Recording a visit through the page, over a real store."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.help_line import SETTING, HelpLine, to_setting
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Setting
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, NextStep, Outcome, PositionSource, ReturnLevel, Whereabouts
from fieldapp.errors import StoreError
from fieldapp.gui.navigation import GoBack, OpenChild, RecordVisit
from fieldapp.gui.screens.visit.answers import PARTS, Part
from fieldapp.gui.screens.visit.parts.causes import CauseChip
from fieldapp.gui.screens.visit.saving import PAUSE_MS
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.screens.visit.urgent import UrgentDialog
from fieldapp.gui.screens.visit.whole_house import WholeHouseDialog
from fieldapp.gui.theme.tokens import TARGET
from fieldapp.gui.widgets.choice_tile import ChoiceTile
from fieldapp.gui.widgets.drop_zone import pictures_in
from fieldapp.gui.widgets.toast import Toast
from fieldapp.usecases.children import ListFilter
from tests.support.children_window import a_visit_screen, destinations, over
from tests.support.laptop import TODAY, Laptop, a_listed_child, fill
from tests.support.pictures import a_jpeg
from tests.support.stub_usecases import NOW, stub_client

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def laptop(laptop: Laptop) -> Laptop:
    fill(laptop, 2)
    return laptop


@pytest.fixture
def case_id(laptop: Laptop) -> str:
    return laptop.children.page(ListFilter(), 0, 1)[0].case_id


def a_screen(qtbot: QtBot, laptop: Laptop, case_id: str) -> VisitScreen:
    return a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)


def tap(widget: QWidget, at: QPoint | None = None) -> None:
    """One interaction of a person: only what can be seen can be tapped."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def answer_everything(screen: VisitScreen) -> int:
    """The common visit, tap by tap; returns how many taps it took after 'record a visit'."""
    page = screen.page
    taps: list[QWidget] = [
        page.met.grid.tile(Met.CHILD),
        page.met.grid.tile(Met.GRANDPARENT),
        page.foot.next,
        page.whereabouts.grid.tile(Whereabouts.THIS_HOUSE),
        page.foot.next,
        page.outcome.cards.tile(Outcome.WANTS_RETURN),
        page.outcome.chips.chip("poverty"),
        page.stepper.steps[Part.NEXT_STEP],
        page.next_step.grid.tile(NextStep.BRING_TO_SCHOOL),
    ]
    for widget in taps:
        tap(widget)
    return len(taps)


def test_the_common_visit_takes_at_most_twelve_interactions(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    asked = destinations(screen)
    taps = 1 + answer_everything(screen)  # the first was the button on the card
    tap(screen.page.foot.finish)
    assert taps + 1 <= 12
    assert asked == [OpenChild(case_id)]
    card = laptop.children.card(case_id)
    recorded = card.timeline[0].visit
    assert recorded is not None
    assert recorded.met == (Met.CHILD, Met.GRANDPARENT)
    assert recorded.main_cause == "poverty"
    assert recorded.next_on == TODAY + dt.timedelta(days=7)
    assert card.case.state is CaseState.WANTS_RETURN
    assert card.follow_ups[0].due_on == recorded.next_on
    toast = screen.window().findChild(Toast)
    assert toast is not None


def test_every_tap_is_on_disk_at_once(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    assert laptop.visits.drafts() == ()
    tap(screen.page.met.grid.tile(Met.CHILD))
    assert laptop.visits.draft(case_id).visit.met == (Met.CHILD,)
    assert re.search(r"Saved on this computer \d\d:\d\d:\d\d", screen.page.stepper.saved.plain)


def test_typing_is_saved_after_a_short_pause_and_before_the_page_is_left(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    assert PAUSE_MS <= 1_000
    screen = a_screen(qtbot, laptop, case_id)
    QTest.keyClicks(screen.page.met.companions, "Somchai")
    assert laptop.visits.draft(case_id).visit.companions == ""
    with qtbot.waitSignal(screen.saver.saved):
        pass
    assert laptop.visits.draft(case_id).visit.companions == "Somchai"
    QTest.keyClicks(screen.page.met.note, "yai")
    screen.leave()
    assert laptop.visits.draft(case_id).visit.met_note == "yai"


def test_a_visit_is_gone_on_with_where_it_stopped(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    first = a_screen(qtbot, laptop, case_id)
    tap(first.page.met.grid.tile(Met.MOTHER))
    first.page.open_part(Part.OUTCOME)
    first.page.outcome.note.setPlainText("แม่ว่าจะพามาโรงเรียน")
    first.leave()
    again = a_screen(qtbot, laptop.reopened(), case_id)
    assert again.page.met.grid.tile(Met.MOTHER).isChecked()
    assert again.page.outcome.note.toPlainText() == "แม่ว่าจะพามาโรงเรียน"
    assert again.page.part is Part.WHEREABOUTS


def test_what_is_missing_is_listed_and_a_click_leads_there(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    screen.page.open_part(Part.OUTCOME)
    tap(screen.page.outcome.cards.tile(Outcome.NOT_RETURNING))
    screen.finish()
    page = screen.page
    assert [(lack.part, lack.sentence) for lack in page.missing.lacks] == [
        (Part.MET, "Choose who was met."),
        (Part.OUTCOME, "Choose at least one cause."),
    ]
    assert page.part is Part.MET
    page.missing.chosen.emit(Part.OUTCOME)
    assert page.part is Part.OUTCOME
    tap(page.outcome.chips.chip("migration"))
    assert [lack.part for lack in page.missing.lacks] == [Part.MET]
    assert laptop.visits.drafts() == (case_id,)


def test_a_day_that_cannot_be_read_keeps_the_visit_open(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    answer_everything(screen)
    screen.page.open_part(Part.MET)
    field = screen.page.met.date.field
    field.selectAll()
    QTest.keyClicks(field, "31/2/2026")
    screen.finish()
    assert [lack.sentence for lack in screen.page.missing.lacks] == ["The day of the visit cannot be read."]
    field.selectAll()
    QTest.keyClicks(field, "20/11/2026")
    assert screen.visit is not None
    assert screen.visit.visited_on == dt.date(2026, 11, 20)
    assert not screen.page.missing.lacks


def test_the_star_tells_the_main_cause_and_moves_on_a_tap(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    screen.page.open_part(Part.OUTCOME)
    tap(screen.page.outcome.cards.tile(Outcome.WANTS_RETURN))
    poverty, migration = (screen.page.outcome.chips.chip(code) for code in ("poverty", "migration"))
    tap(poverty)
    tap(migration)
    assert poverty.is_main
    tap(migration, migration.star_point())
    assert migration.is_main
    assert migration.accessibleName().endswith("main cause")
    assert screen.visit is not None
    assert screen.visit.causes == ("poverty", "migration")
    QTest.keyClick(poverty, Qt.Key.Key_Asterisk)
    assert poverty.is_main


def test_fields_of_an_outcome_appear_with_it(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    part = screen.page.outcome
    screen.page.open_part(Part.OUTCOME)
    assert not part.schooling.isVisible()
    assert not part.chips.isVisible()
    tap(part.cards.tile(Outcome.RETURNED))
    assert part.schooling.since.isVisible()
    assert not part.chips.isVisible()
    tap(part.schooling.levels[ReturnLevel.PRIMARY])
    part.schooling.grade.setCurrentText("ป.5")
    tap(part.cards.tile(Outcome.STUDYING_ELSEWHERE))
    assert part.schooling.isVisible()
    assert not part.schooling.since.isVisible()
    tap(part.cards.tile(Outcome.NOT_FOUND))
    assert part.because.isVisible()
    assert screen.visit is not None
    assert screen.visit.return_level is None
    tap(part.because.tile(Whereabouts.NO_SUCH_HOUSE))
    assert screen.page.stepper.steps[Part.WHEREABOUTS].done


def test_the_head_says_compulsory_age_and_why(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    assert re.search(r"compulsory age.*counted from the year of birth \d{4}", screen.page.head.age_text)


def test_photos_come_by_paste_and_by_file_and_keep_their_kind(qtbot: QtBot, laptop: Laptop, case_id: str, tmp_path: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    screen.paste()
    inside = tmp_path / "inside.jpg"
    inside.write_bytes(a_jpeg(640, 480))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(inside))])
    screen._add(pictures_in(dropped))
    assert [shown.photo.kind for shown in laptop.visits.draft(case_id).photos] == [PhotoKind.OUTSIDE, PhotoKind.INSIDE]
    tiles = screen.page.photos.tiles()
    assert all(tile.picture.has_picture for tile in tiles)
    tiles[1].kind_chosen.emit(PhotoKind.DOCUMENT)
    tiles[0].remove.click()
    kept = laptop.visits.draft(case_id).photos
    assert [shown.photo.kind for shown in kept] == [PhotoKind.DOCUMENT]
    assert screen.page.stepper.steps[Part.PHOTOS].summary == "1 photo · missing: Outside, Inside"


def test_the_place_of_a_photo_becomes_the_visits_place_only_when_wanted(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    screen._add([a_jpeg(position=True)])
    screen.page.open_part(Part.PHOTOS)
    assert screen.page.photos.offer.isVisible()
    assert screen.visit is not None
    assert screen.visit.position is None
    screen.page.photos.offer.acted.emit()
    place = laptop.visits.draft(case_id).visit.position
    assert place is not None
    assert (place.latitude_e6, place.source) == (16_758_500, PositionSource.PHOTO)
    assert not screen.page.photos.offer.isVisible()


def test_an_unreadable_photo_is_told_in_place_and_stops_nothing(qtbot: QtBot, laptop: Laptop, case_id: str, tmp_path: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    answer_everything(screen)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"not a picture")
    screen._add([broken, a_jpeg()])
    assert "broken.jpg" in screen.page.photos.message.text
    assert len(laptop.visits.draft(case_id).photos) == 1
    screen.finish()
    assert laptop.visits.drafts() == ()


def test_of_several_unreadable_photos_each_is_named(qtbot: QtBot, laptop: Laptop, case_id: str, tmp_path: Path) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    for name in ("one.jpg", "two.jpg"):
        (tmp_path / name).write_bytes(b"not a picture")
    screen._add([tmp_path / "one.jpg", a_jpeg(), tmp_path / "two.jpg"])
    assert all(name in screen.page.photos.message.text for name in ("one.jpg", "two.jpg"))
    screen._add([tmp_path / "two.jpg"])
    assert "one.jpg" not in screen.page.photos.message.text


def test_what_was_refused_is_said_above_the_pictures(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    photos = a_screen(qtbot, laptop, case_id).page.photos
    assert photos.column.indexOf(photos.message) < photos.column.indexOf(photos.zone)


def test_urgent_is_always_in_sight_and_names_whom_to_call(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    for part in PARTS:
        screen.page.open_part(part)
        assert screen.page.foot.urgent.isVisible()
    tap(screen.page.foot.urgent)
    dialog = screen.findChild(UrgentDialog)
    assert dialog is not None
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert all(number in shown for number in ("191", "1669", "1300", "1387", "1323"))
    dialog.note.setPlainText("มีรอยช้ำ")
    dialog._on_mark()
    kept = laptop.visits.draft(case_id).visit
    assert (kept.urgent, kept.urgent_note) == (True, "มีรอยช้ำ")


def test_the_districts_own_numbers_stand_in_the_place_of_the_national_ones(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    laptop.put(Setting(SETTING, to_setting([HelpLine("043-000-000", "บ้านพักเด็ก (ตัวอย่าง)")])))
    screen = a_screen(qtbot, laptop, case_id)
    tap(screen.page.foot.urgent)
    dialog = screen.findChild(UrgentDialog)
    assert dialog is not None
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert "043-000-000" in shown
    assert "1387" not in shown


def test_a_failed_save_is_told_kept_in_sight_and_tried_again(qtbot: QtBot) -> None:
    client = stub_client()
    screen = a_visit_screen(qtbot, client, lambda: NOW, "case-1")
    client.visits.fails = StoreError("store.disk_full")
    tap(screen.page.met.grid.tile(Met.CHILD))
    assert screen.page.message.isVisible()
    assert screen.page.met.grid.tile(Met.CHILD).isChecked()
    client.visits.fails = None
    screen.page.message.acted.emit()
    assert client.visits.saves[-1].met == (Met.CHILD,)
    assert not screen.page.message.isVisible()


def test_a_draft_is_thrown_away_only_after_asking(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    asked = destinations(screen)
    tap(screen.page.met.grid.tile(Met.CHILD))
    tap(screen.page.stepper._discard)
    box = screen.findChild(QMessageBox)
    assert box is not None
    assert laptop.visits.drafts() == (case_id,)
    next(each for each in box.buttons() if each.text() == "Throw away").click()
    assert laptop.visits.drafts() == ()
    assert asked == [GoBack()]


def test_answers_are_as_large_as_a_finger_and_have_names(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    for part in PARTS:
        screen.page.open_part(part)
        for kind in (ChoiceTile, CauseChip):
            for widget in screen.page.findChildren(kind):
                if widget.isVisible():
                    assert widget.height() >= TARGET
                    assert widget.accessibleName()


def test_parts_open_by_keyboard_and_the_first_answer_has_the_focus(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    with qtbot.waitActive(screen):
        screen.activateWindow()
    QTest.keyClick(screen.page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert screen.page.part is Part.OUTCOME
    QTest.keyClick(screen.page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert screen.page.part is Part.WHEREABOUTS
    focused = screen.focusWidget()
    assert focused is screen.page.whereabouts.grid.tile(Whereabouts.THIS_HOUSE)
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert screen.visit is not None
    assert screen.visit.whereabouts is Whereabouts.THIS_HOUSE


def test_coming_for_another_child_saves_the_first(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    screen = a_screen(qtbot, laptop, case_id)
    QTest.keyClicks(screen.page.met.companions, "Somchai")
    other = next(row.case_id for row in laptop.children.page(ListFilter(), 0, 9) if row.case_id != case_id)
    screen.arrive(RecordVisit(other))
    screen.refresh()
    assert laptop.visits.draft(case_id).visit.companions == "Somchai"
    assert screen.visit is not None
    assert screen.visit.case_id == other
    assert screen.page.met.companions.text() == ""


def test_a_pupil_at_risk_is_still_at_school_and_is_not_brought_back(qtbot: QtBot, laptop: Laptop, case_id: str) -> None:
    case = replace(laptop.children.card(case_id).case, list_type=ListType.AT_RISK)
    laptop.put(case)
    screen = a_visit_screen(qtbot, over(laptop), laptop.clock, case_id)
    part = screen.page.outcome
    screen.page.open_part(Part.OUTCOME)
    assert part.at_risk_cards.isVisible() and not part.cards.isVisible()
    tap(part.at_risk_cards.tile(Outcome.STILL_AT_SCHOOL))
    assert screen.visit and screen.visit.outcome is Outcome.STILL_AT_SCHOOL
    assert part.at_risk_cards.tile(Outcome.STILL_AT_SCHOOL).isChecked() and not part.chips.isVisible()


def test_the_whole_house_is_recorded_in_one_go(qtbot: QtBot, laptop: Laptop) -> None:
    house = {"house_no": "99", "moo": "4", "tambon_code": "461601"}
    for number in (20, 21):
        laptop.put(*a_listed_child(number, **house))
    first, second = (row.case_id for row in laptop.children.page(ListFilter(text="99 ม.4"), 0, 5))
    screen = a_screen(qtbot, laptop, first)
    asked = destinations(screen)
    answer_everything(screen)
    tap(screen.page.foot.finish)
    dialog = screen.window().findChild(WholeHouseDialog)
    assert isinstance(dialog, WholeHouseDialog)
    assert list(dialog.records) == [second]
    assert all(button.height() >= TARGET for button in (*dialog.records.values(), dialog.later))
    tap(dialog.records[second])
    assert asked == [OpenChild(first), RecordVisit(second)]
    begun = laptop.visits.draft(second).visit
    assert (begun.met, begun.outcome) == ((Met.GRANDPARENT,), None)
