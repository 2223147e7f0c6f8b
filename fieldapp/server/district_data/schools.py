"""The schools of the district: checked, added, changed; one or many at once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from fieldapp.domain.reference import School
from fieldapp.reports.places import tambon_codes
from fieldapp.server.district_data import reading
from fieldapp.server.district_data.locking import lock_district
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import put_reference

_CODE = re.compile(r"[0-9]{8}")
_LONGEST = 200
# What a spreadsheet says of a school that is open no more.
_CLOSED = frozenset({"ปิด", "ปิดแล้ว", "เลิก", "ไม่", "ไม่ใช้", "0", "no", "closed", "false"})


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A row of a spreadsheet as it would be taken. `wrong` are the fields that keep it back; `before` is how the school stands now."""

    given: Mapping[str, str]
    school: School
    before: School | None
    wrong: tuple[str, ...]

    @property
    def changes(self) -> bool:
        return self.before is None or replace(self.school, version=self.before.version) != self.before


def wrong_fields(school: School) -> tuple[str, ...]:
    found = {
        "code": not _CODE.fullmatch(school.code),
        "name": not school.name or len(school.name) > _LONGEST,
        "tambon_code": bool(school.tambon_code) and school.tambon_code not in tambon_codes(),
        "network": len(school.network) > _LONGEST,
    }
    return tuple(field for field, bad in found.items() if bad)


def put_school(connection: Connection, district_id: str, school: School, seen: int) -> None:
    """`seen` is the version that the person saw, 0 for a new school. Raises Refused wrong_value, or mismatch where it stands otherwise."""
    wrong = wrong_fields(school)
    if wrong:
        raise Refused("wrong_value", wrong[0])
    lock_district(connection, district_id)
    before = {one.code: one for one in reading.schools(connection, district_id)}.get(school.code)
    if (before.version if before else 0) != seen:
        raise Refused("mismatch", "version")
    put_reference(connection, district_id, [replace(school, version=seen + 1)])


def check(given: Sequence[Mapping[str, str]], known: Iterable[School]) -> list[SchoolRow]:
    """Each row of a spreadsheet with what keeps it back. The same code twice is said of the second."""
    standing = {school.code: school for school in known}
    seen: set[str] = set()
    found = []
    for row in given:
        before = standing.get(row["code"])
        active = row["active"].casefold() not in _CLOSED
        school = School(row["code"], row["name"], row["tambon_code"], row["network"], active, before.version + 1 if before else 1)
        wrong = wrong_fields(school) + (("twice",) if school.code in seen else ())
        seen.add(school.code)
        found.append(SchoolRow(row, school, before, wrong))
    return found


def take(connection: Connection, district_id: str, given: Sequence[Mapping[str, str]]) -> list[School]:
    """Put those that nothing keeps back and that say something new."""
    lock_district(connection, district_id)
    rows = check(given, reading.schools(connection, district_id))
    taken = [row.school for row in rows if not row.wrong and row.changes]
    put_reference(connection, district_id, taken)
    return taken
