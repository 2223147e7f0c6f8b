"""One row of a list: its cells, what was found, who looked at it; and what a person makes of it."""

from typing import Any

from fastapi import APIRouter, Response

from fieldapp.domain.identifiers import CaseId, ChildId
from fieldapp.records.reference import person_names
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server.audit import Action
from fieldapp.server.cases import listing
from fieldapp.server.cases.listing import CaseRow, SortBy
from fieldapp.server.deciding import telling
from fieldapp.server.lists import browsing, row_work
from fieldapp.server.lists.browsing import Import
from fieldapp.server.lists.findings import CODES
from fieldapp.server.lists.listed_risks import from_json
from fieldapp.server.lists.mapping import ColumnMapping
from fieldapp.server.lists.row_work import Hand
from fieldapp.server.lists.words import act_words, field_words, finding_words
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.problems import Refused
from fieldapp.texts import _

router = APIRouter(prefix="/lists/{list_id}/rows/{number}")

_CANDIDATES = 8


@router.get("")
@page()
def row(desk: Desk, list_id: str, number: int, q: str = "") -> Response:
    connection, district_id = desk.connection, desk.district_id
    begun = browsing.find(connection, district_id, list_id)
    found = browsing.row(connection, district_id, list_id, number)
    cells = row_work.cells_of(found)
    mapping = row_work.columns_of(begun)
    fields = [
        (name, _caption(begun, mapping, name, place), row_work.shown(cells[place] if place < len(cells) else None))
        for name, place in sorted(mapping.places().items(), key=lambda pair: pair[1])
    ]
    notes = row_work.notes(connection, district_id, list_id, number)
    likely = found.likely_id or (found.child_id if found.standing in ("again", "changed") else "")
    others = _cases_of(desk, likely, q)
    desk.note(Action.VIEWED, found.child_id or "list", {"list": list_id, "rows": [number], "cases": [one.case_id for one in others]})
    return desk.show(
        "lists/row.html",
        begun=begun,
        row=found,
        fields=fields,
        labels=begun.layout.labels,
        findings=[
            (finding_words(one["code"], one["other_row"]), CODES[one["code"]], one) for one in found.findings if one["code"] in CODES
        ],
        notes=notes,
        act=act_words,
        field=field_words,
        told=telling.value,
        people=person_names(connection, district_id, [note.by for note in notes]),
        others=others,
        q=q,
        open=found.state in ("staged", "kept_back"),
        typable=found.state in ("staged", "kept_back", "no_risk"),
        risks=[from_json(one) for one in found.risks or ()],
        after=browsing.next_open(connection, district_id, list_id, number),
        known=SqlRecords(connection, district_id).child(ChildId(likely)) if likely else None,
    )


@router.post("/correct")
@page()
def correct(desk: Desk, list_id: str, number: int) -> Response:
    begun, found = _found(desk, list_id, number)
    values = {name: desk.form.text(name) for name in row_work.columns_of(begun).places() if name in desk.form.data}
    row_work.correct(hand_of(desk, begun), found, values)
    return desk.go(_path(list_id, number), _("Checked again with what you typed."))


@router.post("/accept")
@page()
def accept(desk: Desk, list_id: str, number: int) -> Response:
    begun, found = _found(desk, list_id, number)
    reason = desk.form.text("reason")
    if found.weight != "good" and not reason:
        raise Refused("wrong_value", "reason")
    row_work.accept(hand_of(desk, begun), found, reason)
    return _on(desk, list_id, number, _("Accepted: the child is on the district's list now."))


@router.post("/drop")
@page()
def drop(desk: Desk, list_id: str, number: int) -> Response:
    begun, found = _found(desk, list_id, number)
    reason = desk.form.text("reason")
    if not reason:
        raise Refused("wrong_value", "reason")
    row_work.drop(hand_of(desk, begun), found, reason)
    return _on(desk, list_id, number, _("Dropped. The row stays here with your reason."))


@router.post("/same")
@page()
def same(desk: Desk, list_id: str, number: int) -> Response:
    begun, found = _found(desk, list_id, number)
    case = SqlRecords(desk.connection, desk.district_id).case(CaseId(desk.form.text("case")))
    if case is None:
        raise Refused("unknown_record", "case")
    row_work.same_child(hand_of(desk, begun), found, case.child_id, desk.form.text("reason"))
    return _on(desk, list_id, number, _("Noted as the same child."))


@router.post("/card")
@page()
def card(desk: Desk, list_id: str, number: int) -> Response:
    begun, found = _found(desk, list_id, number)
    row_work.update_card(hand_of(desk, begun), found, desk.form.texts("field"))
    return desk.go(_path(list_id, number), _("The card has the values of the list now."))


@router.post("/reopen")
@page()
def reopen(desk: Desk, list_id: str, number: int) -> Response:
    begun, found = _found(desk, list_id, number)
    row_work.reopen(hand_of(desk, begun), found)
    return desk.go(_path(list_id, number))


def _caption(begun: Import, mapping: ColumnMapping, name: str, place: int) -> str:
    """What a cell is called: an aspect by its heading."""
    return mapping.label(place) if ":" in name else field_words(name, at_school=begun.risk_source is not None)


def hand_of(desk: Desk, begun: Import) -> Hand:
    return Hand(desk.connection, desk.district_id, begun, desk.caller.person_id, desk.now)


def _found(desk: Desk, list_id: str, number: int) -> tuple[Import, Any]:
    begun = browsing.find(desk.connection, desk.district_id, list_id)
    if begun.state not in ("checked", "taken"):
        raise Refused("mismatch", "list")
    return begun, browsing.row(desk.connection, desk.district_id, list_id, number)


def _cases_of(desk: Desk, child_id: str, text: str) -> tuple[CaseRow, ...]:
    """Cases of whom the person looks for, else of the child that the checks point at."""
    wanted = CaseFilter(text=text)
    if not text:
        case_ids = browsing.cases_of_child(desk.connection, desk.district_id, child_id) if child_id else frozenset()
        if not case_ids:
            return ()
        wanted = CaseFilter(case_ids=case_ids)
    return listing.part(desk.connection, desk.district_id, wanted, SortBy.NAME, 0, _CANDIDATES)


def _on(desk: Desk, list_id: str, number: int, notice: str) -> Response:
    """To the next row that waits, or back to the list."""
    after = browsing.next_open(desk.connection, desk.district_id, list_id, number)
    return desk.go(_path(list_id, after) if after else f"/office/lists/{list_id}", notice)


def _path(list_id: str, number: int) -> str:
    return f"/office/lists/{list_id}/rows/{number}"
