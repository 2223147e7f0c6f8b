"""A process of its own in which someone types into a visit's note without a stop, until it is killed.

Run: typing_person.py DATA PROFILE CASE.

It prints one line for each letter, after the letter is on the screen.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fieldapp import client
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.navigation import RecordVisit
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.tasks import Tasks
from tests.support.profiles import PASSPHRASE, settings_for

# Twenty letters a second: nobody types faster.
INTERVAL_MS = 50


def main(data: str, profile_id: str, case_id: str) -> None:
    app = QApplication(sys.argv[:1])
    opened = client.unlock(settings_for(Path(data)), profile_id, PASSPHRASE)
    tasks = Tasks()
    screen = VisitScreen(opened, tasks, ChangeFeed(), opened.clock)
    screen.arrive(RecordVisit(case_id))
    screen.refresh()
    screen.show()
    note = screen.page.outcome.note
    typed = 0

    def type_one() -> None:
        nonlocal typed
        if not screen.page.isEnabled():
            return
        typed += 1
        note.insertPlainText(str(typed % 10))
        sys.stdout.write(f"{typed}\n")
        sys.stdout.flush()

    timer = QTimer()
    timer.timeout.connect(type_one)
    QTimer.singleShot(1_000, lambda: timer.start(INTERVAL_MS))
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
