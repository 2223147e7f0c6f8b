"""Hides the whole window at one key or tap and brings back exactly what was there. It hides whatever there is, without knowing what: the
stage leaves the tree of what is on the screen, dialogs are put away with what was typed into them, and what opens meanwhile waits."""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from fieldapp.gui.hiding.button import HideButton, room_for_it
from fieldapp.gui.theme.icons import icon
from fieldapp.gui.window import PutAway, Window
from fieldapp.texts import _

if TYPE_CHECKING:
    from fieldapp.gui.hiding.cover import Cover
    from fieldapp.gui.navigation import Clock

KEY = Qt.Key.Key_F9


class Curtain(QObject):
    """Install it as the application's event filter. `drawn`: everything is hidden, and what is open should be saved. `typed` carries what
    may be the PIN or the passphrase; whoever knows answers with `lift` or `refuse`. `lifted`: it is all back."""

    drawn = Signal()
    typed = Signal(str)
    lifted = Signal()

    def __init__(self, window: Window, clock: "Clock", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._clock = clock
        self._put_away: list[PutAway] = []
        self._focus: QWidget | None = None
        self.cover: Cover | None = None
        # Only where something is open that would be hidden, and somebody who can be asked for.
        self.allowed = False

    def draw(self) -> None:
        """Hide everything, at once."""
        if self.cover is not None:
            self.cover.ask()
            return
        if not self.allowed:
            return
        from fieldapp.gui.hiding.cover import Cover

        self._focus = QApplication.focusWidget()
        self.cover = Cover(self._clock)
        self.cover.typed.connect(self.typed)
        self._window.cover(self.cover, _("Clock"), icon("clock", size=64))
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        for widget in self._others():
            self._put_away.append(self._window.put_away(widget))
        self._window.repaint()
        self._window.activateWindow()
        self.cover.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drawn.emit()

    def refuse(self, error: Exception) -> None:
        if self.cover is not None:
            self.cover.refuse(error)

    def lift(self) -> None:
        """Show again what was there."""
        if self.cover is None:
            return
        self.cover = None
        self._window.uncover()
        waiting, self._put_away = self._put_away, []
        for put_away in waiting:
            if shiboken6.isValid(put_away.dialog):
                put_away.bring_back()
        focus, self._focus = self._focus, None
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lifted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == KEY and not event.modifiers():
            if isinstance(watched, QWidget):
                self.draw()
                return True
        elif kind == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow() and watched is not self._window:
            self._on_shown(watched)
        return False

    def _on_shown(self, widget: QWidget) -> None:
        if self.cover is not None:
            # The event comes before the window does: nothing of it is seen.
            widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, widget, lambda: self._take_back(widget))
        elif self.allowed and isinstance(widget, QDialog) and widget.findChild(HideButton) is None:
            button = HideButton(widget)
            button.clicked.connect(self.draw)
            room_for_it(widget)

    def _take_back(self, widget: QWidget) -> None:
        put_away = self._window.put_away(widget)
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        if self.cover is None:
            put_away.bring_back()
        else:
            self._put_away.append(put_away)

    def _others(self) -> list[QWidget]:
        return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not self._window]
