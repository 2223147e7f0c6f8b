"""A child: one person, whatever lists they appear on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from fieldapp.domain.identifiers import ChildId
from fieldapp.domain.names import full_name
from fieldapp.domain.thai_dates import PartialDate, Precision


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Child:
    """A person's card. Empty text means not known. Places are TIS 1099 codes, never names, since names repeat inside a province.

    `version` counts changes; `field_events` names the event that last set each field, which is what a merge compares.
    """

    id: ChildId
    given_name: str
    family_name: str = ""
    title: str = ""
    national_id: str = ""
    g_code: str = ""
    birth_on: dt.date | None = None
    birth_precision: Precision = Precision.DAY
    sex: Sex = Sex.UNKNOWN
    nationality: str = ""
    house_no: str = ""
    moo: str = ""
    village: str = ""
    tambon_code: str = ""
    guardian_name: str = ""
    guardian_relation: str = ""
    guardian_phone: str = ""
    father_name: str = ""
    mother_name: str = ""
    last_school_code: str = ""
    last_school_name: str = ""
    last_grade: str = ""
    last_school_year: str = ""
    disability: str = ""
    disadvantage: str = ""
    finished_grade_9: bool = False
    version: int = 1
    field_events: Mapping[str, str] = field(default_factory=dict)

    @property
    def birth(self) -> PartialDate | None:
        return PartialDate(self.birth_on, self.birth_precision) if self.birth_on else None

    @property
    def amphoe_code(self) -> str:
        return self.tambon_code[:4]

    @property
    def full_name(self) -> str:
        return full_name(self.title, self.given_name, self.family_name)


# What a person may change on a card; id and bookkeeping are not among them.
EDITABLE_FIELDS = frozenset(f.name for f in fields(Child)) - {"id", "version", "field_events"}
