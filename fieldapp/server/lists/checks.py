"""Rows against each other and against the children that the district knows: who is the same child, who only might be.

Matched by ID or G-code first, then by name and birth date. A doubt never merges two children: it is a finding for a person.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import ChildId
from fieldapp.domain.names import fold
from fieldapp.domain.national_id import has_valid_check_digit
from fieldapp.domain.states import CaseState
from fieldapp.records import tables
from fieldapp.server.lists.findings import Finding
from fieldapp.server.lists.rows import ListedRow

# A case in one of these is closed: the child may be listed anew.
_CLOSED = (CaseState.RETURNED, CaseState.NOT_RETURNED, CaseState.LIST_ERROR)


@dataclass(frozen=True, slots=True)
class KnownChild:
    """`row` is the row of this very list that named the child, 0 for a child of the district's records."""

    id: ChildId
    given_name: str
    family_name: str
    number: str
    birth_on: dt.date | None
    row: int = 0
    has_open_case: bool = False

    @property
    def name(self) -> str:
        return self.given_name + self.family_name

    def is_named_like(self, other: "KnownChild") -> bool:
        """The same person by name: one part may be misspelt or changed, not both."""
        return self.given_name == other.given_name or (self.family_name == other.family_name != "")


@dataclass(slots=True)
class KnownChildren:
    """An index of children by number and by name, that grows with the list."""

    by_number: dict[str, KnownChild] = field(default_factory=dict)
    by_name: defaultdict[str, list[KnownChild]] = field(default_factory=lambda: defaultdict(list))

    def add(self, child: KnownChild) -> None:
        """Newest first. A number stays with the child that had it first, but what is known of that child is kept up to date."""
        holder = self.by_number.get(child.number)
        if child.number and (holder is None or holder.id == child.id):
            self.by_number[child.number] = child
        self.by_name[child.name].insert(0, child)


def known_children(connection: Connection, district_id: str) -> KnownChildren:
    """All children of the district, with whether a case of theirs is open."""
    open_cases = select(tables.case.c.child_id).where(
        tables.case.c.district_id == district_id, tables.case.c.state.not_in([state.value for state in _CLOSED])
    )
    with_open_case = set(connection.scalars(open_cases))
    child = tables.child.c
    query = select(child.id, child.given_name, child.family_name, child.national_id, child.g_code, child.birth_on).where(
        child.district_id == district_id
    )
    known = KnownChildren()
    for row in connection.execute(query):
        number = _number(row.national_id, row.g_code)
        known.add(
            KnownChild(row.id, fold(row.given_name), fold(row.family_name), number, row.birth_on, has_open_case=row.id in with_open_case)
        )
    return known


def checked(rows: Iterable[ListedRow], known: KnownChildren) -> list[ListedRow]:
    """The rows with what comparing them found; a row that matches a known child carries that child's id."""
    return [_compared(row, row.child, known) if row.child else row for row in rows]


def _compared(row: ListedRow, child: Child, known: KnownChildren) -> ListedRow:
    this = KnownChild(
        child.id,
        fold(child.given_name),
        fold(child.family_name),
        _number(child.national_id, child.g_code),
        child.birth_on,
        row.number,
        has_open_case=True,
    )
    same, doubts = _match(this, known)
    if same is None:
        known.add(this)
        return replace(row, findings=(*row.findings, *doubts))
    if same.row:
        return replace(row, findings=(*row.findings, Finding("duplicate.in_list", "", same.row)))
    if same.has_open_case:
        return replace(row, findings=(*row.findings, Finding("duplicate.open_case")))
    known.add(replace(this, id=same.id))
    return replace(row, child=replace(child, id=same.id), findings=(*row.findings, *doubts, Finding("child.known")))


def _match(this: KnownChild, known: KnownChildren) -> tuple[KnownChild | None, tuple[Finding, ...]]:
    namesake = known.by_number.get(this.number) if this.number else None
    if namesake and namesake.is_named_like(this):
        return namesake, ()
    findings = (Finding("id.of_another", "national_id", namesake.row),) if namesake else ()
    doubtful = None
    for other in known.by_name[this.name]:
        contradicts = bool(this.number and other.number and this.number != other.number)
        same_birth = this.birth_on is not None and this.birth_on == other.birth_on
        if same_birth and not contradicts:
            return other, ()
        if same_birth or this.birth_on is None or other.birth_on is None:
            doubtful = other
    if doubtful:
        findings = (*findings, Finding("duplicate.doubtful", "", doubtful.row))
    return None, findings


def _number(national_id: str, g_code: str) -> str:
    """What a child is surely known by: a number with a right check digit, or a G-code."""
    return national_id if has_valid_check_digit(national_id) else g_code
