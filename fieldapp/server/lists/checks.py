"""Rows against each other and against the children that the district knows: who is the same child, who only might be.

Matched by ID or G-code first, then by name and birth date. A doubt never merges two children: it is a finding for a person.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from sqlalchemy import Connection, select

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import ChildId
from fieldapp.domain.names import fold
from fieldapp.domain.national_id import has_valid_check_digit
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.records import tables
from fieldapp.server.lists.findings import Finding
from fieldapp.server.lists.rows import ListedRow

# A case in one of these is closed: the child may be listed anew.
CLOSED = (CaseState.RETURNED, CaseState.NOT_RETURNED, CaseState.LIST_ERROR, CaseState.DROPPED_AGAIN, CaseState.WITHDRAWN)
# Of four letters of a name, three are the same. Twins of one family are not often named that much alike.
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class KnownChild:
    """`row` is the row of this very list that named the child, 0 for a child of the district's records, who may have an open case."""

    id: ChildId
    given_name: str
    family_name: str
    number: str
    birth_on: dt.date | None
    row: int = 0
    open_case: str = ""
    open_type: str = ""

    @property
    def name(self) -> str:
        return self.given_name + self.family_name

    def is_named_like(self, other: "KnownChild") -> bool:
        """The same person by name: one part may be misspelt or changed, not both."""
        return self.given_name == other.given_name or (self.family_name == other.family_name != "")

    def is_spelt_like(self, other: "KnownChild") -> bool:
        """Almost the same name, but not quite."""
        if self.name == other.name or self.given_name[:1] != other.given_name[:1]:
            return False
        if self.given_name == other.given_name:
            return True  # families change their name
        mine, other_s = (self.given_name, other.given_name) if self.family_name == other.family_name != "" else (self.name, other.name)
        pair = SequenceMatcher(None, mine, other_s, autojunk=False)
        return pair.real_quick_ratio() >= _ALIKE and pair.ratio() >= _ALIKE


@dataclass(slots=True)
class KnownChildren:
    """An index of children by number, by name and by birth date, that grows with the list; and the codes of the district's schools."""

    by_number: dict[str, KnownChild] = field(default_factory=dict)
    by_name: defaultdict[str, list[KnownChild]] = field(default_factory=lambda: defaultdict(list))
    by_birth: defaultdict[dt.date, list[KnownChild]] = field(default_factory=lambda: defaultdict(list))
    schools: frozenset[str] = frozenset()

    def add(self, child: KnownChild) -> None:
        """Newest first. A number stays with the child that had it first, but what is known of that child is kept up to date."""
        holder = self.by_number.get(child.number)
        if child.number and (holder is None or holder.id == child.id):
            self.by_number[child.number] = child
        self.by_name[child.name].insert(0, child)
        if child.birth_on:
            self.by_birth[child.birth_on].append(child)


def known_children(connection: Connection, district_id: str) -> KnownChildren:
    """All children of the district, with their open cases. Whose only list was taken back is not known: its words may have been wrong."""
    case = tables.case.c
    cases = select(case.child_id, case.id, case.list_type, case.state).where(case.district_id == district_id)
    listed: set[str] = set()
    open_cases: dict[str, tuple[str, str]] = {}
    withdrawn: set[str] = set()
    for child_id, case_id, list_type, state in connection.execute(cases):
        (withdrawn if state == CaseState.WITHDRAWN else listed).add(child_id)
        if state not in CLOSED:
            open_cases[child_id] = (case_id, list_type)
    schools = select(tables.school.c.code).where(tables.school.c.district_id == district_id)
    child = tables.child.c
    query = select(child.id, child.given_name, child.family_name, child.national_id, child.g_code, child.birth_on).where(
        child.district_id == district_id
    )
    known = KnownChildren(schools=frozenset(connection.scalars(schools)))
    for row in connection.execute(query):
        if row.id in withdrawn - listed:
            continue
        number = _number(row.national_id, row.g_code)
        known.add(
            KnownChild(row.id, fold(row.given_name), fold(row.family_name), number, row.birth_on, 0, *open_cases.get(row.id, ("", "")))
        )
    return known


