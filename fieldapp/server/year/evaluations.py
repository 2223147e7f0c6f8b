"""Evaluations keep the figure of their day: it is counted when the entry is written, and again only where day or figure are corrected."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.server.year.entries import Entry
from fieldapp.server.year.fields import Values
from fieldapp.server.year.figures import FEWER_IS_BETTER, Figure, FigureName, figures, kept_figure
from fieldapp.server.year.registers import TargetIn


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An entry with its figure of then and the same figure now. `met` is None where there is nothing to compare."""

    entry: Entry
    name: FigureName
    then: Figure
    now: Figure

    @property
    def met(self) -> bool | None:
        target = self.entry.values["target"]
        in_percent = self.entry.values["target_in"] == TargetIn.PERCENT
        value = self.then.percent if in_percent else self.then.count
        if target is None or value is None:
            return None
        return bool(value <= target if self.name in FEWER_IS_BETTER else value >= target)


def with_figure(connection: Connection, district_id: str, values: Values, kept: Entry | None, by: str, now: dt.datetime) -> Values:
    """The values with the figure of their day, who took it and when."""
    if kept and all(kept.values[name] == values[name] for name in ("on_date", "figure_name")):
        return values
    name = FigureName(values["figure_name"])
    taken = figures(connection, district_id, values["on_date"], {name})[name]
    return {**values, "figure": taken.to_keep(), "taken_at": now, "taken_by": by}


def beside_today(connection: Connection, district_id: str, found: Collection[Entry], today: dt.date) -> tuple[Evaluation, ...]:
    """Each with its figure as of today. The number of queries does not grow with the entries."""
    named = {entry.id: FigureName(entry.values["figure_name"]) for entry in found}
    current: Mapping[FigureName, Figure] = figures(connection, district_id, today, set(named.values())) if named else {}
    return tuple(Evaluation(entry, named[entry.id], kept_figure(entry.values["figure"]), current[named[entry.id]]) for entry in found)
