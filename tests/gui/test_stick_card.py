"""The panel for files: out to the district, and its answer back in."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.errors import BundleError
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.screens.sync import stick_card
from fieldapp.gui.screens.sync.stick_card import StickCard
from fieldapp.gui.tasks import Lane
from fieldapp.gui.widgets.message import Message
from fieldapp.texts import use_language
from fieldapp.usecases.bundles import Exported, LastBundle
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.syncing import SyncProgress, SyncResult, SyncStage
from tests.support.qt import InlineTasks
from tests.support.work_views import NOW


@pytest.fixture(autouse=True)
def english() -> None:
    use_language("en")


class Files:
    """`Bundles` as told."""

    def __init__(self) -> None:
        self.shown: LastBundle | None = None
        self.exported: Exported | None = Exported("b", 3, 2, 0, 1_400_000)
        self.result = SyncResult()
        self.error: Exception | None = None
        self.given: list[Path] = []
        self.during: Callable[[], None] = lambda: None
        self.stopped = False

    def last(self) -> LastBundle | None:
        return self.shown

    def export(self, file: Path, on_progress: Callable[[SyncProgress], None], is_cancelled: Callable[[], bool]) -> Exported | None:
        self.given.append(file)
        on_progress(SyncProgress(SyncStage.PHOTOS, 1, 2, 700_000, 1_400_000))
        self.during()
        self.stopped = is_cancelled()
        if self.error:
            raise self.error
        return None if self.stopped else self.exported

    def take_in_answer(self, file: Path, on_progress: Callable[[SyncProgress], None]) -> SyncResult:
        self.given.append(file)
        on_progress(SyncProgress(SyncStage.PULLING, 1, 2))
        self.during()
        if self.error:
            raise self.error
        return self.result


class Panel:
    def __init__(self, qtbot: QtBot, files: Files) -> None:
        client: Any = SimpleNamespace(bundles=files)
        self.qtbot = qtbot
        self.files = files
        self.tasks = InlineTasks()
        self.feed = ChangeFeed()
        self.published: list[Changes] = []
        self.feed.changed.connect(self.published.append)
        self.message = Message()
        self.card = StickCard(client, self.tasks, self.feed, lambda: NOW, self.message)  # type: ignore[arg-type]
        self.page = QWidget()
        column = QVBoxLayout(self.page)
        column.addWidget(self.message)
        column.addWidget(self.card)
        qtbot.addWidget(self.page)
        self.page.show()
        self.card.refresh()

    def press(self, button: Any) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def panel(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Panel:
    monkeypatch.setattr(stick_card, "ask_where_to_save", lambda _parent, _now: tmp_path / "out.fieldapp")
    monkeypatch.setattr(stick_card, "ask_for_answer", lambda _parent: tmp_path / "back.fieldapp")
    return Panel(qtbot, Files())


def test_export_writes_the_chosen_file_and_says_that_everything_still_waits(panel: Panel, tmp_path: Path) -> None:
    said: list[str] = []
    panel.files.during = lambda: said.append(panel.card._strip._detail.text())
    panel.press(panel.card.export_button)
    assert panel.files.given == [tmp_path / "out.fieldapp"]
    assert said == ["700 KB of 1.4 MB"]
    assert "out.fieldapp · 3 records · 2 photos" in panel.message.text
    assert "waits until the answer comes back" in panel.message.text
    assert Lane.PHOTOS in panel.tasks.lanes
    assert panel.card.export_button.isVisible()


def test_photos_that_could_not_go_along_are_told(panel: Panel) -> None:
    panel.files.exported = Exported("b", 3, 1, 1, 700_000)
    panel.press(panel.card.export_button)
    assert panel.message.text.startswith("The file is ready, but not with everything")
    assert "1 photo is not on this laptop any more" in panel.message.text


def test_an_export_can_be_stopped(panel: Panel) -> None:
    panel.files.during = lambda: panel.press(panel.card._strip._cancel)
    panel.press(panel.card.export_button)
    assert panel.files.stopped
    assert panel.message.text == "Stopped; no file was written."


def test_an_export_ends_when_the_panel_is_gone(panel: Panel) -> None:
    """The app locked: the page is deleted while the file is being written."""
    panel.files.during = lambda: shiboken6.delete(panel.card)
    panel.card.export_to(Path("out.fieldapp"))
    assert panel.files.stopped
    assert panel.message.isHidden()


def test_an_answer_is_taken_in_on_the_lane_of_the_network_and_published(panel: Panel) -> None:
    changes = Changes(outbox=True)
    panel.files.result = SyncResult(receipts_verified=3, photos=1, changes=changes)
    panel.press(panel.card.answer_button)
    assert panel.tasks.lanes.count(Lane.NETWORK) == 1
    assert panel.published == [changes]
    assert panel.message.text == "The district's answer was taken in 3 receipts checked · 1 photo"


def test_a_refusal_in_an_answer_is_not_called_good(panel: Panel) -> None:
    panel.files.result = SyncResult(receipts_verified=1, rejected=1)
    panel.press(panel.card.answer_button)
    assert panel.message.text.startswith("The answer was taken in, and something needs you")


@pytest.mark.parametrize("button", ["export_button", "answer_button"])
def test_a_file_that_cannot_be_used_is_told_in_words_and_may_be_tried_again(panel: Panel, button: str) -> None:
    panel.files.error = BundleError("bundle.no_access")
    panel.press(getattr(panel.card, button))
    assert panel.message.text.startswith("The file cannot be read or written.")
    assert getattr(panel.card, button).isVisible()
    assert not panel.card.busy


def test_the_last_file_is_named_with_whether_it_was_answered(panel: Panel) -> None:
    bundle = LastBundle("b", NOW - dt.timedelta(hours=1), 1, 0)
    for answered_at, state in ((None, "no answer yet"), (NOW, "answered")):
        panel.files.shown = LastBundle(bundle.bundle_id, bundle.made_at, 1, 0, answered_at)
        panel.card.refresh()
        assert panel.card.last.plain.startswith("Last file: ")
        assert "1 record · " + state in panel.card.last.plain


def test_who_chooses_no_file_changes_nothing(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stick_card, "ask_where_to_save", lambda _parent, _now: None)
    monkeypatch.setattr(stick_card, "ask_for_answer", lambda _parent: None)
    panel.press(panel.card.export_button)
    panel.press(panel.card.answer_button)
    assert panel.files.given == []
    assert panel.message.isHidden()


def test_the_suggested_name_tells_nobody_whose_it_is(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, suggested: str, _kind: str) -> tuple[str, str]:
        asked.append(suggested)
        return "/stick/ของครู", ""

    monkeypatch.setattr(stick_card.QFileDialog, "getSaveFileName", choose)
    host = Message()
    qtbot.addWidget(host)
    assert stick_card.ask_where_to_save(host, NOW) == Path("/stick/ของครู.fieldapp")
    assert Path(asked[0]).name == f"for the district {NOW:%Y-%m-%d %H.%M}.fieldapp"
