"""The district has ended the access: the profile closes, what cannot be read any more is gone, and the person is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.gui.app import Application
from fieldapp.gui.screens.sign_in import SignInScreen
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.store.profiles import profile_dir
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.syncing import SyncResult
from tests.support.profiles import PASSPHRASE, Seat, a_seat, settings_for
from tests.support.qt import shot


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path, 3)


@pytest.fixture
def application(qapp: QApplication, qtbot: QtBot, tmp_path: Path, seat: Seat) -> Iterator[Application]:
    application = Application(qapp, settings_for(tmp_path))
    qtbot.addWidget(application.window)
    application.start()
    door = application.window.stage
    assert isinstance(door, UnlockScreen)
    with qtbot.waitSignal(application.opened, timeout=30_000):
        door.passphrase.setText(PASSPHRASE)
        door.button.click()
    yield application
    application.stop()
    application.deleteLater()


def _end_access(qtbot: QtBot, application: Application) -> None:
    session = application.session
    assert session is not None
    session.client.syncing._leaving.begin()  # noqa: SLF001 - what a sync does on the district's word
    with qtbot.waitSignal(application.locked, timeout=30_000):
        session.sync.finished.emit(SyncResult(farewell="device_revoked"), None)


def test_with_nothing_unsent_the_profile_is_gone(qtbot: QtBot, application: Application, seat: Seat) -> None:
    assert application.session is not None
    application.session.client._store._forbidden.clear()  # noqa: SLF001 - the test stands for the network lane
    _end_access(qtbot, application)
    door = application.window.stage
    assert isinstance(door, SignInScreen)
    assert "เขตปิดการใช้งาน" in door.message.text
    assert not profile_dir(seat.settings.data_dir, seat.profile.id).exists()
    shot(application.window, "access-ended")


def test_with_something_unsent_the_profile_can_only_be_opened_by_the_district(qtbot: QtBot, application: Application, seat: Seat) -> None:
    assert application.session is not None
    opened = application.session.client
    opened._store._forbidden.clear()  # noqa: SLF001 - the test stands for the store's lane
    case_id = opened.children.page(ListFilter(), 0, 1)[0].case_id
    opened.visits.save(opened.visits.draft(case_id).visit)
    _end_access(qtbot, application)
    door = application.window.stage
    assert isinstance(door, UnlockScreen)
    assert "มีเพียงเขตเท่านั้นที่เปิดได้" in door.message.text
    shot(application.window, "access-ended-unsent")
    door.message.clear()
    door.passphrase.setText(PASSPHRASE)
    door.button.click()
    qtbot.waitUntil(lambda: "มีเพียงเขตเท่านั้นที่เปิดได้" in door.message.text, timeout=30_000)
