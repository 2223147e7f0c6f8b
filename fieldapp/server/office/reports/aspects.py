"""The screening in eleven aspects: pupils by level and sex, for all aspects, and for one of them class by class and school by school."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Response

from fieldapp.domain.child import Sex
from fieldapp.reports.case_filter import UNKNOWN
from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.server.audit import Action
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.reports.period import copies_at, query_of, school_choices, scope_words, wanted_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.problems import Refused
from fieldapp.server.rollups import aspects as rollup
from fieldapp.server.rollups.aspects import FORM, HAVE, LEVELS, Aspects, answers_of
from fieldapp.server.rollups.questions import CountedQuestion, counted_forms
from fieldapp.texts import _

router = APIRouter(prefix="/reports/aspects")


@router.get("")
@page()
def all_aspects(desk: Desk, first: str = "", last: str = "", school: str = "", grade: str = "") -> Response:
    return desk.show("reports/aspects.html", **_found(desk, first, last, school, grade))


@router.get("/xlsx")
@page()
def aspects_spreadsheet(desk: Desk, first: str = "", last: str = "", school: str = "", grade: str = "") -> Response:
    found = _found(desk, first, last, school, grade)
    wanted = found["wanted"]
    desk.note(Action.EXPORTED, "aspects", {"first": wanted.first.isoformat(), "last": wanted.last.isoformat()})
    return spreadsheet(workbook(_sheets(found)), f"aspects-{wanted.last.isoformat()}")


@router.get("/{aspect}")
@page()
def one_aspect(desk: Desk, aspect: str, first: str = "", last: str = "", school: str = "", grade: str = "") -> Response:
    found = _found(desk, first, last, school, grade)
    if aspect not in found["asked"]:
        raise Refused("unknown_record", "aspect")
    return desk.show("reports/aspect.html", **found, aspect=aspect)


def name_of(question: CountedQuestion) -> str:
    """Levels are named by their own words, the other two by the page they stand on."""
    return question.label if answers_of(question.name) == LEVELS else question.part or question.label


def _found(desk: Desk, first: str, last: str, school: str, grade: str) -> dict[str, Any]:
    """What every page of the report shows; `asked`: aspect -> its question, of those that this role may see."""
    wanted = wanted_of(desk, (FORM,), first, last, school, grade=grade, newest=True)
    sensitive = desk.sees_sensitive
    forms = counted_forms(desk.connection, desk.district_id, (FORM,), sensitive=sensitive, urgent=desk.reads_urgent)
    questions = {one.name: one for form in forms for one in form.questions}
    schools = school_choices(desk)
    return {
        "wanted": wanted,
        "schools": schools,
        "scope": scope_words(wanted, schools),
        "asked": {aspect: questions[aspect] for aspect in rollup.ASPECTS if aspect in questions},
        "counted": rollup.aspects(desk.connection, desk.district_id, wanted),
        "sensitive": sensitive,
        "answers_of": answers_of,
        "groups": (LEVELS, HAVE),
        "name_of": name_of,
        "sexes": (Sex.MALE, Sex.FEMALE),
        "unknown": UNKNOWN,
        "copies_at": copies_at,
        "query_of": query_of,
    }


def _sheets(found: dict[str, Any]) -> list[Sheet]:
    asked, counted = found["asked"], found["counted"]
    sheets = [_sheet(_("Aspects"), (_("Aspect"),), [((name_of(one),), aspect, {}) for aspect, one in asked.items()], found)]
    of_class = {grade: grade for grade in counted.grades}
    for title, caption, keys, name in (
        (_("By class"), _("Class"), of_class, "grade"),
        (_("By school"), _("School"), counted.schools, "school"),
    ):
        lines = [
            ((name_of(one), said or _("Not known")), aspect, {name: key}) for aspect, one in asked.items() for key, said in keys.items()
        ]
        sheets.append(_sheet(title, (_("Aspect"), caption), lines, found))
    return sheets


def _sheet(title: str, captions: tuple[str, ...], lines: Sequence[tuple[tuple[str, ...], str, dict[str, str]]], found: Any) -> Sheet:
    """Of each line its words, then boys, girls and all at each of the three answers; of two answers the third stays empty."""
    names = (_("Normal / none"), _("At risk / has it"), _("Problem"))
    header = (*captions, *(f"{name}: {who}" for name in names for who in (_("boys"), _("girls"), _("all"))))
    counted: Aspects = found["counted"]
    cells: Callable[..., Any] = counted.cell
    rows: list[tuple[Cell, ...]] = []
    for words, aspect, narrowed in lines:
        given = [cells(aspect, answer, **narrowed) for answer in answers_of(aspect)]
        figures: list[Cell] = [figure for cell in given for figure in (cell.boys, cell.girls, cell.total)]
        rows.append((*words, *figures, *[None] * (len(header) - len(words) - len(figures))))
    return Sheet(title, header, rows, found["scope"])
