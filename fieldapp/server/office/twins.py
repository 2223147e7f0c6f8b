"""Likely duplicates: the pairs, one pair side by side, and deciding about it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection, select

from fieldapp.domain.conflict import wire_value
from fieldapp.domain.twins import Trait
from fieldapp.error_words import refusals
from fieldapp.records import tables as record_tables
from fieldapp.records.reference import person_names, school_names
from fieldapp.server.audit import Action
from fieldapp.server.deciding import telling
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.twins import deciding, verdicts
from fieldapp.server.twins.deciding import Side
from fieldapp.server.twins.finding import open_twins
from fieldapp.server.twins.verdicts import Verdict
from fieldapp.texts import _

PATH = "/office/twins"
router = APIRouter(prefix="/twins")

# As they stand side by side; what only lists know is not asked.
FIELDS = (
    "title", "given_name", "family_name", "national_id", "g_code", "birth_on", "birth_precision", "sex", "nationality", "house_no", "moo",
    "village", "tambon_code", "guardian_name", "guardian_relation", "guardian_phone", "father_name", "mother_name", "last_school_name",
    "last_grade", "last_school_year", "disability", "disadvantage",
)  # fmt: skip


@router.get("")
@page()
def index(desk: Desk, show: str = "", part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    connection, district_id = desk.connection, desk.district_id
    if show == "decided":
        pager = tables.pager(PATH, {"show": show}, part, verdicts.count(connection, district_id))
        said = verdicts.newest(connection, district_id, pager.offset, pager.size)
        children = _children(connection, district_id, {one for each in said for one in (each.first, each.second)})
        people = person_names(connection, district_id, {each.by for each in said})
        desk.note(Action.VIEWED, "twins", {"children": sorted(children)})
        return desk.show("twins/decided.html", said=said, children=children, people=people, pager=pager, same=Verdict.SAME)
    found = open_twins(connection, district_id)
    pager = tables.pager(PATH, {}, part, len(found))
    shown = found[pager.offset : pager.offset + pager.size]
    children = _children(connection, district_id, {one for pair in shown for one in (pair.first, pair.second)})
    desk.note(Action.VIEWED, "twins", {"children": sorted(children)})
    return desk.show("twins/list.html", pairs=shown, children=children, pager=pager, trait=trait_word)


@router.get("/{first}/{second}")
@page()
def pair(desk: Desk, first: str, second: str) -> Response:
    return _show(desk, first, second)


@router.post("/{first}/{second}")
@page()
def decide(desk: Desk, first: str, second: str) -> Response:
    note = desk.form.text("note", longest=4000)
    choice = desk.form.text("choice")
    connection, district_id, by = desk.connection, desk.district_id, desk.caller.person_id
    if choice == "different":
        deciding.keep_apart(connection, district_id, _pair(first, second), note, by=by, now=desk.now)
        desk.note(Action.CHANGED, first, {"not_twin_of": second})
        return desk.go(PATH, _("Noted: two children. The pair is not shown again."))
    if choice not in (first, second):
        return _show(desk, first, second, problem=_("Choose which card goes on."), note=note)
    going = second if choice == first else first
    deciding.merge(
        connection,
        district_id,
        staying=choice,
        going=going,
        take_over=desk.form.texts("take"),
        note=note,
        by=by,
        on=desk.today,
        now=desk.now,
    )
    return desk.go(PATH, _("Put together. Both histories stay; it can be undone among the decided ones."))


@router.post("/{first}/{second}/undo")
@page()
def undo(desk: Desk, first: str, second: str) -> Response:
    deciding.undo(desk.connection, desk.district_id, _pair(first, second), by=desk.caller.person_id, on=desk.today, now=desk.now)
    desk.note(Action.CHANGED, first, {"undone_with": second})
    return desk.go(PATH, _("Undone: the pair is open again."))


def trait_word(trait: Trait) -> str:
    if trait is Trait.PLACE:
        return _("village")
    return refusals.field(trait.value)


def _show(desk: Desk, first: str, second: str, problem: str = "", note: str = "") -> Response:
    connection, district_id = desk.connection, desk.district_id
    sides = [deciding.side(connection, district_id, child_id) for child_id in (first, second)]
    for one in sides:
        desk.note(Action.VIEWED, one.child.id, {"cases": [case.id for case in one.cases]})
    cases = [case for one in sides for case in one.cases]
    said = verdicts.find(connection, district_id, *_pair(first, second))
    people = {case.assignee_id for case in cases if case.assignee_id} | ({said.by} if said else set())
    return desk.show(
        "twins/pair.html",
        422 if problem else 200,
        sides=sides,
        rows=_rows(sides),
        said=said if said and said.verdict is not Verdict.OPEN else None,
        same=Verdict.SAME,
        people=person_names(connection, district_id, people),
        schools=school_names(connection, district_id, {case.school_code for case in cases if case.school_code}),
        better=_better(sides),
        problem=problem,
        note=note,
    )


def _rows(sides: list[Side]) -> list[tuple[str, str, str, str, bool]]:
    """(field, its word, both values, whether they agree) of what at least one card says."""
    first, second = (one.child for one in sides)
    told = []
    for name in FIELDS:
        values = [wire_value(getattr(child, name)) for child in (first, second)]
        if any(value not in ("", None, "unknown") for value in values):
            words = [telling.value(name, value) for value in values]
            told.append((name, refusals.field(name), words[0], words[1], values[0] == values[1]))
    return told


def _better(sides: list[Side]) -> str:
    """The card that is proposed to go on: that which was worked on last, or is assigned."""

    def weight(one: Side) -> tuple[bool, bool, str]:
        home = one.home
        return (bool(home and home.last_visit_on), bool(home and home.assignee_id), one.child.id)

    return max(sides, key=weight).child.id


def _pair(first: str, second: str) -> tuple[str, str]:
    one, other = sorted((first, second))
    return one, other


def _children(connection: Connection, district_id: str, ids: set[str]) -> dict[str, Any]:
    table = record_tables.child
    query = select(table).where(table.c.district_id == district_id, table.c.id.in_(ids))
    return {row.id: row for row in connection.execute(query)}
