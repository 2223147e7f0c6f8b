"""Forms of the district, about a child, a house and a school."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox

from fieldapp.domain.submission import HarmSign
from fieldapp.gui.navigation import FillForm
from fieldapp.gui.screens.form.harm import HarmDialog
from fieldapp.gui.screens.form.screen import FormScreen
from fieldapp.gui.screens.form.sharing import SharingDialog, ask_whom_it_is_for
from fieldapp.usecases.children import ListFilter
from tests.pictures.desk import Desk
from tests.pictures.scene import add, scene
from tests.pictures.scenes_card import case_of
from tests.pictures.scenes_pages import to_the_end
from tests.pictures.seats import Filled
from tests.support.instruments import NAMES
from tests.support.laptop import SCHOOL

# By whom a form about a school is filled.
_ABOUT_SCHOOL = {"school_safety": Filled.USUAL, "supervision": Filled.OFFICE}


def form(desk: Desk, name: str, page: int = 0, *, filled: Filled = Filled.USUAL) -> FormScreen:
    """This form of the program at one of its pages, from 0; -1 for its end."""
    desk.sit_down(_ABOUT_SCHOOL.get(name, filled), writes=True)
    if name in _ABOUT_SCHOOL:
        screen = desk.go(FillForm(name, "", SCHOOL))
    else:
        case_id = case_of(desk, "ธนกร") if filled is Filled.USUAL else desk.client.children.page(ListFilter(), 0, 1)[0].case_id
        screen = desk.go(FillForm(name, case_id))
    assert isinstance(screen, FormScreen)
    assert screen.view is not None, name
    shown = [*screen.view._shown(), screen.view.pages]
    screen.view.open_page(shown[min(page, len(shown) - 1)])
    desk.settle()
    return screen


def _at(name: str, page: int, *, end: bool = False) -> Callable[[Desk], None]:
    def pose(desk: Desk) -> None:
        screen = form(desk, name, page)
        if end:
            to_the_end(screen)

    return pose


for _name in NAMES:
    _title = _name.replace("_", "-")
    add(f"form-{_title}", _at(_name, 0), FormScreen)
    add(f"form-{_title}-2", _at(_name, 1), FormScreen)
    add(f"form-{_title}-3-end", _at(_name, 2, end=True), FormScreen)
add("form-missing", _at("home_visit", -1), FormScreen)


@scene("form-long", FormScreen)
def _long(desk: Desk) -> None:
    form(desk, "home_visit", filled=Filled.LONG)


@scene("dialog-harm", HarmDialog)
def _harm(desk: Desk) -> None:
    screen = form(desk, "home_visit")
    HarmDialog(list(HarmSign)[:2], desk.client.help_lines.known, screen).open()


@scene("dialog-sharing", SharingDialog)
def _sharing(desk: Desk) -> None:
    screen = form(desk, "household")
    ask_whom_it_is_for(screen, desk.client.children.card(case_of(desk, "ธนกร")).siblings, lambda _cases: None)


@scene("dialog-discard-form", QMessageBox)
def _discard(desk: Desk) -> None:
    form(desk, "home_visit")._on_discard_wanted()
