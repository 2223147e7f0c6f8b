"""The risk list: who is at risk and why, each reason with its source and day; filtered, in parts, and as a spreadsheet."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from starlette.datastructures import QueryParams

from fieldapp import phrases, words
from fieldapp.domain.care.risk import RiskLevel, RiskSource
from fieldapp.domain.national_id import masked
from fieldapp.records.reference import active_school_names
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.reports.places import amphoe_codes, place_name
from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing, risks
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.cases.risks import RiskRow
from fieldapp.server.office import tables
from fieldapp.server.office.case_address import kept, list_choices, wanted_by
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import spreadsheet
from fieldapp.texts import _

PATH = "/office/risks"
# More than a district has pupils.
_MOST = 60_000
_SORTS = (SortBy.RISK, SortBy.NAME, SortBy.SCHOOL, SortBy.PLACE, SortBy.VISITED)

router = APIRouter(prefix="/risks")


@router.get("")
@page()
def risk_list(desk: Desk, part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    connection, district_id = desk.connection, desk.district_id
    query = asked(desk)
    wanted, sort = wanted_by(query, connection, district_id, desk.today), sort_of(query)
    pager = tables.pager(PATH, kept(query), part, listing.count(connection, district_id, wanted))
    rows = risks.part(connection, district_id, wanted, sort, pager.offset, pager.size)
    desk.note(Action.VIEWED, "cases", {"cases": [row.case.case_id for row in rows]})
    return desk.show(
        "risks/index.html",
        rows=rows,
        pager=pager,
        given=kept(query),
        query=urlencode(kept(query), doseq=True),
        sort=sort.value,
        sources=list(RiskSource),
        levels=list(RiskLevel),
        reasons=[(reason, f"{words.risk_reason(reason)} ({count:,})") for reason, count in risks.reasons(connection, district_id)],
        schools=active_school_names(connection, district_id).items(),
        list_types=list_choices(),
        amphoe=[(code, place_name(code)) for code in amphoe_codes()],
    )


@router.get("/xlsx")
@page()
def risk_spreadsheet(desk: Desk) -> Response:
    """All that the filter selects, a line a risk. Numbers of cards are shortened: the file leaves the office."""
    query = asked(desk)
    wanted = wanted_by(query, desk.connection, desk.district_id, desk.today)
    rows = risks.part(desk.connection, desk.district_id, wanted, sort_of(query), 0, _MOST)
    desk.note(Action.EXPORTED, "cases", {"cases": [row.case.case_id for row in rows]})
    header = (
        _("ID number"), _("Name"), _("School"), _("Class"), _("Address"), _("List"), _("Reason"), _("Level"), _("Source"), _("Found on"),
        _("Last visit"), _("Last help"),
    )  # fmt: skip
    lines = [line for row in rows for line in _lines(row)]
    return spreadsheet(workbook([Sheet(_("Risk list"), header, lines)]), f"risks-{desk.today.isoformat()}")


def asked(desk: Desk) -> QueryParams:
    """The address with what this page always asks for."""
    return QueryParams([*((name, value) for name, value in desk.query.multi_items() if name != "risk"), ("risk", "yes")])


def sort_of(query: QueryParams) -> SortBy:
    return SortBy(query["sort"]) if query.get("sort") in _SORTS else SortBy.RISK


def ticked_or_all(desk: Desk) -> CaseFilter | None:
    """The ticked children, or all that the filter selects; None where nothing was ticked."""
    if desk.query.get("of") == "all":
        return wanted_by(asked(desk), desk.connection, desk.district_id, desk.today)
    chosen = frozenset(one for one in desk.query.getlist("case") if one)
    return CaseFilter(case_ids=chosen) if chosen else None


def _lines(row: RiskRow) -> list[Sequence[Cell]]:
    case = row.case
    who: list[Cell] = [
        masked(case.national_id or case.g_code),
        phrases.full_name(case),
        case.school_name,
        case.grade,
        phrases.place(case.house_no, case.moo, case.tambon_code, case.village),
        words.of(case.list_type),
    ]
    after: list[Cell] = [phrases.day(on) if on else "" for on in (case.last_visit_on, row.helped_on)]
    return [
        [*who, words.risk_reason(risk.reason), words.of(risk.level), words.of(risk.source), phrases.day(risk.on), *after]
        for risk in row.risks
    ]
