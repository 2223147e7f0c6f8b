"""Our own line icons (resources/icons/*.svg), drawn in the colour asked for and sharp at every scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fieldapp.config import resources_dir
from fieldapp.gui.theme.current import current

# Width and height of a leading icon with its gap.
LEADING_SIZE = (26, 20)


def icon(name: str, colour: str | None = None, size: int = 20) -> QIcon:
    """The icon in one colour (default: the theme's text colour)."""
    return QIcon(pixmap(name, colour, size))


def leading_icon(name: str, colour: str) -> QIcon:
    """The icon with room at its right, since Qt sets a button's text too close to its icon."""
    drawn = pixmap(name, colour)
    ratio = drawn.devicePixelRatio()
    wide = QPixmap(round(LEADING_SIZE[0] * ratio), drawn.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return QIcon(wide)


def pixmap(name: str, colour: str | None = None, size: int = 20) -> QPixmap:
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _drawn(name, colour or current().text, size, ratio)


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
