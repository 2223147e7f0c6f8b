"""Findings, columns, states and stages in words: what the office reads beside a received list and its rows."""

from fieldapp.server.lists.findings import Severity
from fieldapp.texts import _, mark

_FINDINGS = {
    "row.no_child": mark("no child in this row (total, signature or repeated heading)"),
    "name.missing": mark("no first name"),
    "duplicate.in_list": mark("the same child as an earlier row"),
    "duplicate.open_case": mark("the child already has an open case"),
    "duplicate.other_list": mark("the child has an open case on the other list"),
    "duplicate.spelling": mark("a child with the same birth date and almost the same name exists"),
    "remark.deceased": mark("a remark says that the child has died"),
    "remark.moved": mark("a remark says that the child has moved"),
    "name.too_long": mark("a name longer than any name is"),
    "name.no_family_name": mark("no family name"),
    "id.missing": mark("no ID number"),
    "id.damaged": mark("Excel has lost digits of the ID number"),
    "id.wrong_length": mark("the ID number does not have 13 digits"),
    "id.wrong_check_digit": mark("the check digit of the ID number is wrong"),
    "id.wrong_g_code": mark("the G-code is not well formed"),
    "id.of_another": mark("another child has the same ID number"),
    "id.zero_restored": mark("the leading zero of the ID number was restored"),
    "birth.missing": mark("no birth date"),
    "birth.unreadable": mark("the birth date cannot be read"),
    "birth.impossible": mark("the birth date is impossible"),
    "birth.imprecise": mark("only the month or year of birth is known"),
    "sex.contradicts_title": mark("sex and title contradict each other"),
    "place.unknown": mark("tambon and amphoe were not found"),
    "duplicate.doubtful": mark("a child of the same name exists; perhaps the same child"),
    "age.past_compulsory": mark("past compulsory school age"),
    "age.before_compulsory": mark("not yet of compulsory school age"),
    "school.other_district": mark("the last school belongs to another district"),
    "school.unknown": mark("the last school is not among the district's schools"),
    "school.wrong_code": mark("the school code does not have 8 or 10 digits"),
    "risk.none": mark("no risk was found in this child"),
    "risk.open_case": mark("the risks go to the child's open case"),
    "risk.same_child": mark("the same child as an earlier row: one case gets the risks of both"),
    "risk.level_unknown": mark("the level of the risk is written otherwise than known"),
    "risk.date_unknown": mark("the day of the screening cannot be read; the day of the list counts"),
    "child.known": mark("the child was known already"),
}
_SEVERITIES = {
    Severity.KEPT_BACK: mark("Kept back"),
    Severity.WARNING: mark("Taken, to be looked at"),
    Severity.NOTE: mark("Noted"),
}


