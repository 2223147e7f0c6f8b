"""Which filled copies a roll-up is about. One description for the figures and for the list behind each of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, func, select, true

from fieldapp.records import tables
from fieldapp.reports.case_filter import UNKNOWN
from fieldapp.server.forms.countable import line
from fieldapp.server.forms.tables import counted_answers

_copy, _case, _child, _answers = tables.submission, tables.case, tables.child, counted_answers


@dataclass(frozen=True, slots=True)
class Wanted:
    """Copies of these forms, filled on these days, both included. What is empty does not count; UNKNOWN wants those where it is not known.
    `newest`: of several copies of one form about one child, house or school only the newest."""

    form_ids: tuple[str, ...]
    first: dt.date
    last: dt.date
    school: str = ""
    sex: str = ""
    grade: str = ""
    question: str = ""
    value: str = ""
    newest: bool = False


class Copies:
    """The copies that stand (none that a later one corrects), with their counted answers, to be counted or listed. `school` is that of the
    case as it is now, or the one that the copy is about."""

    def __init__(self, district_id: str, wanted: Wanted) -> None:
        self._district_id = district_id
        self.school: ColumnElement[str | None] = func.coalesce(_copy.c.school_code, _case.c.school_code)
        self._from: FromClause = (
            _copy.join(_answers, and_(_answers.c.district_id == _copy.c.district_id, _answers.c.submission_id == _copy.c.id))
            .outerjoin(_case, and_(_case.c.district_id == _copy.c.district_id, _case.c.id == _copy.c.case_id))
            .outerjoin(_child, and_(_child.c.district_id == _copy.c.district_id, _child.c.id == _copy.c.child_id))
        )
        self._conditions = [*self._standing(wanted), *self._narrowed(wanted)]
        if wanted.newest:
            newest = self._newest(wanted)
            self._from = self._from.join(newest, newest.c.id == _copy.c.id)

    def select(self, *columns: Any) -> Select[Any]:
        return select(*columns).select_from(self._from).where(*self._conditions)

    def _standing(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        later = _copy.alias("later")
        corrected = select(later.c.supersedes).where(later.c.district_id == self._district_id, later.c.supersedes.is_not(None))
        return [
            _copy.c.district_id == self._district_id,
            _copy.c.form_id.in_(wanted.form_ids),
            _copy.c.filled_on.between(wanted.first, wanted.last),
            _copy.c.id.not_in(corrected),
        ]

    def _newest(self, wanted: Wanted) -> Subquery:
        about = func.coalesce(_copy.c.child_id, _copy.c.school_code)
        order = (_copy.c.filled_on.desc(), _copy.c.id.desc())
        place = func.row_number().over(partition_by=(_copy.c.form_id, about), order_by=order).label("place")
        numbered = select(_copy.c.id, place).where(*self._standing(wanted)).subquery()
        return select(numbered.c.id).where(numbered.c.place == 1).subquery()

    def _narrowed(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        found = [
            func.coalesce(column, "") == ("" if value == UNKNOWN else value)
            for column, value in ((self.school, wanted.school), (_child.c.sex, wanted.sex), (_child.c.last_grade, wanted.grade))
            if value
        ]
        if wanted.question:
            lines = "\n" + _answers.c.answers
            what = line(wanted.question, wanted.value) if wanted.value else f"{wanted.question}="
            found.append(lines.contains("\n" + what, autoescape=True))
        return found


def unfolded(copies: Subquery) -> tuple[FromClause, ColumnElement[str]]:
    """The copies with a row for each line of their `answers`, and that line, without its end."""
    lines = func.unnest(func.string_to_array(func.rtrim(copies.c.answers, "\n"), "\n")).table_valued("said").render_derived("lines")
    return copies.join(lines, true()), lines.c.said