def checked(rows: Iterable[ListedRow], known: KnownChildren, list_type: ListType) -> list[ListedRow]:
    """The rows with what comparing them found; a row that matches a known child carries that child's id."""
    return [compared(row, row.child, known, list_type) if row.child else row for row in rows]


def as_known(child: Child, row: int) -> KnownChild:
    """A row's child, as the rows after it are compared with it."""
    return KnownChild(
        child.id, fold(child.given_name), fold(child.family_name), _number(child.national_id, child.g_code), child.birth_on, row
    )


def compared(row: ListedRow, child: Child, known: KnownChildren, list_type: ListType) -> ListedRow:
    """The row with what comparing it found. From now on it is known, too."""
    this = as_known(child, row.number)
    row = replace(row, findings=(*row.findings, *_of_school(child, known)))
    same, doubts, likely = _match(this, known)
    if same is None:
        known.add(this)
        return replace(row, findings=(*row.findings, *doubts), likely_id=likely.id if likely and not likely.row else "")
    at_risk = list_type is ListType.AT_RISK
    if same.row and at_risk:
        return replace(row, child=replace(child, id=same.id), findings=(*row.findings, Finding("risk.same_child", "", same.row)))
    if same.row:
        return replace(row, findings=(*row.findings, Finding("duplicate.in_list", "", same.row)))
    if same.open_case and at_risk:
        # No second case of the same child: the open one gets the risks.
        known.add(replace(this, id=same.id))
        found = (*row.findings, *doubts, Finding("risk.open_case"))
        return replace(row, child=replace(child, id=same.id), findings=found, known_id=same.id)
    if same.open_case:
        code = "duplicate.open_case" if same.open_type == list_type else "duplicate.other_list"
        known.add(replace(this, id=same.id))
        return replace(row, findings=(*row.findings, Finding(code)), known_id=same.id, open_case=same.open_case)
    known.add(replace(this, id=same.id))
    found = (*row.findings, *doubts, Finding("child.known"))
    return replace(row, child=replace(child, id=same.id), findings=found, known_id=same.id)


def open_case_of(this: KnownChild, known: KnownChildren) -> KnownChild | None:
    """Who this child surely is, where that one has an open case."""
    same, _, _ = _match(this, known)
    return same if same and same.open_case else None


def _of_school(child: Child, known: KnownChildren) -> tuple[Finding, ...]:
    """A code that looks like one of this district's and is none. Where the district has named no schools yet, nothing can be said."""
    code = child.last_school_code
    own = {school[:4] for school in known.schools}
    unknown = len(code) == 8 and code[:4] in own and code not in known.schools
    return (Finding("school.unknown", "last_school_code"),) if unknown else ()


def _match(this: KnownChild, known: KnownChildren) -> tuple[KnownChild | None, tuple[Finding, ...], KnownChild | None]:
    """Who it is, what is doubtful, and who it perhaps is."""
    namesake = known.by_number.get(this.number) if this.number else None
    if namesake and namesake.is_named_like(this):
        return namesake, (), None
    findings = (Finding("id.of_another", "national_id", namesake.row),) if namesake else ()
    doubtful = None
    for other in known.by_name[this.name]:
        contradicts = bool(this.number and other.number and this.number != other.number)
        same_birth = this.birth_on is not None and this.birth_on == other.birth_on
        if same_birth and not contradicts:
            return other, (), None
        # Of two right numbers that differ, the number tells.
        if same_birth or (not contradicts and (this.birth_on is None or other.birth_on is None)):
            doubtful = other
    if doubtful:
        return None, (*findings, Finding("duplicate.doubtful", "", doubtful.row)), doubtful
    if this.birth_on:
        for other in known.by_birth.get(this.birth_on, ()):
            if not (this.number and other.number) and this.is_spelt_like(other):
                return None, (*findings, Finding("duplicate.spelling", "", other.row)), other
    return None, findings, namesake


def _number(national_id: str, g_code: str) -> str:
    """What a child is surely known by: a number with a right check digit, or a G-code."""
    return national_id if has_valid_check_digit(national_id) else g_code
