"""Which cases a list or a figure is about. One description for both, so that every figure can open the list behind it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, exists, false, func, select

from fieldapp.domain.care.risk import RiskLevel, RiskSource
from fieldapp.domain.names import fold
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.records import tables
from fieldapp.reports.care_facts import helps, stands

# Asked for by this instead of a code: cases where that is not known.
UNKNOWN = "-"

_case, _child, _step, _visit, _risk = tables.case, tables.child, tables.case_step, tables.visit, tables.risk


@dataclass(frozen=True, slots=True)
class RiskFilter:
    """Cases with a risk that stands, and is of this source, level and reason where these are given. `seen` and `helped`: whether a visit
    was made or help was given since the last of the case's risks was found; None: either."""

    source: RiskSource | None = None
    level: RiskLevel | None = None
    reason: str = ""
    seen: bool | None = None
    helped: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """All conditions combine; one that is empty does not count; UNKNOWN wants those where it is not known. `as_of`: states as they stood
    at the end of that day, and only cases that were listed by then; None: as they stand now. `overdue_on` and `not_visited_since` are
    days."""

    text: str = ""
    list_types: tuple[ListType, ...] = ()
    list_id: str = ""
    states: tuple[CaseState, ...] = ()
    as_of: dt.date | None = None
    amphoe: str = ""
    tambon: str = ""
    moo: str = ""
    school: str = ""
    assignee: str = ""
    unassigned: bool = False
    overdue_on: dt.date | None = None
    sex: str = ""
    grade: str = ""
    disability: str = ""
    level: str = ""
    cause: str = ""
    not_visited_since: dt.date | None = None
    case_ids: frozenset[str] = field(default_factory=frozenset)
    risk: RiskFilter | None = None


