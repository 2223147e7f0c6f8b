"""The children of the first demo teacher at tambon Na Khu, written by hand in resources: the first laptop that anyone sees should read
like a real one."""

import csv
import datetime as dt

from fieldapp.config import resources_dir
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import buddhist_year
from fieldapp.server.sample.children import Household, Numbers, SampleChild
from fieldapp.server.sample.names import Names
from fieldapp.server.sample.people import FIRST_TEACHER


def written(today: dt.date, names: Names, numbers: Numbers) -> tuple[SampleChild, ...]:
    with (resources_dir() / "sample" / "na_khu.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        names.reserve(row["given_name"], row["family_name"])
    return tuple(_child(row, place, today, numbers) for place, row in enumerate(rows))


def _child(row: dict[str, str], place: int, today: dt.date, numbers: Numbers) -> SampleChild:
    has_phone = row["guardian"] and place % 5 != 4
    household = Household(
        family_name=row["family_name"],
        house_no=row["house_no"],
        moo=row["moo"],
        tambon_code=row["tambon_code"],
        guardian_name=f"{row['guardian']} {row['family_name']}" if row["guardian"] else "",
        guardian_relation=row["relation"],
        guardian_phone=f"08{place % 10}-000-{214 + place * 37:04d}" if has_phone else "",
    )
    return SampleChild(
        list_type=ListType(row["list_type"]),
        fate=CaseState(row["state"]),
        given_name=row["given_name"],
        boy=row["sex"] == "male",
        birth_on=_birth(today, int(row["age"]), place),
        number=numbers.national_id(),
        household=household,
        last_grade=row["last_grade"],
        last_year=str(buddhist_year(today) - 2) if row["last_grade"] else "",
        cause=row["cause"],
        account=FIRST_TEACHER,
        due_in=_days(row["due_in"]),
        visit_days_ago=_days(row["visit_days_ago"]),
        note=row["note"],
    )


def _days(text: str) -> int | None:
    return int(text) if text else None


def _birth(today: dt.date, age: int, place: int) -> dt.date:
    """Ages read as they were written: a birthday that is still to come this year belongs to the year before."""
    birth = dt.date(today.year - age, place * 5 % 12 + 1, place * 7 % 28 + 1)
    return birth if (birth.month, birth.day) <= (today.month, today.day) else birth.replace(year=birth.year - 1)
