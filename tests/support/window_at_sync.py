"""A process of its own: the app's window, unlocked as a person does it, and syncing. Run: window_at_sync.py DATA PASSPHRASE.

Prints a line when the profile is open, and one with what each sync came to; ends after the first that went through.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fieldapp.gui.app import Application
from tests.support.profiles import settings_for


def main(data: str, passphrase: str) -> None:
    qt = QApplication(sys.argv[:1])
    application = Application(qt, settings_for(Path(data)))

    def say(word: str) -> None:
        sys.stdout.write(f"{word}\n")
        sys.stdout.flush()

    def synced(_result: object, error: Exception | None) -> None:
        say(f"synced {error}")
        if error is None:
            qt.quit()

    def opened(_shell: object) -> None:
        assert application.session is not None
        application.session.sync.finished.connect(synced)
        say("opened")
        application.session.sync.start()

    def unlock() -> None:
        door = application.window.stage
        door.passphrase.setText(passphrase)
        door.button.click()

    application.opened.connect(opened)
    application.loaded.connect(unlock)
    application.start()
    qt.exec()
    application.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
