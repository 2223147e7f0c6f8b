"""A quiet line on top of the day: so many new pictures lie on the phone or in its folder. Not there while there are none."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from fieldapp.gui.phone_watch import PhoneWatch
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.volumes import PluggedIn, plugged_in
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.pressable_row import PressableRow
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.phone_pictures import PhonePictures


class PhoneRow(Card):
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.row = PressableRow()
        line = QHBoxLayout(self.row)
        line.setContentsMargins(space(5), space(3), space(5), space(3))
        line.setSpacing(space(3))
        icon = QLabel()
        icon.setPixmap(pixmap("photo", current().primary_text, 22))
        self._said = Text("", Role.STRONG, elide=True)
        line.addWidget(icon)
        line.addWidget(self._said, 1)
        line.addWidget(Text(_("See them"), Role.MUTED), 0, Qt.AlignmentFlag.AlignRight)
        self.row.pressed.connect(self.pressed)
        self.add_list(self.row)
        self.hide()

    def show_count(self, count: int) -> None:
        said = ngettext("{count} new picture from the phone", "{count} new pictures from the phone", count).format(count=f"{count:,}")
        self._said.setText(said)
        self.row.setAccessibleName(said)
        self.setVisible(count > 0)


class NewPictures(QObject):
    """Counts them when it is asked to, and when something stirred. `counted` carries how many."""

    counted = Signal(int)

    def __init__(
        self,
        pictures: PhonePictures,
        tasks: Tasks,
        parent: QObject | None = None,
        plugged_in: Callable[[], Sequence[PluggedIn]] = plugged_in,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._tasks = tasks
        self._plugged_in = plugged_in
        self._watch = PhoneWatch(self)
        self._watch.stirred.connect(self.count)
        self._counting = False

    def count(self) -> None:
        if not self._counting:
            self._counting = True
            self._tasks.run(self, self._counted, self._on_counted, self._on_failed, Lane.PHOTOS)

    def _counted(self) -> tuple[int, Path | None]:
        folder = self._pictures.folder()
        there = folder if folder is not None and folder.is_dir() else None
        places = ([there] if there else []) + [one.folder for one in self._plugged_in()]
        return self._pictures.count_new(places), there

    def _on_counted(self, found: tuple[int, Path | None]) -> None:
        self._counting = False
        count, folder = found
        self._watch.watch(folder)
        self.counted.emit(count)

    def _on_failed(self, error: Exception) -> None:
        """It is said, but never twice at once; the day itself does not depend on it."""
        self._counting = False
        self._tasks.unhandled.emit(error)
