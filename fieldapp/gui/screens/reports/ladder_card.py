"""The ladder of one received list: traced and in progress, returned and not returned, as figures and as one bar."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldapp import words
from fieldapp.domain.ladder import Bucket, Ladder, Rounding, Share
from fieldapp.gui.screens.reports.figure import Figure
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.stacked_bar import Legend, Segment, StackedBar
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext

_TONES = {
    Bucket.RETURNED: Tone.GOOD,
    Bucket.NOT_RETURNED: Tone.PLUM,
    Bucket.WANTS_RETURN: Tone.TEAL,
    Bucket.NOT_FOUND: Tone.WARNING,
    Bucket.IN_PROGRESS: Tone.INFO,
}
# A bucket that only the ministry's way fills is shown only where it holds someone.
_ONLY_IF_FILLED = (Bucket.WANTS_RETURN, Bucket.NOT_FOUND)
_WIDE = 520


class LadderCard(Card):
    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        self._listed = Text("", Role.SMALL_MUTED)
        super().__init__(title, trailing=self._listed, parent=parent)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, space(1))
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(space(3))
        self._figures: list[Figure] = []
        self._bar = StackedBar()
        self._legend = Legend()
        self.add(self._holder)
        self.add(self._bar)
        self.add(self._legend)
        self.body.addStretch(1)

    def set_ladder(self, ladder: Ladder, rounding: Rounding) -> None:
        self._listed.setText(ngettext("{count} listed", "{count} listed", ladder.listed).format(count=f"{ladder.listed:,}"))
        shares = _shares(ladder)
        while len(self._figures) < len(shares):
            self._figures.append(Figure(self._holder))
        for place, figure in enumerate(self._figures):
            figure.setVisible(place < len(shares))
            if place < len(shares):
                figure.show_share(*shares[place], rounding)
        segments = [Segment(words.short(bucket), ladder.buckets[bucket], tone) for bucket, tone in _TONES.items() if ladder.buckets[bucket]]
        self._bar.set_segments(segments)
        self._legend.set_segments(segments)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        columns = 4 if self.width() >= _WIDE else 2
        for place, figure in enumerate(self._figures):
            self._grid.addWidget(figure, place // columns, place % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _shares(ladder: Ladder) -> tuple[tuple[str, Share], ...]:
    parts = (Bucket.RETURNED, Bucket.NOT_RETURNED, *(bucket for bucket in _ONLY_IF_FILLED if ladder.buckets[bucket]))
    # Where not found stands apart, what is left is more than what is being traced; the ministry's own word for it.
    still_open = _("To be traced further") if ladder.buckets[Bucket.NOT_FOUND] else _("In progress")
    return (
        (_("Traced"), ladder.traced_share),
        (still_open, ladder.in_progress_share),
        *((words.of(bucket), ladder.share(bucket)) for bucket in parts),
    )
