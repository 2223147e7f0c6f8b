"""The limit for the window: nothing but Qt and a list, as a process of its own. With a database, its rows are read and shown.

Prints its memory as JSON when it has painted for the first time.
"""

import json
import sqlite3
import sys

import psutil
from PySide6.QtWidgets import QApplication, QListWidget, QMainWindow

from tests.bench.first_paint import FirstPaint


def main() -> None:
    application = QApplication([])
    window = QMainWindow()
    rows = QListWidget()
    if len(sys.argv) > 1:
        with sqlite3.connect(sys.argv[1]) as connection:
            rows.addItems([f"{name} {family}" for name, family in connection.execute("SELECT given, family FROM child ORDER BY given")])
    window.setCentralWidget(rows)

    def painted() -> None:
        print(json.dumps({"rss": psutil.Process().memory_info().rss}), flush=True)  # noqa: T201 - what the bench reads
        application.quit()

    watching = FirstPaint(rows.viewport(), painted)
    window.resize(1366, 768)
    window.show()
    application.exec()
    del watching


if __name__ == "__main__":
    main()
