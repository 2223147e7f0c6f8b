"""Which of a page's controls stand together: the rows of a table, plain questions, each group for itself."""

from collections.abc import Iterable, Iterator

from fieldapp.forms.xform.model import Control
from fieldapp.gui.forms.choice_table import is_table_row

CONTAINERS = frozenset({"group", "repeat"})


def runs(controls: Iterable[Control]) -> Iterator[list[Control]]:
    run: list[Control] = []
    for control in controls:
        kind = "table" if is_table_row(control) else "container" if control.kind in CONTAINERS else "question"
        if run and (kind == "container" or kind != _kind(run[-1])):
            yield run
            run = []
        run.append(control)
        if kind == "container":
            yield run
            run = []
    if run:
        yield run


def _kind(control: Control) -> str:
    return "table" if is_table_row(control) else "question"
