"""One register of the year: its table with search, its form, saving, removing and putting back, its spreadsheet. The same for all."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from fieldapp.domain.identifiers import new_id
from fieldapp.records.reference import person_names
from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.server.audit import Action
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.office.year import frame, typed
from fieldapp.server.office.year.frame import Year, at, year_or_now
from fieldapp.server.office.year.shown import Shown, year_words
from fieldapp.server.office.year.typed import Typed
from fieldapp.server.problems import Refused
from fieldapp.server.year import entries, evaluations, names
from fieldapp.server.year.entries import Entry, Wanted
from fieldapp.server.year.fields import Kind, Register, Values
from fieldapp.server.year.figures import kept_figure
from fieldapp.server.year.recognised import names_a_child
from fieldapp.server.year.registers import BY_PATH, CHECK, LESSONS
from fieldapp.texts import _

router = APIRouter(prefix="/year")

Part = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/{path}")
@page()
def table(desk: Desk, path: str, year: Year = None, q: str = "", overdue: str = "", removed: str = "", part: Part = 1) -> Response:
    register, shown_year = _register(path), year_or_now(desk, year)
    wanted = Wanted(shown_year, desk.today, q.strip(), bool(overdue), bool(removed))
    total = entries.count(desk.connection, desk.district_id, register, wanted)
    query = {"year": str(shown_year), "q": wanted.text, "overdue": overdue, "removed": removed}
    pager = tables.pager(f"{frame.PATH}/{path}", query, part, total)
    found = entries.part(desk.connection, desk.district_id, register, wanted, pager.offset, pager.size)
    return frame.show(
        desk,
        "register.html",
        path,
        shown_year,
        register=register,
        wanted=wanted,
        pager=pager,
        found=found,
        shown=Shown(names.schools(desk.connection, desk.district_id)),
        people=person_names(desk.connection, desk.district_id, [one.removed_by for one in found if one.removed_by]),
        compared={
            one.entry.id: one
            for one in (evaluations.beside_today(desk.connection, desk.district_id, found, desk.today) if register is CHECK else ())
        },
    )


@router.get("/{path}/new")
@page()
def new(desk: Desk, path: str, year: Year = None) -> Response:
    register, of_year = _register(path), year_or_now(desk, year)
    blank = {one.name: None for one in register.fields} | _proposed(register, desk)
    return _form(desk, register, new_id(), of_year, typed.of_values(register, blank), None)


@router.get("/{path}/xlsx")
@page()
def file(desk: Desk, path: str, year: Year = None, q: str = "", overdue: str = "") -> Response:
    register, of_year = _register(path), year_or_now(desk, year)
    wanted = Wanted(of_year, desk.today, q.strip(), bool(overdue))
    found = entries.part(desk.connection, desk.district_id, register, wanted)
    shown = Shown(names.schools(desk.connection, desk.district_id))
    header = [_(one.caption) for one in register.fields]
    lines: list[list[Cell]] = [[shown.said(one, entry.values[one.name]) for one in register.fields] for entry in found]
    if register is CHECK:
        header += [_("Figure then"), _("Of"), _("Percent"), _("Round"), _("Figure now"), _("Of")]
        compared = evaluations.beside_today(desk.connection, desk.district_id, found, desk.today)
        for line, one in zip(lines, compared, strict=True):
            line += [one.then.count, one.then.base, one.then.percent, one.then.about, one.now.count, one.now.base]
    desk.note(Action.EXPORTED, f"year/{path}", {"year": of_year, "entries": len(lines)})
    sheet = Sheet(_(register.caption), header, lines, (f"{_(register.caption)} · {year_words(of_year)}",))
    return spreadsheet(workbook([sheet]), f"{path}-{of_year}")


@router.get("/{path}/{entry_id}")
@page()
def one_entry(desk: Desk, path: str, entry_id: str) -> Response:
    register = _register(path)
    kept = entries.find(desk.connection, desk.district_id, register, entry_id, desk.today)
    return _form(desk, register, kept.id, kept.year, typed.of_values(register, kept.values), kept)


@router.post("/{path}/{entry_id}")
@page()
def save(desk: Desk, path: str, entry_id: str, year: Year = None) -> Response:
    """`version` is the one that stood in the form; 0 for a new entry."""
    register, page_year = _register(path), year_or_now(desk, year)
    seen = desk.form.number("version") or 0
    kept = entries.find(desk.connection, desk.district_id, register, entry_id, desk.today) if seen else None
    if len(entry_id) > len(new_id()) or (kept and kept.removed_at):
        raise Refused("unknown_record", "id")
    given = typed.read(register, desk.form, desk.today, _schools(desk, register))
    if given.problems:
        return _form(desk, register, entry_id, page_year, given, kept, status=422)
    values = _counted(desk, register, given.values, kept)
    by = desk.caller.person_id
    if kept is None:
        entries.add(desk.connection, desk.district_id, register, entry_id, page_year, values, by, desk.now)
        _note(desk, register, entry_id, "added", sorted(one.name for one in register.fields))
    else:
        changed = entries.change(desk.connection, desk.district_id, register, kept, values, seen, by, desk.now)
        if changed:
            _note(desk, register, entry_id, "changed", changed)
    return desk.go(at(path, entries.year_of(register, values, kept.year if kept else page_year)), _said_after(desk, register, values))


@router.post("/{path}/{entry_id}/remove")
@page()
def remove(desk: Desk, path: str, entry_id: str) -> Response:
    register, kept = _kept(desk, path, entry_id)
    entries.remove(desk.connection, desk.district_id, register, kept, desk.form.number("version") or 0, desk.caller.person_id, desk.now)
    _note(desk, register, entry_id, "removed", [])
    return desk.go(at(path, kept.year), _("Removed. It can be put back: see “Removed entries” below the table."))


@router.post("/{path}/{entry_id}/put-back")
@page()
def put_back(desk: Desk, path: str, entry_id: str) -> Response:
    register, kept = _kept(desk, path, entry_id)
    entries.put_back(desk.connection, desk.district_id, register, kept, desk.form.number("version") or 0, desk.caller.person_id, desk.now)
    _note(desk, register, entry_id, "put_back", [])
    return desk.go(at(path, kept.year), _("Put back"))


@router.get("/lessons/{entry_id}/print")
@page()
def lesson(desk: Desk, entry_id: str) -> Response:
    """A sheet to hand out."""
    kept = entries.find(desk.connection, desk.district_id, LESSONS, entry_id, desk.today)
    schools = names.schools(desk.connection, desk.district_id)
    return frame.show(desk, "lesson.html", LESSONS.path, kept.year, entry=kept, school=schools.get(kept.values["school_code"], ""))


def _form(desk: Desk, register: Register, entry_id: str, year: int, given: Typed, kept: Entry | None, status: int = 200) -> Response:
    who = {by for by in (kept.created_by, kept.changed_by, kept.removed_by) if by} if kept else set()
    has_who = any(one.kind is Kind.WHO for one in register.fields)
    return frame.show(
        desk,
        "form.html",
        register.path,
        year,
        status,
        register=register,
        entry_id=entry_id,
        given=given,
        kept=kept,
        kept_figure=kept_figure(kept.values["figure"]) if kept and register is CHECK else None,
        people=person_names(desk.connection, desk.district_id, who),
        schools=_schools(desk, register),
        proposed=names.people(desk.connection, desk.district_id) if has_who else (),
    )


def _schools(desk: Desk, register: Register) -> dict[str, str]:
    has_school = any(one.kind is Kind.SCHOOL for one in register.fields)
    return names.schools(desk.connection, desk.district_id) if has_school else {}


def _proposed(register: Register, desk: Desk) -> Values:
    """What is most often so, in the blank form."""
    first_choices = {one.name: one.options()[0][0] for one in register.fields if one.kind is Kind.CHOICE and one.required}
    dated = {register.dated_by: desk.today} if register.dated_by else {}
    return {**first_choices, **dated}


def _said_after(desk: Desk, register: Register, values: Values) -> str:
    if register is LESSONS and names_a_child(desk.connection, desk.district_id, f"{values['title']} {values['text']}"):
        return _("Saved, but look again: the text contains the name of a child on the lists. Take it out before you share it.")
    return _("Saved")


def _counted(desk: Desk, register: Register, values: Values, kept: Entry | None) -> Values:
    if register is not CHECK:
        return values
    return evaluations.with_figure(desk.connection, desk.district_id, values, kept, desk.caller.person_id, desk.now)


def _register(path: str) -> Register:
    if path not in BY_PATH:
        raise Refused("not_found")
    return BY_PATH[path]


def _kept(desk: Desk, path: str, entry_id: str) -> tuple[Register, Entry]:
    register = _register(path)
    return register, entries.find(desk.connection, desk.district_id, register, entry_id, desk.today)


def _note(desk: Desk, register: Register, entry_id: str, what: str, fields: list[str]) -> None:
    desk.note(Action.CHANGED, f"year/{register.path}/{entry_id}", {"what": what, "fields": fields})
