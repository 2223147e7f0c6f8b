"""Our window as a process of its own: to the unlock screen, or on to a usable list of children. Prints one line of JSON and ends.

`python -m tests.bench.app_window unlock DATA` · `python -m tests.bench.app_window list DATA PASSPHRASE`
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from fieldapp import config
from fieldapp.gui.app import Application
from tests.bench.first_paint import FirstPaint

if TYPE_CHECKING:
    from fieldapp.gui.shell import Shell


def main() -> None:
    what, data_dir = sys.argv[1], Path(sys.argv[2])
    settings = config.load(data_dir)
    qt = QApplication([])
    application = Application(qt, settings)
    if what == "unlock":
        application.start()
        watching = FirstPaint(application.window, lambda: _say({}) or qt.quit())
        qt.exec()
        del watching
    else:
        _measure_list(qt, application, settings, sys.argv[3])
    application.stop()


def _measure_list(qt: QApplication, application: Application, settings: config.Settings, passphrase: str) -> None:
    """From the passphrase being right to rows on the screen; the key's derivation, slow on purpose, is measured alone and taken off."""
    import time

    import psutil

    from fieldapp import client
    from fieldapp.gui.navigation import OpenChildren
    from fieldapp.store.keys import unlock_key
    from fieldapp.store.profiles import profile_dir
    from tests.bench.measure import seconds_of

    # A person types for seconds; by then all is loaded.
    typing = QEventLoop()
    application.loaded.connect(typing.quit)
    application.start()
    typing.exec()
    profile = client.list_profiles(settings)[0]
    folder = profile_dir(settings.data_dir, profile.id)
    derivation = min(seconds_of(lambda: unlock_key(folder, passphrase, client.local_now)) for _ in range(3))
    began = 0.0

    def opened(shell: "Shell") -> None:
        shell.go(OpenChildren())
        shell.current.list.model.listed.connect(lambda count, _position: listed(shell, count))

    def listed(shell: "Shell", count: int) -> None:
        table = shell.current.list.table
        table.viewport().update()
        watching.append(FirstPaint(table.viewport(), lambda: painted(shell, count)))

    def painted(shell: "Shell", count: int) -> None:
        if shell.current.list.model.row_at(0) is None:
            listed(shell, count)
            return
        seconds = time.perf_counter() - began - derivation
        _say({"seconds": seconds, "rows": count, "derivation": derivation, "rss": psutil.Process().memory_info().rss})
        qt.quit()

    watching: list[FirstPaint] = []
    application.opened.connect(opened)
    door = application.window.stage
    door.passphrase.setText(passphrase)
    began = time.perf_counter()
    door.button.click()
    qt.exec()


def _say(facts: dict[str, float]) -> None:
    import json

    print(json.dumps(facts), flush=True)  # noqa: T201 - what the bench reads


if __name__ == "__main__":
    main()
