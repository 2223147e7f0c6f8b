"""Who may see and change what: a teacher the cases assigned to them, a school head those of the school, district staff all."""

from dataclasses import dataclass

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.reference import DISTRICT_ROLES, Role


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
        return self.whole_school is not None and any(step.school_code == self.whole_school for step in case.steps)
