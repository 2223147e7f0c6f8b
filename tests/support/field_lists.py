"""§8 of PROTOCOL.md: the fields of every message and record, read off the program. `python -m tests.support.field_lists` writes it anew."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import fieldapp.wire
from fieldapp.domain.receipt import Receipt
from fieldapp.wire import bundle_parts, codec, messages
from fieldapp.wire.photo_group import PhotoGroup

PAGE = Path(fieldapp.wire.__file__).parent / "PROTOCOL.md"
BEGIN, END = "<!-- fields -->\n", "<!-- end of fields -->\n"
_PLAIN = {str: "text", int: "number", bool: "true/false", dt.datetime: "time", dt.date: "date", type(None): "null", Any: "anything"}


def section() -> str:
    found: dict[type, None] = {}
    for root in (*_of(messages), Receipt, *codec.RECORD_TYPES.values(), *_of(bundle_parts), PhotoGroup):
        _collect(root, found)
    classes = [cls for cls in found if dataclasses.is_dataclass(cls)]
    enums = sorted((cls for cls in found if issubclass(cls, Enum)), key=lambda cls: cls.__name__)
    lines = [f"- `{cls.__name__}`: {' · '.join(_fields(cls))}" for cls in classes]
    lines += ["", "Where one of a list is meant:", ""]
    lines += [f"- *{cls.__name__}*: {', '.join(f'`{member.value}`' for member in cls)}" for cls in enums]
    return "\n".join(lines) + "\n"


def written() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0]


def _of(module: types.ModuleType) -> Iterator[type]:
    for value in vars(module).values():
        if isinstance(value, type) and dataclasses.is_dataclass(value) and value.__module__ == module.__name__:
            yield value


def _collect(kind: Any, found: dict[type, None]) -> None:
    for part in typing.get_args(kind):
        _collect(part, found)
    if not isinstance(kind, type) or kind in found:
        return
    if issubclass(kind, Enum):
        found[kind] = None
    elif dataclasses.is_dataclass(kind):
        found[kind] = None
        for hint in typing.get_type_hints(kind).values():
            _collect(hint, found)


def _fields(cls: type) -> Iterator[str]:
    hints = typing.get_type_hints(cls)
    for each in dataclasses.fields(cls):
        optional = each.default is not dataclasses.MISSING or each.default_factory is not dataclasses.MISSING
        yield f"`{each.name}`{'?' if optional else ''} {_name(hints[each.name])}"


def _name(hint: Any) -> str:
    if isinstance(hint, typing.NewType):
        return "id"
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_name(part) for part in parts)
    if origin is tuple:
        return f"list of {_name(parts[0])}"
    if origin in (Mapping, dict):
        return f"object of {_name(parts[1])}"
    if hint in _PLAIN:
        return _PLAIN[hint]
    return f"*{hint.__name__}*" if issubclass(hint, Enum) else f"`{hint.__name__}`"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    PAGE.write_text(head + BEGIN + section() + END + rest.partition(END)[2], encoding="utf-8")
