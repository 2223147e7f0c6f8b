"""Sheets as a PDF, made in memory: nothing of a letter lies anywhere on the disk but where a person puts it."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from fieldapp.gui.letters.ink import PAGE_HEIGHT, PAGE_WIDTH, UNIT, Sheet, draw
from fieldapp.gui.letters.meaning import with_meaning


def as_pdf(sheets: Sequence[Sheet], title: str) -> bytes:
    """`title` stands in the file's own description: a kind of paper, never a name."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72 * UNIT)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(title)
    writer.setCreator("fieldapp")
    painter = QPainter(writer)
    for number, sheet in enumerate(sheets):
        if number:
            writer.newPage()
        draw(sheet, painter)
    painter.end()
    return with_meaning(bytes(buffer.data().data()), sheets)


def as_image(sheet: Sheet, width: int, device_ratio: float = 1.0) -> QImage:
    """One sheet as it will be on paper, `width` pixels wide."""
    wide = round(width * device_ratio)
    image = QImage(wide, round(wide * PAGE_HEIGHT / PAGE_WIDTH), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(wide / PAGE_WIDTH, wide / PAGE_WIDTH)
    draw(sheet, painter, on_screen=True)
    painter.end()
    image.setDevicePixelRatio(device_ratio)
    return image
