"""A risk: one reason, from one source on one day, why a child may fail at school or leave it ("ค้นหาใน web site", domain §1.2 I1–I3)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, ListId, PersonId, SubmissionId


class RiskSource(StrEnum):
    """Where it was found: one of the three web sites, one of the district's own forms, or somebody who saw it."""

    POVERTY_SITE = "poverty_site"
    SCREENING_SITE = "screening_site"
    CARE_SITE = "care_site"
    FORM = "form"
    PERSON = "person"


class RiskLevel(StrEnum):
    """Of the three groups of the screening (domain §2) those that are not ปกติ."""

    RISK = "risk"
    PROBLEM = "problem"


class RiskReason(StrEnum):
    """What the instruments that come with the program call their reasons (`bind::app:risk`): the aspects of the screening, and what the
    other sheets find. A district's own form may name others."""

    LEARNING = "learning"
    HEALTH = "health"
    ECONOMY = "economy"
    WELFARE = "welfare"
    DRUGS = "drugs"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    GAMING = "gaming"
    DEVICES = "devices"
    SPECIAL_NEED = "special_need"
    LOW_INCOME = "low_income"
    ATTENDANCE = "attendance"
    SDQ = "sdq"
    LD = "ld"
    EQ = "eq"
    HARM = "harm"


class RiskState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    MISTAKEN = "mistaken"


@dataclass(frozen=True, slots=True)
class Risk:
    """`reason` is a code of the form that found it, or the words of the site. `list_id` is the import that brought it, `submission_id` the
    filled form."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    source: RiskSource
    reason: str
    level: RiskLevel
    on: dt.date
    by: PersonId
    note: str = ""
    list_id: ListId | None = None
    submission_id: SubmissionId | None = None
