"""The system's own figures that an evaluation may be held against, as of a day. A fixed number of queries, whatever is asked."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from fieldapp.domain.ladder import Bucket, Rounding, Share
from fieldapp.domain.thai_dates import school_year, school_year_days
from fieldapp.records.reference import setting
from fieldapp.reports.first_help import first_help
from fieldapp.reports.ladder import SETTING, ladder_report
from fieldapp.reports.visit_rollup import visit_rollup
from fieldapp.server.reporting import rounds
from fieldapp.server.year import school_answers
from fieldapp.server.year.reported import Question
from fieldapp.texts import _


class FigureName(StrEnum):
    LISTED = "listed"
    TRACED = "traced"
    RETURNED = "returned"
    NOT_RETURNED = "not_returned"
    VISITS = "visits"
    SCHOOLS_COMPLETE = "schools_complete"
    HELPED = "helped"
    DAYS_TO_HELP = "days_to_help"
    PROTECTED = "protected"
    SAFETY_PLAN = "safety_plan"


# The work is better when these are smaller.
FEWER_IS_BETTER = frozenset({FigureName.NOT_RETURNED, FigureName.DAYS_TO_HELP})
# Counts of their own, of which there is no percentage.
WITHOUT_BASE = frozenset({FigureName.LISTED, FigureName.VISITS, FigureName.DAYS_TO_HELP})
_LADDER = {FigureName.LISTED, FigureName.TRACED, FigureName.RETURNED, FigureName.NOT_RETURNED}
_HELP = {FigureName.HELPED, FigureName.DAYS_TO_HELP}
_SCHOOLS = {FigureName.PROTECTED, FigureName.SAFETY_PLAN}


@dataclass(frozen=True, slots=True)
class Figure:
    """`count` is None where nothing could be counted yet; `base`: of how many, None where it is of nothing. `about`: which round."""

    count: int | None
    base: int | None = None
    about: str = ""
    rounding: Rounding = Rounding.HALF_UP

    @property
    def percent(self) -> Decimal | None:
        if self.count is None or self.base is None:
            return None
        return Share(self.count, self.base, "").percent(self.rounding)

    def to_keep(self) -> dict[str, Any]:
        return {**asdict(self), "rounding": self.rounding.value}


def kept_figure(kept: Mapping[str, Any]) -> Figure:
    return Figure(kept["count"], kept["base"], kept["about"], Rounding(kept["rounding"]))


def figure_choices() -> Sequence[tuple[str, str]]:
    """What each is called, with what it is a part of."""
    return (
        (FigureName.LISTED, _("Children listed")),
        (FigureName.TRACED, _("Traced, of the listed")),
        (FigureName.RETURNED, _("Returned to school, of the traced")),
        (FigureName.NOT_RETURNED, _("Not returned to school, of the traced")),
        (FigureName.VISITS, _("Visits this school year")),
        (FigureName.SCHOOLS_COMPLETE, _("Schools complete in the newest round")),
        (FigureName.HELPED, _("Q1 Children in need who were helped")),
        (FigureName.DAYS_TO_HELP, _("Q1 Days to first help (median)")),
        (FigureName.PROTECTED, _("Q2 Schools where everyone is protected")),
        (FigureName.SAFETY_PLAN, _("Q3 Schools with a safety plan")),
    )


def figures(connection: Connection, district_id: str, as_of: dt.date, wanted: Collection[FigureName]) -> Mapping[FigureName, Figure]:
    """Those that are wanted, as they stood at the end of the day."""
    found: dict[FigureName, Figure] = {}
    if _LADDER.intersection(wanted):
        found |= _of_ladder(connection, district_id, as_of)
    if FigureName.VISITS in wanted:
        first = school_year_days(school_year(as_of))[0]
        found[FigureName.VISITS] = Figure(visit_rollup(connection, district_id, first, as_of).visits)
    if FigureName.SCHOOLS_COMPLETE in wanted:
        found[FigureName.SCHOOLS_COMPLETE] = _schools_complete(connection, district_id, as_of)
    if _HELP.intersection(wanted):
        found |= _of_help(connection, district_id, as_of)
    if _SCHOOLS.intersection(wanted):
        shares = school_answers.shares(connection, district_id, as_of)
        found[FigureName.PROTECTED] = _of(shares[Question.PROTECTED].share)
        found[FigureName.SAFETY_PLAN] = _of(shares[Question.SAFETY_PLAN].share)
    rounding = Rounding(setting(connection, district_id, SETTING).get("rounding", Rounding.HALF_UP))
    return {name: Figure(one.count, one.base, one.about, rounding) for name, one in found.items() if name in wanted}


def _of_ladder(connection: Connection, district_id: str, as_of: dt.date) -> dict[FigureName, Figure]:
    total = ladder_report(connection, district_id, as_of).total
    return {
        FigureName.LISTED: Figure(total.listed),
        FigureName.TRACED: _of(total.traced_share),
        FigureName.RETURNED: _of(total.share(Bucket.RETURNED)),
        FigureName.NOT_RETURNED: _of(total.share(Bucket.NOT_RETURNED)),
    }


def _of_help(connection: Connection, district_id: str, as_of: dt.date) -> dict[FigureName, Figure]:
    help_given = first_help(connection, district_id, school_year_days(school_year(as_of))[0], as_of)
    return {FigureName.HELPED: _of(help_given.share), FigureName.DAYS_TO_HELP: Figure(help_given.median_days)}


def _schools_complete(connection: Connection, district_id: str, as_of: dt.date) -> Figure:
    """In the newest round whose day had come, as of the round's own day."""
    newest = next((one for one in rounds.rounds(connection, district_id) if one.as_of <= as_of), None)
    if newest is None:
        return Figure(None)
    schools = [one for one in rounds.standings(connection, district_id, newest) if one.code != rounds.DISTRICT]
    return Figure(sum(one.is_complete for one in schools), len(schools), newest.name)


def _of(share: Share) -> Figure:
    return Figure(share.count, share.base)
