"""What can be said of a row of a received list: a code, the field it is about, and how much it matters. No words."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    NOTE = "note"  # mended or worth knowing; the row counts as checked
    WARNING = "warning"  # the row is taken, but a person has to look before it counts as checked
    KEPT_BACK = "kept_back"  # the row is not taken until a person has decided


# Every code that a row can get, with its weight. A wrong number never keeps a child back: real lists hold errors.
CODES: dict[str, Severity] = {
    "row.no_child": Severity.KEPT_BACK,  # a total, a signature, a repeated header
    "name.missing": Severity.KEPT_BACK,
    "duplicate.in_list": Severity.KEPT_BACK,
    "duplicate.open_case": Severity.KEPT_BACK,
    "duplicate.other_list": Severity.KEPT_BACK,  # never enrolled and dropped out at once
    "name.no_family_name": Severity.WARNING,
    "name.too_long": Severity.WARNING,  # no name is; the column probably holds something else
    "id.missing": Severity.WARNING,
    "id.damaged": Severity.WARNING,  # 1.1037E+12: the digits are lost
    "id.wrong_length": Severity.WARNING,
    "id.wrong_check_digit": Severity.WARNING,
    "id.wrong_g_code": Severity.WARNING,
    "id.of_another": Severity.WARNING,  # the same number with another name
    "id.zero_restored": Severity.NOTE,
    "birth.missing": Severity.WARNING,
    "birth.unreadable": Severity.WARNING,
    "birth.impossible": Severity.WARNING,
    "birth.imprecise": Severity.NOTE,
    "sex.contradicts_title": Severity.WARNING,
    "place.unknown": Severity.WARNING,
    "duplicate.doubtful": Severity.WARNING,  # the same name, but neither number nor birth date tells whether it is the same child
    "duplicate.spelling": Severity.WARNING,  # the same birth date, and a name that differs by a letter or two
    "remark.deceased": Severity.WARNING,  # a remark in the list says so
    "remark.moved": Severity.WARNING,
    "age.past_compulsory": Severity.NOTE,
    "age.before_compulsory": Severity.NOTE,
    "school.other_district": Severity.NOTE,
    "school.unknown": Severity.NOTE,  # a code of this district, but not among its schools
    "school.wrong_code": Severity.NOTE,
    "risk.none": Severity.NOTE,  # a pupil without any risk: there is nothing to take
    "risk.open_case": Severity.NOTE,  # the child's open case gets the risks
    "risk.same_child": Severity.NOTE,  # an earlier row is of the same child: one case for both
    "risk.level_unknown": Severity.WARNING,  # the cell says none of the three groups
    "risk.date_unknown": Severity.NOTE,  # the day of the list counts instead
    "child.known": Severity.NOTE,  # the card was there already and stays as it is
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`other_row` is the row that this one repeats, where there is one."""

    code: str
    field: str = ""
    other_row: int = 0

    @property
    def severity(self) -> Severity:
        return CODES[self.code]

    def to_json(self) -> dict[str, str | int]:
        return {"code": self.code, "field": self.field, "severity": self.severity.value, "other_row": self.other_row}
