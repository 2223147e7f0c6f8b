"""A day with the district's forms: they are published in the office, a teacher opens the real window on a laptop and fills them without a
network, and syncs at the end. Server, HTTP, database, files and window are real."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from sqlalchemy import Engine

from fieldapp import client
from fieldapp.gui.app import Application
from fieldapp.gui.demo.hands import click, wait_until
from fieldapp.gui.navigation import OpenChild, OpenSchool
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.form.screen import FormScreen
from fieldapp.gui.screens.form.sharing import SharingDialog
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.shell import Shell
from fieldapp.usecases.signing_in import FirstSignIn
from tests.support.district import PASSWORD, make_child, make_district
from tests.support.district_server import Running
from tests.support.form_hands import Answers, FormHands, Look
from tests.support.instrument_answers import ANSWERS
from tests.support.instruments import sheet
from tests.support.office import OfficeVisitor
from tests.support.profiles import PASSPHRASE, settings_for
from tests.support.running import serving

_COPY = re.compile(r"/office/forms/filled/([\w-]+)\">([^<]*)<")

FORMS_TAB = 3


@dataclass
class FormDay:
    office: OfficeVisitor
    application: Application
    case_id: str

    def title(self, name: str) -> str:
        return sheet(name, "settings")[0]["form_title"]

    def open(self, name: str) -> FormScreen:
        """From the child's card."""
        shell = self.application.shell
        assert shell is not None
        shell.go(OpenChild(self.case_id))
        children = shell.current
        assert isinstance(children, ChildrenScreen)
        wait_until(lambda: children.card.card and children.card.card.row.case_id == self.case_id, "the card")
        children.card.open_tab(FORMS_TAB)
        words = self.title(name)
        wait_until(lambda: _button(shell, words), words)
        fill = _button(shell, words)
        assert fill is not None
        click(fill)
        wait_until(lambda: isinstance(shell.current, FormScreen) and shell.current.view and shell.current.view.next.isVisible(), words)
        screen = shell.current
        assert isinstance(screen, FormScreen)
        return screen

    def open_of_school(self, name: str, school_code: str = "") -> FormScreen:
        """From the school's place; `school_code` where the person may choose."""
        shell = self.application.shell
        assert shell is not None
        shell.go(OpenSchool(school_code))
        words = self.title(name)
        wait_until(lambda: _button(shell, words), words)
        fill = _button(shell, words)
        assert fill is not None
        click(fill)
        wait_until(lambda: isinstance(shell.current, FormScreen) and shell.current.view and shell.current.view.next.isVisible(), words)
        screen = shell.current
        assert isinstance(screen, FormScreen)
        return screen

    def fill(self, name: str, look: Look, answers: Answers | None = None) -> FormHands:
        """To its last page, which stays open."""
        hands = FormHands(self.open(name), ANSWERS[name] if answers is None else answers, look)
        hands.fill()
        return hands

    def finish(self, hands: FormHands) -> None:
        shell = self.application.shell
        assert shell is not None
        hands.finish()
        for dialog in shell.current.findChildren(SharingDialog):
            dialog.accept()
        wait_until(lambda: not isinstance(shell.current, FormScreen), "the card after the form")

    def sync(self) -> object:
        assert self.application.session is not None
        done: list[object] = []
        runner = self.application.session.sync
        runner.finished.connect(lambda _result, error: done.append(error))
        runner.start()
        wait_until(lambda: done, "the sync")
        return done[0]

    def copies(self) -> dict[str, str]:
        """The page of the last copy of each form that the office has of the child, by the form's title."""
        page = self.office.get(f"/office/cases/{self.case_id}").text
        return {title: f"/office/forms/filled/{number}" for number, title in _COPY.findall(page)}


def _button(shell: Shell, words: str) -> QAbstractButton | None:
    """The visible one whose spoken name has these words."""
    found = [one for one in shell.current.findChildren(QAbstractButton) if one.isVisible() and words in one.accessibleName()]
    return found[0] if found else None


@contextmanager
def form_day(engine: Engine, folder: Path, names: list[str], qt: QApplication, account: str = "somying") -> Iterator[FormDay]:
    district = make_district(engine)
    teacher = district.add_person("somying")
    case_id = district.add_case(
        teacher, child=replace(make_child(), given_name="ปิยะพงษ์", family_name="ศรีสุวรรณ", house_no="112", moo="4", tambon_code="461601")
    )
    with serving(district, folder / "photos") as address:
        office = OfficeVisitor(Running(address, district, folder))
        assert office.sign_in().status_code == 200
        for name in names:
            office.get("/office/forms")
            looked = office.post(f"/office/forms/shipped/{name}")
            published = office.post(f"{looked.url.removeprefix(address)}/publish")
            assert published.status_code == 200, published.text
        settings = settings_for(folder)
        request = FirstSignIn(address, account, PASSWORD, PASSPHRASE, "โน้ตบุ๊กทดสอบ")
        client.sign_in(settings, request, lambda _progress: None, lambda: False).close()
        application = Application(qt, settings)
        loaded: list[bool] = []
        application.loaded.connect(lambda: loaded.append(True))
        application.start()
        wait_until(lambda: loaded, "the window")
        door = application.window.stage
        assert isinstance(door, UnlockScreen)
        door.passphrase.setText(PASSPHRASE)
        door.button.click()
        wait_until(lambda: application.shell is not None, "the passphrase")
        application.window.resize(1366, 768)
        try:
            yield FormDay(office, application, case_id)
        finally:
            application.stop()
            application.window.close()
            application.window.deleteLater()
            application.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            office.http.close()