_FIELDS = {
    "national_id": mark("ID number"),
    "g_code": mark("G-code"),
    "title": mark("Title"),
    "given_name": mark("First name"),
    "family_name": mark("Family name"),
    "full_name": mark("First and family name"),
    "sex": mark("Sex"),
    "birth": mark("Birth date"),
    "birth_on": mark("Birth date"),
    "nationality": mark("Nationality"),
    "address": mark("Address in one cell"),
    "house_no": mark("House number"),
    "moo": mark("Moo"),
    "village": mark("Village"),
    "tambon": mark("Tambon"),
    "amphoe": mark("Amphoe"),
    "province": mark("Province"),
    "tambon_code": mark("Tambon code"),
    "guardian_name": mark("Guardian's name"),
    "guardian_family_name": mark("Guardian's family name"),
    "guardian_relation": mark("Guardian's relation"),
    "guardian_phone": mark("Guardian's telephone"),
    "father_name": mark("Father's name"),
    "father_family_name": mark("Father's family name"),
    "mother_name": mark("Mother's name"),
    "mother_family_name": mark("Mother's family name"),
    "last_school_code": mark("Code of the last school"),
    "last_school_name": mark("Name of the last school"),
    "last_grade": mark("Last grade"),
    "last_room": mark("Last room"),
    "last_school_year": mark("Last school year"),
    "disability": mark("Disability"),
    "disadvantage": mark("Disadvantage"),
    "risk_aspect": mark("Aspect of the screening"),
    "risk_reason": mark("Reason of the risk"),
    "risk_level": mark("Level of the risk"),
    "screened_on": mark("Day of the screening"),
}
_AT_SCHOOL = {
    "last_school_code": mark("School code"),
    "last_school_name": mark("School"),
    "last_grade": mark("Class"),
    "last_room": mark("Room"),
    "last_school_year": mark("School year"),
}
_STATES = {
    "staged": mark("To be accepted"),
    "kept_back": mark("Kept back"),
    "taken": mark("Accepted"),
    "same": mark("Same child"),
    "dropped": mark("Dropped"),
    "no_risk": mark("No risk"),
    "withdrawn": mark("Taken back"),
    "waiting": mark("Not decided"),
    "mapping": mark("Columns to be checked"),
    "checked": mark("Checked, nothing accepted yet"),
    "undone": mark("Taken back"),
    "cleared": mark("Rows removed"),
}
_STANDINGS = {
    "new": mark("New child"),
    "again": mark("Known child"),
    "changed": mark("Known, with other values"),
    "likely": mark("Perhaps a known child"),
    "none": mark("No child"),
}
_WEIGHTS = {"good": mark("Nothing to look at"), "warning": mark("To be looked at"), "kept_back": mark("Kept back")}
_STAGES = {
    "": mark("Beginning"),
    "reading": mark("Reading the file"),
    "checking": mark("Checking the rows"),
    "comparing": mark("Comparing with the children that are known"),
    "keeping": mark("Keeping the rows for the preview"),
    "taking": mark("Making children and cases of the rows"),
    "undoing": mark("Taking the list back"),
}
_ACTS = {
    "corrected": mark("Corrected"),
    "accepted": mark("Accepted"),
    "dropped": mark("Dropped"),
    "same_child": mark("Noted as the same child"),
    "card_updated": mark("Card changed to the list's values"),
    "reopened": mark("Opened again"),
}
_BUILT = {
    "visit.recorded": mark("a visit was recorded"),
    "photo.added": mark("a photo was added"),
    "follow_up.planned": mark("a follow-up was planned"),
    "follow_up.closed": mark("a follow-up was closed"),
    "submission.recorded": mark("a form was filled"),
    "case.dropped_again": mark("the child dropped out again"),
    "risk.found": mark("a risk was found"),
    "support.given": mark("help was given"),
    "goal.set": mark("a goal was set"),
    "referral.drafted": mark("a referral was written"),
    "consent.recorded": mark("a consent was recorded"),
    "transfer.asked": mark("a transfer was asked for"),
    "paper.returned": mark("a signed paper came back"),
    "care.stepped": mark("care went on"),
    "child.edited": mark("the card was changed"),
    "conflict.decided": mark("a conflict was decided"),
    "case.marked_list_error": mark("marked as an error of the list"),
    "case.merged": mark("merged with another case"),
}


def field_words(field: str, *, at_school: bool = False) -> str:
    """What a column, or a field of a card, is called; of an aspect, with its column behind a colon. `at_school`: of a pupil, whose
    school is not the last one."""
    name = field.partition(":")[0]
    return _((_AT_SCHOOL if at_school else _FIELDS).get(name) or _FIELDS[name])


def state_words(state: str) -> str:
    """Of a row, or of a whole import."""
    return _(_STATES[state])


def standing_words(standing: str) -> str:
    return _(_STANDINGS[standing]) if standing else ""


def weight_words(weight: str) -> str:
    return _(_WEIGHTS[weight])


def stage_words(stage: str) -> str:
    return _(_STAGES[stage])


def act_words(act: str) -> str:
    return _(_ACTS[act])


def built_words(kind: str) -> str:
    """Why a case stays when its list is taken back."""
    return _(_BUILT[kind]) if kind in _BUILT else _("someone has worked on it")


def reason_words(reason: str) -> str:
    """A person's reason as typed, or why a row stays."""
    return _("stays: {why}").format(why=built_words(reason.removeprefix("stays:"))) if reason.startswith("stays:") else reason


def finding_words(code: str, other_row: int = 0) -> str:
    """`other_row` is the row that this one repeats, where one row is spoken of and not a number of rows."""
    if code in ("duplicate.in_list", "risk.same_child") and other_row:
        return _("the same child as row {other_row}").format(other_row=other_row)
    return _(_FINDINGS[code])


def severity_words(severity: Severity) -> str:
    return _(_SEVERITIES[severity])
