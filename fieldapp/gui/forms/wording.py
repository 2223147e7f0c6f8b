"""Words of forms as the window shows them: labels without their marks, and what is wrong with an answer."""

import re
from collections.abc import Mapping

from fieldapp.forms import Problem
from fieldapp.texts import _, mark

# The little Markdown that ODK's clients understand: **bold**, _italic_, headings, <span …>.
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^#{1,6}\s+|</?span[^>]*>", re.MULTILINE)
_PROBLEMS: Mapping[str, str] = {
    "answer.required": mark("This must be answered"),
    "answer.type": mark("This cannot be such an answer"),
    "answer.constraint": mark("This answer cannot be right"),
    "answer.not_a_choice": mark("This is no longer among the choices"),
}
_TYPES: Mapping[str, str] = {
    "int": mark("A whole number, please"),
    "decimal": mark("A number, please"),
    "date": mark("A day, please: day/month/year"),
    "time": mark("A time, please, for example 14:30"),
    "geopoint": mark("Two numbers, please: latitude and longitude"),
}


def plain(text: str) -> str:
    return _MARKS.sub("", text)


def problem(found: Problem) -> str:
    """The form's own message where it has one."""
    message = str(found.data.get("message", ""))
    if message:
        return plain(message)
    if found.code == "answer.type":
        return _(_TYPES.get(str(found.data.get("type", "")), _PROBLEMS["answer.type"]))
    return _(_PROBLEMS.get(found.code, _PROBLEMS["answer.constraint"]))
