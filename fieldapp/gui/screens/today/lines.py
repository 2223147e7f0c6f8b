"""What the rows of today say: made from the use case's rows, without a widget."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from fieldapp import phrases, words
from fieldapp.domain.follow_up import FollowUpReason
from fieldapp.gui.screens.today.planned_row import Line
from fieldapp.texts import _, ngettext
from fieldapp.usecases.children import ChildRow
from fieldapp.usecases.today import DueFollowUp

_NAMED_VILLAGES = 2


def planned_lines(rows: Sequence[ChildRow], drafts: Collection[str], today: dt.date) -> tuple[Line, ...]:
    """In the order of the road. Children of one house are told of each other, since one visit sees them all."""
    at_house = Counter(house for row in rows if (house := _house(row)))
    follows = {after.case_id for before, after in pairwise(rows) if _house(before) and _house(before) == _house(after)}
    lines = []
    for at, row in enumerate(rows):
        place = " · ".join(filter(None, (_place(row), _company(row, at_house, follows))))
        lines.append(_line(row, today, place=place, draft=row.case_id in drafts, at=at))
    return tuple(lines)


def follow_up_lines(due: Sequence[DueFollowUp], today: dt.date) -> tuple[Line, ...]:
    return tuple(
        Line(
            case_id=item.row.case_id,
            name=phrases.full_name(item.row),
            given_name=item.row.given_name,
            age=_age(item.row, today),
            list_type=words.short(item.row.list_type),
            place=_task(item) or _place(item.row),
            state=item.row.state,
            due=phrases.due(item.follow_up.due_on, today),
            overdue=item.follow_up.due_on < today,
            action=_("Open card"),
        )
        for item in due
    )


def _task(item: DueFollowUp) -> str:
    task = item.follow_up
    if task.reason is FollowUpReason.PROMISE:
        return task.note
    return " · ".join(part for part in (words.of(task.reason), task.note) if part)


def plan_title(rows: Sequence[ChildRow]) -> str:
    """Planned visits, with the villages where the road leads."""
    villages = list(dict.fromkeys(phrases.place_short(row.moo, row.tambon_code, row.village) for row in rows))
    if not villages:
        return _("Planned visits")
    named = " · ".join(villages[:_NAMED_VILLAGES])
    left = len(villages) - _NAMED_VILLAGES
    if left > 0:
        named = ngettext("{villages} and {count} more village", "{villages} and {count} more villages", left).format(
            villages=named, count=left
        )
    return _("Planned visits · {villages}").format(villages=named)


def _line(row: ChildRow, today: dt.date, *, place: str, draft: bool, at: int) -> Line:
    return Line(
        case_id=row.case_id,
        name=phrases.full_name(row),
        given_name=row.given_name,
        age=_age(row, today),
        list_type=words.short(row.list_type),
        place=place,
        state=row.state,
        due=_("Handed over") if row.handed_over else phrases.due(row.due_on, today),
        overdue=row.due_on is not None and row.due_on < today and not row.handed_over,
        action=_("Continue visit") if draft else _("Record visit"),
        first=at == 0,
    )


def _age(row: ChildRow, today: dt.date) -> str:
    return phrases.age(row.birth, today) if row.birth else ""


def _place(row: ChildRow) -> str:
    return phrases.place(row.house_no, row.moo, row.tambon_code)


def _house(row: ChildRow) -> tuple[str, str, str] | None:
    return (row.tambon_code, row.moo, row.house_no) if row.house_no else None


def _company(row: ChildRow, at_house: Counter[tuple[str, str, str]], follows: Collection[str]) -> str:
    house = _house(row)
    if house is None or at_house[house] < 2:
        return ""
    if row.case_id in follows:
        return _("same house")
    return _("{count} children in this house").format(count=at_house[house])
