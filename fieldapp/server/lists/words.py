"""Findings in words: what the office reads beside a row of a received list."""

from fieldapp.server.lists.findings import Severity
from fieldapp.texts import _, mark

_FINDINGS = {
    "row.no_child": mark("no child in this row (total, signature or repeated heading)"),
    "name.missing": mark("no first name"),
    "duplicate.in_list": mark("the same child as an earlier row"),
    "duplicate.open_case": mark("the child already has an open case"),
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
    "child.known": mark("the child was known already"),
}
_SEVERITIES = {
    Severity.KEPT_BACK: mark("Kept back"),
    Severity.WARNING: mark("Taken, to be looked at"),
    Severity.NOTE: mark("Noted"),
}


def finding_words(code: str, other_row: int = 0) -> str:
    """`other_row` is the row that this one repeats, where one row is spoken of and not a number of rows."""
    if code == "duplicate.in_list" and other_row:
        return _("the same child as row {other_row}").format(other_row=other_row)
    return _(_FINDINGS[code])


def severity_words(severity: Severity) -> str:
    return _(_SEVERITIES[severity])
