"""The visit page as it is laid out: stepper, the open part with its foot, photos and the time before at the right. It shows a draft and
says what the person did; what becomes of it is the screen's business."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.reference import Cause
from fieldapp.domain.visit import Problem, Visit, problems
from fieldapp.gui.screens.card.sentences import handed_over
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.visit import summaries
from fieldapp.gui.screens.visit.answers import PARTS, Part, part_of, part_of_field
from fieldapp.gui.screens.visit.foot import Foot
from fieldapp.gui.screens.visit.head import VisitHead
from fieldapp.gui.screens.visit.missing import Lack, MissingList
from fieldapp.gui.screens.visit.parts.met import MetPart
from fieldapp.gui.screens.visit.parts.next_step import NextStepPart
from fieldapp.gui.screens.visit.parts.outcome import OutcomePart
from fieldapp.gui.screens.visit.parts.part import VisitPart
from fieldapp.gui.screens.visit.parts.photos import PhotosPart
from fieldapp.gui.screens.visit.parts.whereabouts import WhereaboutsPart
from fieldapp.gui.screens.visit.side import SIDE_WIDTH, PreviousVisit, SidePhotos
from fieldapp.gui.screens.visit.stepper import Stepper
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets.card import Card, Divider
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.texts import _
from fieldapp.usecases.handed_over import HandedOver
from fieldapp.usecases.photos import DraftPhoto
from fieldapp.usecases.visits import Draft

# Below this width the right column gives way: its photos are in part 4 anyway, the time before moves under the steps.
_NEEDS_FOR_SIDE = 1140
_STEPPER = 204


def _scrolling(widget: QWidget) -> ScrollPage:
    """The scroll bar takes its room from the margin, so that nothing moves when it appears."""
    scroll = ScrollPage(margin=0, spacing=0)
    bar = scroll.verticalScrollBar()

    def make_room() -> None:
        right = space(3) if bar.maximum() > bar.minimum() else space(6)
        scroll.body.setContentsMargins(space(6), space(2), right, space(3))

    bar.rangeChanged.connect(make_room)
    make_room()
    scroll.body.addWidget(widget)
    return scroll


class VisitPage(QWidget):
    """`answered` and `typed` carry the draft as it now should be; `part_changed` the part that is open."""

    answered = Signal(object)
    typed = Signal(object)
    outcome_chosen = Signal(object)
    finish_wanted = Signal()
    part_changed = Signal(object)

    def __init__(self, today: dt.date, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = Part.MET
        self.head = VisitHead()
        # Stays while the draft is shown; `message` comes and goes.
        self.notice = Message()
        self.message = Message()
        self.missing = MissingList()
        self.stepper = Stepper()
        self.met = MetPart(today)
        self.whereabouts = WhereaboutsPart()
        self.outcome = OutcomePart(today)
        self.photos = PhotosPart(thumbnails)
        self.next_step = NextStepPart(today)
        self.side = SidePhotos(thumbnails)
        self.previous = PreviousVisit()
        self.foot = Foot()
        # Answers of a visit are tapped with a finger in a doorway: full targets, also where chips are smaller elsewhere.
        self.setStyleSheet(
            f'QPushButton[variant="chip"] {{ min-height: {TARGET - 2}px; border-radius: {TARGET // 2}px; }}'
            f'QPushButton[variant="chip"]:focus {{ min-height: {TARGET - 4}px; }}'
        )
        self._visit: Visit | None = None
        self._photos: Sequence[DraftPhoto] = ()
        self._parts: dict[Part, VisitPart] = dict(
            zip(PARTS, (self.met, self.whereabouts, self.outcome, self.photos, self.next_step), strict=True)
        )
        self._editors: dict[str, QWidget] = {
            "visited_on": self.met.date.field,
            "met_note": self.met.note,
            "companions": self.met.companions,
            "return_on": self.outcome.schooling.since.field,
            "return_place": self.outcome.schooling.place,
            "return_grade": self.outcome.schooling.grade,
            "note": self.outcome.note,
            "next_on": self.next_step.date.field,
            "next_note": self.next_step.note,
        }
        self._lay_out()
        self._connect()

    def show_draft(self, draft: Draft, causes: tuple[Cause, ...], today: dt.date) -> None:
        """A visit that is begun or gone on with: the first part that is not filled is opened."""
        self.message.clear()
        self.show_handed_over(draft.handed_over)
        self.missing.show_lacks(())
        self.photos.withdraw_offer()
        self.photos.show_refusal(draft.photos_refused)
        self.photos.message.clear()
        self.head.show_draft(draft, today)
        self.previous.show_visit(draft.previous)
        self.outcome.set_causes(causes)
        self.outcome.set_list_type(draft.row.list_type)
        self.show_visit(draft.visit)
        self.show_photos(draft.photos, 0)
        open_parts = [part for part in PARTS if part is not Part.PHOTOS and not self.stepper.steps[part].done]
        self.open_part(open_parts[0] if open_parts else Part.NEXT_STEP)

    def show_handed_over(self, left: HandedOver | None) -> None:
        """The case went to someone else after the visit was begun."""
        self.notice.clear()
        if left:
            self.notice.show_info(handed_over(left), _("Finish it all the same: the district keeps it and decides what becomes of it."))

    def show_visit(self, visit: Visit) -> None:
        self._visit = visit
        for part in self._parts.values():
            part.show_visit(visit)
        self.head.show_urgent(visit)
        self._show_steps()
        if self.missing.lacks:
            left = self.lacks_of(problems(visit, self.head.today))
            self.missing.show_lacks([lack for lack in self.missing.lacks if lack in left])

    def show_photos(self, photos: Sequence[DraftPhoto], under_way: int) -> None:
        self._photos = photos
        self.photos.show_photos(tuple(photos), under_way)
        self.side.show_photos(tuple(photos))
        self._show_steps()

    def open_part(self, part: Part) -> None:
        self.part = part
        self._stack.setCurrentWidget(self._scrolls[part])
        self._scrolls[part].verticalScrollBar().setValue(0)
        place = PARTS.index(part)
        following = summaries.title(PARTS[place + 1]) if place + 1 < len(PARTS) else ""
        self.foot.show_place(first=place == 0, following=following)
        self._show_steps()
        self._parts[part].take_focus()
        self.part_changed.emit(part)

    def point_at(self, field: str) -> None:
        """Open the part of this field, with the keyboard in it. Where nobody knows it, the first part."""
        part = part_of_field(field) or Part.MET
        self.open_part(part)
        editor = self._editors.get(field)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scrolls[part].ensureWidgetVisible(editor)

    def lacks_of(self, found: Sequence[Problem]) -> list[Lack]:
        """What is missing, in words; a date that cannot be read is missing too."""
        lacks = [Lack(part_of(problem), words.problem(problem)) for problem in found]
        for part, editor, sentence in (
            (Part.MET, self.met.date, _("The day of the visit cannot be read.")),
            (Part.OUTCOME, self.outcome.schooling.since, _("The day of return cannot be read.")),
            (Part.NEXT_STEP, self.next_step.date, _("The next date cannot be read.")),
        ):
            if not editor.is_valid():
                lacks.append(Lack(part, sentence))
        return lacks

    def set_hot(self, hot: bool) -> None:
        self.photos.zone.set_hot(hot)
        self.side.zone.set_hot(hot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._scrolls: dict[Part, ScrollPage] = {}
        for part, widget in self._parts.items():
            scroll = _scrolling(widget)
            self._scrolls[part] = scroll
            self._stack.addWidget(scroll)
        main = Card(padding=0)
        main.body.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QWidget()
        padded = QVBoxLayout(top)
        padded.setContentsMargins(space(6), space(4), space(6), space(1))
        padded.setSpacing(space(2))
        padded.addWidget(self.head)
        padded.addWidget(self.notice)
        padded.addWidget(self.message)
        padded.addWidget(self.missing)
        column.addWidget(top)
        column.addWidget(self._stack, 1)
        column.addWidget(Divider())
        column.addWidget(self.foot)
        main.add(holder)
        self._right = QWidget()
        self._right.setFixedWidth(SIDE_WIDTH)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(space(4))
        right.addWidget(self.side)
        self._before = Card(padding=18)
        right.addWidget(self._before)
        right.addStretch(1)
        self._before.add(self.previous)
        self.stepper.setFixedWidth(_STEPPER)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(6), space(5), space(6), space(5))
        row.setSpacing(space(4))
        row.addWidget(self.stepper)
        row.addWidget(main, 1)
        row.addWidget(self._right)
        self._right.hide()  # until there is known to be room: it must not force the window wider

    def _connect(self) -> None:
        for widget in self._parts.values():
            widget.answered.connect(self.answered)
            widget.typed.connect(self.typed)
        self.outcome.outcome_chosen.connect(self.outcome_chosen)
        self.stepper.chosen.connect(self.open_part)
        self.missing.chosen.connect(self.open_part)
        self.foot.back_wanted.connect(lambda: self._go(-1))
        self.foot.next_wanted.connect(lambda: self._go(1))
        self.foot.finish_wanted.connect(self.finish_wanted)
        for keys, steps in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda steps=steps: self._go(steps))
        for place, part in enumerate(PARTS, start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda part=part: self.open_part(part))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.finish_wanted)

    def _go(self, steps: int) -> None:
        place = PARTS.index(self.part) + steps
        if 0 <= place < len(PARTS):
            self.open_part(PARTS[place])

    def _show_steps(self) -> None:
        if self._visit is None:
            return
        for part in PARTS:
            state = summaries.state_of(part, self._visit, len(self._photos), self.photos.missing())
            self.stepper.show_part(part, state, current_part=part is self.part)

    def _place_side(self) -> None:
        wide = self.width() >= _NEEDS_FOR_SIDE
        if wide is self._right.isHidden():
            self._right.setVisible(wide)
        if wide and self.previous.parentWidget() is not self._before:
            self._before.add(self.previous)
        elif not wide and self.stepper.room.body.indexOf(self.previous) < 0:
            self.stepper.room.body.insertWidget(0, self.previous)
