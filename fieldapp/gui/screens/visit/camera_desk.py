"""The camera beside the visit page: whether there is one, and its dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldapp import words
from fieldapp.domain.photo import PhotoKind
from fieldapp.gui.camera import found
from fieldapp.gui.camera.dialog import CameraDialog
from fieldapp.gui.tasks import Lane, Tasks
from fieldapp.texts import _
from fieldapp.usecases.preferences import Preferences

if TYPE_CHECKING:
    from fieldapp.gui.camera.device import Camera


class CameraDesk(QWidget):
    """Unseen; lies in the page that its dialog opens over. `offered` tells, once it has been looked for, whether there is a camera."""

    offered = Signal(bool)

    def __init__(self, preferences: Preferences, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._page = parent
        self._preferences = preferences
        self._tasks = tasks
        self._camera: Camera | None = None
        self._looked = False

    @property
    def is_there(self) -> bool:
        return self._camera is not None and bool(self._camera.devices())

    def look(self) -> None:
        """Look for a camera, once; what that needs is loaded beside the person's work."""
        if not self._looked:
            self._looked = True
            self._tasks.run(self, found.load, self._on_loaded, lane=Lane.PHOTOS)

    def open(self, kind: PhotoKind | None, take: Callable[[bytes], None], choose_file: Callable[[], None]) -> None:
        """`kind`: what the picture is to show, None for what comes next."""
        camera = self._camera
        if camera is None:
            return

        def show(picked: str) -> None:
            title = words.of(kind) if kind else _("Take a photo")
            dialog = CameraDialog(camera, title, picked, self._remember, self._page)
            dialog.used.connect(take)
            dialog.file_wanted.connect(choose_file)
            dialog.open()

        self._tasks.run(self, self._preferences.camera, show)

    def _remember(self, device: str) -> None:
        self._tasks.run(self, lambda: self._preferences.set_camera(device))

    def _on_loaded(self, there: bool) -> None:
        self._camera = found.camera(self) if there else None
        if self._camera is not None:
            self._camera.devices_changed.connect(lambda: self.offered.emit(self.is_there))
        self.offered.emit(self.is_there)
