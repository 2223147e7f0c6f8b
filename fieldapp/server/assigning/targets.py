"""To whom cases can be assigned, with what each carries already."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from fieldapp.domain.reference import Role
from fieldapp.records import tables
from fieldapp.reports.work import work_per_person
from fieldapp.server.problems import Refused
from fieldapp.server.teams.roster import Team, teams

_person, _school = tables.person, tables.school
# Who administers accounts, and who only looks on, visits nobody.
_CARRIES_NONE = (Role.ADMIN, Role.PARTNER)
_RECENT = dt.timedelta(days=30)
PERSON, SCHOOL, TEAM = "p", "s", "t"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A person who can be given cases; the numbers are of today."""

    id: str
    name: str
    school_code: str
    school_name: str
    open: int = 0
    overdue: int = 0
    never_visited: int = 0
    recent_visits: int = 0

    @property
    def code(self) -> str:
        return f"{PERSON}:{self.id}"


@dataclass(frozen=True, slots=True)
class Targets:
    """`carriers` by id, `schools` name by code, `teams` those with someone who carries for them, by id."""

    carriers: Mapping[str, Carrier]
    schools: Mapping[str, str]
    teams: Mapping[str, Team]

    def carriers_of(self, team: Team, today: dt.date) -> tuple[Carrier, ...]:
        found = (self.carriers.get(member.person_id or "") for member in team.carriers(today))
        return tuple(carrier for carrier in found if carrier is not None)

    def chosen(self, code: str) -> tuple[str, str]:
        """Kind and id of what a form chose. Raises Refused wrong_value for what cannot be chosen."""
        kind, _, key = code.partition(":")
        known = {PERSON: self.carriers, SCHOOL: self.schools, TEAM: self.teams}.get(kind, {})
        if key not in known:
            raise Refused("wrong_value", "to")
        return kind, key


def read_targets(connection: Connection, district_id: str, today: dt.date) -> Targets:
    work = {one.person_id: one for one in work_per_person(connection, district_id, today, today - _RECENT)}
    query = select(_school.c.code, _school.c.name).where(_school.c.district_id == district_id, _school.c.active)
    schools = {row.code: row.name for row in connection.execute(query.order_by(_school.c.name))}
    people = select(_person.c.id, _person.c.name, _person.c.school_code).where(
        _person.c.district_id == district_id, _person.c.active, _person.c.role.not_in(_CARRIES_NONE)
    )
    carriers = []
    for row in connection.execute(people):
        carried = work.get(row.id)
        numbers = (carried.open, carried.overdue, carried.never_visited, carried.visits) if carried else ()
        carriers.append(Carrier(row.id, row.name, row.school_code, schools.get(row.school_code, ""), *numbers))
    by_id = {one.id: one for one in sorted(carriers, key=lambda one: (one.school_name, one.name))}
    able = {team.id: team for team in teams(connection, district_id) if team.active and team.carriers(today)}
    return Targets(by_id, schools, able)
