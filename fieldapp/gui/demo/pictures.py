"""Two painted photographs for the demo: a house from outside, a room inside. Written as JPEG files, as a phone would leave them."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPolygon

_WIDTH, _HEIGHT = 2400, 1800


def paint_all(folder: Path) -> list[Path]:
    """Paint both into the folder; returns the files, outside first."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, paint in (("IMG_0101.jpg", _outside), ("IMG_0102.jpg", _inside)):
        image = QImage(_WIDTH, _HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        paint(painter)
        painter.end()
        file = folder / name
        image.save(str(file), quality=88)
        files.append(file)
    return files


def _shade(painter: QPainter, room: QRect, top: str, bottom: str) -> None:
    gradient = QLinearGradient(QPointF(room.topLeft()), QPointF(room.bottomLeft()))
    gradient.setColorAt(0, QColor(top))
    gradient.setColorAt(1, QColor(bottom))
    painter.fillRect(room, QBrush(gradient))


def _polygon(painter: QPainter, colour: str, *points: tuple[int, int]) -> None:
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygon([QPoint(x, y) for x, y in points]))


def _outside(painter: QPainter) -> None:
    _shade(painter, QRect(0, 0, _WIDTH, 1150), "#8fbbe0", "#dbe9f2")
    _polygon(painter, "#7f9a86", (0, 1000), (500, 780), (1100, 960), (1700, 760), (2400, 980), (2400, 1200), (0, 1200))
    _shade(painter, QRect(0, 1130, _WIDTH, 670), "#8fa85f", "#6d8a45")
    _polygon(painter, "#b99a6b", (900, 1800), (1150, 1180), (1300, 1180), (1700, 1800))
    for x in (680, 1000, 1400, 1720):
        painter.fillRect(QRect(x, 1050, 40, 240), QColor("#5d4a38"))
    painter.fillRect(QRect(620, 700, 1200, 370), QColor("#9a734d"))
    for x in range(620, 1820, 60):
        painter.fillRect(QRect(x, 700, 5, 370), QColor("#82603f"))
    _polygon(painter, "#8d9498", (540, 720), (760, 480), (1680, 480), (1900, 720))
    for x in range(600, 1860, 70):
        _polygon(painter, "#7c8387", (x, 720), (x + 14, 720), (x + 40, 480), (x + 28, 480))
    painter.fillRect(QRect(1120, 780, 200, 290), QColor("#4d3a2a"))
    painter.fillRect(QRect(760, 800, 200, 150), QColor("#3d4b52"))
    painter.fillRect(QRect(1480, 800, 200, 150), QColor("#3d4b52"))


def _inside(painter: QPainter) -> None:
    _shade(painter, QRect(0, 0, _WIDTH, 1200), "#c7ab83", "#b3946b")
    for x in range(0, _WIDTH, 120):
        painter.fillRect(QRect(x, 0, 7, 1200), QColor("#9c7f59"))
    _shade(painter, QRect(0, 1200, _WIDTH, 600), "#7e5f40", "#5f4630")
    painter.fillRect(QRect(1500, 250, 520, 480), QColor("#e8f0e6"))
    painter.fillRect(QRect(1500, 470, 520, 18), QColor("#6b5238"))
    painter.fillRect(QRect(1751, 250, 18, 480), QColor("#6b5238"))
    _polygon(painter, "#a23f3f", (300, 1500), (1250, 1500), (1450, 1720), (180, 1720))
    painter.fillRect(QRect(420, 980, 620, 40), QColor("#6b5238"))
    for x in (450, 980):
        painter.fillRect(QRect(x, 1020, 30, 330), QColor("#6b5238"))
    painter.fillRect(QRect(500, 900, 170, 80), QColor("#3f6f8f"))
    painter.fillRect(QRect(690, 920, 150, 60), QColor("#d8c15a"))
