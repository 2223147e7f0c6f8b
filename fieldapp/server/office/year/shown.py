"""Values of a register as a person reads them, for the table and the spreadsheet."""

from collections.abc import Mapping
from typing import Any

from fieldapp import phrases
from fieldapp.server.year.fields import Field, Kind
from fieldapp.texts import _


class Shown:
    """Turns values into words. `schools`: names by code."""

    def __init__(self, schools: Mapping[str, str]) -> None:
        self._schools = schools
        self._options: dict[str, Mapping[str, str]] = {}

    def said(self, one: Field, value: Any) -> str | int:
        if value is None or value == "":
            return ""
        match one.kind:
            case Kind.DAY:
                return phrases.day(value)
            case Kind.NUMBER:
                return int(value)
            case Kind.CHOICE:
                options = self._options.setdefault(one.name, dict(one.options()))
                return options.get(value, str(value))
            case Kind.SCHOOL:
                return self._schools.get(value, str(value))
            case _:
                return str(value)


def year_words(year: int) -> str:
    return _("School year {year}").format(year=year)
