"""Q1 of the district's indicators: children whom a screening or a visit found in need of help, how many were helped since, after how many
days.

Found: by a screening, which is a risk that is noted (whether it stands or is resolved, but for those that were none); or by a visit that
was marked urgent, or whose next step is to ask for help or to refer. A child counts once, from the first of these. Helped: a support was
given, a referral was sent, a follow-up was closed as done, or a later visit met someone.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Integer, Select, Subquery, Text, and_, case, cast, func, literal, or_, select, type_coerce, union_all
from sqlalchemy.engine import Connection

from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.ladder import Share
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, NextStep
from fieldapp.records import tables
from fieldapp.reports.care_facts import helps, was_one

_visit, _case, _child, _follow_up, _risk = tables.visit, tables.case, tables.child, tables.follow_up, tables.risk
NEED = (NextStep.ASK_FOR_HELP, NextStep.REFER)
# 'In time': no rule of the district's is known; shown beside the median.
WEEK = 7


@dataclass(frozen=True, slots=True)
class FirstHelp:
    """`days`: how many children were helped after how many days; `screened`: how many of the found a screening found, perhaps beside a
    visit."""

    found: int
    days: tuple[tuple[int, int], ...]
    screened: int = 0

    @classmethod
    def of(cls, found: "Sequence[InNeed]") -> "FirstHelp":
        """The figure of these children."""
        days = Counter((one.helped_on - one.found_on).days for one in found if one.helped_on)
        return cls(len(found), tuple(sorted(days.items())), sum(1 for one in found if one.screened))

    @property
    def helped(self) -> int:
        return sum(children for _days, children in self.days)

    @property
    def share(self) -> Share:
        return Share(self.helped, self.found, "found")

    @property
    def within_a_week(self) -> Share:
        return Share(sum(children for days, children in self.days if days <= WEEK), self.found, "found")

    @property
    def median_days(self) -> int | None:
        """The days after which half of those helped had been helped; None where nobody was."""
        wanted, seen = (self.helped + 1) // 2, 0
        for days, children in self.days:
            seen += children
            if seen >= wanted:
                return days
        return None

    @property
    def longest_days(self) -> int | None:
        return self.days[-1][0] if self.days else None


@dataclass(frozen=True, slots=True)
class InNeed:
    """A child that was found; `case_id` is the case of the visit or the screening, `helped_on` None where no help is recorded."""

    case_id: str
    child_id: str
    title: str
    given_name: str
    family_name: str
    tambon_code: str
    found_on: dt.date
    urgent: bool
    screened: bool
    helped_on: dt.date | None


def first_help(connection: Connection, district_id: str, first: dt.date, last: dt.date) -> FirstHelp:
    """Children found in these days, and what is known of their help by the last of them. One query."""
    needing = _needing(district_id, first, last)
    helped = _helped(district_id, needing, last)
    days = type_coerce(helped.c.helped_on - needing.c.found_on, Integer).label("days")
    counted = select(days, func.count(), func.sum(needing.c.screened)).select_from(
        needing.outerjoin(helped, helped.c.child_id == needing.c.child_id)
    )
    rows = [(row[0], row[1], int(row[2])) for row in connection.execute(counted.group_by(days).order_by(days))]
    known = tuple((after, count) for after, count, _screened in rows if after is not None)
    return FirstHelp(sum(count for _days, count, _screened in rows), known, sum(screened for _days, _count, screened in rows))


def found_children(
    connection: Connection, district_id: str, first: dt.date, last: dt.date, offset: int, limit: int, *, helped_too: bool | None = False
) -> tuple[InNeed, ...]:
    """Those without help, urgent ones first, then those who wait longest; or those with help, or (None) both."""
    needing = _needing(district_id, first, last)
    helped = _helped(district_id, needing, last)
    query: Select[Any] = (
        select(needing.c.case_id, _child.c.id.label("child_id"), _child.c.title, _child.c.given_name, _child.c.family_name)
        .add_columns(_child.c.tambon_code, needing.c.found_on, (needing.c.urgent == 1).label("urgent"))
        .add_columns((needing.c.screened == 1).label("screened"), helped.c.helped_on)
        .select_from(needing.outerjoin(helped, helped.c.child_id == needing.c.child_id))
        .join(_child, and_(_child.c.district_id == district_id, _child.c.id == needing.c.child_id))
        .order_by(needing.c.urgent.desc(), needing.c.found_on, _child.c.id)
    )
    if helped_too is not None:
        query = query.where(helped.c.helped_on.is_not(None) if helped_too else helped.c.helped_on.is_(None))
    return tuple(InNeed(**row) for row in connection.execute(query.offset(offset).limit(limit)).mappings())


def _needing(district_id: str, first: dt.date, last: dt.date) -> CTE:
    in_need = or_(_visit.c.urgent, _visit.c.next_step.in_(NEED))
    by_visit = select(
        _visit.c.child_id,
        _visit.c.case_id,
        _visit.c.visited_on.label("on_date"),
        case((_visit.c.urgent, 1), else_=0).label("urgent"),
        literal(0).label("screened"),
    ).where(_visit.c.district_id == district_id, _visit.c.visited_on.between(first, last), ~_corrected(district_id), in_need)
    by_screening = (
        select(_risk.c.child_id, _risk.c.case_id, _risk.c.on_date, literal(0).label("urgent"), literal(1).label("screened"))
        .join(_case, and_(_case.c.district_id == district_id, _case.c.id == _risk.c.case_id, _case.c.state != CaseState.WITHDRAWN))
        .where(_risk.c.district_id == district_id, _risk.c.on_date.between(first, last), was_one(district_id))
    )
    found = union_all(by_visit, by_screening).subquery("found")
    newest = (func.min(found.c.on_date).label("found_on"), func.max(found.c.urgent).label("urgent"))
    also = (func.max(found.c.screened).label("screened"), func.max(found.c.case_id).label("case_id"))
    # Asked for once, however often it is joined.
    return select(found.c.child_id, *newest, *also).group_by(found.c.child_id).cte("needing")


def _helped(district_id: str, needing: CTE, last: dt.date) -> Subquery:
    """The first help of each child after it was found."""
    met = cast(_visit.c.met, Text).not_like(f"%{Met.NOBODY}%")
    seen_again = (
        select(_visit.c.child_id, _visit.c.visited_on.label("on_date"))
        .join(needing, and_(needing.c.child_id == _visit.c.child_id, _visit.c.visited_on > needing.c.found_on))
        .where(_visit.c.district_id == district_id, _visit.c.visited_on <= last, ~_corrected(district_id), met)
    )
    # One that was closed on the day of the visit counts where that visit planned it, else the visit may be what was promised before.
    planned_on = (
        select(_visit.c.visited_on)
        .where(_visit.c.district_id == district_id, _visit.c.id == _follow_up.c.visit_id)
        .correlate(_follow_up)
        .scalar_subquery()
    )
    closed = _follow_up.c.closed_on
    after = or_(closed > needing.c.found_on, and_(closed == needing.c.found_on, planned_on == needing.c.found_on))
    kept_promise = (
        select(needing.c.child_id, closed.label("on_date"))
        .select_from(_follow_up)
        .join(_case, and_(_case.c.district_id == district_id, _case.c.id == _follow_up.c.case_id))
        .join(needing, and_(needing.c.child_id == _case.c.child_id, after))
        .where(_follow_up.c.district_id == district_id, _follow_up.c.state == FollowUpState.DONE, closed <= last)
    )
    care = helps(district_id, last).subquery("care")
    cared_for = select(needing.c.child_id, care.c.on_date).join(
        care, and_(care.c.child_id == needing.c.child_id, care.c.on_date >= needing.c.found_on)
    )
    all_helps = union_all(seen_again, kept_promise, cared_for).subquery("all_helps")
    return select(all_helps.c.child_id, func.min(all_helps.c.on_date).label("helped_on")).group_by(all_helps.c.child_id).subquery("helped")


def _corrected(district_id: str) -> Any:
    """Visits that another one corrects."""
    other = _visit.alias("correction")
    return select(other.c.id).where(other.c.district_id == district_id, other.c.supersedes == _visit.c.id).correlate(_visit).exists()
