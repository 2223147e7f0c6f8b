"""The application: makes the window, the lanes and the session, and leads from unlocking to the shell and back.

The only place that starts and joins threads. It imports only what the unlock screen needs; everything else is loaded while the person
types.
"""

import gc
import importlib
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from fieldapp import client, texts
from fieldapp.config import Settings
from fieldapp.errors import StoreError
from fieldapp.gui.hiding.hiding import Hiding
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.theme.icons import icon
from fieldapp.gui.theme.style import apply_theme, make_application
from fieldapp.gui.window import Window
from fieldapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fieldapp.client import Client, Profile
    from fieldapp.gui.navigation import ChangeLook, Clock, Destination
    from fieldapp.gui.screens.sign_in import SignInScreen
    from fieldapp.gui.screens.stage import Stage
    from fieldapp.gui.session import Session
    from fieldapp.gui.shell import Shell
    from fieldapp.usecases.repair import Damage, Repair
    from fieldapp.usecases.signing_in import Asked, FirstSignIn
    from fieldapp.usecases.syncing import SyncProgress

# The unlock screen is painted first.
_LOAD_REST_AFTER_MS = 100
# What follows the unlock screen, in pieces so small that nobody typing notices.
_REST = (
    "fieldapp.phrases",
    "fieldapp.gui.hiding.cover",
    "fieldapp.gui.session",
    "fieldapp.gui.shell",
    "fieldapp.gui.screens.today.planned_row",
    "fieldapp.gui.screens.today.screen",
    "fieldapp.gui.screens.card.head",
    "fieldapp.gui.screens.card.panel",
    "fieldapp.gui.screens.card.edit_dialog",
    "fieldapp.gui.screens.children.delegate",
    "fieldapp.gui.screens.children.table",
    "fieldapp.gui.screens.children.list_panel",
    "fieldapp.gui.screens.children.screen",
)


def run(settings: Settings, connection_file: "Path | None" = None) -> int:
    """Open the window, with the file of a district where one is given, and stay until it is closed."""
    qt = make_application(sys.argv[0])
    application = Application(qt, settings)
    application.start()
    if connection_file is not None:
        application.open_connection(connection_file)
    if sys.stdin is not None and sys.stdin.isatty():
        from fieldapp.gui.interrupt import close_on_interrupt

        close_on_interrupt(qt)
    try:
        return qt.exec()
    finally:
        application.stop()


