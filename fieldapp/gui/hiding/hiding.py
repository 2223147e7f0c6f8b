"""Hiding in the running application: who may lift the curtain, and what happens when the laptop locks itself behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from fieldapp.errors import FieldappError, StoreError
from fieldapp.gui.hiding.curtain import Curtain
from fieldapp.gui.screens.unlock import UnlockScreen

if TYPE_CHECKING:
    from fieldapp.client import Client
    from fieldapp.gui.app import Application

_NOT_THE_PERSON = frozenset({"store.wrong_passphrase", "store.too_many_tries", "store.wrong_pin", "store.pin_spent"})


class Hiding(QObject):
    def __init__(self, application: "Application") -> None:
        super().__init__(application)
        self._application = application
        self._profile_id = ""
        self.curtain = Curtain(application.window, application.clock, self)
        self.curtain.drawn.connect(self._on_drawn)
        self.curtain.typed.connect(self._on_typed)
        qt = QCoreApplication.instance()
        assert qt is not None
        qt.installEventFilter(self.curtain)

    def opened(self, client: "Client") -> None:
        self._profile_id = client.profile.id
        self.curtain.allowed = True
        self.curtain.lift()

    def closed(self) -> None:
        """The laptop locks itself, maybe behind the curtain: then it stays, and only the passphrase leads on."""
        self.curtain.allowed = False

    def not_unlocked(self, error: Exception) -> None:
        """What is wrong beyond the passphrase is told by the screen behind."""
        if isinstance(error, FieldappError) and error.code in _NOT_THE_PERSON:
            self.curtain.refuse(error)
        else:
            self.curtain.lift()

    def end(self) -> None:
        qt = QCoreApplication.instance()
        assert qt is not None
        qt.removeEventFilter(self.curtain)

    def _on_drawn(self) -> None:
        if self._application.shell is not None:
            self._application.shell.leave()

    def _on_typed(self, secret: str) -> None:
        application = self._application
        if application.session is not None:
            admit = application.session.client.preferences.admit
            application.tasks.run(self, lambda: admit(secret), self._on_admitted, self.curtain.refuse)
        elif isinstance(application.window.stage, UnlockScreen):
            if application.window.stage.isEnabledTo(application.window):
                application.unlock(self._profile_id, secret)
            else:
                # The profile is still being closed.
                self.curtain.refuse(StoreError("store.busy"))
        else:
            self.curtain.lift()

    def _on_admitted(self, _done: object) -> None:
        self.curtain.lift()
        if self._application.shell is not None:
            self._application.shell.come_back()
