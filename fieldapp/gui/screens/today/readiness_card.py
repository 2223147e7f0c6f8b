"""Whether the laptop is ready for a day without signal: each line ticked, or told what to do about it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.today import Readiness

# What a photo of the default preset weighs, and how many a long day may need.
_PHOTO_BYTES = 350_000
_PHOTOS_NEEDED = 200
_PHOTOS_PLENTY = 10_000
_CLOCK_TOLERANCE_S = 120
_DAY_S = 86_400
_FRESH = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Check:
    text: str
    good: bool


def checks(readiness: Readiness, now: dt.datetime) -> tuple[Check, ...]:
    """Data, its age, the clock, room for photos."""
    return (*_data(readiness, now), *_clock(readiness.clock_offset_seconds), _room(readiness.free_bytes))


class ChecksCard(Card):
    """`sync_requested` comes from the button that stands there only when something is not ready."""

    sync_requested = Signal()

    def __init__(self, ready: str, not_ready: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._ready, self._not_ready = ready, not_ready
        self._title = Text("", Role.HEADING, wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(space(2))
        self._sync = buttons.plain(_("Open sync"), "sync")
        self._sync.clicked.connect(self.sync_requested)
        self.add(self._title)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._sync)

    def set_checks(self, found: Iterable[Check]) -> None:
        found = tuple(found)
        ready = all(check.good for check in found)
        self._title.setText(self._ready if ready else self._not_ready)
        self._sync.setVisible(not ready)
        empty(self._lines)
        for check in found:
            self._lines.addWidget(_CheckLine(check))


class ReadinessCard(ChecksCard):
    """`trip_wanted`: what tomorrow's trip needs is on a page of its own."""

    trip_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Ready for the field"), _("Before you leave"), parent)
        self.trip = buttons.link(_("Prepare tomorrow's trip"), "calendar")
        self.trip.clicked.connect(self.trip_wanted)
        self.body.addWidget(self.trip, 0, Qt.AlignmentFlag.AlignLeft)

    def set_readiness(self, readiness: Readiness, now: dt.datetime) -> None:
        self.set_checks(checks(readiness, now))


class _CheckLine(QWidget):
    """The mark is drawn and named: nobody has to tell it by its colour."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        tone = Tone.GOOD if check.good else Tone.WARNING
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        mark = QLabel()
        mark.setPixmap(pixmap("check" if check.good else "warning", current().tone(tone).text, 16))
        mark.setFixedWidth(18)
        mark.setContentsMargins(0, 3, 0, 0)
        mark.setAccessibleName(_("fine") if check.good else _("attention"))
        layout.addWidget(mark, 0)
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(Text(check.text, Role.BODY if check.good else Role.STRONG, wrap=True, tone=tone), 1)


def _data(readiness: Readiness, now: dt.datetime) -> tuple[Check, ...]:
    if readiness.last_sync_at is None and readiness.children:
        return (Check(_("Never synced to the end: children may be missing"), good=False),)
    if readiness.last_sync_at is None:
        return (Check(_("Never synced: no child is in this laptop yet"), good=False),)
    children = ngettext("{count} child in this laptop", "{count} children in this laptop", readiness.children)
    age = now - readiness.last_sync_at
    when = phrases.moment(readiness.last_sync_at, now)
    held = Check(children.format(count=f"{readiness.children:,}"), good=readiness.children > 0)
    if age <= _FRESH:
        return held, Check(_("Synced {when}").format(when=when), good=True)
    days = max(age.days, 1)
    old = ngettext("Last sync {count} day ago: sync before leaving", "Last sync {count} days ago: sync before leaving", days)
    return held, Check(old.format(count=days), good=False)


def _clock(offset: int | None) -> tuple[Check, ...]:
    if offset is None:
        return ()
    if abs(offset) <= _CLOCK_TOLERANCE_S:
        return (Check(_("Clock agrees with the district"), good=True),)
    if abs(offset) >= _DAY_S:
        return (Check(_clock_days(offset), good=False),)
    minutes = max(abs(offset) // 60, 1)
    # The offset is the district's clock minus this one's.
    if offset < 0:
        text = ngettext("Clock is {count} minute fast: set it", "Clock is {count} minutes fast: set it", minutes)
    else:
        text = ngettext("Clock is {count} minute slow: set it", "Clock is {count} minutes slow: set it", minutes)
    return (Check(text.format(count=f"{minutes:,}"), good=False),)


def _clock_days(offset: int) -> str:
    """So far off that dates would be wrong: the app goes by the district's time, and says so."""
    days = round(abs(offset) / _DAY_S)
    if offset < 0:
        text = ngettext(
            "Clock is {count} day fast: set it. Until then the app goes by the district's time",
            "Clock is {count} days fast: set it. Until then the app goes by the district's time",
            days,
        )
    else:
        text = ngettext(
            "Clock is {count} day slow: set it. Until then the app goes by the district's time",
            "Clock is {count} days slow: set it. Until then the app goes by the district's time",
            days,
        )
    return text.format(count=f"{days:,}")


def _room(free_bytes: int) -> Check:
    photos = free_bytes // _PHOTO_BYTES
    if photos >= _PHOTOS_PLENTY:
        return Check(_("Room for more than {count} photos").format(count=f"{_PHOTOS_PLENTY:,}"), good=True)
    if photos >= _PHOTOS_NEEDED:
        return Check(_("Room for {count} photos").format(count=f"{photos:,}"), good=True)
    return Check(_("Disk nearly full: room for {count} photos").format(count=photos), good=False)
