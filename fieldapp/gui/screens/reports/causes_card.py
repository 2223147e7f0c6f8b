"""Why children did not return: the main causes of one list, ranked, each with its bar and its share."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from fieldapp.domain.ladder import Bucket, Ladder, Rounding, Share
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext

_BAR_HEIGHT = 12


class CausesCard(Card):
    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        self._base = Text("", Role.SMALL_MUTED)
        super().__init__(title, trailing=self._base, parent=parent)
        self._none = Text(_("No child of this list is recorded as not returned."), Role.MUTED, wrap=True)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(space(2))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self.add(self._none)
        self.add(self._holder)
        self.body.addStretch(1)

    def set_causes(self, ladder: Ladder, names: Mapping[str, str], rounding: Rounding) -> None:
        not_returned = ladder.buckets[Bucket.NOT_RETURNED]
        self._base.setText(ngettext("of {count} not returned", "of {count} not returned", not_returned).format(count=f"{not_returned:,}"))
        self._none.setVisible(not ladder.causes)
        self._holder.setVisible(bool(ladder.causes))
        self._base.setVisible(bool(ladder.causes))
        empty(self._grid)
        most = max((cause.count for cause in ladder.causes), default=0)
        for line, cause in enumerate(ladder.causes):
            name = names.get(cause.code, cause.code)
            percent = Share(cause.count, not_returned, "not_returned").percent(rounding)
            self._grid.addWidget(Text(f"{line + 1}  {name}", elide=True), line, 0)
            self._grid.addWidget(RankBar(cause.count, most, name), line, 1)
            count = Text(f"{cause.count:,}", Role.STRONG)
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(count, line, 2)
            share = Text("" if percent is None else f"{percent} %", Role.SMALL_MUTED)
            share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(share, line, 3)


class RankBar(QWidget):
    """A bar as long as its share of the longest one."""

    def __init__(self, count: int, most: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = count / most if most else 0.0
        self.setAccessibleName(f"{name} {count:,}")
        self.setFixedHeight(_BAR_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, _BAR_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().tone(Tone.PLUM).solid))
        width = max(self.width() * self._part, _BAR_HEIGHT)
        painter.drawRoundedRect(QRectF(0, 0, width, _BAR_HEIGHT), _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.end()
