"""What stands around every page of the year: its pages, and the way to the years before and after."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query, Response

from fieldapp.domain.thai_dates import school_year
from fieldapp.server.office.desk import Desk
from fieldapp.server.year.registers import CHECK, IMPROVEMENTS, LESSONS, PLAN, SUPERVISION, SUPPORT
from fieldapp.texts import _, mark

PATH = "/office/year"
# A BE school year in an address; without one the present year.
Year = Annotated[int | None, Query(ge=2500, le=2700)]

_TABS = (
    ("", "", mark("The year at a glance")),
    ("plan", PLAN.step, PLAN.caption),
    ("calendar", "", mark("Calendar")),
    ("supervision", SUPERVISION.step, SUPERVISION.caption),
    ("support", SUPPORT.step, SUPPORT.caption),
    ("check", CHECK.step, CHECK.caption),
    ("improvements", IMPROVEMENTS.step, IMPROVEMENTS.caption),
    ("lessons", LESSONS.step, LESSONS.caption),
    ("indicators", "", mark("Indicators Q1–Q3")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    path: str
    step: str
    caption: str
    here: bool


def year_or_now(desk: Desk, year: int | None) -> int:
    return year or school_year(desk.today)


def at(path: str, year: int, **more: str) -> str:
    """The address of a page of the year; what is empty is left out."""
    query = "&".join(f"{name}={value}" for name, value in {"year": str(year), **more}.items() if value)
    return f"{PATH}/{path}?{query}" if path else f"{PATH}?{query}"


def show(desk: Desk, template: str, here: str, year: int, /, status: int = 200, **content: Any) -> Response:
    """A page of the year; `here` is the path of its tab."""
    tabs = [Tab(at(path, year), step, _(caption), path == here) for path, step, caption in _TABS]
    near = [(other, at(here, other)) for other in (year - 1, year + 1)]
    return desk.show(f"year/{template}", status, tabs=tabs, near=near, year=year, year_at=at, **content)
