"""Taking one picture: the live picture, the one that was taken, and what keeps the camera from giving one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, mark

if TYPE_CHECKING:
    from fieldapp.gui.camera.device import Camera, Trouble

_QUALITY = 95
# What happened, and what to do.
_TROUBLES = {
    "denied": (
        mark("This computer does not let the app use its camera."),
        mark("Allow it in the system's settings under privacy and camera, then try again. A photo can also be chosen as a file."),
    ),
    "busy": (
        mark("The camera gives no picture."),
        mark("Another program may be using it, or its cover is closed. Close that program, then try again."),
    ),
    "gone": (
        mark("The camera is not connected any more."),
        mark("Plug it in again, then try again. Photos that are in the visit are safe."),
    ),
}


class CameraDialog(QDialog):
    """`used` carries the JPEG that was taken; `file_wanted`: a file is to be chosen instead. `remember` takes the id of a camera that was
    picked."""

    used = Signal(bytes)
    file_wanted = Signal()

    def __init__(self, camera: "Camera", title: str, picked: str, remember: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._camera = camera
        self._picked = picked
        self._remember = remember
        self._taken = QImage()
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(parent.window().size() * 0.86)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(5), space(4), space(5), space(4))
        column.setSpacing(space(3))
        head = QHBoxLayout()
        head.addWidget(Text(title, Role.HEADING), 1)
        self.cameras = QComboBox()
        self.cameras.setAccessibleName(_("Camera"))
        self.cameras.setMinimumHeight(TARGET)
        self.cameras.activated.connect(self._on_picked)
        head.addWidget(self.cameras)
        column.addLayout(head)
        self.message = Message()
        self.message.acted.connect(self._start)
        column.addWidget(self.message)
        self.view = _View()
        column.addWidget(self.view, 1)
        column.addLayout(self._buttons())
        camera.seen.connect(self._on_seen)
        camera.trouble.connect(self._on_trouble)
        camera.devices_changed.connect(self._list_cameras)
        self._list_cameras()
        self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start()

    def hideEvent(self, event: QHideEvent) -> None:
        # Also when the screen is hidden or locked: the light beside the lens goes off with the picture.
        self._camera.stop()
        super().hideEvent(event)

    def _buttons(self) -> QHBoxLayout:
        self.file = buttons.plain(_("Choose a file instead"))
        self.file.clicked.connect(self._on_file)
        self.cancel = buttons.plain(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.again = buttons.plain(_("Take again"))
        self.again.clicked.connect(self._on_again)
        self.take = buttons.primary(_("Take the picture"))
        self.take.clicked.connect(self._on_take)
        self.use = buttons.primary(_("Use this picture"))
        self.use.clicked.connect(self._on_use)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(self.file)
        row.addStretch(1)
        for button in (self.cancel, self.again, self.take, self.use):
            button.setMinimumHeight(TARGET)
            row.addWidget(button)
        return row

    def _start(self) -> None:
        self.message.clear()
        self.view.show_image(QImage(), _("Starting the camera…"))
        self._taken = QImage()
        self._camera.start(self._picked)
        self._dress()

    def _on_seen(self, image: QImage) -> None:
        if self._taken.isNull():
            first = self.view.image.isNull()
            self.message.clear()
            self.view.show_image(image)
            self._dress()
            if first:
                self.take.setFocus()

    def _on_trouble(self, why: "Trouble") -> None:
        """A picture that was taken already stays."""
        happened, todo = _TROUBLES[why.value]
        self.message.show_warning(_(happened), _(todo), _("Try again"))
        if self._taken.isNull():
            self.view.show_image(QImage())
        self._dress()

    def _on_take(self) -> None:
        self._taken = self.view.image.copy()
        self._camera.stop()
        self._dress()
        self.use.setFocus()

    def _on_again(self) -> None:
        self._start()
        self.take.setFocus()

    def _on_use(self) -> None:
        data = jpeg(self._taken)
        self.accept()
        self.used.emit(data)

    def _on_file(self) -> None:
        self.reject()
        self.file_wanted.emit()

    def _on_picked(self, place: int) -> None:
        self._picked = str(self.cameras.itemData(place))
        self._remember(self._picked)
        self._start()

    def _list_cameras(self) -> None:
        self.cameras.clear()
        for device, name in self._camera.devices():
            self.cameras.addItem(name, device)
        self.cameras.setCurrentIndex(max(self.cameras.findData(self._camera.chosen or self._picked), 0))
        self.cameras.setVisible(self.cameras.count() > 1)

    def _dress(self) -> None:
        taken = not self._taken.isNull()
        self.take.setVisible(not taken)
        self.take.setEnabled(not self.view.image.isNull())
        self.again.setVisible(taken)
        self.use.setVisible(taken)
        name = _("The picture that was taken") if taken else _("What the camera sees")
        self.view.setAccessibleName(name)


class _View(QWidget):
    """An image as large as it fits, or a line of words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def show_image(self, image: QImage, note: str = "") -> None:
        self.image, self._note = image, note
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current().surface_soft))
        if self.image.isNull():
            painter.setPen(QColor(current().muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._note)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self.image)
        painter.end()


def jpeg(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]
    return bytes(held.data())
