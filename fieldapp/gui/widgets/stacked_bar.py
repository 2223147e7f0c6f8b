"""Shares of a whole as one bar, with a legend that says each in words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.text import Role, Text

_GAP = 2
_HEIGHT = 14


@dataclass(frozen=True, slots=True)
class Segment:
    label: str
    count: int
    tone: Tone


class StackedBar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_segments(self, segments: Sequence[Segment]) -> None:
        self._segments = tuple(segment for segment in segments if segment.count > 0)
        self.setAccessibleName(", ".join(f"{segment.label} {segment.count:,}" for segment in self._segments))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(current().line))
        room = self.width() - _GAP * (len(self._segments) - 1)
        total = sum(segment.count for segment in self._segments)
        left = 0.0
        for segment in self._segments:
            width = room * segment.count / total
            painter.fillRect(QRectF(left, 0, width, _HEIGHT), QColor(current().tone(segment.tone).solid))
            left += width
            painter.fillRect(QRectF(left, 0, _GAP, _HEIGHT), QColor(current().surface))
            left += _GAP
        painter.end()


class Dot(QWidget):
    """A small square of a tone's colour."""

    def __init__(self, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFixedSize(10, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().tone(self._tone).solid))
        painter.drawRoundedRect(self.rect(), 3, 3)
        painter.end()


class Legend(QWidget):
    """Each share in words and numbers, in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=space(3))

    def set_segments(self, segments: Sequence[Segment]) -> None:
        empty(self._flow)
        for segment in segments:
            entry = QWidget(self)
            row = QHBoxLayout(entry)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(space(2) - 2)
            row.addWidget(Dot(segment.tone), 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(Text(f"{segment.label} {segment.count:,}", Role.SMALL))
            self._flow.addWidget(entry)
