"""Filled copies as the office collects them: one to look at, and all of a form as a spreadsheet."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.form import Form
from fieldapp.domain.names import full_name
from fieldapp.domain.submission import Submission
from fieldapp.forms import FormDefinition
from fieldapp.forms.copies_read import Answer, AnswerReader, Question
from fieldapp.records import rows, tables
from fieldapp.records.forms import form_version
from fieldapp.records.reference import person_names, school_names
from fieldapp.reports.spreadsheet import Cell, Sheet
from fieldapp.server.problems import Refused
from fieldapp.texts import _

_submission, _child = tables.submission, tables.child


@dataclass(frozen=True, slots=True)
class Collected:
    """One copy with its answers in words; `superseded` where a later one corrects it. `pictures`: SHA-256 of those whose bytes are here.
    `left_out`: how many answers are not shown, since they are sensitive or tell of harm."""

    submission: Submission
    form: Form
    child_name: str
    by_name: str
    superseded: bool
    answers: tuple[Answer, ...]
    pictures: frozenset[str]
    left_out: int
    school_name: str


def reader_of(form: Form) -> AnswerReader:
    return AnswerReader(FormDefinition.from_xml(form.xform, {name: text.encode() for name, text in form.attachments.items()}))


def one(connection: Connection, district_id: str, submission_id: str, *, sensitive: bool, urgent: bool) -> Collected:
    """Without the answers that are sensitive, or tell of harm, where they are not to be shown, and without their pictures. Raises Refused
    unknown_record."""
    query = select(_submission).where(_submission.c.district_id == district_id, _submission.c.id == submission_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise Refused("unknown_record", "submission_id")
    submission = rows.submission_from(row)
    form = form_version(connection, district_id, submission.form_id, submission.form_version)
    if form is None:
        raise Refused("unknown_record", "form")
    names = child_names(connection, district_id, [submission.child_id] if submission.child_id else [])
    given = tuple(reader_of(form).read(submission.xml))
    answers = tuple(answer for answer in given if answer.question.shown(sensitive=sensitive, urgent=urgent))
    school = submission.school_code or ""
    later = select(_submission.c.id).where(_submission.c.district_id == district_id, _submission.c.supersedes == submission.id)
    return Collected(
        submission,
        form,
        names.get(submission.child_id or "", ""),
        person_names(connection, district_id, [submission.by]).get(submission.by, ""),
        connection.execute(later).first() is not None,
        answers,
        _here(connection, district_id, submission.id, {answer.picture for answer in answers if answer.picture}),
        len(given) - len(answers),
        school_names(connection, district_id, [school]).get(school, ""),
    )


def _here(connection: Connection, district_id: str, submission_id: str, named: set[str]) -> frozenset[str]:
    photo = tables.photo
    query = select(photo.c.sha256).where(photo.c.district_id == district_id, photo.c.sha256.in_(named), photo.c.stored)
    return frozenset(connection.execute(query.where(photo.c.submission_id == submission_id)).scalars())


def child_names(connection: Connection, district_id: str, ids: list[str]) -> dict[str, str]:
    query = select(_child.c.id, _child.c.title, _child.c.given_name, _child.c.family_name)
    found = connection.execute(query.where(_child.c.district_id == district_id, _child.c.id.in_(ids)))
    return {row.id: full_name(row.title, row.given_name, row.family_name) for row in found}


def sheets(connection: Connection, district_id: str, form_id: str, *, sensitive: bool, urgent: bool) -> list[Sheet]:
    """All copies of a form that stand, one sheet a version with a row a copy, and one a repeat with a row an instance;
    `sensitive`, `urgent`: with the questions that are. Raises Refused unknown_record where there is no such form."""
    query = select(tables.form).where(tables.form.c.district_id == district_id, tables.form.c.form_id == form_id)
    forms = [rows.form_from(row) for row in connection.execute(query.order_by(tables.form.c.published_at)).mappings()]
    if not forms:
        raise Refused("unknown_record", "form_id")
    given = select(_submission).where(_submission.c.district_id == district_id, _submission.c.form_id == form_id)
    copies = [rows.submission_from(row) for row in connection.execute(given.order_by(_submission.c.filled_on, _submission.c.id)).mappings()]
    corrected = {copy.supersedes for copy in copies}
    names = child_names(connection, district_id, [copy.child_id for copy in copies if copy.child_id])
    people = person_names(connection, district_id, {copy.by for copy in copies})
    schools = school_names(connection, district_id, {copy.school_code for copy in copies if copy.school_code})
    found: list[Sheet] = []
    for form in forms:
        standing = [copy for copy in copies if copy.form_version == form.form_version and copy.id not in corrected]
        about: dict[str, str] = {
            copy.id: names.get(copy.child_id or "", "") or schools.get(copy.school_code or "", "") for copy in standing
        }
        found += _tables(form, standing, about, people, sensitive=sensitive, urgent=urgent)
    return found


def _tables(
    form: Form, copies: list[Submission], about: Mapping[str, str], people: Mapping[str, str], *, sensitive: bool, urgent: bool
) -> Iterator[Sheet]:
    reader = reader_of(form)
    questions = [question for question in reader.questions if question.shown(sensitive=sensitive, urgent=urgent)]
    answers = {copy.id: list(reader.read(copy.xml)) for copy in copies}
    plain = [question for question in questions if not question.repeat]
    head = [_("Number"), _("About"), _("Filled on"), _("By")]
    body = [[copy.id, about[copy.id], copy.filled_on, people.get(copy.by, ""), *_row(plain, answers[copy.id])] for copy in copies]
    yield Sheet(form.form_version, [*head, *_columns(plain)], body)
    repeats = dict.fromkeys(question.repeat for question in questions if question.repeat)
    for repeat in repeats:
        inner = [question for question in questions if question.repeat == repeat]
        lines = [line for copy in copies for line in _instances(copy.id, about[copy.id], inner, answers[copy.id])]
        title = f"{form.form_version} {repeat.rpartition('/')[2]}"
        yield Sheet(title, [_("Number"), _("About"), _("Line"), *_columns(inner)], lines)


def _columns(questions: list[Question]) -> list[str]:
    """Their words; where several say the same, with the part that each is in."""
    often = Counter(question.label for question in questions)
    return [f"{one.part}: {one.label}" if often[one.label] > 1 and one.part else one.label for one in questions]


def _row(questions: list[Question], answers: list[Answer]) -> list[Cell]:
    texts = {answer.question.path: answer.text for answer in answers}
    return [_cell(texts.get(question.path, ""), question) for question in questions]


def _instances(copy_id: str, about: str, questions: list[Question], answers: list[Answer]) -> Iterator[list[Cell]]:
    lines: defaultdict[int, dict[str, str]] = defaultdict(dict)
    wanted = {question.path for question in questions}
    for answer in answers:
        if answer.question.path in wanted:
            lines[answer.number][answer.question.path] = answer.text
    for number, texts in sorted(lines.items()):
        yield [copy_id, about, number, *(_cell(texts.get(question.path, ""), question) for question in questions)]


def _cell(text: str, question: Question) -> Cell:
    """Days and whole numbers as themselves, so that a spreadsheet can reckon with them; a telephone number stays text."""
    if question.choices or not text:
        return text
    if text.isdecimal() and text.isascii() and (text == "0" or not text.startswith("0")) and len(text) <= 9:
        return int(text)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text
