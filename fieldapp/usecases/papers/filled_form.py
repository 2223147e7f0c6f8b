"""A filled form as it is printed to be signed: its answers in words, part by part, as a model. It is written in Thai, since those who sign
read it; nothing about how it is drawn."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp import phrases
from fieldapp.domain.child import Child
from fieldapp.domain.form import Form
from fieldapp.domain.submission import Submission
from fieldapp.forms import FormDefinition
from fieldapp.forms.copies_read import Answer, AnswerReader
from fieldapp.records.forms import form_version
from fieldapp.records.reference import person_names, school_names
from fieldapp.texts import _, ngettext, speaking


@dataclass(frozen=True, slots=True)
class FilledForm:
    """`facts` say whom it is about, when and by whom it was filled; `parts` are a heading ('' for none) with questions and answers;
    `left_out`: how many answers this person may not see, so that they are not on the paper. `signers`: a name ('' to be written by hand)
    and what that person is."""

    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    left_out: int
    signers: tuple[tuple[str, str], ...]


def read_filled_form(
    connection: Connection, district_id: str, submission: Submission, child: Child, *, sees_sensitive: bool
) -> FilledForm | None:
    """None where the version of the form on which it was filled is not here."""
    form = form_version(connection, district_id, submission.form_id, submission.form_version)
    if form is None:
        return None
    with speaking("th"):
        by = person_names(connection, district_id, [submission.by]).get(submission.by, "")
        school = (
            school_names(connection, district_id, [child.last_school_code]).get(child.last_school_code, "")
            if child.last_school_code
            else ""
        )
        facts = [(_("Child"), child.full_name), (_("School"), school), (_("Filled on"), phrases.day(submission.filled_on)), (_("By"), by)]
        return _made(form, submission, [fact for fact in facts if fact[1]], child, by, sees_sensitive)


def _made(form: Form, submission: Submission, facts: list[tuple[str, str]], child: Child, by: str, sees_sensitive: bool) -> FilledForm:
    definition = FormDefinition.from_xml(form.xform, {name: text.encode() for name, text in form.attachments.items()})
    given = list(AnswerReader(definition).read(submission.xml))
    shown = [answer for answer in given if answer.question.shown(sensitive=sees_sensitive, urgent=False)]
    signers = ((child.guardian_name, _("Guardian, or who answered")), (by, _("Who filled this in")), ("", _("Head of the school")))
    return FilledForm(form.title, tuple(facts), tuple(_parts(shown)), len(given) - len(shown), signers)


def _parts(answers: list[Answer]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What follows one another in one part, and in one instance of a repeat, stands together."""
    heading, lines, before = "", list[tuple[str, str]](), None
    for answer in answers:
        here = (answer.part, answer.number)
        if here != before and lines:
            yield heading, tuple(lines)
            lines = []
        heading = f"{answer.part} {answer.number}".strip() if answer.number else answer.part
        before = here
        lines.append((answer.question.label, _said(answer)))
    if lines:
        yield heading, tuple(lines)


def _said(answer: Answer) -> str:
    """Days as people write them; a picture cannot be printed here."""
    if answer.picture:
        return _("(picture)")
    try:
        return phrases.day(dt.date.fromisoformat(answer.text)) if len(answer.text) == 10 else answer.text
    except ValueError:
        return answer.text


def said_left_out(form: FilledForm) -> str:
    """'' where all is on the paper."""
    if not form.left_out:
        return ""
    return ngettext(
        "{count} answer that not everybody may see is not printed.",
        "{count} answers that not everybody may see are not printed.",
        form.left_out,
    ).format(count=form.left_out)
