"""How a register of the year is described: its fields, once, for the table, the form, the saving and the spreadsheet.

Knows no page and no request; `registers` has the descriptions.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Table

from fieldapp.texts import _

# A name and words for each value that may be chosen; called in the language of who asks.
Choices = Callable[[], Sequence[tuple[str, str]]]
Values = dict[str, Any]

LONG_TEXT = 4000
LARGEST = 1_000_000_000


class Kind(StrEnum):
    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"
    SCHOOL = "school"
    # A line for which the names of the district's people are proposed.
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Field:
    """`caption` and `hint` are marked for translation. `tones`: colours of the values of a choice. A day that tells what happened cannot
    lie `ahead`; one that ends something cannot lie before the day of the field `not_before`."""

    name: str
    caption: str
    kind: Kind = Kind.LINE
    required: bool = False
    hint: str = ""
    choices: Choices | None = None
    tones: Mapping[str, str] = field(default_factory=dict)
    ahead: bool = True
    not_before: str = ""
    listed: bool = True

    @property
    def longest(self) -> int:
        return LONG_TEXT if self.kind is Kind.TEXT else 200

    def options(self) -> Sequence[tuple[str, str]]:
        return self.choices() if self.choices else ()

    def problem(self, values: Values, today: dt.date) -> str:
        """What keeps this value from being saved, in words; '' for nothing."""
        value = values[self.name]
        if self.required and value in (None, ""):
            return _("This is needed.")
        if self.kind is Kind.NUMBER and value is not None and not 0 <= value <= LARGEST:
            return _("This number cannot be right.")
        if self.kind is Kind.CHOICE and value and value not in dict(self.options()):
            return _("Choose one of the values.")
        if self.kind is Kind.DAY and value and not self.ahead and value > today:
            return _("This day lies in the future.")
        if self.not_before and value and values[self.not_before] and value < values[self.not_before]:
            return _("This day lies before the first one.")
        return ""


def as_given(values: Values, today: dt.date) -> Values:
    return values


@dataclass(frozen=True, slots=True)
class Register:
    """One table of the year with its page at `path`. `title`: the field by which an entry is called. `dated_by`: the field by whose day an
    entry belongs to its school year; '' where it belongs to the year whose page it was written on. `overdue`: what is late on a day. `mend`
    puts right what follows from the rest."""

    path: str
    step: str
    caption: str
    about: str
    add: str
    table: Table
    fields: tuple[Field, ...]
    title: str
    order: tuple[ColumnElement[Any], ...]
    dated_by: str = ""
    done: ColumnElement[bool] | None = None
    overdue: Callable[[dt.date], ColumnElement[bool]] | None = None
    warning: str = ""
    mend: Callable[[Values, dt.date], Values] = as_given

    @property
    def listed(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.listed)
