"""What a form brought: read field by field, with words for what cannot be read. Files stay where the web framework spooled them."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from fieldapp.domain import thai_dates
from fieldapp.domain.thai_dates import DateUnreadable, Precision
from fieldapp.server.office import refill
from fieldapp.server.problems import Refused

V = TypeVar("V", bound=StrEnum)

MAX_TEXT = 500
_MAX_FIELDS = 5_000
# What an integer of the database holds.
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a POST; empty for a GET. A field that is not there reads as ''."""

    data: FormData = field(default_factory=FormData)

    def text(self, name: str, *, longest: int = MAX_TEXT) -> str:
        value = self.data.get(name)
        return _clean(name, value, longest) if isinstance(value, str) else ""

    def texts(self, name: str, *, longest: int = MAX_TEXT) -> list[str]:
        """All values of a field that comes several times: ticked boxes."""
        return [_clean(name, value, longest) for value in self.data.getlist(name) if isinstance(value, str)]

    def ticked(self, name: str) -> bool:
        return bool(self.text(name))

    def number(self, name: str) -> int | None:
        """A whole number, None where nothing was typed. Raises Refused wrong_value."""
        text = self.text(name).replace(",", "")
        if not text:
            return None
        if not text.removeprefix("-").isdecimal() or len(text) > _LONGEST_NUMBER:
            raise Refused("wrong_value", name, why="number")
        return int(text)

    def day(self, name: str, today: dt.date) -> dt.date | None:
        """A whole date as Thai people type it (22/11/2569), None where nothing was typed. Raises Refused wrong_value."""
        return day_of(self.text(name), name, today)

    def files(self, name: str) -> list[UploadFile]:
        """All files of a field in which several may be chosen."""
        return [value for value in self.data.getlist(name) if isinstance(value, UploadFile) and value.filename]

    def file(self, name: str) -> UploadFile | None:
        value = self.data.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None


def day_of(text: str, name: str, today: dt.date) -> dt.date | None:
    """A typed date, from a form or an address. Raises Refused wrong_value."""
    if not text.strip():
        return None
    try:
        read = thai_dates.parse(text, today=today)
    except DateUnreadable as error:
        raise Refused("wrong_value", name, why="day") from error
    if read.precision is not Precision.DAY:
        raise Refused("wrong_value", name, why="day")
    return read.on


def member_of(vocabulary: type[V], text: str, name: str) -> V:
    """A value that a form or address chose from a vocabulary. Raises Refused wrong_value."""
    try:
        return vocabulary(text)
    except ValueError as error:
        raise Refused("wrong_value", name) from error


async def read_form(request: Request) -> AsyncIterator[Form]:
    """Closed when the request is answered: with it go the files that came."""
    if request.method != "POST":
        yield Form()
        return
    async with request.form(max_files=10, max_fields=_MAX_FIELDS) as data:
        refill.remember(request, data.multi_items())
        yield Form(data)


ReadForm = Annotated[Form, Depends(read_form)]


def _clean(name: str, value: str, longest: int) -> str:
    # Browsers count the end of a line as one letter and send it as two.
    text = value.replace("\r\n", "\n")
    if "\x00" in text:
        raise Refused("wrong_value", name, why="letters")
    if len(text) > longest:
        raise Refused("wrong_value", name, why="long", longest=longest)
    return text.strip()
