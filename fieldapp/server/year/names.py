"""Names to choose from: the district's schools, and its people and teams."""

from sqlalchemy import Connection, select

from fieldapp.domain.reference import DISTRICT_ROLES
from fieldapp.records import tables
from fieldapp.server.teams.tables import team


def schools(connection: Connection, district_id: str) -> dict[str, str]:
    """All by name, closed ones too: older entries name them."""
    table = tables.school
    query = select(table.c.code, table.c.name).where(table.c.district_id == district_id).order_by(table.c.name, table.c.code)
    return dict(tuple(row) for row in connection.execute(query))


def people(connection: Connection, district_id: str) -> tuple[str, ...]:
    """Teams first, then those of the district office, then everyone else."""
    teams = select(team.c.name).where(team.c.district_id == district_id, team.c.active).order_by(team.c.name)
    table = tables.person
    query = select(table.c.name).where(table.c.district_id == district_id, table.c.active)
    persons = connection.scalars(query.order_by(table.c.role.in_(DISTRICT_ROLES).desc(), table.c.name))
    return tuple(dict.fromkeys((*connection.scalars(teams), *persons)))
