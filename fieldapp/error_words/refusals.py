"""Why the district did not take a record or keeps it for a person, which field it means, and what kinds of records are called. For the sync
page and for the office alike."""

from collections.abc import Mapping

from fieldapp.texts import _, mark

_KINDS: Mapping[str, str] = {
    "visit.recorded": mark("Visit"),
    "photo.added": mark("Photo"),
    "child.edited": mark("Card changed"),
    "conflict.decided": mark("Conflict decided"),
    "follow_up.planned": mark("Follow-up planned"),
    "follow_up.closed": mark("Follow-up closed"),
    "submission.recorded": mark("Filled form"),
    "paper.returned": mark("Signed paper"),
    "case.listed": mark("Put on the list"),
    "case.checked": mark("Row of the list checked"),
    "case.marked_list_error": mark("Error in the list noted"),
    "case.assigned": mark("Case assigned"),
    "case.merged": mark("Duplicate put together with another case"),
    "case.unmerged": mark("Putting together undone"),
    "case.withdrawn": mark("Case taken back with its list"),
    "case.dropped_again": mark("Left school again"),
    "risk.found": mark("Risk"),
    "support.given": mark("Help given"),
    "goal.set": mark("Goal"),
    "referral.drafted": mark("Referral"),
    "consent.recorded": mark("Consent"),
    "transfer.asked": mark("Transfer asked for"),
    "care.stepped": mark("What became of a risk, a goal, help or a referral"),
    "held.decided": mark("Decision about what was kept"),
}
_REASONS: Mapping[str, str] = {
    "not_yours": mark("This child was never assigned to you, so the district could not take it"),
    "unknown_record": mark("The district does not know this child or visit"),
    "missing": mark("A field is not filled in"),
    "wrong_value": mark("A field holds something it cannot hold"),
    "unknown_field": mark("A field is not one the district knows"),
    "in_the_future": mark("A date lies in the future"),
    "before_visit": mark("A date lies before the visit"),
    "before_start": mark("A date lies before the day on which this began"),
    "nobody_with_others": mark("Nobody and somebody cannot both have been met"),
    "mismatch": mark("The record does not fit the child it names"),
    "not_allowed": mark("This change is not allowed"),
    "different_content": mark("The district holds another record under the same number"),
    "unreadable": mark("The district could not read this record"),
    "unknown_kind": mark("The district does not know this kind of record yet"),
    "merged": mark("The district has merged this case into another one"),
    "withdrawn": mark("The district has taken back the list that named this child"),
    "already_decided": mark("Someone else in the office decided this before"),
    "too_large": mark("The record is larger than the district takes"),
    "batch_too_large": mark("The record is larger than the district takes"),
    "not_json": mark("The district could not read this record"),
    "wrong_request": mark("The district could not read this record"),
}
_FIELDS: Mapping[str, str] = {
    "help_lines": mark("help numbers"),
    "urgent_readers": mark("who reads urgent reports"),
    "accounts": mark("account names"),
    "visited_on": mark("day of the visit"),
    "met": mark("who was met"),
    "outcome": mark("outcome"),
    "return_level": mark("level returned to"),
    "return_on": mark("day of return"),
    "causes": mark("causes"),
    "main_cause": mark("main cause"),
    "photos_show": mark("what the photos show"),
    "next_on": mark("day of the next step"),
    "guardian_phone": mark("guardian's phone"),
    "guardian_name": mark("guardian's name"),
    "guardian_relation": mark("guardian's relation"),
    "house_no": mark("house number"),
    "moo": mark("village number"),
    "village": mark("village"),
    "tambon_code": mark("subdistrict"),
    "given_name": mark("given name"),
    "family_name": mark("family name"),
    "title": mark("title"),
    "national_id": mark("national ID"),
    "birth_on": mark("birth date"),
    "birth_precision": mark("how much of the birth date is known"),
    "sex": mark("sex"),
    "due_on": mark("due date"),
    "note": mark("note"),
    "urgent_note": mark("urgent note"),
    "whereabouts": mark("where the child is"),
    "return_place": mark("school returned to"),
    "return_grade": mark("class returned to"),
    "next_step": mark("next step"),
    "next_note": mark("note on the next step"),
    "companions": mark("who came along"),
    "position": mark("place on the map"),
    "taken_at": mark("when the photo was taken"),
    "size": mark("size of the photo"),
    "media_type": mark("kind of picture"),
    "filled_on": mark("day on which the form was filled"),
    "xml": mark("answers of the form"),
    "form_id": mark("form"),
    "sha256": mark("the photo's bytes"),
    "made_at": mark("time of this computer"),
    "finished_grade_9": mark("finished grade 9"),
    "g_code": mark("G-code"),
    "nationality": mark("nationality"),
    "father_name": mark("father's name"),
    "mother_name": mark("mother's name"),
    "last_school_code": mark("code of the last school"),
    "last_school_name": mark("last school"),
    "last_grade": mark("last class"),
    "last_school_year": mark("last school year"),
    "disability": mark("disability"),
    "disadvantage": mark("disadvantage"),
}
_PHOTOS: Mapping[str, str] = {
    "photo.unreadable": mark("The file is damaged and cannot be read as a picture"),
    "photo.forgotten": mark("The district lost the picture when it was restored, and it is not on this computer any more"),
    "photo.missing": mark("The picture is not on this computer any more"),
    "photo.too_large": mark("The picture is larger than the district takes"),
    "too_large": mark("The picture is larger than the district takes"),
    "mismatch": mark("The picture is not the one that the visit names"),
}
# About the record itself, which no person can mend.
_NO_FIELD = frozenset(
    {"", "record", "id", "kind", "by", "case_id", "visit_id", "payload", "version", "base_version", "device_id", "child_id"}
    | {"submission_id"}
)


def kind(code: str) -> str:
    """What was done."""
    return _(_KINDS[code]) if code in _KINDS else code


def reason(code: str) -> str:
    """Why it was refused."""
    return _(_REASONS[code]) if code in _REASONS else _("The district could not take it ({code})").format(code=code)


def photo(code: str) -> str:
    """Why the bytes of a photo were not taken."""
    return _(_PHOTOS[code]) if code in _PHOTOS else _("The district could not take it ({code})").format(code=code)


def field(name: str) -> str:
    """The field to mend; '' where it is none that a person fills in. The district may name it with the way that leads to it."""
    last = name.rpartition(".")[2]
    if last in _NO_FIELD:
        return ""
    return _(_FIELDS[last]) if last in _FIELDS else last
