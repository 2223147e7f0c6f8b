"""The questions of a form that are counted, in words: those of the newest version first, behind them what only older ones asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from fieldapp.forms import FormDefinition
from fieldapp.forms.copies_read import AnswerReader
from fieldapp.records import rows, tables
from fieldapp.server.forms.countable import countable

_form = tables.form


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """`choices`: value -> words, in the form's order. `part` names the group around it."""

    form_id: str
    name: str
    label: str
    part: str
    sensitive: bool
    urgent: bool
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CountedForm:
    form_id: str
    title: str
    questions: tuple[CountedQuestion, ...]


def counted_forms(
    connection: Connection, district_id: str, form_ids: Sequence[str], *, sensitive: bool, urgent: bool
) -> tuple[CountedForm, ...]:
    """In the order of `form_ids`; forms that the district does not have are left out. `sensitive`, `urgent`: with the questions that a
    form calls so."""
    query = select(_form).where(_form.c.district_id == district_id, _form.c.form_id.in_(form_ids)).order_by(_form.c.published_at)
    titles: dict[str, str] = {}
    questions: dict[str, dict[str, CountedQuestion]] = {}
    for row in connection.execute(query).mappings():
        form = rows.form_from(row)
        titles[form.form_id] = form.title
        older = questions.get(form.form_id, {})
        newer = {one.name: one for one in _questions(form.form_id, form.xform, form.attachments)}
        for name, one in newer.items():
            if name in older:
                newer[name] = replace(
                    one, choices={**one.choices, **{k: v for k, v in older[name].choices.items() if k not in one.choices}}
                )
        questions[form.form_id] = {**newer, **{name: one for name, one in older.items() if name not in newer}}
    return tuple(
        CountedForm(
            form_id,
            titles[form_id],
            tuple(one for one in questions[form_id].values() if (sensitive or not one.sensitive) and (urgent or not one.urgent)),
        )
        for form_id in form_ids
        if form_id in titles
    )


def _questions(form_id: str, xform: str, attachments: Mapping[str, str]) -> list[CountedQuestion]:
    reader = AnswerReader(FormDefinition.from_xml(xform, {name: text.encode() for name, text in attachments.items()}))
    wanted = countable(xform)
    counted = [one for one in reader.questions if one.path in wanted]
    return [CountedQuestion(form_id, one.name, one.label, one.part, one.sensitive, one.urgent, one.choices) for one in counted]
