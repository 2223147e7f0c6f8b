"""Functions of text."""

import base64
import binascii
import hashlib
import string
import uuid

from fieldapp.forms.functions.table import ANY, calls
from fieldapp.forms.problems import FormError
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.regexes import matches
from fieldapp.forms.xpath.values import Value, scalar_of, scalars, to_index, to_text

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_LETTERS = string.ascii_uppercase + string.digits
_LONGEST_GUID = 1000


def _string(context: Context, value: Value | None = None) -> Value:
    return to_text(scalar_of(context.node) if value is None else value)


def _concat(_: Context, *values: Value) -> Value:
    return "".join(to_text(scalar) for value in values for scalar in scalars(value))


def _join(_: Context, separator: Value, *values: Value) -> Value:
    return to_text(separator).join(to_text(scalar) for value in values for scalar in scalars(value))


def _substr(_: Context, value: Value, start: Value, end: Value | None = None) -> Value:
    text = to_text(value)
    first, last = to_index(start), len(text) if end is None else to_index(end)
    first, last = (at + len(text) if at < 0 else at for at in (first, last))
    return text[max(0, first) : max(0, last)]


def _substring(_: Context, value: Value, start: Value, length: Value | None = None) -> Value:
    """XPath 1.0's, 1-based; JavaRosa lacks it."""
    text = to_text(value)
    first = to_index(start)
    last = len(text) + 1 if length is None else first + to_index(length)
    return text[max(1, first) - 1 : max(1, last) - 1]


def _before(_: Context, value: Value, mark: Value) -> Value:
    head, found, _rest = to_text(value).partition(to_text(mark) or "\0")
    return head if found else ""


def _after(_: Context, value: Value, mark: Value) -> Value:
    text, wanted = to_text(value), to_text(mark)
    at = text.find(wanted)
    return text[at + len(wanted) :] if at >= 0 else ""


def _translate(_: Context, value: Value, given: Value, wanted: Value) -> Value:
    into = to_text(wanted)
    table: dict[int, str | None] = {}
    for at, letter in enumerate(to_text(given)):
        table.setdefault(ord(letter), into[at] if at < len(into) else None)
    return to_text(value).translate(table)


def _length(context: Context, value: Value | None = None) -> Value:
    return float(len(to_text(scalar_of(context.node) if value is None else value)))


def _normalized(context: Context, value: Value | None = None) -> Value:
    return " ".join(to_text(scalar_of(context.node) if value is None else value).split())


def _uuid(context: Context, length: Value | None = None) -> Value:
    source = context.surroundings.random
    if length is None:
        return str(uuid.UUID(int=source.getrandbits(128), version=4))
    return "".join(source.choice(_LETTERS) for _ in range(max(0, min(_LONGEST_GUID, to_index(length)))))


def _digest(_: Context, value: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    name, form = to_text(algorithm), to_text(encoding).lower()
    if name.upper() not in _ALGORITHMS or form not in ("hex", "base64"):
        raise FormError("xpath.algorithm", algorithm=name[:20], encoding=form[:20])
    made = hashlib.new(_ALGORITHMS[name.upper()], to_text(value).encode(), usedforsecurity=False)
    return made.hexdigest() if form == "hex" else base64.b64encode(made.digest()).decode()


def _base64_decode(_: Context, value: Value) -> Value:
    try:
        return base64.b64decode(to_text(value)).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


TABLE = {
    "string": calls(_string, 0, 1),
    "concat": calls(_concat, 0, ANY),
    "join": calls(_join, 1, ANY),
    "substr": calls(_substr, 2, 3),
    "substring": calls(_substring, 2, 3),
    "substring-before": calls(_before, 2),
    "substring-after": calls(_after, 2),
    "translate": calls(_translate, 3),
    "string-length": calls(_length, 0, 1),
    "normalize-space": calls(_normalized, 0, 1),
    "contains": calls(lambda _, text, part: to_text(part) in to_text(text), 2),
    "starts-with": calls(lambda _, text, part: to_text(text).startswith(to_text(part)), 2),
    "ends-with": calls(lambda _, text, part: to_text(text).endswith(to_text(part)), 2),
    "uuid": calls(_uuid, 0, 1),
    "digest": calls(_digest, 2, 3),
    "base64-decode": calls(_base64_decode, 1),
    "regex": calls(lambda _, value, pattern: matches(to_text(pattern), to_text(value)), 2),
}