class Cases:
    """The cases of one filter, never withdrawn ones, to be counted or listed: `select` any columns of the case, the child, or those
    below."""

    def __init__(self, district_id: str, wanted: CaseFilter) -> None:
        self._district_id = district_id
        self._from: FromClause = _case.join(_child, (_child.c.district_id == _case.c.district_id) & (_child.c.id == _case.c.child_id))
        self.state: ColumnElement[str] = _case.c.state
        self.since: ColumnElement[dt.date] = _case.c.state_on
        self.cause: ColumnElement[str | None] = _case.c.main_cause
        visit: ColumnElement[str | None] = self._visit_of_standing_state()
        if wanted.as_of is not None:
            stood = standing(district_id, wanted.as_of)
            self._from = self._from.join(stood, stood.c.case_id == _case.c.id)
            self.state, self.since, self.cause, visit = stood.c.state, stood.c.on_date, stood.c.main_cause, stood.c.visit_id
        # The level that a child who is back returned to, by the visit that established it.
        self.level: ColumnElement[str | None] = (
            select(_visit.c.return_level)
            .where(_visit.c.district_id == district_id, _visit.c.id == visit, self.state == CaseState.RETURNED)
            .correlate_except(_visit)
            .scalar_subquery()
        )
        self._conditions = [_case.c.district_id == district_id, _case.c.state != CaseState.WITHDRAWN, *self._wanted(wanted)]

    def select(self, *columns: Any) -> Select[Any]:
        return select(*columns).select_from(self._from).where(*self._conditions)

    def _wanted(self, wanted: CaseFilter) -> list[ColumnElement[bool]]:
        return [*self._of_case(wanted), *self._of_child(wanted), *self._of_work(wanted), *self._of_risk(wanted.risk)]

    def _of_case(self, wanted: CaseFilter) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if wanted.list_types:
            found.append(_case.c.list_type.in_(wanted.list_types))
        if wanted.list_id:
            found.append(_case.c.list_id == wanted.list_id)
        if wanted.states:
            found.append(self.state.in_(wanted.states))
        found += [_same(column, value) for column, value in ((self.cause, wanted.cause), (self.level, wanted.level)) if value]
        if wanted.case_ids:
            found.append(_case.c.id.in_(wanted.case_ids))
        return found

    def _of_child(self, wanted: CaseFilter) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        for word in wanted.text.split():
            found.append(_child.c.search_text.contains(fold(word), autoescape=True) if fold(word) else false())
        if wanted.amphoe == UNKNOWN:
            found.append(_child.c.tambon_code == "")
        elif wanted.amphoe:
            found.append(_child.c.tambon_code.startswith(wanted.amphoe, autoescape=True))
        for column, value in (
            (_child.c.tambon_code, wanted.tambon),
            (_child.c.moo, wanted.moo),
            (_child.c.sex, wanted.sex),
            (_child.c.last_grade, wanted.grade),
            (_child.c.disability, wanted.disability),
        ):
            if value:
                found.append(_same(column, value))
        return found

    def _of_work(self, wanted: CaseFilter) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if wanted.school:
            found.append(_same(_case.c.school_code, wanted.school))
        if wanted.assignee:
            found.append(_same(_case.c.assignee_id, wanted.assignee))
        if wanted.unassigned:
            found.append(_case.c.assignee_id.is_(None))
        if wanted.overdue_on:
            found.append(and_(_case.c.due_on < wanted.overdue_on, self._owes_answer()))
        if wanted.not_visited_since:
            seen = func.coalesce(_case.c.last_visit_on, _case.c.listed_on)
            found.append(and_(seen <= wanted.not_visited_since, self._owes_answer()))
        return found

    def _of_risk(self, wanted: RiskFilter | None) -> list[ColumnElement[bool]]:
        if wanted is None:
            return []
        same = [_risk.c.district_id == self._district_id, _risk.c.case_id == _case.c.id, stands(self._district_id)]
        same += [_risk.c.source == wanted.source] if wanted.source else []
        same += [_risk.c.level == wanted.level] if wanted.level else []
        same += [_risk.c.reason == wanted.reason] if wanted.reason else []
        found: list[ColumnElement[bool]] = [exists().where(*same).correlate(_case)]
        if wanted.seen is not None:
            seen = func.coalesce(_case.c.last_visit_on >= self.last_risk, false())
            found.append(seen if wanted.seen else ~seen)
        if wanted.helped is not None:
            help_given = helps(self._district_id).subquery("help_given")
            helped = exists().where(help_given.c.case_id == _case.c.id, help_given.c.on_date >= self.last_risk).correlate(_case)
            found.append(helped if wanted.helped else ~helped)
        return found

    @property
    def last_risk(self) -> ColumnElement[dt.date | None]:
        """The day of the newest risk that stands."""
        newest = select(func.max(_risk.c.on_date)).where(
            _risk.c.district_id == self._district_id, _risk.c.case_id == _case.c.id, stands(self._district_id)
        )
        return newest.correlate(_case).scalar_subquery()

    def _owes_answer(self) -> ColumnElement[bool]:
        return self.state.in_([state for state in CaseState if owes_answer(state)])

    def _visit_of_standing_state(self) -> ColumnElement[str | None]:
        """As things stand now, the case's state has its date beside it, and on that date the newest step of that state is the one."""
        return (
            select(_step.c.visit_id)
            .where(
                _step.c.district_id == self._district_id,
                _step.c.case_id == _case.c.id,
                _step.c.state == _case.c.state,
                _step.c.on_date == _case.c.state_on,
            )
            .order_by(_step.c.sequence.desc())
            .limit(1)
            .correlate_except(_step)
            .scalar_subquery()
        )


def _same(column: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    return func.coalesce(column, "") == "" if value == UNKNOWN else column == value


def standing(district_id: str, as_of: dt.date) -> Subquery:
    """The step that stands for each case on the date as SQL: case_id, state, on_date, main_cause,
    visit_id. Withdrawn cases stand nowhere. The same order as `domain.states.standing_step`."""
    order = (_step.c.phase.desc(), _step.c.on_date.desc(), _step.c.sequence.desc(), _step.c.event_id.desc())
    place = func.row_number().over(partition_by=_step.c.case_id, order_by=order).label("place")
    columns = (_step.c.case_id, _step.c.state, _step.c.on_date, _step.c.main_cause, _step.c.visit_id)
    numbered = select(*columns, place).where(_step.c.district_id == district_id, _step.c.on_date <= as_of).subquery()
    return (
        select(*(numbered.c[column.name] for column in columns))
        .where(numbered.c.place == 1, numbered.c.state != CaseState.WITHDRAWN)
        .subquery()
    )
