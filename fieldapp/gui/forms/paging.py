"""Which questions stand on one page: a group is a page unless groups with pages of their own lie in it, and so is a repeat; loose
questions share pages of a handful."""

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.forms import FormDefinition
from fieldapp.forms.xform.model import Control

_FIELD_LIST = "field-list"
_LOOSE_ON_A_PAGE = 7
_CONTAINERS = frozenset({"group", "repeat"})


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is that of the group whose words are the page's title, '' for loose questions; `above` the groups around it, which must apply
    as well."""

    path: str
    controls: tuple[Control, ...]
    above: tuple[str, ...] = ()


def pages(definition: FormDefinition) -> tuple[Page, ...]:
    return tuple(_pages(definition.controls, ()))


def _pages(controls: tuple[Control, ...], above: tuple[str, ...]) -> Iterator[Page]:
    loose: list[Control] = []
    for control in controls:
        if control.kind not in _CONTAINERS:
            loose.append(control)
            if len(loose) == _LOOSE_ON_A_PAGE:
                yield Page("", tuple(loose), above)
                loose = []
            continue
        if loose:
            yield Page("", tuple(loose), above)
            loose = []
        if control.kind == "repeat" or _is_page(control):
            inner = (control,) if control.kind == "repeat" or _is_repeat(control) else control.controls
            yield Page(control.path, inner, above)
        else:
            yield from _pages(control.controls, (*above, control.path) if control.path else above)
    if loose:
        yield Page("", tuple(loose), above)


def _is_page(group: Control) -> bool:
    return _FIELD_LIST in group.appearance or not any(_FIELD_LIST in one.appearance for one in _groups_below(group))


def _is_repeat(group: Control) -> bool:
    """The group that stands around a repeat for its words."""
    return [(one.kind, one.path) for one in group.controls] == [("repeat", group.path)]


def _groups_below(group: Control) -> Iterator[Control]:
    for one in group.controls:
        if one.kind in _CONTAINERS:
            yield one
            yield from _groups_below(one)
