"""Teams with their members, read and changed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.identifiers import new_id
from fieldapp.records import tables as record_tables
from fieldapp.server.problems import Refused
from fieldapp.server.teams.tables import team as _team
from fieldapp.server.teams.tables import team_member as _member

_person, _school = record_tables.person, record_tables.school


@dataclass(frozen=True, slots=True)
class Member:
    """`person_id`: someone of the district, whose name and school are then theirs. `carries`: takes cases that the team is given."""

    id: str
    team_id: str
    person_id: str | None
    name: str
    agency: str
    role: str
    position: int
    carries: bool
    from_on: dt.date | None
    until_on: dt.date | None
    order_number: str
    person_active: bool = True

    def serves_on(self, day: dt.date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or self.until_on >= day)

    def can_carry(self, day: dt.date) -> bool:
        return self.carries and self.person_id is not None and self.person_active and self.serves_on(day)


@dataclass(frozen=True, slots=True)
class Team:
    """Members in the order of the roster."""

    id: str
    kind: str
    name: str
    note: str
    active: bool
    members: tuple[Member, ...]

    def serving(self, day: dt.date) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.serves_on(day))

    def carriers(self, day: dt.date) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.can_carry(day))


def teams(connection: Connection, district_id: str) -> tuple[Team, ...]:
    """By name, with their members; two queries."""
    return _teams(connection, district_id, None)


def find(connection: Connection, district_id: str, team_id: str) -> Team:
    """Raises Refused unknown_record."""
    found = _teams(connection, district_id, team_id)
    if not found:
        raise Refused("unknown_record", "team_id")
    return found[0]


def put_team(
    connection: Connection, district_id: str, team_id: str, by: str, now: dt.datetime, *, kind: str, name: str, note: str, active: bool
) -> str:
    """A new team where `team_id` is empty. Raises Refused wrong_value for one without a name."""
    if not name:
        raise Refused("wrong_value", "name")
    values = {"kind": kind, "name": name, "note": note, "active": active, "changed_at": now, "changed_by": by}
    key = team_id or new_id()
    statement = insert(_team).values(district_id=district_id, id=key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["district_id", "id"], set_=values))
    return key


def put_member(connection: Connection, district_id: str, member: Member, by: str, now: dt.datetime) -> str:
    """A new member where the id is empty. Raises Refused wrong_value where there is nobody, or a term that ends before it begins, and
    unknown_record for a person who is not there."""
    if not member.person_id and not member.name:
        raise Refused("wrong_value", "name")
    if member.from_on and member.until_on and member.until_on < member.from_on:
        raise Refused("wrong_value", "until_on")
    query = select(_person.c.id).where(_person.c.district_id == district_id, _person.c.id == member.person_id)
    if member.person_id and not connection.execute(query).first():
        raise Refused("unknown_record", "person_id")
    values: dict[str, object] = {
        **asdict(member),
        "changed_at": now,
        "changed_by": by,
        "carries": member.carries and bool(member.person_id),
    }
    del values["id"], values["person_active"]
    if member.person_id:
        values["name"] = ""
    key = member.id or new_id()
    statement = insert(_member).values(district_id=district_id, id=key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["district_id", "id"], set_=values))
    return key


def end_term(connection: Connection, district_id: str, team_id: str, member_id: str, on: dt.date, by: str, now: dt.datetime) -> None:
    """The member has served until that day; they stay on record. Raises Refused unknown_record."""
    ours = (_member.c.district_id == district_id) & (_member.c.team_id == team_id) & (_member.c.id == member_id)
    ended = connection.execute(update(_member).where(ours).values(until_on=on, changed_at=now, changed_by=by)).rowcount
    if not ended:
        raise Refused("unknown_record", "member_id")


def _teams(connection: Connection, district_id: str, team_id: str | None) -> tuple[Team, ...]:
    query = select(_team.c.id, _team.c.kind, _team.c.name, _team.c.note, _team.c.active).where(_team.c.district_id == district_id)
    if team_id is not None:
        query = query.where(_team.c.id == team_id)
    rows = connection.execute(query.order_by(_team.c.name, _team.c.id)).all()
    members = _members(connection, district_id, [row.id for row in rows])
    return tuple(Team(*row, members.get(row.id, ())) for row in rows)


def _members(connection: Connection, district_id: str, team_ids: Iterable[str]) -> Mapping[str, tuple[Member, ...]]:
    query = (
        select(_member, _person.c.name.label("person_name"), _person.c.active.label("person_active"), _school.c.name.label("school_name"))
        .outerjoin(_person, (_person.c.district_id == district_id) & (_person.c.id == _member.c.person_id))
        .outerjoin(_school, (_school.c.district_id == district_id) & (_school.c.code == _person.c.school_code))
        .where(_member.c.district_id == district_id, _member.c.team_id.in_(list(team_ids)))
        .order_by(_member.c.position, _member.c.id)
    )
    found: dict[str, tuple[Member, ...]] = {}
    for row in connection.execute(query):
        member = Member(
            row.id,
            row.team_id,
            row.person_id,
            row.person_name or row.name,
            row.agency or row.school_name or "",
            row.role,
            row.position,
            row.carries,
            row.from_on,
            row.until_on,
            row.order_number,
            row.person_active is not False,
        )
        found[row.team_id] = (*found.get(row.team_id, ()), member)
    return found
