"""Which cases are to be assigned: the list with its filters; ticked ones or all of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from starlette.datastructures import QueryParams

from fieldapp.domain.states import COUNTED
from fieldapp.records import tables as record_tables
from fieldapp.reports.places import amphoe_codes, place_name, tambon_codes
from fieldapp.server.assigning import plans
from fieldapp.server.assigning.chosen import MOST
from fieldapp.server.assigning.targets import read_targets
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.office import tables
from fieldapp.server.office.case_address import kept, list_choices, wanted_by
from fieldapp.server.office.desk import Desk, page

PATH = "/office/assign"
# What the bare address means: who has nobody yet.
_FIRST = QueryParams({"unassigned": "yes", "sort": "place"})
_PART = 100

router = APIRouter(prefix="/assign")


@router.get("")
@page()
def choose(desk: Desk, part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    shown = choice(desk, desk.query or _FIRST, PATH, part)
    return desk.show("assign/choose.html", most=MOST, recent=plans.recent(desk.connection, desk.district_id), **shown)


def choice(desk: Desk, query: QueryParams, path: str, part: int) -> dict[str, Any]:
    """A list of cases with its filters, to choose from."""
    wanted = wanted_by(query, desk.connection, desk.district_id, desk.today)
    sort = SortBy(query["sort"]) if query.get("sort") in set(SortBy) else SortBy.PLACE
    total = listing.count(desk.connection, desk.district_id, wanted)
    pager = tables.pager(path, kept(query), part, total, _PART)
    rows = listing.part(desk.connection, desk.district_id, wanted, sort, pager.offset, pager.size)
    desk.note(Action.VIEWED, "cases", {"cases": [row.case_id for row in rows]})
    return {
        "rows": rows,
        "pager": pager,
        "given": kept(query),
        "states": list(COUNTED),
        "list_types": list_choices(),
        "amphoe": [(code, place_name(code)) for code in amphoe_codes()],
        "tambon": [(code, f"{place_name(code)} · {place_name(code[:4])}") for code in tambon_codes(query.get("amphoe", ""))],
        "targets": read_targets(desk.connection, desk.district_id, desk.today),
        "lists": _lists(desk),
    }


def _lists(desk: Desk) -> list[tuple[str, str]]:
    table = record_tables.received_list
    query = select(table.c.id, table.c.round, table.c.source_name).where(table.c.district_id == desk.district_id)
    return [(row.id, f"{row.round} · {row.source_name}") for row in desk.connection.execute(query.order_by(table.c.imported_at.desc()))]
