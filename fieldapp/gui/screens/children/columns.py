"""The columns of the list: what each says about a child, in words. Painting is the delegate's business."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt

from fieldapp import phrases, words
from fieldapp.domain.compulsory_age import age_at
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import owes_answer
from fieldapp.domain.thai_dates import Precision
from fieldapp.gui.theme.tokens import STATE_TONES, Tone
from fieldapp.texts import _, mark, ngettext
from fieldapp.usecases.children import ChildRow, SortBy

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class At(IntEnum):
    NAME = 0
    AGE = 1
    VILLAGE = 2
    LIST = 3
    STATE = 4
    DUE = 5


def bare_name(row: ChildRow) -> str:
    return f"{row.given_name} {row.family_name}".strip()


def age(row: ChildRow, today: dt.date) -> str:
    """'12 ปี', shorter than on the card: the heading says already that it is the age."""
    if row.birth is None:
        return "—"
    years = age_at(row.birth, today)[0]
    if row.birth.precision is not Precision.DAY:
        return _("about {years}").format(years=years)
    return _("{years} y.").format(years=years)


def village(row: ChildRow) -> str:
    return phrases.place_short(row.moo, row.tambon_code, row.village) or "—"


def overdue_days(row: ChildRow, today: dt.date) -> int:
    """Days past the due date; 0 where nothing is late."""
    if row.due_on is None or row.handed_over or not owes_answer(row.state):
        return 0
    return max((today - row.due_on).days, 0)


def due(row: ChildRow, today: dt.date) -> str:
    if row.due_on is None or row.handed_over or not owes_answer(row.state):
        return "—"
    late = overdue_days(row, today)
    if late:
        return ngettext("{days} day late", "{days} days late", late).format(days=late)
    if row.due_on == today:
        return _("Today")
    return phrases.day_month(row.due_on)


def standing(row: ChildRow) -> tuple[str, str, Tone]:
    """The state, in full and short, with its tone; for a case that is someone else's by now, that."""
    if row.merged:
        return _("Duplicate, merged"), _("Merged"), Tone.NEUTRAL
    if row.handed_over:
        return _("Handed over"), _("Handed over"), Tone.NEUTRAL
    return words.of(row.state), words.short(row.state), STATE_TONES[row.state]


def spoken(row: ChildRow, today: dt.date) -> str:
    """The whole row for a screen reader."""
    parts = [phrases.full_name(row), age(row, today), village(row), words.of(row.list_type), standing(row)[0], due(row, today)]
    if row.unsent:
        parts.append(_("waiting to be sent"))
    return ", ".join(part for part in parts if part != "—")


def _name_hint(row: ChildRow, today: dt.date) -> str:
    return phrases.full_name(row) + (" · " + _("waiting to be sent") if row.unsent else "")


def _birth_hint(row: ChildRow, today: dt.date) -> str:
    return phrases.partial(row.birth) if row.birth else ""


def _due_hint(row: ChildRow, today: dt.date) -> str:
    return phrases.day(row.due_on) if row.due_on else ""


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the part of the spare width the column takes beyond `width`; `samples` are the longest texts that must fit, whatever
    the language."""

    heading: str
    text: Callable[[ChildRow, dt.date], str]
    hint: Callable[[ChildRow, dt.date], str]
    sort: SortBy
    width: int
    share: int = 0
    alignment: Qt.AlignmentFlag = _LEFT
    samples: Callable[[], tuple[str, ...]] = tuple

    def title(self) -> str:
        return _(self.heading)


def _lists() -> tuple[str, ...]:
    return tuple(words.of(kind) for kind in ListType)


def _lateness() -> tuple[str, ...]:
    return (ngettext("{days} day late", "{days} days late", 99).format(days=99),)


COLUMNS: tuple[Column, ...] = (
    Column(mark("Name"), lambda row, today: phrases.full_name(row), _name_hint, SortBy.NAME, 196, share=3),
    Column(mark("Age"), age, _birth_hint, SortBy.AGE, 56),
    Column(mark("Village"), lambda row, today: village(row), lambda row, today: village(row), SortBy.VILLAGE, 108, share=1),
    Column(mark("List"), lambda row, today: words.of(row.list_type), lambda row, today: "", SortBy.LIST_TYPE, 88, samples=_lists),
    Column(mark("State"), lambda row, today: standing(row)[1], lambda row, today: standing(row)[0], SortBy.STATE, 118),
    Column(mark("Due"), due, _due_hint, SortBy.DUE, 92, alignment=_RIGHT, samples=_lateness),
)
