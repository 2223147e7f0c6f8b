"""The form of a register: what was typed, what it means, and what keeps it from being saved, field by field."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp import phrases
from fieldapp.server.office.forms import Form
from fieldapp.server.problems import Refused
from fieldapp.server.year.fields import Field, Kind, Register, Values
from fieldapp.texts import _


@dataclass(frozen=True, slots=True)
class Typed:
    """`texts` by field, as they stand in the form; `values` only where there is no problem."""

    texts: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    values: Values = field(default_factory=dict)


def read(register: Register, form: Form, today: dt.date, schools: Collection[str]) -> Typed:
    """`schools`: the codes that may be chosen."""
    texts, values, problems = {}, {}, {}
    for one in register.fields:
        texts[one.name] = form.text(one.name, longest=one.longest)
        try:
            values[one.name] = _value(one, form, today)
        except Refused:
            values[one.name] = None
            problems[one.name] = _not_read(one)
    for one in register.fields:
        if one.name in problems:
            continue
        problem = one.problem(values, today)
        if one.kind is Kind.SCHOOL and values[one.name] and values[one.name] not in schools:
            problem = _("Choose one of the values.")
        if problem:
            problems[one.name] = problem
    if problems:
        return Typed(texts, problems)
    return Typed(texts, {}, register.mend(values, today))


def of_values(register: Register, values: Mapping[str, Any]) -> Typed:
    """The form of an entry that is there."""
    return Typed({one.name: _text(one, values[one.name]) for one in register.fields})


def _value(one: Field, form: Form, today: dt.date) -> Any:
    match one.kind:
        case Kind.DAY:
            return form.day(one.name, today)
        case Kind.NUMBER:
            return form.number(one.name)
        case _:
            return form.text(one.name, longest=one.longest)


def _text(one: Field, value: Any) -> str:
    if value is None:
        return ""
    return phrases.typed_day(value) if one.kind is Kind.DAY else str(value)


def _not_read(one: Field) -> str:
    if one.kind is Kind.DAY:
        return _("Type day, month and year, for example 22/11/2569.")
    return _("Type a number.")
