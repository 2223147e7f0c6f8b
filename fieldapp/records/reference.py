"""What the whole district shares: causes, settings, and the names of people and schools."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from fieldapp.domain.compulsory_age import Rule
from fieldapp.domain.reference import Agency, Cause, Role
from fieldapp.records import rows, tables

# The setting that says which version of the app laptops should have.
OFFERED_APP = "app"
# The setting that says who sees sensitive questions: roles with commas between.
SENSITIVE = "sensitive"
# The setting that says who reads urgent reports: roles, and ids of people, with commas between.
URGENT_READERS = "urgent_readers"
_READS_URGENT = ",".join((Role.OFFICER.value, Role.COORDINATOR.value, Role.ADMIN.value))
_SEES_SENSITIVE = ",".join(role.value for role in Role if role is not Role.PARTNER)


def active_causes(connection: Connection, district_id: str) -> tuple[Cause, ...]:
    """In the order in which the district wants them asked."""
    table = tables.cause
    query = select(table).where(table.c.district_id == district_id, table.c.active).order_by(table.c.position, table.c.code)
    return tuple(rows.cause_from(row) for row in connection.execute(query).mappings())


def setting(connection: Connection, district_id: str, name: str) -> Mapping[str, str]:
    """Empty where the district has set nothing."""
    table = tables.setting
    value = connection.execute(select(table.c.value).where(table.c.district_id == district_id, table.c.name == name)).scalar()
    return value or {}


def age_rule(connection: Connection, district_id: str) -> Rule:
    """How the district counts compulsory age; a rule of a newer program counts as the default."""
    named = setting(connection, district_id, "compulsory_age").get("rule", "")
    return Rule(named) if named in set(Rule) else Rule.CALENDAR_YEAR


def sees_sensitive(connection: Connection, district_id: str, role: Role) -> bool:
    """Whether this role is shown the questions that a form calls sensitive, and their answers."""
    roles = setting(connection, district_id, SENSITIVE).get("roles", _SEES_SENSITIVE)
    return role.value in roles.split(",")


def reads_urgent(connection: Connection, district_id: str, role: Role, person_id: str) -> bool:
    """Whether this person may read what others reported of a child in danger. A partner never, whatever is set."""
    if role is Role.PARTNER:
        return False
    given = setting(connection, district_id, URGENT_READERS)
    named = role.value in given.get("roles", _READS_URGENT).split(",")
    return named or person_id in given.get("people", "").split(",")


def agencies(connection: Connection, district_id: str) -> tuple[Agency, ...]:
    """By kind and name; those in use first."""
    table = tables.agency
    query = select(table).where(table.c.district_id == district_id).order_by(table.c.active.desc(), table.c.kind, table.c.name, table.c.id)
    return tuple(rows.agency_from(row) for row in connection.execute(query).mappings())


def person_names(connection: Connection, district_id: str, ids: Iterable[str]) -> dict[str, str]:
    table = tables.person
    query = select(table.c.id, table.c.name).where(table.c.district_id == district_id, table.c.id.in_(sorted(set(ids))))
    return dict(tuple(row) for row in connection.execute(query))


def school_names(connection: Connection, district_id: str, codes: Iterable[str]) -> dict[str, str]:
    table = tables.school
    query = select(table.c.code, table.c.name).where(table.c.district_id == district_id, table.c.code.in_(sorted(set(codes))))
    return dict(tuple(row) for row in connection.execute(query))


def active_school_names(connection: Connection, district_id: str) -> dict[str, str]:
    """All schools of the district by code, in the order of their names."""
    table = tables.school
    query = select(table.c.code, table.c.name).where(table.c.district_id == district_id, table.c.active)
    return dict(tuple(row) for row in connection.execute(query.order_by(table.c.name, table.c.code)))


def offered_app(connection: Connection, district_id: str) -> tuple[str, str]:
    """The newest version of the laptops' app that the district offers, and where to get it; '' for what it has not said."""
    said = setting(connection, district_id, OFFERED_APP)
    return said.get("newest", ""), said.get("address", "")
