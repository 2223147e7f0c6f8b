"""Q2 and Q3 as tables of schools to fill in: yes or no, since when, and where the paper is."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from fieldapp import phrases
from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.server.audit import Action
from fieldapp.server.office import tables
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.forms import Form, member_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.office.year import frame
from fieldapp.server.office.year.frame import Year, at, year_or_now
from fieldapp.server.office.year.shown import year_words
from fieldapp.server.problems import Refused
from fieldapp.server.year import school_answers
from fieldapp.server.year.reported import Question
from fieldapp.server.year.school_answers import Answer, SchoolAnswer
from fieldapp.texts import _, ngettext

router = APIRouter(prefix="/year/schools")

_YES, _NO = "yes", "no"
_ALL = 100_000


@router.get("/{asked}")
@page()
def table(desk: Desk, asked: str, year: Year = None, q: str = "", part: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> Response:
    question, of_year, text = member_of(Question, asked, "question"), year_or_now(desk, year), q.strip()
    total = school_answers.count_schools(desk.connection, desk.district_id, text)
    pager = tables.pager(f"{frame.PATH}/schools/{asked}", {"year": str(of_year), "q": text}, part, total)
    rows = school_answers.answers(desk.connection, desk.district_id, of_year, question, text, pager.offset, pager.size)
    return frame.show(
        desk,
        "schools.html",
        "indicators",
        of_year,
        rows=rows,
        pager=pager,
        text=text,
        question=question,
        caption=caption(question),
        hint=hint(question),
    )


@router.post("/{asked}")
@page()
def save(desk: Desk, asked: str, year: Year = None) -> Response:
    question, of_year = member_of(Question, asked, "question"), year_or_now(desk, year)
    given = {code: _answer(desk.form, code, desk) for code in desk.form.texts("school")}
    by = desk.caller.person_id
    changed = school_answers.keep(desk.connection, desk.district_id, of_year, question, given, by, desk.now)
    for code in changed:
        answer = given[code]
        detail = {"year": of_year, "yes": answer.yes if answer else None, "on": answer.on.isoformat() if answer and answer.on else ""}
        desk.note(Action.CHANGED, f"year/{asked}/{code}", detail)
    said = (
        ngettext("{count} school saved", "{count} schools saved", len(changed)).format(count=len(changed))
        if changed
        else _("Nothing had changed")
    )
    more = {"q": quote(desk.form.text("q")), "part": desk.form.text("part") if desk.form.text("part").isdecimal() else ""}
    return desk.go(at(f"schools/{asked}", of_year, **more), said)


@router.get("/{asked}/xlsx")
@page()
def file(desk: Desk, asked: str, year: Year = None) -> Response:
    question, of_year = member_of(Question, asked, "question"), year_or_now(desk, year)
    rows = school_answers.answers(desk.connection, desk.district_id, of_year, question, "", 0, _ALL)
    header = (_("School code"), _("School"), caption(question), _("Since"), _("Note, or where the file is"), _("Source"))
    lines: list[tuple[Cell, ...]] = [(row.code, row.name, *_said(row.answer), _source(row)) for row in rows]
    desk.note(Action.EXPORTED, f"year/{asked}", {"year": of_year, "entries": len(lines)})
    sheet = Sheet(caption(question), header, lines, (f"{caption(question)} · {year_words(of_year)}",))
    return spreadsheet(workbook([sheet]), f"{asked}-{of_year}")


def caption(question: Question) -> str:
    if question is Question.PROTECTED:
        return _("Q2 Pupils, teachers and staff are protected")
    return _("Q3 Safety plan")


def hint(question: Question) -> str:
    if question is Question.PROTECTED:
        return _("Yes only where the school says so for all its pupils, teachers and staff. The note says how it is known.")
    return _("Yes where the school has a safety plan of this year. The note says where the file or paper is.")


def _answer(form: Form, code: str, desk: Desk) -> Answer | None:
    said = form.text(f"yes-{code}")
    if said not in ("", _YES, _NO):
        raise Refused("wrong_value", "yes")
    if not said:
        return None
    return Answer(said == _YES, form.day(f"on-{code}", desk.today), form.text(f"note-{code}", longest=200))


def _said(answer: Answer | None) -> tuple[Cell, ...]:
    if answer is None:
        return "", "", ""
    return _("Yes") if answer.yes else _("No"), phrases.day(answer.on) if answer.on else "", answer.note


def _source(row: SchoolAnswer) -> str:
    if row.answer is None:
        return ""
    return _("The school's own form") if row.submission_id else _("Typed by the office")
