"""Canonical JSON: the one byte form of a value, so that two machines hash the same thing. Keys sorted, no spaces, UTF-8, no floats."""

import hashlib
import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """Bytes of a JSON value made of objects, arrays, text, whole numbers, true/false and null. Raises TypeError on a float: floats have
    no one form."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_hex(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("floats have no canonical form")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for item in value:
        # Most values are these; not calling for each of them halves the cost of an event.
        if type(item) not in _HARMLESS:
            _refuse_floats(item)


_HARMLESS = frozenset({str, int, bool, type(None)})
