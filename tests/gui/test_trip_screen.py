"""Tomorrow's trip: chosen, checked, in order, and on paper; and nothing of it stops a visit. Over a real profile."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from fieldapp import client, phrases
from fieldapp.client import Client
from fieldapp.domain.visit import Met, Outcome, Position, PositionSource
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenTrip, RecordVisit
from fieldapp.gui.screens.trip.checks import checks
from fieldapp.gui.screens.trip.paper import as_pdf, paper, short_name
from fieldapp.gui.screens.trip.screen import TripScreen
from fieldapp.gui.widgets.text import Text
from fieldapp.help_lines import usual_lines
from fieldapp.usecases.battery import Battery
from fieldapp.usecases.children import ListFilter, SortBy
from fieldapp.usecases.today import Readiness
from fieldapp.usecases.trip_packs import MOST_STOPS
from tests.support.laptop import NOW, TODAY
from tests.support.profiles import PASSPHRASE, a_seat
from tests.support.qt import InlineTasks

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Client]:
    seat = a_seat(tmp_path, 80)
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, opened: Client) -> TripScreen:
    screen = TripScreen(opened, InlineTasks(), ChangeFeed(), lambda: NOW)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    return screen


def words(screen: TripScreen) -> list[str]:
    QApplication.processEvents()
    return [label.plain if isinstance(label, Text) else label.text() for label in screen.findChildren(QLabel) if label.isVisible()]


def test_children_are_put_on_the_trip_once_and_stand_in_the_order_of_villages_and_houses(screen: TripScreen, opened: Client) -> None:
    chosen = [row.case_id for row in opened.children.page(ListFilter(), 0, 9)]
    screen.arrive(OpenTrip(tuple(chosen)))
    screen.arrive(OpenTrip(tuple(chosen[:3])))
    stops = opened.trips.read().stops
    assert sorted(row.case_id for row in stops) == sorted(chosen)
    by_village = opened.children.page(ListFilter(sort=SortBy.VILLAGE), 0, 80)
    assert [row.case_id for row in stops] == [row.case_id for row in by_village if row.case_id in chosen]
    assert [row for row in stops if phrases.full_name(row) not in words(screen)] == []


def test_villages_stand_along_the_way_and_say_how_far_they_are(screen: TripScreen, opened: Client) -> None:
    chosen: dict[str, str] = {}
    for row in opened.children.page(ListFilter(sort=SortBy.VILLAGE), 0, 80):
        chosen.setdefault(f"{row.tambon_code}/{row.moo}", row.case_id)
    first, second, third = list(chosen.values())[:3]
    # The third village lies between the first two.
    for case_id, north in ((first, 0), (second, 40_000), (third, 20_000)):
        visit = opened.visits.draft(case_id).visit
        place = Position(16_640_000 + north, 104_030_000, PositionSource.PHOTO)
        opened.visits.save(replace(visit, visited_on=TODAY, met=(Met.NOBODY,), outcome=Outcome.NOT_FOUND, position=place))
        opened.visits.finish(case_id)
    screen.arrive(OpenTrip((first, second, third)))
    assert [row.case_id for row in opened.trips.read().stops] == [first, third, second]
    assert sum("2.2 km from the one before" in text for text in words(screen)) == 2
    screen_paper = paper(opened.trips.read().stops, opened.trips.read().legs, usual_lines(), TODAY).toPlainText()
    assert screen_paper.count("2.2 km from the one before") == 2


def test_a_village_is_put_on_whole_and_somebody_taken_off_again(screen: TripScreen, opened: Client) -> None:
    village = opened.trips.read().villages[0]
    screen._adding((village.tambon_code, village.moo))()
    stops = opened.trips.read().stops
    assert len(stops) == village.count
    off = next(one for one in screen.findChildren(QToolButton) if one.accessibleName() == "Take off the trip")
    off.click()
    assert len(opened.trips.read().stops) == village.count - 1
    screen.clear.click()
    assert opened.trips.read().stops == ()
    assert not screen.print.isEnabled()


def test_more_than_fit_are_counted_and_told(screen: TripScreen, opened: Client) -> None:
    screen.arrive(OpenTrip(everybody=ListFilter()))
    assert len(opened.trips.read().stops) == MOST_STOPS
    assert f"{80 - MOST_STOPS} children did not fit" in screen.message.text


def test_the_trip_is_still_there_the_next_morning(screen: TripScreen, opened: Client, tmp_path: Path) -> None:
    row = opened.children.page(ListFilter(), 0, 1)[0]
    screen.arrive(OpenTrip((row.case_id, "not-here-any-more")))
    pack = opened.trips.read()
    assert [one.case_id for one in pack.stops] == [row.case_id]
    assert pack.gone == 1


def told(pack: Any, **readiness: Any) -> dict[str, bool]:
    return {check.text: check.good for check in checks(replace(pack, readiness=replace(pack.readiness, **readiness)), NOW)}


def test_green_only_where_everything_is_on_board_and_else_what_to_do(opened: Client) -> None:
    opened.trips.add([row.case_id for row in opened.children.page(ListFilter(), 0, 3)])
    ready = Readiness(children=80, last_sync_at=NOW - dt.timedelta(hours=2), clock_offset_seconds=3, free_bytes=50_000_000_000)
    pack = replace(opened.trips.read(), forms=4, photographed=2, battery=Battery(93, plugged_in=False), readiness=ready)
    assert all(told(pack).values())
    spoilt = {
        "No form is here": told(replace(pack, forms=0)),
        "only at the district": told(replace(pack, photos_away=1)),
        "left this laptop": told(replace(pack, gone=2)),
        "Nobody is chosen": told(replace(pack, stops=())),
        "wait to be sent": told(replace(pack, unsent=replace(pack.unsent, visits=2))),
        "days ago": told(pack, last_sync_at=NOW - dt.timedelta(days=3)),
        "Clock is": told(pack, clock_offset_seconds=-900),
        "Disk nearly full": told(pack, free_bytes=1_000_000),
        "charge it before": told(replace(pack, battery=Battery(40, plugged_in=False))),
        "leave it plugged in": told(replace(pack, battery=Battery(40, plugged_in=True))),
    }
    for said, lines in spoilt.items():
        wrong = [text for text, good in lines.items() if not good]
        assert len(wrong) == 1
        assert said in wrong[0]


def test_a_visit_begins_from_the_trip_though_the_check_says_no(qtbot: QtBot, screen: TripScreen, opened: Client) -> None:
    row = opened.children.page(ListFilter(), 0, 1)[0]
    screen.arrive(OpenTrip((row.case_id,)))
    assert "Before you leave" in words(screen)
    begin = next(one for one in screen.findChildren(QPushButton) if one.text() == "Record a visit")
    with qtbot.waitSignal(screen.navigate) as wanted:
        begin.click()
    assert wanted.args == [RecordVisit(row.case_id)]


def test_the_paper_names_nobody_whole_and_no_number_of_a_person(opened: Client, screen: TripScreen, tmp_path: Path) -> None:
    screen.arrive(OpenTrip(everybody=ListFilter()))
    stops = opened.trips.read().stops
    text = paper(stops, (), usual_lines(), TODAY).toPlainText()
    children = [opened.children.card(row.case_id).child for row in stops[:10]]
    assert all(short_name(row) in text for row in stops)
    assert [row.family_name for row in stops if row.family_name in text] == []
    assert [child.national_id for child in children if child.national_id and child.national_id in text] == []
    assert "1300" in text
    path = tmp_path / "trip.pdf"
    screen.save_to(path)
    assert path.read_bytes().startswith(b"%PDF")
    assert len(as_pdf(paper(stops, (), usual_lines(), TODAY))) > 5_000
    assert io.BytesIO(path.read_bytes()).read().count(b"/Type /Page\n") >= 2


def test_a_paper_that_cannot_be_written_there_is_told(opened: Client, screen: TripScreen, tmp_path: Path) -> None:
    screen.arrive(OpenTrip(everybody=ListFilter()))
    screen.save_to(tmp_path / "no-such-folder" / "trip.pdf")
    assert "could not be written" in screen.message.text


@pytest.mark.parametrize(("family", "short"), [("เเสนสุข", "ส."), ("โพธิ์ศรี", "พ."), ("ไชยทองศรี", "ช."), ("", ""), ("Lee", "L.")])
def test_a_family_name_is_shortened_to_its_first_consonant(opened: Client, family: str, short: str) -> None:
    row = replace(opened.children.page(ListFilter(), 0, 1)[0], title="ด.ช.", given_name="ธนกร", family_name=family)
    assert short_name(row) == " ".join(part for part in ("ด.ช.", "ธนกร", short) if part)
