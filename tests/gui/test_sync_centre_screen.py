"""The sync centre with widgets, and over a real store."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from fieldapp.domain.event import EventRefused
from fieldapp.domain.visit import Met, Outcome
from fieldapp.errors import FieldappError, Offline, ServerProblem, SignInNeeded
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import OpenSync
from fieldapp.gui.screens.sync.aside_rows import AsideRow
from fieldapp.gui.screens.sync.rows import ItemRow
from fieldapp.gui.screens.sync.screen import SyncScreen
from fieldapp.gui.sync_runner import SyncRunner
from fieldapp.gui.tasks import Lane
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import Delivery
from fieldapp.usecases.syncing import ReceiptView, SyncOverview, SyncProgress, SyncResult, SyncStage
from tests.support.laptop import Laptop, a_listed_child
from tests.support.qt import InlineTasks
from tests.support.work_views import NOTHING_UNSENT, NOW, overview, receipt_view, sent_item

pytestmark = pytest.mark.usefixtures("english")


class Sync:
    """`Syncing` as told: what it shows, how a run goes, whether a password is right."""

    def __init__(self, shown: SyncOverview | None = None) -> None:
        self.shown = shown or overview()
        self.result: SyncResult = SyncResult()
        self.steps: list[SyncProgress] = []
        self.during: Callable[[], None] = lambda: None
        self.password = "right"
        self.asked: list[str] = []
        self.runs = 0
        self.stopped = False
        self.refuses: Exception | None = None
        self.receipts: dict[str, ReceiptView] = {"event-1": receipt_view()}

    def overview(self) -> SyncOverview:
        return self.shown

    def receipt(self, event_id: str) -> ReceiptView | None:
        return self.receipts.get(event_id)

    def run(self, on_progress: Callable[[SyncProgress], None], is_cancelled: Callable[[], bool]) -> SyncResult:
        self.runs += 1
        for step in self.steps:
            on_progress(step)
            self.during()
        self.stopped = is_cancelled()
        return self.result

    def sign_in_again(self, password: str) -> None:
        self.asked.append(password)
        if password != self.password:
            raise SignInNeeded("sign_in.wrong_password")

    def retry(self, event_id: str) -> Changes:
        if self.refuses:
            raise self.refuses
        self.asked.append(event_id)
        return Changes(outbox=True)


def a_screen(qtbot: QtBot, sync: Any) -> SyncScreen:
    no_files = SimpleNamespace(last=lambda: None)
    client: Any = SimpleNamespace(profile=SimpleNamespace(person_name="ครูสมหญิง"), syncing=sync, bundles=no_files)
    tasks, feed = InlineTasks(), ChangeFeed()
    runner = SyncRunner(client, tasks, feed)  # type: ignore[arg-type]
    screen = SyncScreen(client, tasks, feed, lambda: NOW, runner)  # type: ignore[arg-type]
    runner.setParent(screen)
    qtbot.addWidget(screen)
    screen.resize(1278, 708)
    screen.show()
    screen.refresh()
    return screen


def press_sync(qtbot: QtBot, screen: SyncScreen) -> None:
    qtbot.mouseClick(screen.progress.button, Qt.MouseButton.LeftButton)


def test_the_button_runs_the_sync_on_the_network_lane_and_publishes_its_changes(qtbot: QtBot) -> None:
    sync = Sync()
    sync.result = SyncResult(pushed=1, receipts_verified=1, changes=Changes(cases=frozenset({"case-1"}), outbox=True))
    screen = a_screen(qtbot, sync)
    published: list[Changes] = []
    screen.changes.changed.connect(published.append)
    press_sync(qtbot, screen)
    assert sync.runs == 1
    assert Lane.NETWORK in screen.tasks.lanes  # type: ignore[attr-defined]
    assert published == [sync.result.changes]
    assert screen.message.text == "Sync is complete 1 receipt checked"


def test_while_it_runs_it_says_what_and_how_many(qtbot: QtBot) -> None:
    sync = Sync()
    sync.steps = [SyncProgress(SyncStage.PHOTOS, 2, 8, 1_100_000, 2_400_000)]
    screen = a_screen(qtbot, sync)
    said: list[str] = []
    sync.during = lambda: said.append(screen.progress._strip._title.text())
    press_sync(qtbot, screen)
    assert said == ["Sending photo 3 of 8"]
    assert screen.progress._strip.isHidden()


def test_pause_stops_the_run_and_says_that_nothing_is_lost(qtbot: QtBot) -> None:
    sync = Sync()
    sync.steps = [SyncProgress(SyncStage.PHOTOS, 2, 8)]
    screen = a_screen(qtbot, sync)
    sync.during = screen.progress._strip.cancelled.emit
    press_sync(qtbot, screen)
    assert sync.stopped
    assert "stays in this laptop" in screen.message.text


@pytest.mark.parametrize("error", [Offline(), Offline("offline.timeout"), ServerProblem("server_failed", 500)])
def test_an_error_says_what_happened_and_that_the_records_are_safe(qtbot: QtBot, error: FieldappError) -> None:
    sync = Sync()
    sync.result = SyncResult(error=error)
    screen = a_screen(qtbot, sync)
    press_sync(qtbot, screen)
    assert screen.message.isVisible()
    assert "safe" in screen.message.text
    assert screen.progress.button.isVisible()
    assert screen.sign_in.isHidden()


def test_an_ended_session_asks_for_the_password_and_then_goes_on(qtbot: QtBot) -> None:
    sync = Sync()
    sync.result = SyncResult(error=SignInNeeded())
    screen = a_screen(qtbot, sync)
    press_sync(qtbot, screen)
    assert screen.sign_in.isVisible()
    sync.result = SyncResult()
    for password in ("wrong", "right"):
        screen.sign_in.password.setText(password)
        qtbot.mouseClick(screen.sign_in.button, Qt.MouseButton.LeftButton)
        if password == "wrong":
            assert screen.sign_in.message.isVisible()
            assert screen.sign_in.button.isEnabled()
    assert sync.asked == ["wrong", "right"]
    assert sync.runs == 2
    assert screen.sign_in.isHidden()
    assert screen.sign_in.password.text() == ""


def test_a_revoked_device_is_told_and_no_password_is_asked_for(qtbot: QtBot) -> None:
    sync = Sync()
    sync.result = SyncResult(error=SignInNeeded("sign_in.device_revoked"))
    screen = a_screen(qtbot, sync)
    press_sync(qtbot, screen)
    assert screen.sign_in.isHidden()
    assert screen.message.isVisible()


def test_a_row_says_received_only_for_what_the_district_holds(qtbot: QtBot) -> None:
    items = tuple(sent_item(place, delivery=state) for place, state in enumerate(Delivery))
    screen = a_screen(qtbot, Sync(overview(items)))
    received = [row._pill.text for row in screen.items.rows() if isinstance(row, ItemRow) and "Received" in row._pill.text]
    assert received == ["Received ✓"]


def test_a_receipt_opens_with_its_facts_and_can_be_copied(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, Sync(overview((sent_item(1),))))
    row = screen.items.rows()[0]
    qtbot.keyClick(row, Qt.Key.Key_Return)
    dialog = screen.receipt_dialog
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert "7F3A-20C1" in QGuiApplication.clipboard().text()
    dialog.close()


def test_a_receipt_can_be_printed(qtbot: QtBot, tmp_path: Path) -> None:
    screen = a_screen(qtbot, Sync(overview((sent_item(1),))))
    qtbot.keyClick(screen.items.rows()[0], Qt.Key.Key_Return)
    dialog = screen.receipt_dialog
    assert dialog is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "receipt.pdf"))
    dialog.print_on(printer)
    dialog.close()
    written = (tmp_path / "receipt.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert len(written) > 3_000


def test_a_record_without_receipt_opens_nothing(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, Sync(overview((sent_item(1, delivery=Delivery.WAITING, receipt_number=""),))))
    qtbot.mouseClick(screen.items.rows()[0], Qt.MouseButton.LeftButton)
    assert screen.receipt_dialog is None


def test_the_way_here_may_name_a_record_whose_receipt_opens(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, Sync(overview((sent_item(2), sent_item(1)))))
    screen.arrive(OpenSync("event-1"))
    screen.refresh()
    assert screen.receipt_dialog is not None
    screen.receipt_dialog.close()


def test_what_still_cannot_be_true_is_told_with_its_field(qtbot: QtBot) -> None:
    sync = Sync()
    sync.refuses = EventRefused("in_the_future", "visited_on")
    screen = a_screen(qtbot, sync)
    row = screen.needs_you.rows()[0]
    assert isinstance(row, AsideRow)
    qtbot.mouseClick(row.retry, Qt.MouseButton.LeftButton)
    assert "day of the visit" in screen.message.text


def test_a_fresh_laptop_has_an_empty_list_and_says_so(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, Sync(overview((), runs=(), unsent=NOTHING_UNSENT, last_complete_at=None)))
    assert screen._no_items.isVisible()
    assert not screen._runs_card.isVisible()
    assert screen.progress._detail.plain == "This laptop has never synced to the end."


def test_no_more_than_ten_runs_are_listed(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, Sync(overview(runs=overview().runs * 4)))
    assert len(screen.runs.rows()) == 10


def test_when_the_sync_is_told_to_stop_an_export_stops_too(qtbot: QtBot) -> None:
    screen = a_screen(qtbot, Sync())
    screen._runner.cancel()
    assert screen.stick._stopped


class TestOverARealStore:
    def test_a_recorded_visit_waits_and_without_a_signal_it_goes_on_waiting(self, qtbot: QtBot, laptop: Laptop) -> None:
        from dataclasses import replace

        child, case = a_listed_child(1)
        laptop.put(child, case)
        begun = laptop.visits.draft(case.id).visit
        laptop.visits.save(replace(begun, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
        laptop.visits.finish(case.id)
        screen = a_screen(qtbot, laptop.syncing)
        (row,) = screen.items.rows()
        assert isinstance(row, ItemRow)
        assert row._pill.text == "Waiting to be sent"
        press_sync(qtbot, screen)
        assert "safe" in screen.message.text
        assert row._pill.text == "Waiting to be sent"
