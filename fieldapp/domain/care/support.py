"""A support: help that a child was given, in one of the areas of the protection and care work (domain §1.2 W1–W11)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, PersonId


class SupportArea(StrEnum):
    EMERGENCY = "emergency"
    SOCIAL_DANGER = "social_danger"
    HYGIENE = "hygiene"
    SAFETY = "safety"
    ACCIDENT = "accident"
    FUNDS = "funds"
    HEALTH = "health"
    DRUGS = "drugs"
    NEW_THREATS = "new_threats"
    ROAD = "road"
    DISASTER = "disaster"


class SupportState(StrEnum):
    GIVEN = "given"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Support:
    """`what` was given by whom (`giver`, in words; `agency_id` where the district knows it), for how many baht, with which `result`.
    `goal_id` names the goal that it serves."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    area: SupportArea
    what: str
    on: dt.date
    by: PersonId
    giver: str = ""
    agency_id: str | None = None
    cost_baht: int | None = None
    result: str = ""
    goal_id: CareId | None = None
    supersedes: CareId | None = None
