"""A row of a list as a child's card with what was found in it. Row by row; what is known of other children is not asked here."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldapp.domain.child import Child
from fieldapp.domain.compulsory_age import AgeStatus, Rule, eligibility
from fieldapp.domain.identifiers import ChildId, new_id
from fieldapp.domain.names import split_title
from fieldapp.domain.thai_dates import Precision
from fieldapp.server.lists import values
from fieldapp.server.lists.addresses import place, taken_apart
from fieldapp.server.lists.fields import Field
from fieldapp.server.lists.findings import Finding, Severity
from fieldapp.server.lists.mapping import ColumnMapping
from fieldapp.server.lists.reader import Cell, SourceRow

if TYPE_CHECKING:
    from fieldapp.server.lists.listed_risks import ListedRisk

# Thai names may be long, but a paragraph is none.
_LONGEST_NAME = 80
# The weight of a row where nobody has to look.
GOOD = "good"
_DECEASED = ("เสียชีวิต", "ถึงแก่กรรม")
_MOVED = ("ย้ายออก", "ย้ายที่อยู่", "ย้ายถิ่น", "ย้ายไป")
_OF_PARENTS = ("บิดา", "มารดา", "พ่อ", "แม่", "ผู้ปกครอง")
_AGES = {AgeStatus.PAST: "age.past_compulsory", AgeStatus.BEFORE: "age.before_compulsory"}


@dataclass(frozen=True, slots=True)
class ListedRow:
    """`cells` are as they came, as text, and `source` as they came. `child` is None where the row names no child; `known_id` is the card
    that is there already, `open_case` the case it has, `likely_id` the card of who is perhaps the same. `risks` is None on a list
    that does not tell of any."""

    number: int
    cells: tuple[str | None, ...]
    child: Child | None
    findings: tuple[Finding, ...]
    source: tuple[Cell, ...] = ()
    known_id: str = ""
    open_case: str = ""
    likely_id: str = ""
    risks: "tuple[ListedRisk, ...] | None" = None

    @property
    def kept_back(self) -> bool:
        return self._worst(Severity.KEPT_BACK)

    @property
    def clean(self) -> bool:
        """Nothing that a person would have to look at."""
        return not self._worst(Severity.KEPT_BACK) and not self._worst(Severity.WARNING)

    @property
    def weight(self) -> str:
        """Of the worst finding: kept_back, warning, or good where nobody has to look."""
        if self.kept_back:
            return Severity.KEPT_BACK.value
        return GOOD if self.clean else Severity.WARNING.value

    def _worst(self, severity: Severity) -> bool:
        return any(finding.severity is severity for finding in self.findings)


def listed_row(row: SourceRow, mapping: ColumnMapping, *, district_id: str, as_of: dt.date, today: dt.date, rule: Rule) -> ListedRow:
    """`rule`: how the district counts compulsory age."""

    def cell(field: Field) -> Cell:
        return mapping.cell(row, field)

    cells = tuple(None if value is None else _as_text(value) for value in row.cells)
    title, given_name, family_name = _name(cell)
    national_id, g_code, id_findings = values.identity(cell(Field.NATIONAL_ID))
    birth, birth_findings = values.birth(cell(Field.BIRTH), today=today)
    if not given_name or _repeats_header(row, mapping):
        is_child = birth is not None or len(national_id) == values.ID_DIGITS
        return ListedRow(row.number, cells, None, (Finding("name.missing" if is_child else "row.no_child", "given_name"),), row.cells)
    sex, sex_findings = values.sex(cell(Field.SEX), title)
    address, place_findings = _address(cell)
    school_code, school_findings = values.school_code(cell(Field.LAST_SCHOOL_CODE), district_id=district_id)
    grade = values.grade(cell(Field.LAST_GRADE))
    child = Child(
        id=ChildId(new_id()),
        given_name=given_name,
        family_name=family_name,
        title=title,
        national_id=national_id,
        g_code=g_code,
        birth_on=birth.on if birth else None,
        birth_precision=birth.precision if birth else Precision.DAY,
        sex=sex,
        nationality=values.text_of(cell(Field.NATIONALITY)),
        **address,
        **_family(cell),
        last_school_code=school_code,
        last_school_name=values.text_of(cell(Field.LAST_SCHOOL_NAME)),
        last_grade=grade,
        last_school_year=values.number_text(cell(Field.LAST_SCHOOL_YEAR)),
        disability=values.text_of(cell(Field.DISABILITY)),
        disadvantage=values.text_of(cell(Field.DISADVANTAGE)),
        finished_grade_9=values.has_finished_grade_9(grade),
    )
    findings = (
        *id_findings,
        *birth_findings,
        *sex_findings,
        *place_findings,
        *school_findings,
        *_of_the_child(child, as_of, rule),
        *_remarks(row, mapping),
    )
    return ListedRow(row.number, cells, child, findings, row.cells)


def _name(cell: Any) -> tuple[str, str, str]:
    """Title, given name and family name, wherever the list put them: titles stick to names, and whole names stand in one cell."""
    written = values.title(cell(Field.TITLE))
    family_name = values.text_of(cell(Field.FAMILY_NAME))
    stuck, given_name = split_title(values.text_of(cell(Field.GIVEN_NAME)) or values.text_of(cell(Field.FULL_NAME)))
    if not family_name and " " in given_name:
        given_name, family_name = given_name.split(" ", 1)
    return written or stuck, given_name, family_name


def _repeats_header(row: SourceRow, mapping: ColumnMapping) -> bool:
    """Printed lists repeat their header on every page."""
    name = values.text_of(mapping.cell(row, Field.GIVEN_NAME)) or values.text_of(mapping.cell(row, Field.FULL_NAME))
    return name.startswith("ชื่อ") and not values.number_text(mapping.cell(row, Field.NATIONAL_ID)).isdigit()


def _address(cell: Any) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    whole = taken_apart(values.text_of(cell(Field.ADDRESS)))
    found, findings = place(
        values.text_of(cell(Field.TAMBON)) or whole.tambon,
        values.text_of(cell(Field.AMPHOE)) or whole.amphoe,
        values.text_of(cell(Field.PROVINCE)),
        values.number_text(cell(Field.TAMBON_CODE)),
    )
    village = values.text_of(cell(Field.VILLAGE)) or whole.village
    address = {
        "house_no": values.number_text(cell(Field.HOUSE_NO)) or whole.house_no,
        "moo": values.moo(cell(Field.MOO)) or whole.moo,
        "village": f"{village} {found.unknown}".strip(),
        "tambon_code": found.tambon_code,
    }
    return address, findings


def _family(cell: Any) -> dict[str, Any]:
    def name(given: Field, family: Field) -> str:
        return f"{values.text_of(cell(given))} {values.text_of(cell(family))}".strip()

    return {
        "guardian_name": name(Field.GUARDIAN_NAME, Field.GUARDIAN_FAMILY_NAME),
        "guardian_relation": values.text_of(cell(Field.GUARDIAN_RELATION)),
        "guardian_phone": values.phone(cell(Field.GUARDIAN_PHONE)),
        "father_name": name(Field.FATHER_NAME, Field.FATHER_FAMILY_NAME),
        "mother_name": name(Field.MOTHER_NAME, Field.MOTHER_FAMILY_NAME),
    }


def _of_the_child(child: Child, as_of: dt.date, rule: Rule) -> tuple[Finding, ...]:
    found = []
    if not child.family_name:
        found.append(Finding("name.no_family_name", "family_name"))
    found += [Finding("name.too_long", field) for field in ("given_name", "family_name") if len(getattr(child, field)) > _LONGEST_NAME]
    status = eligibility(child.birth, as_of, finished_grade_9=child.finished_grade_9, rule=rule).status
    if status in _AGES:
        found.append(Finding(_AGES[status], "birth_on"))
    return tuple(found)


def _remarks(row: SourceRow, mapping: ColumnMapping) -> tuple[Finding, ...]:
    """What a column that is nothing else says of the child; of the parents it says such things too."""
    mapped = set(mapping.columns.values())
    said = [cell for column, cell in enumerate(row.cells) if column not in mapped and isinstance(cell, str)]
    said = [text for text in said if not any(word in text for word in _OF_PARENTS)]
    found = []
    for code, words in (("remark.deceased", _DECEASED), ("remark.moved", _MOVED)):
        if any(word in text for text in said for word in words):
            found.append(Finding(code))
    return tuple(found)


def _as_text(value: Cell) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
