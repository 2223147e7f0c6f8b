"""The camera as Qt has it: which there are, its pictures as they come, and what keeps it from giving any. Imported only where
`PySide6.QtMultimedia` is; see `found`."""

from enum import StrEnum

from PySide6.QtCore import QCameraPermission, QCoreApplication, QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QCameraDevice, QCameraFormat, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

# Larger pictures are made smaller anyway, and cost a weak laptop its breath.
_LARGEST = 1920 * 1080
_SLOWEST = 8.0
# A live picture needs no more, and each has to be converted.
_BETWEEN_MS = 66
# A camera that gives nothing for so long is in somebody else's hands.
PATIENCE_MS = 6_000


class Trouble(StrEnum):
    """Why there is no picture."""

    DENIED = "denied"
    BUSY = "busy"
    GONE = "gone"


class Camera(QObject):
    """`seen` carries a QImage; `trouble` a Trouble, after which it is off; `devices_changed`: one was plugged in or out."""

    seen = Signal(object)
    trouble = Signal(object)
    devices_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media = QMediaDevices(self)
        self._media.videoInputsChanged.connect(self._on_devices_changed)
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._on_frame)
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(self.sink)
        self._camera: QCamera | None = None
        self._chosen = ""
        self._since = QElapsedTimer()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._fail(Trouble.BUSY))

    def devices(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of each, the system's usual one first."""
        usual = QMediaDevices.defaultVideoInput()
        found = sorted(QMediaDevices.videoInputs(), key=lambda one: one != usual)
        return tuple((_id(one), one.description()) for one in found)

    @property
    def chosen(self) -> str:
        """The id of the one that is on, or was last."""
        return self._chosen

    def start(self, wanted: str = "") -> None:
        """Switch on this one, or the usual where it is not there. What keeps it from coming is told by `trouble`."""
        self.stop()
        permission = QCameraPermission()
        app = QCoreApplication.instance()
        assert app is not None
        if app.checkPermission(permission) == Qt.PermissionStatus.Undetermined:
            app.requestPermission(permission, self, lambda answered: self._on_permission(answered.status(), wanted))
        else:
            self._on_permission(app.checkPermission(permission), wanted)

    def stop(self) -> None:
        self._patience.stop()
        if self._camera is not None:
            self._camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]
            self._camera.deleteLater()
            self._camera = None

    def _on_permission(self, status: Qt.PermissionStatus, wanted: str) -> None:
        if status == Qt.PermissionStatus.Denied:
            self._fail(Trouble.DENIED)
            return
        there = {_id(one): one for one in QMediaDevices.videoInputs()}
        device = there.get(wanted, QMediaDevices.defaultVideoInput())
        if device.isNull():
            self._fail(Trouble.GONE)
            return
        self._chosen = _id(device)
        self._camera = QCamera(device, self)
        self._camera.errorOccurred.connect(self._on_error)
        best = _best(device.videoFormats())
        if best is not None:
            self._camera.setCameraFormat(best)
        self._session.setCamera(self._camera)
        self._patience.start()
        self._camera.start()

    def _on_frame(self, frame: QVideoFrame) -> None:
        self._patience.stop()
        if self._since.isValid() and self._since.elapsed() < _BETWEEN_MS:
            return
        image: QImage = frame.toImage()
        if not image.isNull():
            self._since.start()
            self.seen.emit(image)

    def _on_error(self, error: QCamera.Error) -> None:
        if error != QCamera.Error.NoError:
            self._fail(Trouble.BUSY if self._is_there() else Trouble.GONE)

    def _on_devices_changed(self) -> None:
        if self._camera is not None and not self._is_there():
            self._fail(Trouble.GONE)
        self.devices_changed.emit()

    def _is_there(self) -> bool:
        return self._chosen in {device for device, _name in self.devices()}

    def _fail(self, why: Trouble) -> None:
        self.stop()
        self.trouble.emit(why)


def _id(device: QCameraDevice) -> str:
    return bytes(device.id().data()).hex()


def _best(formats: list[QCameraFormat]) -> QCameraFormat | None:
    """The largest that is no larger than what is kept and does not stutter."""
    fitting = [one for one in formats if _area(one) <= _LARGEST and one.maxFrameRate() >= _SLOWEST]
    return max(fitting, key=lambda one: (_area(one), one.maxFrameRate()), default=None)


def _area(one: QCameraFormat) -> int:
    return one.resolution().width() * one.resolution().height()
