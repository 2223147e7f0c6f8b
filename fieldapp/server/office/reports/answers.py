"""The roll-up of a form's answers: how often each was chosen, in the district and school by school. The home visit's two forms are one."""

from typing import Any

from fastapi import APIRouter, Response

from fieldapp.records.forms import form_titles
from fieldapp.reports.case_filter import UNKNOWN
from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.server.audit import Action
from fieldapp.server.office.desk import Desk, page
from fieldapp.server.office.reports.period import copies_at, query_of, school_choices, scope_words, wanted_of
from fieldapp.server.office.showing import spreadsheet
from fieldapp.server.problems import Refused
from fieldapp.server.rollups.counts import Chosen, Counts, SchoolCounts, counts
from fieldapp.server.rollups.questions import CountedForm, CountedQuestion, counted_forms
from fieldapp.texts import _

router = APIRouter(prefix="/reports/answers")

HOME_VISIT = "home_visit"
# What is asked of the house and of the child on one visit.
_TOGETHER = {HOME_VISIT: ("household", HOME_VISIT)}


@router.get("")
@page()
def answers(desk: Desk, form: str = HOME_VISIT, first: str = "", last: str = "", school: str = "") -> Response:
    wanted = wanted_of(desk, _forms_of(form), first, last, school)
    schools = school_choices(desk)
    return desk.show(
        "reports/answers.html",
        **_found(desk, form, wanted),
        choices=_choices(desk, form),
        schools=schools,
        unknown=UNKNOWN,
        scope=scope_words(wanted, schools),
    )


@router.get("/by-school")
@page()
def by_school(desk: Desk, of: str, question: str, form: str = HOME_VISIT, first: str = "", last: str = "") -> Response:
    """One question, school by school."""
    wanted = wanted_of(desk, _forms_of(form), first, last, "")
    found = _found(desk, form, wanted)
    asked = next((one for each in found["forms"] for one in each.questions if (one.form_id, one.name) == (of, question)), None)
    if asked is None:
        raise Refused("unknown_record", "question")
    return desk.show("reports/answers_by_school.html", **found, asked=asked, scope=scope_words(wanted, []), unknown=UNKNOWN)


@router.get("/xlsx")
@page()
def answers_spreadsheet(desk: Desk, form: str = HOME_VISIT, first: str = "", last: str = "", school: str = "") -> Response:
    wanted = wanted_of(desk, _forms_of(form), first, last, school)
    found, above = _found(desk, form, wanted), scope_words(wanted, school_choices(desk))
    desk.note(Action.EXPORTED, f"answers:{form}", {"first": wanted.first.isoformat(), "last": wanted.last.isoformat()})
    book = workbook(_sheets(found["forms"], found["counted"], above))
    return spreadsheet(book, f"answers-{form}-{wanted.last.isoformat()}" if form.isascii() else "answers")


def _forms_of(form: str) -> tuple[str, ...]:
    return _TOGETHER.get(form, (form,))


def _choices(desk: Desk, form: str) -> list[tuple[str, str]]:
    """The forms to choose from; what is counted together stands once."""
    titles = form_titles(desk.connection, desk.district_id)
    hidden = {one for key, forms in _TOGETHER.items() for one in forms if one != key}
    found = {form_id: title for form_id, title in titles.items() if form_id not in hidden}
    return list({form: form, **found, HOME_VISIT: _("Home visit")}.items())


def _found(desk: Desk, form: str, wanted: Any) -> dict[str, Any]:
    """What both pages show. Raises Refused unknown_record for a form that the district never had."""
    sensitive = desk.sees_sensitive
    forms = counted_forms(desk.connection, desk.district_id, wanted.form_ids, sensitive=sensitive, urgent=desk.reads_urgent)
    if not forms and form != HOME_VISIT:
        raise Refused("unknown_record", "form")
    return {
        "form": form,
        "title": _("Home visit") if form in _TOGETHER else forms[0].title,
        "wanted": wanted,
        "forms": forms,
        "counted": counts(desk.connection, desk.district_id, wanted),
        "sensitive": sensitive,
        "values_of": values_of,
        "copies_at": copies_at,
        "query_of": query_of,
    }


def values_of(question: CountedQuestion, counted: Counts) -> list[tuple[str, str]]:
    """(value, words) of every choice, those that nobody chose too, and behind them what was chosen and no version knows."""
    mine = (question.form_id, question.name)
    strange = {value for form_id, name, value in counted.district.chosen if (form_id, name) == mine and value not in question.choices}
    return [*question.choices.items(), *((value, value) for value in sorted(strange))]


def _sheets(forms: tuple[CountedForm, ...], counted: Counts, above: tuple[str, ...]) -> list[Sheet]:
    asked = [(form, one, value, words) for form in forms for one in form.questions for value, words in values_of(one, counted)]

    def key(one: CountedQuestion, value: str) -> Chosen:
        return one.form_id, one.name, value

    whole: list[tuple[Cell, ...]] = [
        (form.title, one.part, one.label, words, counted.district.chosen.get(key(one, value), 0)) for form, one, value, words in asked
    ]
    header = (_("School code"), _("School"), _("Copies"), _("Families visited"), _("Children"), _("People who filled"))
    lines = [
        *((school.code, school.name or _("Not known"), school) for school in counted.schools),
        ("", _("The whole district"), counted.district),
    ]
    totals: list[tuple[Cell, ...]] = [(code, name, *_totals(school)) for code, name, school in lines]
    each: list[tuple[Cell, ...]] = [
        (code, name, *(school.chosen.get(key(one, value), 0) for _form, one, value, _words in asked)) for code, name, school in lines
    ]
    captions = tuple(f"{one.label}: {words}" for _form, one, _value, words in asked)
    return [
        Sheet(_("The whole district"), (_("Form"), _("Part"), _("Question"), _("Answer"), _("Count")), whole, above),
        Sheet(_("Schools"), header, totals, above),
        Sheet(_("Answers by school"), (_("School code"), _("School"), *captions), each, above),
    ]


def _totals(school: SchoolCounts) -> tuple[int, ...]:
    found = school.totals
    return found.copies, found.houses, found.children, found.people
