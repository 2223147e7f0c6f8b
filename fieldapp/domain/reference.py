"""What everyone in the district shares: people, schools, causes, settings. The office edits them; laptops only read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fieldapp.domain.identifiers import PersonId


class Role(StrEnum):
    TEACHER = "teacher"
    SCHOOL_HEAD = "school_head"
    OFFICER = "officer"
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    ADMIN = "admin"


# Whose scope is the whole district.
DISTRICT_ROLES = frozenset({Role.OFFICER, Role.COORDINATOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as others see them: no account data."""

    id: PersonId
    name: str
    role: Role
    school_code: str = ""
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class School:
    """`code` is the 8-digit SMIS/DMC code: province, area, running number (4603xxxx in Kalasin ESA 3)."""

    code: str
    name: str
    tambon_code: str = ""
    network: str = ""
    active: bool = True
    version: int = 1

    @property
    def id(self) -> str:
        return self.code


class AgencyKind(StrEnum):
    EDUCATION = "education"
    WELFARE = "welfare"
    HEALTH = "health"
    LOCAL = "local"
    WORK = "work"
    LAW = "law"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Agency:
    """To whom a child may be referred. `area` says where it is responsible, in words; `contact` how it is reached."""

    id: str
    name: str
    kind: str = AgencyKind.OTHER.value
    contact: str = ""
    area: str = ""
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of the district's own list with its numbers in DMC's 9 and edudev's 19 (domain §3.1, §3.2); 0 = none fits."""

    code: str
    name: str
    dmc: int = 0
    edudev: int = 0
    position: int = 0
    active: bool = True
    version: int = 1

    @property
    def id(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing the district decides: rounding, the ladder's buckets, the rule of compulsory age, ..."""

    name: str
    value: Mapping[str, str] = field(default_factory=dict)
    version: int = 1

    @property
    def id(self) -> str:
        return self.name
