"""A visit: an append-only fact about who went, who was met, where the child is and what came out of it."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from fieldapp.domain.compulsory_age import AgeStatus
from fieldapp.domain.identifiers import CaseId, ChildId, PersonId, VisitId
from fieldapp.domain.states import CaseState, ListError


class Met(StrEnum):
    """Who was met at the place."""

    CHILD = "child"
    FATHER = "father"
    MOTHER = "mother"
    GRANDPARENT = "grandparent"
    RELATIVE = "relative"
    GUARDIAN = "guardian"
    NEIGHBOUR = "neighbour"
    VILLAGE_HEAD = "village_head"
    NOBODY = "nobody"


class Whereabouts(StrEnum):
    """Where the child is, as far as the visit could tell."""

    THIS_HOUSE = "this_house"
    SAME_VILLAGE = "same_village"
    SAME_PROVINCE = "same_province"
    OTHER_PROVINCE = "other_province"
    ABROAD = "abroad"
    INSTITUTION = "institution"
    MOVED_UNKNOWN = "moved_unknown"
    NO_SUCH_HOUSE = "no_such_house"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What the visit established; each maps to one state of the case. STILL_AT_SCHOOL is said of a pupil at risk, and of nobody else."""

    RETURNED = "returned"
    WANTS_RETURN = "wants_return"
    NOT_RETURNING = "not_returning"
    NOT_FOUND = "not_found"
    STUDYING_ELSEWHERE = "studying_elsewhere"
    DECEASED = "deceased"
    UNDECIDED = "undecided"
    STILL_AT_SCHOOL = "still_at_school"


class ReturnLevel(StrEnum):
    """Into which level a child returned (domain §3.3)."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    HIGHER = "higher"
    LEARNING_PROMOTION = "learning_promotion"
    SPECIAL_CENTRE = "special_centre"
    JOB_TRAINING = "job_training"


class NextStep(StrEnum):
    """What follows from the visit."""

    VISIT_AGAIN = "visit_again"
    BRING_TO_SCHOOL = "bring_to_school"
    FOLLOW_UP_AT_SCHOOL = "follow_up_at_school"
    ASK_FOR_HELP = "ask_for_help"
    REFER = "refer"
    NONE = "none"


class PhotosShow(StrEnum):
    """What the photos of a home visit show: the question on the last page of the home visit form (domain §4.1). SCHOOL_SIGN is the reason
    why there is none of the house: the pupil with the school's sign, because the house could not be photographed."""

    PARENTS_HOUSE = "parents_house"
    OTHERS_HOUSE = "others_house"
    INSTITUTION = "institution"
    SCHOOL_SIGN = "school_sign"


class PositionSource(StrEnum):
    PHOTO = "photo"
    TYPED = "typed"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Position:
    """WGS 84, in millionths of a degree: whole numbers, so that the same bytes are hashed everywhere."""

    latitude_e6: int
    longitude_e6: int
    source: PositionSource
    accuracy_m: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """`outcome` is None only in a draft. `age_status` is what the app computed and showed on the day. `supersedes` names the visit that
    this one corrects, `household_id` the visit of another child of the house that was made in the same go."""

    id: VisitId
    case_id: CaseId
    child_id: ChildId
    visited_on: dt.date
    by: PersonId
    companions: str = ""
    met: tuple[Met, ...] = ()
    met_note: str = ""
    whereabouts: Whereabouts | None = None
    whereabouts_note: str = ""
    outcome: Outcome | None = None
    return_level: ReturnLevel | None = None
    return_place: str = ""
    return_grade: str = ""
    return_on: dt.date | None = None
    causes: tuple[str, ...] = ()
    main_cause: str | None = None
    age_status: AgeStatus = AgeStatus.UNKNOWN
    note: str = ""
    next_step: NextStep | None = None
    next_on: dt.date | None = None
    next_note: str = ""
    position: Position | None = None
    urgent: bool = False
    urgent_note: str = ""
    supersedes: VisitId | None = None
    household_id: VisitId | None = None
    photos_show: PhotosShow | None = None


def of_same_house(visit: Visit, fresh: Visit) -> Visit:
    """The fresh visit of another child of the house with what the two share: the day, who came along, who of the grown-ups was met, the
    place, whose house the photos show. The child met was the other one, and what came out is each child's own."""
    return replace(
        fresh,
        visited_on=visit.visited_on,
        companions=visit.companions,
        met=tuple(one for one in visit.met if one is not Met.CHILD),
        met_note=visit.met_note,
        position=visit.position,
        household_id=visit.household_id or visit.id,
        photos_show=visit.photos_show if visit.photos_show is not PhotosShow.SCHOOL_SIGN else None,
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a visit from being finished: which field, and a code that the edge turns into words."""

    field: str
    code: str


def problems(visit: Visit, today: dt.date) -> tuple[Problem, ...]:
    """What a person must still mend. Few things on purpose: a visit made in a doorway may be thin, but it must be true."""
    found: list[Problem] = []
    if visit.visited_on > today:
        found.append(Problem("visited_on", "in_the_future"))
    if not visit.met:
        found.append(Problem("met", "missing"))
    elif Met.NOBODY in visit.met and len(visit.met) > 1:
        found.append(Problem("met", "nobody_with_others"))
    if visit.outcome is None:
        found.append(Problem("outcome", "missing"))
    if visit.outcome is Outcome.RETURNED and visit.return_level is None:
        found.append(Problem("return_level", "missing"))
    if visit.outcome is Outcome.NOT_RETURNING and not visit.causes:
        found.append(Problem("causes", "missing"))
    if visit.causes and visit.main_cause not in visit.causes:
        found.append(Problem("main_cause", "missing"))
    if visit.return_on and visit.return_on > today:
        found.append(Problem("return_on", "in_the_future"))
    if visit.next_on and visit.next_on < visit.visited_on:
        found.append(Problem("next_on", "before_visit"))
    return tuple(found)


def resulting_state(visit: Visit) -> tuple[CaseState, ListError | None]:
    """The state a finished visit brings the case into, with the list error where the child should not have been listed."""
    match visit.outcome:
        case Outcome.RETURNED:
            return CaseState.RETURNED, None
        case Outcome.WANTS_RETURN:
            return CaseState.WANTS_RETURN, None
        case Outcome.NOT_RETURNING:
            return CaseState.NOT_RETURNED, None
        case Outcome.NOT_FOUND:
            return CaseState.NOT_FOUND, None
        case Outcome.STUDYING_ELSEWHERE:
            return CaseState.LIST_ERROR, ListError.STUDYING_ELSEWHERE
        case Outcome.DECEASED:
            return CaseState.LIST_ERROR, ListError.DECEASED
        case Outcome.STILL_AT_SCHOOL:
            return CaseState.FOUND, None
        case _:
            return (CaseState.FOUND if Met.CHILD in visit.met else CaseState.TRACING), None
