"""The screening in eleven aspects (domain §4.4): how many pupils are normal, at risk or have a problem, by school, class and sex.

Each pupil counts once, by the newest copy of the days that are asked for. Two queries, however many.
"""

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from fieldapp.domain.child import Sex
from fieldapp.records import tables
from fieldapp.records.reference import school_names
from fieldapp.server.forms.tables import counted_answers
from fieldapp.server.rollups.wanted import Copies, Wanted, unfolded

FORM = "aspects"
LEVELS = ("normal", "risk", "problem")
HAVE = ("no", "yes")
OVERALL = "level_overall"
# By their numbers, 1 to 11; what stands over all of them last. Two are there or not, the others have levels.
ASPECTS = (
    "talent", "level_learning", "level_health", "level_economy", "level_welfare", "level_drugs", "level_violence", "level_sexual",
    "level_gaming", "special_need", "level_devices", OVERALL,
)  # fmt: skip
# Kindergarten, primary, secondary, then what names no class.
_STAGES = ("อ", "ป", "ม")
_CLASS = re.compile(r"(\D*?)\.?\s*(\d+)")


def answers_of(aspect: str) -> tuple[str, ...]:
    return LEVELS if aspect.startswith("level_") else HAVE


@dataclass(frozen=True, slots=True)
class Cell:
    """`total` also counts those whose sex is not known."""

    boys: int = 0
    girls: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Aspects:
    """`schools`: code -> name, '' where none is known; `grades` in the order of the classes."""

    schools: dict[str, str]
    grades: tuple[str, ...]
    # (aspect, answer, school or None, class or None, sex) -> pupils
    _counts: Counter[tuple[str | None, ...]]

    def cell(self, aspect: str, answer: str, *, school: str | None = None, grade: str | None = None) -> Cell:
        """Of all, of a school or of a class; of a class at a school where only that school was asked for."""
        boys, girls, unknown = (self._counts[aspect, answer, school, grade, sex] for sex in Sex)
        return Cell(boys, girls, boys + girls + unknown)

    def screened(self, aspect: str) -> int:
        return sum(self.cell(aspect, answer).total for answer in answers_of(aspect))


def aspects(connection: Connection, district_id: str, wanted: Wanted) -> Aspects:
    copies = Copies(district_id, wanted)
    child = tables.child.c
    about = {"school": copies.school, "grade": child.last_grade, "sex": child.sex}
    screened = copies.select(*(func.coalesce(one, "").label(name) for name, one in about.items()), counted_answers.c.answers).subquery()
    source, line = unfolded(screened)
    keys = (*(screened.c[name] for name in about), line)
    query = select(*keys, func.count()).select_from(source).where(func.split_part(line, "=", 1).in_(ASPECTS)).group_by(*keys)
    counts: Counter[tuple[str | None, ...]] = Counter()
    codes, grades = set(), set()
    for school, grade, sex, said, count in map(tuple, connection.execute(query)):
        aspect, _is, value = said.partition("=")
        codes.add(school)
        grades.add(grade)
        for of_school, of_class in ((None, None), (school, None), (None, grade)):
            counts[aspect, value, of_school, of_class, sex or Sex.UNKNOWN] += count
    names = school_names(connection, district_id, codes)
    schools = {code: names.get(code, code) for code in sorted(codes, key=lambda code: (not code, names.get(code, code)))}
    return Aspects(schools, tuple(sorted(grades, key=_class_order)), counts)


def _class_order(grade: str) -> tuple[int, int, str]:
    found = _CLASS.match(grade)
    stage = _STAGES.index(found[1]) if found and found[1] in _STAGES else len(_STAGES)
    return stage + (not grade), int(found[2]) if found else 0, grade
