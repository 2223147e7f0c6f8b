"""A goal of the plan for one child: what shall be so by when, and who sees to it (care aspects K3 and K4, domain §1.2)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, ChildId, PersonId


class CareAspect(StrEnum):
    """The five aspects of the student care system."""

    KNOW = "know"
    SCREEN = "screen"
    PROMOTE = "promote"
    HELP = "help"
    REFER = "refer"


class GoalState(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Goal:
    """`aspect` is PROMOTE or HELP; `measure` is how one will see that it is reached."""

    id: CareId
    case_id: CaseId
    child_id: ChildId
    aspect: CareAspect
    goal: str
    on: dt.date
    by: PersonId
    measure: str = ""
    due_on: dt.date | None = None
    owner_id: PersonId | None = None
    supersedes: CareId | None = None
