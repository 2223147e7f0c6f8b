"""A Markdown page dressed for reading: the theme's colours, room between lines, tables with hairlines."""

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QApplication

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import HEADING, TITLE, space

_LINE_HEIGHT = 112.0
_SIZES = {1: TITLE, 2: HEADING}


def dress(document: QTextDocument) -> None:
    """Give every block its size and room, and every table its lines."""
    block = document.begin()
    while block.isValid():
        _dress_block(QTextCursor(block), block.blockFormat())
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)


def _dress_block(cursor: QTextCursor, shape: QTextBlockFormat) -> None:
    level = shape.headingLevel()
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if not cursor.currentTable():
        shape.setTopMargin(space(5) if level > 1 else 0)
        shape.setBottomMargin(space(2))
    cursor.setBlockFormat(shape)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    if level:
        # Markdown sizes headings in steps of the reader's font; ours are the theme's.
        font = QFont(QApplication.font())
        font.setPixelSize(_SIZES.get(level, HEADING))
        font.setWeight(QFont.Weight.DemiBold)
        letters = QTextCharFormat()
        letters.setFont(font)
        cursor.setCharFormat(letters)


def _dress_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(QColor(current().line))
    shape.setCellPadding(space(2))
    shape.setCellSpacing(0)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(shape)
