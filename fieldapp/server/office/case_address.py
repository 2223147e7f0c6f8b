"""The address of a list of cases: from a filter to its address and back, so that every figure can open the list behind it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.datastructures import QueryParams

from fieldapp import words
from fieldapp.domain.care.risk import RiskLevel, RiskSource
from fieldapp.domain.ladder import PRESETS, Bucket
from fieldapp.domain.ladder import TRACED as TRACED_BUCKETS
from fieldapp.domain.received_list import OBEC_LISTS, TRACED_LISTS, ListType
from fieldapp.domain.states import CaseState
from fieldapp.records.reference import setting
from fieldapp.reports.case_filter import CaseFilter, RiskFilter
from fieldapp.reports.ladder import DEFAULT_PRESET, SETTING
from fieldapp.server.office.forms import day_of, member_of
from fieldapp.server.problems import Refused
from fieldapp.texts import _

PATH = "/office/cases"
# Everything that an address of this page may say.
NAMES = (
    "q", "list_type", "list", "state", "bucket", "as_of", "amphoe", "tambon", "moo", "school", "assignee", "unassigned", "overdue",
    "sex", "grade", "disability", "level", "cause", "waiting", "risk", "source", "risk_level", "reason", "seen", "helped", "sort",
)  # fmt: skip
# Sums of several buckets.
_SUMS = {"traced": set(TRACED_BUCKETS), "untraced": set(Bucket) - set(TRACED_BUCKETS)}
_MAX_DAYS = 36_500
# Several lists at once: what is reported to OBEC counts OBEC's own.
OBEC, TRACED = "obec", "traced"
_LISTS = {OBEC: OBEC_LISTS, TRACED: TRACED_LISTS}


def address(**wanted: str | Iterable[str]) -> str:
    """The page with these parameters; what is empty is left out."""
    given = {name: value if isinstance(value, str) else list(value) for name, value in wanted.items() if value}
    return f"{PATH}?{urlencode(given, doseq=True)}" if given else PATH


def wanted_by(query: QueryParams, connection: Connection, district_id: str, today: dt.date) -> CaseFilter:
    """Raises Refused wrong_value for what no page of ours would write."""
    states = {member_of(CaseState, state, "state") for state in query.getlist("state") if state}
    if query.get("bucket"):
        bucket = states_of(query["bucket"], connection, district_id)
        states = states & bucket if states else bucket
    return CaseFilter(
        text=query.get("q", ""),
        list_types=lists_of(query.get("list_type", "")),
        list_id=query.get("list", ""),
        states=tuple(sorted(states)),
        as_of=day_of(query.get("as_of", ""), "as_of", today),
        amphoe=query.get("amphoe", ""),
        tambon=query.get("tambon", ""),
        moo=query.get("moo", ""),
        school=query.get("school", ""),
        assignee=query.get("assignee", ""),
        unassigned=bool(query.get("unassigned")),
        overdue_on=today if query.get("overdue") else None,
        sex=query.get("sex", ""),
        grade=query.get("grade", ""),
        disability=query.get("disability", ""),
        level=query.get("level", ""),
        cause=query.get("cause", ""),
        not_visited_since=_days_ago(query.get("waiting", ""), today),
        risk=risk_by(query) if query.get("risk") else None,
    )


def risk_by(query: QueryParams) -> RiskFilter:
    """What of a risk the address asks for. Raises Refused wrong_value."""
    return RiskFilter(
        source=member_of(RiskSource, query["source"], "source") if query.get("source") else None,
        level=member_of(RiskLevel, query["risk_level"], "risk_level") if query.get("risk_level") else None,
        reason=query.get("reason", ""),
        seen=_yes_or_no(query.get("seen", ""), "seen"),
        helped=_yes_or_no(query.get("helped", ""), "helped"),
    )


def lists_of(text: str) -> tuple[ListType, ...]:
    """The lists that an address asks for; () for all. Raises Refused wrong_value."""
    return _LISTS.get(text) or ((member_of(ListType, text, "list_type"),) if text else ())


def list_choices() -> list[tuple[str, str]]:
    """What `list_type` may say, in words."""
    together = [(TRACED, _("All children who are traced")), (OBEC, _("Both lists of OBEC"))]
    return [*((one.value, words.of(one)) for one in ListType), *together]


def kept(query: QueryParams) -> Mapping[str, str | list[str]]:
    """The parameters that the page knows, for the addresses of its other parts."""
    return {name: query.getlist(name) if name == "state" else query[name] for name in NAMES if query.get(name)}


def states_of(bucket: str, connection: Connection, district_id: str) -> set[CaseState]:
    """The states that the district counts into a bucket of its ladder."""
    buckets = PRESETS[setting(connection, district_id, SETTING).get("preset", DEFAULT_PRESET)]
    wanted = _SUMS.get(bucket) or {member_of(Bucket, bucket, "bucket")}
    return {state for state, of in buckets.items() if of in wanted}


def _yes_or_no(text: str, name: str) -> bool | None:
    if text not in ("", "yes", "no"):
        raise Refused("wrong_value", name)
    return text == "yes" if text else None


def _days_ago(text: str, today: dt.date) -> dt.date | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > _MAX_DAYS:
        raise Refused("wrong_value", "waiting")
    return today - dt.timedelta(days=int(text))
