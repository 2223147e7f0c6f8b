"""Kinds of teams: those the programme names, until the district changes them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, select

from fieldapp.config import resources_dir
from fieldapp.domain.identifiers import new_id
from fieldapp.server import bulk
from fieldapp.server.problems import Refused
from fieldapp.server.teams.tables import team_kind as _kind


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    name: str
    active: bool = True


def kinds(connection: Connection, district_id: str) -> tuple[Kind, ...]:
    """In their order; also those that are not used any more."""
    query = select(_kind.c.code, _kind.c.name, _kind.c.active).where(_kind.c.district_id == district_id)
    found = tuple(Kind(*row) for row in connection.execute(query.order_by(_kind.c.position, _kind.c.code)))
    return found or _seeded()


def change_kinds(connection: Connection, district_id: str, names: Mapping[str, str], unused: frozenset[str], added: str) -> None:
    """Other names by code, which are not used any more, and one more where `added` is its name. Raises Refused wrong_value for a kind
    without a name."""
    changed = [Kind(kind.code, names.get(kind.code, kind.name), kind.code not in unused) for kind in kinds(connection, district_id)]
    if added:
        changed.append(Kind(new_id(), added))
    if not all(kind.name for kind in changed):
        raise Refused("wrong_value", "name")
    rows = [
        {"district_id": district_id, "code": kind.code, "name": kind.name, "position": position, "active": kind.active}
        for position, kind in enumerate(changed)
    ]
    bulk.upsert(connection, _kind, rows)


@cache
def _seeded() -> tuple[Kind, ...]:
    with (resources_dir() / "reference" / "team_kinds.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Kind(row["code"], row["name"]) for row in csv.DictReader(file))
