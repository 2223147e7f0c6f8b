"""Work off the GUI thread: where results arrive, in which order, and what becomes of them when nobody is there any more."""

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fieldapp.errors import Offline
from fieldapp.gui.tasks import Lane, Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    runner = Tasks()
    yield runner
    runner.join()
    runner.deleteLater()


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QObject]:
    yield QObject()


def raising(error: Exception) -> None:
    raise error


def test_work_is_done_elsewhere_and_its_result_arrives_on_the_gui_thread(qtbot: QtBot, tasks: Tasks, owner: QObject) -> None:
    got: list[tuple[int, int]] = []
    tasks.run(owner, threading.get_ident, lambda worker: got.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(got))
    worker, receiver = got[0]
    assert receiver == threading.get_ident()
    assert worker != receiver


def test_a_lane_does_one_thing_after_the_other_in_one_thread(qtbot: QtBot, tasks: Tasks, owner: QObject) -> None:
    order: list[int] = []
    threads: set[int] = set()
    for number in range(20):
        tasks.run(owner, lambda number=number: (order.append(number), threads.add(threading.get_ident())))
    done: list[object] = []
    tasks.run(owner, lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert order == list(range(20))
    assert len(threads) == 1


def test_a_slow_network_does_not_hold_up_the_store(qtbot: QtBot, tasks: Tasks, owner: QObject) -> None:
    release = threading.Event()
    got: list[str] = []
    tasks.run(owner, lambda: release.wait(10), lambda _done: got.append("network"), lane=Lane.NETWORK)
    tasks.run(owner, lambda: None, lambda _done: got.append("store"))
    qtbot.waitUntil(lambda: got == ["store"])
    release.set()
    qtbot.waitUntil(lambda: got == ["store", "network"])


def test_a_result_for_a_window_that_is_gone_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    gone, here = QObject(), QObject()
    release = threading.Event()
    got: list[str] = []
    tasks.run(gone, lambda: release.wait(10), lambda _done: got.append("gone"))
    tasks.run(here, lambda: None, lambda _done: got.append("here"))
    import shiboken6

    shiboken6.delete(gone)
    release.set()
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["here"]


def test_an_error_goes_to_the_one_who_asked(qtbot: QtBot, tasks: Tasks, owner: QObject) -> None:
    told: list[Exception] = []
    tasks.run(owner, lambda: raising(Offline("offline.timeout")), failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], Offline)


def test_an_error_that_nobody_expected_is_told_by_a_signal(qtbot: QtBot, tasks: Tasks, owner: QObject) -> None:
    with qtbot.waitSignal(tasks.unhandled) as told:
        tasks.run(owner, lambda: raising(Offline()))
    assert told.args is not None
    assert isinstance(told.args[0], Offline)


def test_a_fault_of_the_program_is_logged_by_its_place_and_never_by_its_text(
    qtbot: QtBot, tasks: Tasks, owner: QObject, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Exception] = []
    tasks.run(owner, lambda: raising(ValueError("ธนกร พิมพ์สวัสดิ์")), failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert ["ValueError" in record.getMessage() and "test_tasks.py" in record.getMessage() for record in errors] == [True]
    assert "ธนกร" not in caplog.text
    caplog.clear()


def test_progress_arrives_on_the_gui_thread_with_the_newest_value_last(qtbot: QtBot, tasks: Tasks, owner: QObject) -> None:
    seen: list[tuple[int, int]] = []
    show = tasks.progress(owner, lambda value: seen.append((value, threading.get_ident())))
    started, go_on = threading.Event(), threading.Event()

    def work() -> None:
        for value in range(1_000):
            show(value)
        started.set()
        go_on.wait(10)
        show(1_000)

    tasks.run(owner, work)
    # The window is busy while a thousand values come: they must not queue up behind each other.
    assert started.wait(10)
    qtbot.waitUntil(lambda: bool(seen))
    assert [value for value, _ in seen] == [999]
    go_on.set()
    qtbot.waitUntil(lambda: seen[-1][0] == 1_000)
    assert {thread for _, thread in seen} == {threading.get_ident()}


def test_joining_finishes_what_waits_on_the_store_lane_and_then_the_last_thing(qtbot: QtBot) -> None:
    runner, owner = Tasks(), QObject()
    done: list[str] = []
    delivered: list[object] = []
    for number in range(5):
        runner.run(owner, lambda number=number: done.append(str(number)), delivered.append)
    runner.join(last=lambda: done.append("closed"))
    assert done == ["0", "1", "2", "3", "4", "closed"]
    qtbot.wait(0)
    assert delivered == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fieldapp-")]
