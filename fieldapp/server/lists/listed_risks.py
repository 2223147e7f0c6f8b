"""The risks that a row of a web site's export tells of: one an aspect that is not ปกติ, or one a reason that is written out."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fieldapp.domain.care.risk import RiskLevel
from fieldapp.server.lists import values
from fieldapp.server.lists.fields import Field
from fieldapp.server.lists.findings import Finding
from fieldapp.server.lists.levels import LEVELS, Group, level_said
from fieldapp.server.lists.mapping import ColumnMapping
from fieldapp.server.lists.reader import SourceRow
from fieldapp.server.lists.rows import ListedRow

_BETWEEN = re.compile(r"[,;\n•]")
_LONGEST = 200
# The sites know pupils by their number and their school: where they do not give the rest, nothing is wrong with the row.
_NEEDS = {
    "id.missing": (Field.NATIONAL_ID,),
    "birth.missing": (Field.BIRTH,),
    "place.unknown": (Field.TAMBON, Field.AMPHOE, Field.ADDRESS, Field.TAMBON_CODE),
}
# Who is at school may be of any age.
_NOT_SAID = frozenset({"age.past_compulsory", "age.before_compulsory"})


@dataclass(frozen=True, slots=True)
class ListedRisk:
    """`on`: when it was screened, None where the export does not say. `note` is the cell where it says no group that we know."""

    reason: str
    level: RiskLevel
    on: dt.date | None = None
    note: str = ""

    def to_json(self) -> dict[str, str]:
        return {"reason": self.reason, "level": self.level.value, "on": self.on.isoformat() if self.on else "", "note": self.note}


def from_json(kept: Mapping[str, Any]) -> ListedRisk:
    on = dt.date.fromisoformat(kept["on"]) if kept["on"] else None
    return ListedRisk(kept["reason"], RiskLevel(kept["level"]), on, kept["note"])


def with_risks(listed: ListedRow, row: SourceRow, mapping: ColumnMapping, today: dt.date) -> ListedRow:
    """The row with its risks, and with the findings that count for a pupil. What names no child has none."""
    kept = tuple(finding for finding in listed.findings if not _is_idle(finding, mapping))
    if listed.child is None:
        return replace(listed, findings=kept)
    on, dated = _screened_on(row, mapping, today)
    found = [replace(risk, on=on) for risk in (*_of_aspects(row, mapping), *_of_reasons(row, mapping))]
    findings = (*kept, *dated, *([Finding("risk.level_unknown", "risk_level")] if any(risk.note for risk in found) else ()))
    return replace(listed, risks=tuple(found), findings=findings if found else (*findings, Finding("risk.none")))


def _is_idle(finding: Finding, mapping: ColumnMapping) -> bool:
    needs = _NEEDS.get(finding.code)
    return finding.code in _NOT_SAID or (needs is not None and not any(field in mapping.columns for field in needs))


def _of_aspects(row: SourceRow, mapping: ColumnMapping) -> Iterator[ListedRisk]:
    for column in mapping.aspects:
        text = values.text_of(row.cells[column] if column < len(row.cells) else None)
        yield from _said(text, mapping.label(column))


def _of_reasons(row: SourceRow, mapping: ColumnMapping) -> Iterator[ListedRisk]:
    """Each reason with the level of the row; where no column gives reasons, the level is of what its own column names."""
    level = values.text_of(mapping.cell(row, Field.RISK_LEVEL))
    if Field.RISK_REASON not in mapping.columns:
        if Field.RISK_LEVEL in mapping.columns and not mapping.aspects:
            yield from _said(level, mapping.label(mapping.columns[Field.RISK_LEVEL]))
        return
    if level_said(level) is Group.NORMAL:
        return
    cell = mapping.cell(row, Field.RISK_REASON)
    for text in dict.fromkeys(values.text_of(part) for part in _BETWEEN.split(cell if isinstance(cell, str) else values.text_of(cell))):
        if not text or level_said(text) is Group.NORMAL:
            continue
        if level:
            yield from _said(level, text)
        else:
            yield ListedRisk(text[:_LONGEST], RiskLevel.RISK)


def _said(text: str, reason: str) -> Iterator[ListedRisk]:
    group = level_said(text)
    if not text or group is Group.NORMAL:
        return
    if group is None:
        yield ListedRisk(reason[:_LONGEST], RiskLevel.RISK, note=text[:_LONGEST])
    else:
        yield ListedRisk(reason[:_LONGEST], LEVELS[group])


def _screened_on(row: SourceRow, mapping: ColumnMapping, today: dt.date) -> tuple[dt.date | None, tuple[Finding, ...]]:
    if Field.SCREENED_ON not in mapping.columns:
        return None, ()
    on = values.day(mapping.cell(row, Field.SCREENED_ON), today=today)
    return (on, ()) if on else (None, (Finding("risk.date_unknown", "screened_on"),))