class Application(QObject):
    """`loaded` comes when nothing is left to load for opening a profile. `opened` carries the shell once a profile is open; `locked` comes
    when the profile is closed again."""

    loaded = Signal()
    opened = Signal(object)
    locked = Signal()

    def __init__(self, qt: QApplication, settings: Settings, clock: "Clock" = client.local_now) -> None:
        super().__init__()
        self._qt = qt
        self._settings = settings
        self.clock = clock
        self._sign_in_cancelled = threading.Event()
        self.tasks = Tasks(self)
        self.session: Session | None = None
        self.shell: Shell | None = None
        self.window = Window()
        self.hiding = Hiding(self)

    def start(self) -> None:
        """Show the first stage; load the rest while the person looks at it."""
        profiles = self._profiles()
        self._speak(profiles[0].language if profiles else "")
        apply_theme(self._qt, profiles[0].theme if profiles else "")
        self._show_door()
        self.window.appear()
        QTimer.singleShot(_LOAD_REST_AFTER_MS, self, self._load_rest)

    def open_connection(self, file: "Path") -> None:
        """To the first sign-in, filled in from this file, or with what is wrong about it."""
        screen = self._show_sign_in()
        screen.open_connection(str(file))

    def stop(self) -> None:
        """Save what is open, close the profile, end the threads."""
        self.hiding.end()
        closing = self._leave()
        self.tasks.join(last=closing.client.close if closing else None)

    def lock(self, then: "Callable[[], None] | None" = None) -> None:
        """Close the profile; nothing of it stays on the screen or in the open. `then` is called when it is closed."""
        closing = self._leave()
        if closing is None:
            return
        door = self._show_door()
        door.setEnabled(False)

        def closed(_done: object) -> None:
            closing.deleteLater()
            door.setEnabled(True)
            door.setFocus()
            self.locked.emit()
            if then is not None:
                then()

        # A sync that runs ends first, on its own lane; then the store is closed on the lane that uses it.
        self.tasks.run(self, _nothing, lambda _done: self.tasks.run(self, closing.client.close, closed), lane=Lane.NETWORK)

    def _leave(self) -> "Session | None":
        session, self.session = self.session, None
        self.hiding.closed()
        if session is not None:
            session.end()
        if self.shell is not None:
            self.shell.leave()
            self.shell = None
        return session

    def _load_rest(self) -> None:
        self._qt.setWindowIcon(icon("app", size=64))
        self.tasks.run(self, lambda: client.forget_practice(self._settings))
        self.tasks.run(self, client.warm_up, lambda _done: self._load_windows(list(_REST)))

    def _load_windows(self, names: list[str]) -> None:
        # On this thread: PySide makes its types when they are first imported, and dies when two threads use it meanwhile.
        if not names:
            # What is loaded stays; the garbage collector need not look through it again and again.
            gc.freeze()
            self.loaded.emit()
            return
        importlib.import_module(names[0])
        QTimer.singleShot(0, self, lambda: self._load_windows(names[1:]))

    def _profiles(self) -> "tuple[Profile, ...]":
        return client.list_profiles(self._settings)

    def _show_door(self) -> "Stage":
        profiles = self._profiles()
        if not profiles:
            return self._show_sign_in()
        screen = UnlockScreen(profiles)
        screen.unlock_wanted.connect(self.unlock)
        screen.sign_in_wanted.connect(self._show_sign_in)
        return self._shown(screen)

    def _show_sign_in(self) -> "SignInScreen":
        from fieldapp.gui.screens.sign_in import SignInScreen

        profiles = self._profiles()
        screen = SignInScreen(profiles[0].server_address if profiles else "", can_go_back=bool(profiles))
        screen.look_up_wanted.connect(partial(self._look_up, screen))
        screen.sign_in_wanted.connect(partial(self._sign_in, screen))
        screen.cancelled.connect(self._sign_in_cancelled.set)
        screen.back_wanted.connect(self._show_door)
        self._shown(screen)
        return screen

    def _shown(self, stage: "Stage") -> "Stage":
        stage.language_wanted.connect(self._on_language_wanted)
        stage.practice_wanted.connect(self._practise)
        self.window.show_stage(stage, _("Bring them back to school"))
        return stage

    def _on_access_ended(self) -> None:
        something_left = self.session is not None and self.session.client.syncing.something_left

        def tell() -> None:
            # The list of persons is another one now.
            door = self._show_door()
            if something_left:
                door.message.show_error(StoreError("store.access_ended"))
                return
            door.message.show_warning(
                _("The district has ended this person's access on this computer."),
                _("What was not sent has been taken in by the district. The data here can no longer be opened."),
            )

        self.lock(tell)

    def unlock(self, profile_id: str, passphrase: str) -> None:
        """From the unlock screen, or through the cover that lies over it."""
        screen = self.window.stage
        assert isinstance(screen, UnlockScreen)
        screen.show_busy(True)

        def failed(error: Exception) -> None:
            self.hiding.not_unlocked(error)
            if isinstance(error, StoreError) and error.code == "store.damaged" and error.data.get("part") not in ("key", "identity"):
                repair = partial(client.repair, self._settings, profile_id, passphrase, self.clock)
                self.tasks.run(self, lambda: _examined(repair), self._show_repair, screen.show_error)
            else:
                screen.show_error(error)

        self.tasks.run(self, lambda: client.unlock(self._settings, profile_id, passphrase, self.clock), self._open, failed)

    def _show_repair(self, found: "tuple[Repair, Damage]") -> None:
        from fieldapp.gui.screens.repair import RepairScreen

        repair, damage = found
        screen = RepairScreen(damage, self.clock())
        screen.unlock_wanted.connect(self._show_door)
        screen.restore_wanted.connect(
            lambda number: self.tasks.run(self, lambda: repair.restore(number), screen.show_done, screen.show_error)
        )
        self._shown(screen)

    def _look_up(self, screen: "SignInScreen", asked: "Asked") -> None:
        self._sign_in_cancelled.clear()
        # An answer to what was cancelled meanwhile is not shown.
        found, failed = (self._unless_cancelled(screen, show) for show in (screen.show_found, screen.show_error))
        self.tasks.run(screen, lambda: client.look_up(asked, self.clock), found, failed, Lane.NETWORK)

    def _unless_cancelled(self, screen: "SignInScreen", show: "Callable[[Any], None]") -> "Callable[[Any], None]":
        return lambda said: screen.show_cancelled() if self._sign_in_cancelled.is_set() else show(said)

    def _sign_in(self, screen: "SignInScreen", request: "FirstSignIn") -> None:
        self._sign_in_cancelled.clear()

        def shown(progress: "SyncProgress") -> None:
            counted = _("{done} of {total}").format(done=f"{progress.done:,}", total=f"{progress.total:,}") if progress.total else ""
            screen.show_progress(_("Downloading your children"), counted, progress.done, progress.total)

        def failed(error: Exception) -> None:
            if self._sign_in_cancelled.is_set():
                screen.show_cancelled()
            else:
                screen.show_error(error)

        on_progress = self.tasks.progress(screen, shown)
        is_cancelled = self._sign_in_cancelled.is_set
        self.tasks.run(
            self, lambda: client.sign_in(self._settings, request, on_progress, is_cancelled, self.clock), self._begin, failed, Lane.NETWORK
        )

    def _begin(self, opened: "Client") -> None:
        """After the first sign-in: what the app is, then the list; where the download did not end, to where it goes on."""
        from fieldapp.gui.navigation import OpenSync

        self._hold(opened)
        if opened.cut_by is not None or opened.stopped:
            self._enter(OpenSync())
        else:
            self._show_introduction()
        self._session_begins()

    def _practise(self) -> None:
        from fieldapp.gui.screens.stage import Stage

        door = self.window.stage
        assert isinstance(door, Stage)
        door.setEnabled(False)
        profiles = self._profiles()
        theme = profiles[0].theme if profiles else ""

        def failed(error: Exception) -> None:
            door.setEnabled(True)
            door.message.show_error(error)

        self.tasks.run(door, lambda: client.practise(self._settings, texts.language(), theme, self.clock), self._open, failed)

    def _show_introduction(self) -> None:
        from fieldapp.gui.navigation import OpenChildren
        from fieldapp.gui.screens.introduction import IntroductionScreen

        screen = IntroductionScreen()
        screen.finished.connect(lambda: self._enter(OpenChildren()))
        self._shown(screen)

    def _open(self, opened: "Client") -> None:
        self._hold(opened)
        self._enter()
        self._session_begins()

    def _session_begins(self) -> None:
        assert self.session is not None
        self.session.begin()
        if not self.session.client.is_practice:
            # Practice has no passphrase that could lift the curtain.
            self.hiding.opened(self.session.client)

    def _enter(self, start: "Destination | None" = None) -> None:
        assert self.session is not None
        self._show_shell(start)
        cut_by = self.session.client.cut_by
        if cut_by is not None and self.shell is not None:
            self.shell.message.show_error(cut_by, _("Close"))
        elif self.session.client.stopped and self.shell is not None:
            self.shell.message.show_info(
                _("The download was cancelled."),
                _("You are signed in on this computer, but not all children are here yet. Sync when you like."),
                _("Close"),
            )

    def _hold(self, opened: "Client") -> None:
        from fieldapp.gui.session import Session

        # A call of the store from the window's thread would freeze the window: it becomes an error instead.
        opened.forbid_thread(threading.get_ident())
        self._speak(opened.profile.language)
        apply_theme(self._qt, opened.profile.theme)
        self.session = Session(opened, self.tasks, opened.clock, self)
        self.session.idle.connect(self.lock)
        self.session.damaged.connect(self.lock)
        self.session.ended.connect(self._on_access_ended)

    def _show_shell(self, start: "Destination | None" = None) -> None:
        from fieldapp.gui.shell import Shell

        assert self.session is not None
        self.shell = Shell(self.session.tools, start)
        self.shell.lock_wanted.connect(self.lock)
        self.shell.hide_wanted.connect(self.hiding.curtain.draw)
        self.shell.look_wanted.connect(self._on_look_wanted)
        self.shell.practice_wanted.connect(lambda: self.lock(self._practise))
        self.window.show_stage(self.shell, _("Bring them back to school"))
        self.opened.emit(self.shell)

    def _on_look_wanted(self, look: "ChangeLook") -> None:
        from fieldapp.gui.navigation import OpenSettings

        self._speak(look.language)
        apply_theme(self._qt, look.theme)
        self._show_shell(OpenSettings())

    def _on_language_wanted(self, code: str) -> None:
        from fieldapp.gui.screens.introduction import IntroductionScreen
        from fieldapp.gui.screens.sign_in import SignInScreen

        texts.use_language(code)
        if isinstance(self.window.stage, IntroductionScreen):
            self._show_introduction()
        elif isinstance(self.window.stage, SignInScreen):
            self._show_sign_in()
        else:
            self._show_door()

    def _speak(self, language: str) -> None:
        texts.use_language(self._settings.language or language or texts.DEFAULT_LANGUAGE)


def _examined(repair: "Callable[[], Repair]") -> "tuple[Repair, Damage]":
    made = repair()
    return made, made.damage()


def _nothing() -> None:
    """Marks the place in a lane where what was before has ended."""
