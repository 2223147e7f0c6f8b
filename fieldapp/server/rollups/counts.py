"""How often each answer was chosen, for the district and school by school, and how many copies, houses, children and people are behind it.

A fixed number of queries, however many copies and schools.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Text, cast, func, null, select
from sqlalchemy.dialects.postgresql import distinct_on

from fieldapp.records import tables
from fieldapp.records.reference import school_names
from fieldapp.server.forms.tables import counted_answers
from fieldapp.server.rollups.wanted import Copies, Wanted, unfolded

_copy = tables.submission
# A form, one of its questions, a value that may be chosen there.
Chosen = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Totals:
    """`houses` of which a form about the house was filled; `people` who filled them."""

    copies: int = 0
    houses: int = 0
    children: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """`code` is '' where no school is known. `chosen` counts copies, of a form about the house each house once."""

    code: str
    name: str
    totals: Totals
    chosen: Mapping[Chosen, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """`district` is counted by itself: a house whose children go to two schools counts at both and here once. `schools` by code."""

    district: SchoolCounts
    schools: tuple[SchoolCounts, ...]


def counts(connection: Connection, district_id: str, wanted: Wanted) -> Counts:
    totals = _totals(connection, district_id, wanted)
    chosen = _chosen(connection, district_id, wanted)
    names = school_names(connection, district_id, [code for code in totals if code])
    schools = [SchoolCounts(code, names.get(code, code), totals[code], chosen.get(code, {})) for code in totals if code is not None]
    return Counts(
        SchoolCounts("", "", totals.get(None, Totals()), chosen.get(None, {})),
        tuple(sorted(schools, key=lambda school: (not school.code, school.code))),
    )


def _totals(connection: Connection, district_id: str, wanted: Wanted) -> dict[str | None, Totals]:
    """By school; the district's under None."""
    copies = Copies(district_id, wanted)
    school = func.coalesce(copies.school, "")
    query = copies.select(
        school.label("school"),
        func.grouping(school).label("whole"),
        func.count().label("copies"),
        func.count(_copy.c.household_id.distinct()).label("houses"),
        func.count(_copy.c.child_id.distinct()).label("children"),
        func.count(_copy.c.by_person.distinct()).label("people"),
    ).group_by(func.rollup(school))
    return {
        None if row.whole else row.school: Totals(row.copies, row.houses, row.children, row.people) for row in connection.execute(query)
    }


def _chosen(connection: Connection, district_id: str, wanted: Wanted) -> dict[str | None, Counter[Chosen]]:
    """By school; the district's under None. Each house once, by its newest copy: where it has children of several schools, at each of
    them, and once in the district."""
    copies = Copies(district_id, wanted)
    found: defaultdict[str | None, Counter[Chosen]] = defaultdict(Counter)
    for at in (func.coalesce(copies.school, ""), cast(null(), Text)):
        columns = (_copy.c.form_id, _copy.c.filled_on, _copy.c.id, counted_answers.c.answers)
        each = copies.select(at.label("school"), func.coalesce(_copy.c.household_id, _copy.c.id).label("house"), *columns).subquery()
        house = (each.c.school, each.c.form_id, each.c.house)
        newest = select(each).ext(distinct_on(*house)).order_by(*house, each.c.filled_on.desc(), each.c.id.desc()).subquery()
        source, line = unfolded(newest)
        keys = (newest.c.school, newest.c.form_id, line)
        for code, form_id, said, times in map(tuple, connection.execute(select(*keys, func.count()).select_from(source).group_by(*keys))):
            question, _is, value = said.partition("=")
            found[code][form_id, question, value] += times
    return found
