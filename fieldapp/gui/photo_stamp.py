"""Draws the stamp of a photo: white on a dark band with dark edges, so that it is read on snow and at night. Qt shapes Thai on every
system; drawing onto an image needs no window's thread."""

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication

# Of the picture's shorter side.
_TEXT = 0.034
_SMALLEST = 14
_BAND = QColor(0, 0, 0, 150)


def draw_stamp(width: int, height: int, lines: tuple[str, ...]) -> bytes:
    """A PNG as wide as the picture with these lines at its lower left; no line is cut, a long one is written smaller."""
    font = QFont(QApplication.font())
    font.setWeight(QFont.Weight.DemiBold)
    size = max(round(min(width, height) * _TEXT), _SMALLEST)
    margin = size * 0.6
    font.setPixelSize(size)
    while font.pixelSize() > 6 and max(QFontMetricsF(font).horizontalAdvance(line) for line in lines) > width - 2 * margin:
        font.setPixelSize(font.pixelSize() - 1)
    metrics = QFontMetricsF(font)
    step = metrics.lineSpacing()
    image = QImage(width, min(round(step * len(lines) + 2 * margin), height), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(image.rect()), _BAND)
    for place, line in enumerate(lines):
        path = QPainterPath()
        path.addText(margin, margin + step * place + metrics.ascent(), font, line)
        painter.strokePath(path, QPen(QColor(Qt.GlobalColor.black), max(font.pixelSize() / 8, 1.5)))
        painter.fillPath(path, QColor(Qt.GlobalColor.white))
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())
