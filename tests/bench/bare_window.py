"""The limit for the window: nothing but Qt and a list, as a process of its own. With a database, its rows are read and shown.

Prints the seconds from the start of the process to the first paint, and the memory then, as JSON.
"""

import json
import sqlite3
import sys
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QListWidget, QMainWindow


class FirstPaint(QObject):
    """Quits the application when the window has painted for the first time."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return False


def main() -> None:
    application = QApplication([])
    window = QMainWindow()
    rows = QListWidget()
    if len(sys.argv) > 1:
        with sqlite3.connect(Path(sys.argv[1])) as connection:
            rows.addItems([f"{name} {family}" for name, family in connection.execute("SELECT given, family FROM child")])
    window.setCentralWidget(rows)
    watcher = FirstPaint()
    rows.viewport().installEventFilter(watcher)
    window.resize(1366, 768)
    window.show()
    application.exec()
    process = psutil.Process()
    import time

    print(json.dumps({"seconds": time.time() - process.create_time(), "rss": process.memory_info().rss}))  # noqa: T201


if __name__ == "__main__":
    main()
