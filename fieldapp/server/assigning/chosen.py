"""The cases that are to be assigned: how they stand, village by village."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.records import tables
from fieldapp.reports.case_filter import CaseFilter, Cases

_case, _child = tables.case, tables.child
# In one go. More take so long that nobody would know whether it still works.
MOST = 3_000

Village = tuple[str, str]  # tambon code, moo


@dataclass(frozen=True, slots=True)
class Chosen:
    case_id: str
    child_id: str
    tambon_code: str
    moo: str
    state: CaseState
    assignee_id: str | None
    school_code: str | None
    due_on: dt.date | None
    last_visit_on: dt.date | None
    merged_into: str | None

    @property
    def village(self) -> Village:
        return self.tambon_code, self.moo

    @property
    def owes_answer(self) -> bool:
        return owes_answer(self.state)


def chosen_cases(connection: Connection, district_id: str, wanted: CaseFilter, most: int | None = MOST) -> tuple[Chosen, ...]:
    """In village order, so that who gets a part of them gets neighbours. One query, and no more than `most`, where it
    is given."""
    cases = Cases(district_id, wanted)
    columns = (
        _case.c.id.label("case_id"),
        _case.c.child_id,
        _child.c.tambon_code,
        _child.c.moo,
        *(_case.c[name] for name in ("state", "assignee_id", "school_code", "due_on", "last_visit_on", "merged_into")),
    )
    query = cases.select(*columns).order_by(_child.c.tambon_code, _child.c.moo, _child.c.house_no, _case.c.id).limit(most)
    return tuple(Chosen(**{**row, "state": CaseState(row["state"])}) for row in connection.execute(query).mappings())


def by_village(cases: Sequence[Chosen]) -> dict[Village, list[Chosen]]:
    """Most cases first."""
    found: dict[Village, list[Chosen]] = {}
    for case in cases:
        found.setdefault(case.village, []).append(case)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))
