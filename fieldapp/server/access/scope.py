"""Who may see and change what: a teacher the cases assigned to them, a school head those of the school, district staff all."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.reference import DISTRICT_ROLES, Role
from fieldapp.server import tables

# Who keeps accounts, laptops, and how long what is kept: over the API and at the office's pages alike.
ADMIN_ONLY = frozenset({Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Caller:
    """The signed-in person, on a device."""

    person_id: PersonId
    account: str
    name: str
    role: Role
    school_code: str
    device_id: str
    family: str
    # Role and school at earlier times; only where it is asked what once was theirs.
    past: tuple[tuple[Role, str], ...] = ()

    @property
    def whole_district(self) -> bool:
        return self.role in DISTRICT_ROLES

    @property
    def whole_school(self) -> str | None:
        """The school whose every case is this person's, if there is one."""
        return (self.school_code or None) if self.role is Role.SCHOOL_HEAD else None

    @property
    def scope_mark(self) -> str:
        """A short word for the scope; what was read in one is no whole copy of another."""
        if self.whole_district:
            return "district"
        return f"school-{sha256_hex(self.whole_school.encode())[:12]}" if self.whole_school else "person"

    def covers(self, case: Case) -> bool:
        return self.covers_scope(case.assignee_id, case.school_code)

    def covers_scope(self, owner_id: str | None, school_code: str | None) -> bool:
        if self.whole_district or owner_id == self.person_id:
            return True
        return self.whole_school is not None and school_code == self.whole_school

    def once_covered(self, case: Case) -> bool:
        """The case was theirs at some time; what they did for it then must not be lost."""
        if case.ever_assigned_to(self.person_id):
            return True
        if any(role in DISTRICT_ROLES for role, _ in self.past):
            return True
        schools = {self.whole_school, *(school for role, school in self.past if role is Role.SCHOOL_HEAD)} - {None, ""}
        return any(step.school_code in schools for step in case.steps)


def with_past(connection: Connection, district_id: str, caller: Caller) -> Caller:
    """The caller with what their scope was before."""
    table = tables.past_scope
    query = select(table.c.role, table.c.school_code).where(table.c.district_id == district_id, table.c.person_id == caller.person_id)
    past = tuple((Role(row.role), row.school_code) for row in connection.execute(query))
    return replace(caller, past=past) if past else caller
