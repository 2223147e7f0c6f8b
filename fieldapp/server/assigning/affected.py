"""Who loses cases when a plan is carried out, and what is known of what they have not sent yet."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.records.reference import person_names, school_names
from fieldapp.server import tables
from fieldapp.server.devices import unsent_told

_device, _session = tables.device, tables.session


@dataclass(frozen=True, slots=True)
class Loss:
    """One case that goes from someone, or from a school, to others."""

    person_id: str | None
    school_code: str | None
    school_changes: bool
    visited: bool


@dataclass(frozen=True, slots=True)
class Laptop:
    """`records` and `photos`: what this person had not sent when the laptop last told, None where it never did."""

    name: str
    last_seen_at: dt.datetime
    records: int | None
    photos: int | None


@dataclass(frozen=True, slots=True)
class Loser:
    """`visited` of the cases have a visit that is here. What lies on the laptops since they were last heard of is not known; without a
    laptop there is nothing to be lost."""

    person_id: str
    name: str
    cases: int
    visited: int
    laptops: tuple[Laptop, ...]

    @property
    def last_seen_at(self) -> dt.datetime | None:
        return max((laptop.last_seen_at for laptop in self.laptops), default=None)


@dataclass(frozen=True, slots=True)
class Affected:
    """`schools`: name and number of cases that their head does not see any more."""

    people: tuple[Loser, ...]
    schools: tuple[tuple[str, int], ...]


def affected(connection: Connection, district_id: str, losses: Sequence[Loss]) -> Affected:
    """Most cases first; three queries."""
    people: dict[str, list[Loss]] = {}
    schools: dict[str, int] = {}
    for loss in losses:
        if loss.person_id:
            people.setdefault(loss.person_id, []).append(loss)
        if loss.school_code and loss.school_changes:
            schools[loss.school_code] = schools.get(loss.school_code, 0) + 1
    names = person_names(connection, district_id, people)
    laptops = _laptops(connection, district_id, people)
    of_school = school_names(connection, district_id, schools)
    losers = [
        Loser(person_id, names.get(person_id, ""), len(lost), sum(one.visited for one in lost), laptops.get(person_id, ()))
        for person_id, lost in people.items()
    ]
    return Affected(
        tuple(sorted(losers, key=lambda one: (-one.cases, one.name))),
        tuple(sorted(((of_school.get(code, code), count) for code, count in schools.items()), key=lambda one: (-one[1], one[0]))),
    )


def _laptops(connection: Connection, district_id: str, people: Iterable[str]) -> Mapping[str, tuple[Laptop, ...]]:
    """On which they signed in and that are in use, last heard of first."""
    told = unsent_told.still(district_id)
    query = (
        select(_session.c.person_id, _device.c.id, _device.c.name, _device.c.last_seen_at, told.c.records, told.c.photos)
        .join(_device, (_device.c.district_id == _session.c.district_id) & (_device.c.id == _session.c.device_id))
        .outerjoin(told, (told.c.device_id == _session.c.device_id) & (told.c.person_id == _session.c.person_id))
        .where(_session.c.district_id == district_id, _session.c.person_id.in_(sorted(people)), _device.c.revoked_at.is_(None))
        .distinct()
        .order_by(_device.c.last_seen_at.desc())
    )
    found: dict[str, tuple[Laptop, ...]] = {}
    for row in connection.execute(query):
        found[row.person_id] = (*found.get(row.person_id, ()), Laptop(row.name, row.last_seen_at, row.records, row.photos))
    return found
