"""When the app syncs by itself: soon, after recording, and less and less often where there is no line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fieldapp.errors import Offline, SignInNeeded
from fieldapp.gui import auto_sync
from fieldapp.gui.auto_sync import AutoSync
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.sync_runner import SyncRunner
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.syncing import SyncProgress, SyncResult, SyncStage
from tests.support.qt import InlineTasks


@dataclass
class District:
    """What the runner calls: a sync whose outcome the test decides."""

    outcome: SyncResult | Exception = field(default_factory=SyncResult)
    meanwhile: Callable[[], None] = lambda: None
    asked: int = 0

    @property
    def syncing(self) -> "District":
        return self

    def run(self, on_progress: Callable[[SyncProgress], None], is_cancelled: Callable[[], bool]) -> SyncResult:
        self.asked += 1
        on_progress(SyncProgress(SyncStage.PUSHING, 1, 2))
        self.meanwhile()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return SyncResult(cancelled=is_cancelled(), changes=self.outcome.changes, error=self.outcome.error)


@dataclass
class Around:
    district: District
    changes: ChangeFeed
    runner: SyncRunner
    auto: AutoSync


@pytest.fixture
def around(qtbot: QtBot) -> Iterator[Around]:
    owner = QObject()
    district, changes = District(), ChangeFeed(owner)
    runner = SyncRunner(district, InlineTasks(owner), changes, owner)  # type: ignore[arg-type]
    yield Around(district, changes, runner, AutoSync(runner, changes, owner))
    owner.deleteLater()


def test_the_first_sync_comes_soon_after_unlocking(around: Around) -> None:
    around.auto.start()
    assert around.auto.timer.interval() == auto_sync.FIRST_MS


def test_after_a_good_sync_the_next_comes_in_some_minutes(around: Around) -> None:
    around.runner.start()
    assert around.auto.timer.interval() == auto_sync.EVERY_MS
    assert around.auto.timer.isActive()


def test_something_recorded_is_sent_shortly_after(around: Around) -> None:
    around.runner.start()
    around.changes.publish(Changes(cases=frozenset({"c"})))
    assert around.auto.timer.interval() == auto_sync.EVERY_MS
    around.changes.publish(Changes(outbox=True))
    assert around.auto.timer.interval() == auto_sync.AFTER_RECORDING_MS


def test_something_recorded_during_a_sync_is_sent_shortly_after_it(around: Around) -> None:
    around.district.meanwhile = lambda: around.changes.publish(Changes(outbox=True))
    around.runner.start()
    assert around.auto.timer.interval() == auto_sync.AFTER_RECORDING_MS


def test_without_a_line_it_tries_less_and_less_often(around: Around) -> None:
    around.district.outcome = Offline()
    waits = []
    for _ in range(6):
        around.runner.start()
        waits.append(around.auto.timer.interval())
    assert waits == [60_000, 120_000, 240_000, 480_000, 900_000, 900_000]
    around.district.outcome = SyncResult()
    around.runner.start()
    assert around.auto.timer.interval() == auto_sync.EVERY_MS


def test_a_new_record_is_worth_an_earlier_try(around: Around) -> None:
    around.district.outcome = Offline()
    for _ in range(4):
        around.runner.start()
    around.changes.publish(Changes(outbox=True))
    assert around.auto.timer.interval() == auto_sync.RETRY_MS


def test_a_refusal_is_not_asked_for_again_soon(around: Around) -> None:
    around.district.outcome = SignInNeeded()
    around.runner.start()
    assert around.auto.timer.interval() == auto_sync.LONGEST_MS


def test_there_is_never_more_than_one_sync(around: Around) -> None:
    around.district.meanwhile = around.runner.start
    around.runner.start()
    assert around.district.asked == 1


def test_what_a_sync_changed_is_published_even_where_it_ended_in_an_error(qtbot: QtBot, around: Around) -> None:
    around.district.outcome = SyncResult(changes=Changes(all=True), error=Offline("offline.timeout"))
    with qtbot.waitSignals([around.changes.changed, around.runner.finished, around.runner.progressed]):
        around.runner.start()
    assert isinstance(around.runner.last_error, Offline)
    assert not around.runner.running


def test_stopping_is_told_to_the_sync_that_runs(qtbot: QtBot, around: Around) -> None:
    around.district.meanwhile = around.runner.cancel
    with qtbot.waitSignal(around.runner.finished) as finished:
        around.runner.start()
    assert finished.args is not None
    assert finished.args[0].cancelled
