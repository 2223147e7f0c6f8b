"""What the vocabularies of the domain are called on a screen. One table a vocabulary, keyed by the enum's name, so that no use case
need be loaded to name its states; a test compares each table with its enum."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from fieldapp.care_words import CARE
from fieldapp.texts import _, mark

if TYPE_CHECKING:
    from fieldapp.domain.visit import Problem

WORDS: Mapping[str, Mapping[str, str]] = {
    **CARE,
    "HarmSign": {
        "no_carer": mark("Nobody cares for the child"),
        "abused": mark("Abused or hurt"),
        "sexually_abused": mark("Sexually abused"),
        "self_harm": mark("Hurts itself"),
    },
    "CaseState": {
        "listed": mark("On the list"),
        "checked": mark("Checked"),
        "list_error": mark("Error in the list"),
        "assigned": mark("Assigned"),
        "tracing": mark("Being traced"),
        "found": mark("Found"),
        "not_found": mark("Not found"),
        "wants_return": mark("Wants to return to school"),
        "returned": mark("Back in education"),
        "not_returned": mark("Not back in education"),
        "referred": mark("Referred"),
        "dropped_again": mark("Dropped out again"),
        "withdrawn": mark("List taken back"),
    },
    "ListType": {
        "never_enrolled": mark("Never enrolled"),
        "dropped_out": mark("Dropped out"),
        "at_risk": mark("At risk"),
        "dropped_again": mark("Dropped out again"),
    },
    "ListError": {
        "duplicate": mark("Listed twice"),
        "wrong_id": mark("Wrong ID number"),
        "studying_elsewhere": mark("Is studying already"),
        "deceased": mark("Has died"),
        "other_district": mark("Belongs to another district"),
    },
    "Outcome": {
        "returned": mark("Is back at school"),
        "wants_return": mark("Wants to go back"),
        "not_returning": mark("Will not go back"),
        "not_found": mark("Could not be found"),
        "studying_elsewhere": mark("Studies elsewhere"),
        "deceased": mark("Died"),
        "undecided": mark("Not decided yet"),
        "still_at_school": mark("Is still at school"),
    },
    "Met": {
        "child": mark("Child"),
        "father": mark("Father"),
        "mother": mark("Mother"),
        "grandparent": mark("Grandparent"),
        "relative": mark("Relative"),
        "guardian": mark("Guardian"),
        "neighbour": mark("Neighbour"),
        "village_head": mark("Village head"),
        "nobody": mark("Nobody"),
    },
    "Whereabouts": {
        "this_house": mark("In this house"),
        "same_village": mark("In this village"),
        "same_province": mark("Elsewhere in the province"),
        "other_province": mark("In another province"),
        "abroad": mark("Abroad"),
        "institution": mark("In an institution"),
        "moved_unknown": mark("Moved, unknown where"),
        "no_such_house": mark("There is no such house"),
        "unknown": mark("Whereabouts not known"),
    },
    "ReturnLevel": {
        "kindergarten": mark("Kindergarten"),
        "primary": mark("Primary school"),
        "secondary": mark("Secondary school"),
        "vocational": mark("Vocational college"),
        "higher": mark("Higher education"),
        "learning_promotion": mark("Department of Learning Encouragement"),
        "special_centre": mark("Special education centre"),
        "job_training": mark("Job training"),
    },
    "NextStep": {
        "visit_again": mark("Visit again"),
        "bring_to_school": mark("Bring to school"),
        "follow_up_at_school": mark("Follow up at school"),
        "ask_for_help": mark("Ask for help"),
        "refer": mark("Refer"),
        "none": mark("Nothing further"),
    },
    "PhotoKind": {
        "outside": mark("Outside the house"),
        "inside": mark("Inside the house"),
        "child_with_school_sign": mark("Child at the school sign"),
        "document": mark("Document"),
        "other": mark("Other picture"),
    },
    "PhotosShow": {
        "parents_house": mark("House of the parents, their own or rented"),
        "others_house": mark("House of relatives or of another guardian"),
        "institution": mark("Temple, foundation, dormitory, factory, or with the employer"),
        "school_sign": mark("The child with the school sign, because the house could not be photographed"),
    },
    "AgeStatus": {
        "before": mark("Not yet of compulsory age"),
        "inside": mark("Of compulsory age"),
        "past": mark("Past compulsory age"),
        "unknown": mark("Compulsory age not known"),
    },
    "Reason": {
        "by_age": mark("by age"),
        "finished_grade_9": mark("finished grade 9"),
        "no_birth_date": mark("no birth date"),
    },
    "Role": {
        "teacher": mark("Teacher"),
        "school_head": mark("School head"),
        "officer": mark("District officer"),
        "coordinator": mark("Coordinator"),
        "partner": mark("Partner"),
        "admin": mark("Administrator"),
    },
    "AgencyKind": {
        "education": mark("Education"),
        "welfare": mark("Welfare"),
        "health": mark("Health"),
        "local": mark("Local administration"),
        "work": mark("Work"),
        "law": mark("Law"),
        "other": mark("Other agency"),
    },
    "Sex": {"male": mark("Male"), "female": mark("Female"), "unknown": mark("Sex not known")},
    "FollowUpState": {"open": mark("Open"), "done": mark("Done"), "cancelled": mark("Called off")},
    "Delivery": {
        "waiting": mark("Waiting to be sent"),
        "received": mark("Received by the district"),
        "held": mark("Kept by the district for a decision"),
        "rejected": mark("Needs mending"),
        "conflict": mark("Changed in two places"),
    },
    "PhotoDelivery": {
        "waiting": mark("Waiting to be sent"),
        "received": mark("Received by the district"),
        "set_aside": mark("Set aside"),
        "elsewhere": mark("On another device"),
    },
    "Bucket": {
        "returned": mark("Back in education"),
        "not_returned": mark("Not back in education"),
        "wants_return": mark("Wants to return to school"),
        "not_found": mark("Not found"),
        "in_progress": mark("In progress"),
    },
    "SortBy": {
        "name": mark("Name"),
        "age": mark("Age"),
        "village": mark("Village"),
        "list_type": mark("List"),
        "state": mark("State"),
        "due": mark("Due"),
    },
    "Precision": {"day": mark("Day known"), "month": mark("Month known"), "year": mark("Year known")},
    "Rounding": {"half-up": mark("Rounded"), "truncate": mark("Cut off")},
}

# Where room is short; what is missing here is short enough already.
_SHORT: Mapping[str, Mapping[str, str]] = {
    "CaseState": {
        "wants_return": mark("Wants back"),
        "returned": mark("Returned"),
        "not_returned": mark("Not returned"),
        "list_error": mark("List error"),
    },
    "Bucket": {
        "wants_return": mark("Wants back"),
        "returned": mark("Returned"),
        "not_returned": mark("Not returned"),
    },
    "PhotoKind": {
        "outside": mark("Outside"),
        "inside": mark("Inside"),
        "child_with_school_sign": mark("At the sign"),
        "other": mark("Other"),
    },
    "PhotosShow": {
        "parents_house": mark("House of the parents"),
        "others_house": mark("House of relatives"),
        "institution": mark("Temple, dormitory, place of work"),
        "school_sign": mark("The house could not be photographed"),
    },
    "Delivery": {"received": mark("Received"), "waiting": mark("Waiting"), "held": mark("Kept for a decision")},
    "PhotoDelivery": {"received": mark("Received"), "waiting": mark("Waiting")},
}

_HINTS: Mapping[str, str] = {
    "returned": mark("give school, class and date"),
    "wants_return": mark("plan the way back"),
    "not_returning": mark("give the causes"),
    "not_found": mark("moved, away, no house"),
    "studying_elsewhere": mark("give the place of study"),
    "still_at_school": mark("looked after from here on"),
    "deceased": mark("the district will check"),
    "undecided": mark("visit again"),
}

# By code; `field:code` first where the field makes a better sentence.
PROBLEMS: Mapping[str, str] = {
    "met:missing": mark("Choose who was met."),
    "met:nobody_with_others": mark("“Nobody” cannot stand beside others."),
    "outcome:missing": mark("Choose the outcome of the visit."),
    "return_level:missing": mark("Choose into which level the child returned."),
    "causes:missing": mark("Choose at least one cause."),
    "main_cause:missing": mark("Tap the star of the main cause."),
    "visited_on:in_the_future": mark("The day of the visit lies in the future."),
    "return_on:in_the_future": mark("The day of return lies in the future."),
    "next_on:before_visit": mark("The next date lies before the visit."),
}


# Why the district keeps something for a decision, by the code of its answer.
HELD: Mapping[str, str] = {
    "forgotten": mark("the district was restored from a backup and no longer knew the child"),
    "no_longer_yours": mark("the child had been handed over to someone else"),
    "merged": mark("the child was on the list twice and the two cases are one now"),
    "withdrawn": mark("the list that named the child was taken back"),
    "device_revoked": mark("the access of this computer had ended"),
    "account_closed": mark("the account had been closed"),
    "account_expired": mark("the account had expired"),
}


def of(value: StrEnum) -> str:
    """The word for a member of one of the vocabularies."""
    return _(WORDS[type(value).__name__][value.value])


def short(value: StrEnum) -> str:
    """The shorter word for chips and narrow columns."""
    by_value = _SHORT.get(type(value).__name__, {})
    return _(by_value[value.value]) if value.value in by_value else of(value)


def hint(outcome: StrEnum) -> str:
    """What follows from choosing this outcome."""
    return _(_HINTS[outcome.value])


def problem(found: "Problem") -> str:
    """What keeps a visit from being finished."""
    return _(PROBLEMS[f"{found.field}:{found.code}"])


def held(code: str) -> str:
    """Why the district keeps it; '' for a reason of a newer district."""
    return _(HELD[code]) if code in HELD else ""


def harm(code: str) -> str:
    """A sign of harm in words; as the form calls it where it is not one of ours."""
    word = WORDS["HarmSign"].get(code)
    return _(word) if word else code


def risk_reason(code: str) -> str:
    """Why a child is at risk; as a form or a web site calls it where it is not one of ours."""
    word = WORDS["RiskReason"].get(code)
    return _(word) if word else code


def outcome(code: str) -> str:
    """The word for an outcome that is kept as text; '' where it is not known."""
    word = WORDS["Outcome"].get(code)
    return _(word) if word else ""


def role(code: str) -> str:
    """The word for a role that is kept as text; '' where it is not known."""
    word = WORDS["Role"].get(code)
    return _(word) if word else ""
