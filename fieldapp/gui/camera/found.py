"""Whether this computer can take a picture. Qt's multimedia module is large and not everywhere (it is an extra, and on Linux needs the
sound server's library), so it is loaded when somebody comes to take a picture, and where it cannot be, there is no camera."""

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject

if TYPE_CHECKING:
    from fieldapp.gui.camera.device import Camera

_MODULE = "PySide6.QtMultimedia"


def load() -> bool:
    """Bring the module in; takes a tenth of a second, in any thread. False where there is none."""
    # What its parts lack is told by their errors; the libraries that it tries and does not need are no news.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    try:
        importlib.import_module(_MODULE)
    except ImportError:
        return False
    return True


def camera(parent: QObject) -> "Camera | None":
    """What sees the cameras of this computer, those too that are plugged in later; switched off. None without the module. On the window's
    thread, after `load`."""
    if not load():
        return None
    from fieldapp.gui.camera.device import Camera

    return Camera(parent)
