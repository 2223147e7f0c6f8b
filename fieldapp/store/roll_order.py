"""The orders in which the list can stand. Entries come in Thai order of names, which every other order keeps among equals."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.store.listing import SortBy

if TYPE_CHECKING:
    from fieldapp.store.roll_entries import Entry

_STATE_ORDER = {state: place for place, state in enumerate(CaseState)}
_LIST_ORDER = {list_type: place for place, list_type in enumerate(ListType)}
_NUMBERS = re.compile(r"\d+")


def order_of(entries: Sequence["Entry"], ordinals: list[int], sort: SortBy, *, descending: bool) -> list[int]:
    """The ordinals in the wanted order; those without a value come last whichever way it goes."""
    if sort is SortBy.NAME:
        return ordinals[::-1] if descending else ordinals
    known, key = _KEYS[sort]
    with_value = [ordinal for ordinal in ordinals if known(entries[ordinal])]
    without = [ordinal for ordinal in ordinals if not known(entries[ordinal])]
    # The youngest first is the latest birth first.
    backwards = descending != (sort is SortBy.AGE)
    with_value.sort(key=lambda ordinal: key(entries[ordinal]), reverse=backwards)
    return with_value + without


def place_key(tambon_code: str, moo: str, house_no: str) -> tuple[Any, ...]:
    """Villages by their codes, houses by their numbers as people count them: 9 before 12, 12 before 12/1."""
    return tambon_code, numbers_in(moo), numbers_in(house_no), house_no


@lru_cache(maxsize=8_192)
def numbers_in(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBERS.findall(text))


def _place(entry: "Entry") -> tuple[Any, ...]:
    return place_key(entry.tambon_code, entry.moo, entry.house_no)


_KEYS: dict[SortBy, tuple[Callable[["Entry"], bool], Callable[["Entry"], Any]]] = {
    SortBy.AGE: (lambda entry: bool(entry.birth_on), lambda entry: entry.birth_on),
    SortBy.VILLAGE: (lambda entry: bool(entry.tambon_code or entry.moo), _place),
    SortBy.LIST_TYPE: (lambda entry: True, lambda entry: _LIST_ORDER[entry.list_type]),
    SortBy.STATE: (lambda entry: True, lambda entry: _STATE_ORDER[entry.state]),
    SortBy.DUE: (lambda entry: bool(entry.due_on), lambda entry: entry.due_on),
}
