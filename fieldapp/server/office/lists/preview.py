"""One list: what of it is new, gone, changed or doubtful; its rows by finding; accepting what is good, dropping it, taking it back."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.lists import browsing, jobs, mending, staging, undoing, undoing_risks, work
from fieldapp.server.lists.browsing import Import, RowFilter
from fieldapp.server.lists.findings import CODES, Severity
from fieldapp.server.lists.row_work import known_as_same
from fieldapp.server.lists.words import finding_words
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.lists.index import PATH, office_of
from fieldapp.server.office.lists.row import hand_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.problems import Refused
from fieldapp.texts import _, ngettext

router = APIRouter(prefix="/lists/{list_id}")

_FILTERS = ("q", "state", "standing", "weight", "code")
_STAYING_SHOWN = 50
_Part = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("")
@page()
def preview(desk: Desk, list_id: str, part: _Part = 1) -> Response:
    connection, district_id = desk.connection, desk.district_id
    begun = browsing.find(connection, district_id, list_id)
    progress = jobs.progress(connection, district_id, list_id)
    if progress.job:
        return desk.show("lists/progress.html", begun=begun, progress=progress)
    if begun.state == "mapping":
        return desk.go(f"{PATH}/{list_id}/columns")
    given = {name: desk.query.get(name, "") for name in _FILTERS}
    wanted = RowFilter(given["q"], given["state"], given["standing"], given["weight"], given["code"])
    pager = tables.pager(f"{PATH}/{list_id}", given, part, browsing.row_count(connection, district_id, list_id, wanted))
    rows = browsing.rows(connection, district_id, list_id, wanted, pager.offset, pager.size)
    desk.note(Action.VIEWED, "list", {"list": list_id, "rows": [row.row_number for row in rows]})
    return desk.show(
        "lists/preview.html",
        begun=begun,
        counts=browsing.counts(connection, district_id, begun),
        rows=rows,
        pager=pager,
        given=given,
        may_accept=given["code"] in CODES and CODES[given["code"]] is Severity.WARNING,
        finding=finding_words,
        severity=CODES,
    )


@router.get("/gone")
@page()
def gone(desk: Desk, list_id: str, part: _Part = 1) -> Response:
    """Who was on the list before and is not on this one."""
    connection, district_id = desk.connection, desk.district_id
    begun = browsing.find(connection, district_id, list_id)
    pager = tables.pager(f"{PATH}/{list_id}/gone", {}, part, browsing.gone_count(connection, district_id, begun))
    case_ids = browsing.gone_cases(connection, district_id, begun, pager.offset, pager.size)
    wanted = CaseFilter(case_ids=frozenset(case_ids))
    rows = listing.part(connection, district_id, wanted, SortBy.NAME, 0, pager.size) if case_ids else []
    desk.note(Action.VIEWED, "cases", {"cases": case_ids})
    return desk.show("lists/gone.html", begun=begun, rows=rows, pager=pager)


@router.get("/mend")
@page()
def mend(desk: Desk, list_id: str) -> Response:
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    desk.note(Action.EXPORTED, "list", {"list": list_id})
    return spreadsheet(mending.to_mend(desk.connection, desk.district_id, begun), f"to-mend-{begun.as_of.isoformat()}")


@router.post("/accept")
@page()
def accept(desk: Desk, list_id: str) -> Response:
    """All rows that are good, or all with one finding, for a reason."""
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    if begun.state not in ("checked", "taken"):
        raise Refused("mismatch", "list")
    code, reason = desk.form.text("code"), desk.form.text("reason")
    if code and (CODES.get(code) is not Severity.WARNING or not reason):
        raise Refused("wrong_value", "code")
    return _start(desk, begun, "take", {"code": code, "reason": reason})


@router.post("/known")
@page()
def known(desk: Desk, list_id: str) -> Response:
    """Rows that name children who are being traced already."""
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    count = known_as_same(hand_of(desk, begun))
    said = ngettext("{count} row belongs to a case that is open already.", "{count} rows belong to cases that are open already.", count)
    return desk.go(f"{PATH}/{list_id}", said.format(count=f"{count:,}"))


@router.post("/again")
@page()
def again(desk: Desk, list_id: str) -> Response:
    """The work that broke off, with the same order."""
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    if not begun.job:
        return desk.go(f"{PATH}/{list_id}")
    return _start(desk, begun, begun.job, begun.job_order)


@router.post("/leave")
@page()
def leave(desk: Desk, list_id: str) -> Response:
    """Not again: what is done stays, the rest is left as it is."""
    progress = jobs.progress(desk.connection, desk.district_id, list_id)
    if progress.alive:
        raise Refused("mismatch", "list")
    jobs.settle(desk.connection, desk.district_id, list_id)
    return desk.go(f"{PATH}/{list_id}")


@router.post("/drop")
@page()
def drop(desk: Desk, list_id: str) -> Response:
    """Forget a file of which nothing was taken."""
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    if begun.state not in ("mapping", "checked") or jobs.progress(desk.connection, desk.district_id, list_id).alive:
        raise Refused("mismatch", "list")
    staging.drop(desk.connection, desk.district_id, list_id)
    desk.note(Action.CHANGED, "list", {"list": list_id, "dropped": begun.source_name})
    return desk.go(PATH, _("The file was dropped. Nothing of it is in the district."))


@router.get("/undo")
@page()
def undo_preview(desk: Desk, list_id: str) -> Response:
    connection, district_id = desk.connection, desk.district_id
    begun = browsing.find(connection, district_id, list_id)
    stays = undoing.staying(connection, district_id, list_id)
    shown = frozenset(stay.case_id for stay in stays[:_STAYING_SHOWN])
    rows = listing.part(connection, district_id, CaseFilter(case_ids=shown), SortBy.NAME, 0, _STAYING_SHOWN) if shown else []
    desk.note(Action.VIEWED, "cases", {"cases": sorted(shown)})
    return desk.show(
        "lists/undo.html",
        begun=begun,
        withdrawable=undoing.withdrawable(connection, district_id, list_id),
        risks=undoing_risks.left(connection, district_id, list_id),
        stays=len(stays),
        why={stay.case_id: stay.why for stay in stays},
        rows=rows,
    )


@router.post("/undo")
@page()
def undo(desk: Desk, list_id: str) -> Response:
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    if begun.state not in ("taken", "undone"):
        raise Refused("mismatch", "list")
    desk.note(Action.CHANGED, "list", {"list": list_id, "undone": True})
    return _start(desk, begun, "undo", {})


def _start(desk: Desk, begun: Import, job: str, order: object) -> Response:
    assert isinstance(order, dict)
    started = work.start(office_of(desk), begun.id, job, order)
    return desk.go(f"{PATH}/{begun.id}", "" if started else _("Another list is being worked on. Try again when it is done."))
