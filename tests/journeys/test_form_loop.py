"""A form of the district from Excel to Excel: the officer publishes it, a teacher begins a copy in the real window, the officer changes a
question and a choice, the laptop gets that, the copy is finished on its own version, and the office reads both."""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.forms.editors.chosen import TilesAnswer
from fieldapp.gui.navigation import FillForm
from fieldapp.gui.screens.form.screen import FormScreen
from fieldapp.store.roll import Roll
from fieldapp.usecases.children import Children
from fieldapp.usecases.filling import Filling
from fieldapp.usecases.photos import Photos
from tests.support.district import district, engine
from tests.support.district_server import Running
from tests.support.office import OfficeVisitor
from tests.support.qt import InlineTasks
from tests.support.running import serving
from tests.support.world import FieldLaptop, World
from tests.support.xlsforms import changed, xlsform

__all__ = ["district", "engine"]

NEXT = changed("choices", 3, "label::ไทย (th)", "ไม่อยู่บ้าน", of=changed("survey", 2, "label::ไทย (th)", "ได้พบใคร"))
NEXT = changed("settings", 2, "version", "2569.2", of=NEXT)


class Windowed:
    """What the window finds at a client, over a laptop's store."""

    def __init__(self, laptop: FieldLaptop) -> None:
        self.filling = Filling(laptop.store, laptop.now)
        self.photos = Photos(laptop.store, laptop.now)
        self.children = Children(laptop.store, Roll(laptop.store), laptop.now)


@pytest.fixture
def world(district, tmp_path: Path) -> Iterator[World]:  # type: ignore[no-untyped-def]
    with serving(district, tmp_path / "photos") as address, ExitStack() as opened:
        yield World(district, address, tmp_path / "laptops", opened)


def _publish(office: OfficeVisitor, data: bytes) -> None:
    office.get("/office/forms")
    looked = office.post("/office/forms", files={"file": ("form.xlsx", data)})
    assert office.post(f"{looked.url.removeprefix(office.running.url)}/publish").status_code == 200


def _screen(qtbot: QtBot, laptop: FieldLaptop, case_id: str) -> FormScreen:
    screen = FormScreen(Windowed(laptop), InlineTasks(), ChangeFeed(), laptop.now)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.arrive(FillForm("home_visit", case_id))
    screen.refresh()
    for _round in range(4):
        QApplication.processEvents()
    return screen


def _choose(screen: FormScreen, value: str) -> None:
    assert screen.view is not None
    answer = next(one.answer for one in screen.view.blocks(0).editors() if one.path == "/data/met")
    assert isinstance(answer, TilesAnswer)
    answer.tile(value).click()


def _finish(screen: FormScreen) -> None:
    view = screen.view
    assert view is not None
    while view.next.isVisible():
        view.next.click()
    view.finish.click()


def test_a_form_goes_out_is_changed_and_comes_back_filled_on_both_versions(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    office = OfficeVisitor(Running(world.address, world.district, tmp_path))
    office.sign_in()

    _publish(office, xlsform())
    assert laptop.sync().error is None
    begun = _screen(qtbot, laptop, case_id)
    _choose(begun, "no")
    begun.leave()

    _publish(office, xlsform(NEXT))
    assert laptop.sync().error is None
    goes_on = _screen(qtbot, laptop, case_id)
    assert goes_on.view is not None and goes_on.view.bridge.session.label("/data/met") == "พบผู้ปกครองหรือไม่"
    _finish(goes_on)
    again = _screen(qtbot, laptop, case_id)
    assert again.view is not None and again.view.bridge.session.label("/data/met") == "ได้พบใคร"
    _choose(again, "no")
    _finish(again)
    assert (laptop.sync().error, laptop.sync().pushed) == (None, 0)

    book = load_workbook(io.BytesIO(office.get("/office/forms/answers/home_visit").content))
    before, after = (list(book[version].iter_rows(values_only=True)) for version in ("2569.1", "2569.2"))
    assert (before[0][4], [line[4] for line in before[1:]]) == ("พบผู้ปกครองหรือไม่", ["ไม่พบ"])
    assert (after[0][4], [line[4] for line in after[1:]]) == ("ได้พบใคร", ["ไม่อยู่บ้าน"])
