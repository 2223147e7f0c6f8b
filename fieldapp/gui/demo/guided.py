"""The demo with a screen: the server runs, the app opens signed in as a teacher, and the terminal says who else may sign in."""

import sys
from pathlib import Path

from fieldapp import client
from fieldapp.config import Settings
from fieldapp.gui.app import Application
from fieldapp.gui.demo.accounts import PASSPHRASE, PASSWORD, TEACHER
from fieldapp.gui.demo.server_process import ServerProcess
from fieldapp.gui.interrupt import close_on_interrupt
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.theme.style import make_application
from fieldapp.texts import _
from fieldapp.usecases.signing_in import FirstSignIn


def show_app(settings: Settings, server_dir: Path) -> int:
    """Stay until the window is closed, then stop the server. What was done is there again at the next demo."""
    server = ServerProcess(server_dir, port=_last_port(settings))
    print(_("Starting the district server with invented children…"), flush=True)  # noqa: T201 - said to the person at the terminal
    server.start()
    try:
        _introduce(server)
        if not client.list_profiles(settings):
            request = FirstSignIn(server.address, TEACHER, PASSWORD, PASSPHRASE, "demo")
            client.sign_in(settings, request, lambda progress: None, lambda: False).close()
        return _open_window(settings)
    finally:
        server.stop()


def _last_port(settings: Settings) -> int:
    """The port that the laptop of the last demo knows, so that it finds its district again; 0: any free one."""
    addresses = [profile.server_address for profile in client.list_profiles(settings)]
    return int(addresses[0].rsplit(":", 1)[1]) if addresses else 0


def _introduce(server: ServerProcess) -> None:
    lines = (
        _("District server and office: {address}/office").format(address=server.address),
        _("The app opens as {account}; passphrase of this computer: {passphrase}").format(account=TEACHER, passphrase=PASSPHRASE),
        _("Everyone who may sign in (password of all: {password}):").format(password=PASSWORD),
        server.accounts(),
    )
    print(*lines, sep="\n", flush=True)  # noqa: T201 - said to the person at the terminal


def _open_window(settings: Settings) -> int:
    qt = make_application(sys.argv[0])
    close_on_interrupt(qt)
    application = Application(qt, settings)
    application.start()
    door = application.window.stage
    if isinstance(door, UnlockScreen):
        door.passphrase.setText(PASSPHRASE)
        door.button.click()
    try:
        return qt.exec()
    finally:
        application.stop()
