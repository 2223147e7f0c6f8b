"""Whom the two lists name, and what has become of each. Lists and story only tell what is made here."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from fieldapp.domain.national_id import check_digit
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import buddhist_year
from fieldapp.server.sample.names import Names
from fieldapp.server.sample.schools import tambon_served

T = TypeVar("T")
SEED = 4603
# How many cases stand where: the figures of the district's own report (domain §1.1). Listed and checked ones are not yet assigned.
FATES: Mapping[ListType, Mapping[CaseState, int]] = {
    ListType.NEVER_ENROLLED: {
        CaseState.RETURNED: 95, CaseState.NOT_RETURNED: 821,
        CaseState.LISTED: 38, CaseState.CHECKED: 52, CaseState.ASSIGNED: 140, CaseState.TRACING: 92, CaseState.FOUND: 31,
        CaseState.WANTS_RETURN: 44, CaseState.NOT_FOUND: 24, CaseState.LIST_ERROR: 3,
    },
    ListType.DROPPED_OUT: {
        CaseState.RETURNED: 82, CaseState.NOT_RETURNED: 52,
        CaseState.LISTED: 4, CaseState.CHECKED: 6, CaseState.ASSIGNED: 14, CaseState.TRACING: 9, CaseState.FOUND: 3,
        CaseState.WANTS_RETURN: 5, CaseState.NOT_FOUND: 3, CaseState.LIST_ERROR: 1,
    },
}  # fmt: skip
UNASSIGNED = frozenset({CaseState.LISTED, CaseState.CHECKED})
# Main causes of those who did not return, so that the three that the district names come first, in its order.
CAUSES: Mapping[ListType, Mapping[str, int]] = {
    ListType.NEVER_ENROLLED: {
        "no_motivation": 302, "moving_for_work": 241, "own_family": 149, "low_income": 61, "supports_family": 28, "health": 15,
        "disability": 13, "family_trouble": 12,
    },
    ListType.DROPPED_OUT: {
        "no_motivation": 21, "moving_for_work": 14, "own_family": 9, "low_income": 4, "family_trouble": 2, "legal_case": 2,
    },
}  # fmt: skip
_OLDER = frozenset({"own_family", "supports_family", "moving_for_work", "no_motivation"})
_SIBLING_CHANCE = 0.14


@dataclass(frozen=True, slots=True)
class Household:
    family_name: str
    house_no: str
    moo: str
    tambon_code: str
    guardian_name: str
    guardian_relation: str
    guardian_phone: str


@dataclass(frozen=True, slots=True)
class SampleChild:
    """`account` names the teacher in the hand-written cases, '' where the school decides. `due_in` counts days from today."""

    list_type: ListType
    fate: CaseState
    given_name: str
    boy: bool
    birth_on: dt.date
    number: str  # national ID or G-code
    household: Household
    last_grade: str = ""
    last_year: str = ""
    cause: str = ""
    account: str = ""
    due_in: int | None = None
    visit_days_ago: int | None = None
    note: str = ""

    @property
    def family_name(self) -> str:
        return self.household.family_name

    def age(self, today: dt.date) -> int:
        return today.year - self.birth_on.year - ((today.month, today.day) < (self.birth_on.month, self.birth_on.day))

    def title(self, today: dt.date) -> str:
        if self.age(today) < 15:
            return "ด.ช." if self.boy else "ด.ญ."
        return "นาย" if self.boy else "น.ส."


class Numbers:
    """Well-formed national IDs of a registry office that does not exist (4699), one after another."""

    def __init__(self) -> None:
        self._next = 0

    def national_id(self, first: str = "1") -> str:
        self._next += 1
        twelve = f"{first}4699{self._next:07d}"
        return twelve + str(check_digit(twelve))

    def g_code(self, buddhist_year: int) -> str:
        self._next += 1
        return f"G{buddhist_year % 100:02d}4699{self._next:06d}"


def others(today: dt.date, written: tuple[SampleChild, ...], random: Random, names: Names, numbers: Numbers) -> Iterator[SampleChild]:
    """All children beside the hand-written ones, in a mixed order."""
    for list_type, fates in FATES.items():
        left = _without(fates, [child.fate for child in written if child.list_type is list_type])
        causes = _without(CAUSES[list_type], [child.cause for child in written if child.list_type is list_type and child.cause])
        random.shuffle(left)
        random.shuffle(causes)
        household = None
        for fate in left:
            cause = causes.pop() if fate is CaseState.NOT_RETURNED else ""
            if household is None or random.random() > _SIBLING_CHANCE:
                household = _household(random, names)
            yield _child(today, list_type, fate, cause, household, random, names, numbers)


def _without(counts: Mapping[T, int], used: list[T]) -> list[T]:
    left = [one for one, count in counts.items() for _ in range(count)]
    for one in used:
        left.remove(one)
    return left


def _child(
    today: dt.date,
    list_type: ListType,
    fate: CaseState,
    cause: str,
    household: Household,
    random: Random,
    names: Names,
    numbers: Numbers,
) -> SampleChild:
    boy = random.random() < 0.56
    given_name, _ = names.child(boy=boy, family_name=household.family_name)
    age = _age(list_type, fate, cause, random)
    birth_on = dt.date(today.year - age, random.randint(1, 12), random.randint(1, 28))
    grade, year = _last_school(list_type, age, today, random)
    foreign = list_type is ListType.NEVER_ENROLLED and random.random() < 0.015
    number = numbers.g_code(buddhist_year(today) - 4) if foreign else numbers.national_id("0" if random.random() < 0.02 else "1")
    return SampleChild(list_type, fate, given_name, boy, birth_on, number, household, grade, year, cause)


def _age(list_type: ListType, fate: CaseState, cause: str, random: Random) -> int:
    """In calendar years. Most of the never enrolled are past compulsory age: that is why they do not return."""
    if fate is CaseState.NOT_RETURNED and cause in _OLDER:
        return random.choices((14, 15, 16, 17, 18), (5, 10, 34, 32, 19))[0]
    low, high = (7, 15) if list_type is ListType.NEVER_ENROLLED else (11, 16)
    return random.randint(low, high)


def _last_school(list_type: ListType, age: int, today: dt.date, random: Random) -> tuple[str, str]:
    if list_type is ListType.NEVER_ENROLLED and random.random() < 0.7:
        return "", ""
    left_at = random.randint(7, max(7, min(age - 1, 15)))
    level = left_at - 6
    grade = f"ป.{level}" if level <= 6 else f"ม.{level - 6}"
    return grade, str(buddhist_year(today) - (age - left_at))


def _household(random: Random, names: Names) -> Household:
    woman = random.random() < 0.62
    relation = random.choice(("มารดา", "ยาย", "ยาย", "ย่า", "ป้า", "น้า") if woman else ("บิดา", "ตา", "ปู่", "ลุง"))
    family_name = names.family_name()
    return Household(
        family_name=family_name,
        house_no=f"{random.randint(1, 240)}" + (f"/{random.randint(1, 9)}" if random.random() < 0.15 else ""),
        moo=str(random.randint(1, 14)),
        tambon_code=random.choice(tambon_served()),
        guardian_name=f"{'นาง' if woman else 'นาย'}{names.grown_up(woman=woman)} {family_name}",
        guardian_relation=relation,
        guardian_phone=f"08{random.randint(0, 9)}-000-{random.randint(0, 9999):04d}" if random.random() < 0.8 else "",
    )
