"""The user guide on paper: a front page with what is in it, then its pages, each on a sheet of its own, with their pictures."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QTextBlock, QTextDocument, QTextListFormat, QTextTable

from fieldapp import __version__
from fieldapp.gui.help.topics import Topic
from fieldapp.gui.letters.ink import PAGE_HEIGHT, Pictured, Ruled, Sheet, letter_font
from fieldapp.gui.letters.rich_text import Paragraph, fragments, runs_of
from fieldapp.gui.letters.setting import LEFT, RIGHT, Setter
from fieldapp.texts import _

_MM = 720 / 25.4
_SIZES = {1: 1.6, 2: 1.25}
_HANG = 8 * _MM
_CELL = 2 * _MM
_TALLEST = 78 * _MM
_FOOT = PAGE_HEIGHT - 14 * _MM


def set_guide(topics: Sequence[Topic]) -> list[Sheet]:
    """Its sheets, numbered at their feet; the topics are in the language that the app speaks."""
    body = Setter()
    begins: list[int] = []
    for number, topic in enumerate(topics):
        if number:
            body.turn()
        begins.append(len(body.sheets))
        _page(body, topic)
    front = _front(topics, begins)
    sheets = [*front, *body.sheets]
    for number, sheet in enumerate(sheets[len(front) :], start=1):
        footer = Setter()
        footer.sheets = [sheet]
        small = letter_font(0.8)
        footer.say(str(number), small, RIGHT - footer.width(str(number), small), _FOOT)
    return sheets


def _front(topics: Sequence[Topic], begins: Sequence[int]) -> list[Sheet]:
    setter = Setter()
    setter.gap(6)
    setter.centre(_("Bring them back to school"), letter_font(2.2, bold=True))
    setter.gap()
    setter.centre(_("User guide"), letter_font(1.5))
    setter.centre(_("Version {version}").format(version=__version__), letter_font())
    setter.gap(4)
    for topic, sheet in zip(topics, begins, strict=True):
        font = letter_font(1.1)
        ends = setter.say(topic.title, font, LEFT)
        at = RIGHT - setter.width(str(sheet), font)
        setter.rule(ends + _CELL, at - _CELL)
        setter.say(str(sheet), font, at)
        setter.y += setter.height(font) * 1.2
    return setter.sheets


def _page(setter: Setter, topic: Topic) -> None:
    document = QTextDocument()
    document.setMarkdown(topic.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    at = document.rootFrame().begin()
    while not at.atEnd():
        frame = at.currentFrame()
        if isinstance(frame, QTextTable):
            _table(setter, frame)
        elif at.currentBlock().isValid():
            _block(setter, at.currentBlock(), topic.folder)
        at += 1


def _block(setter: Setter, block: QTextBlock, folder: Path) -> None:
    level = block.blockFormat().headingLevel()
    font = letter_font(_SIZES[level], bold=True) if level else letter_font()
    runs = runs_of(block)
    if level:
        setter.gap(0.2 if level == 1 else 0.9)
        # A heading stands with what it heads.
        setter.room(setter.height(font) * 3)
    indent = 0.0
    listed = block.textList()
    if listed is not None and runs:
        indent = _HANG
        setter.room(setter.height(font))
        setter.say(
            listed.itemText(block) if listed.format().style() is QTextListFormat.Style.ListDecimal else "•", font, LEFT + _HANG * 0.35
        )
    if any(run.text.strip() for run in runs):
        Paragraph(runs, font, RIGHT - LEFT - indent).set(setter, LEFT + indent)
    for fragment in fragments(block):
        shape = fragment.charFormat()
        if shape.isImageFormat():
            _picture(setter, QImage(str(folder / shape.toImageFormat().name())))
    setter.gap(0.25)


def _picture(setter: Setter, image: QImage) -> None:
    if image.isNull():
        return
    scale = min((RIGHT - LEFT) / image.width(), _TALLEST / image.height())
    width, height = image.width() * scale, image.height() * scale
    setter.room(height)
    setter.sheet.inks.append(Pictured(QRectF((LEFT + RIGHT - width) / 2, setter.y, width, height), image))
    setter.y += height


def _table(setter: Setter, table: QTextTable) -> None:
    columns = table.columns()
    edges = _edges(table)
    line = setter.height(letter_font())
    for row in range(table.rows()):
        cells = [_cell(table, row, column, edges[column + 1] - edges[column] - 2 * _CELL) for column in range(columns)]
        height = max(cell.lines for cell in cells) * line + _CELL
        setter.room(height)
        top = setter.y
        for column, cell in enumerate(cells):
            setter.y = top + _CELL / 2
            cell.set(setter, edges[column] + _CELL)
        setter.y = top + height
        setter.sheet.inks.append(Ruled(QPointF(LEFT, top + height), QPointF(RIGHT, top + height), dotted=False))
    setter.gap(0.4)


def _cell(table: QTextTable, row: int, column: int, width: float) -> Paragraph:
    return Paragraph(runs_of(table.cellAt(row, column).firstCursorPosition().block()), letter_font(bold=row == 0), width)


def _edges(table: QTextTable) -> list[float]:
    """Where the columns end: by the longest text of each, none narrower than a sixth."""
    lengths = [
        max(len(table.cellAt(row, column).firstCursorPosition().block().text()) for row in range(table.rows()))
        for column in range(table.columns())
    ]
    shares = [max(length / sum(lengths), 1 / 6) for length in lengths]
    edges = [float(LEFT)]
    for share in shares:
        edges.append(edges[-1] + (RIGHT - LEFT) * share / sum(shares))
    return edges
