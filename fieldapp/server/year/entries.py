"""Entries of any register: listing, reading, saving, removing and putting back. Nothing is ever deleted: what is removed says by whom."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.thai_dates import school_year
from fieldapp.server.problems import Refused
from fieldapp.server.year.fields import Kind, Register, Values

_SEARCHED = (Kind.LINE, Kind.TEXT, Kind.WHO)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of a year: those with a text, only what is late on `today`, or instead what was removed."""

    year: int
    today: dt.date
    text: str = ""
    overdue: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """`values` by field, and all other columns of the register's table."""

    id: str
    year: int
    values: Values
    version: int
    created_at: dt.datetime
    created_by: str
    changed_at: dt.datetime
    changed_by: str
    removed_at: dt.datetime | None
    removed_by: str | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Counts:
    entries: int
    done: int
    overdue: int
    newest: dt.date | None


def count(connection: Connection, district_id: str, register: Register, wanted: Wanted) -> int:
    query = select(func.count()).select_from(register.table).where(*_conditions(district_id, register, wanted))
    return int(connection.execute(query).scalar_one())


def part(
    connection: Connection, district_id: str, register: Register, wanted: Wanted, offset: int = 0, limit: int | None = None
) -> tuple[Entry, ...]:
    query = select(register.table, _overdue(register, wanted.today).label("is_overdue"))
    query = query.where(*_conditions(district_id, register, wanted)).order_by(*register.order)
    return tuple(_entry(register, row) for row in connection.execute(query.offset(offset).limit(limit)).mappings())


def find(connection: Connection, district_id: str, register: Register, entry_id: str, today: dt.date) -> Entry:
    """Removed ones too. Raises Refused unknown_record."""
    query = select(register.table, _overdue(register, today).label("is_overdue")).where(*_key(district_id, register, entry_id))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise Refused("unknown_record", "id")
    return _entry(register, row)


def counts(connection: Connection, district_id: str, register: Register, year: int, today: dt.date) -> Counts:
    """Of what is not removed. One query."""
    table = register.table
    done = register.done if register.done is not None else literal(False)
    query = select(
        func.count().label("entries"),
        func.count(case((done, 1))).label("done"),
        func.count(case((_overdue(register, today), 1))).label("overdue"),
        func.max(table.c.changed_at).label("newest"),
    ).where(*_conditions(district_id, register, Wanted(year, today)))
    row = connection.execute(query).one()
    return Counts(row.entries, row.done, row.overdue, row.newest.date() if row.newest else None)


def year_of(register: Register, values: Values, page_year: int) -> int:
    return school_year(values[register.dated_by]) if register.dated_by else page_year


def add(
    connection: Connection, district_id: str, register: Register, entry_id: str, year: int, values: Values, by: str, now: dt.datetime
) -> None:
    """The same form sent twice adds once. Raises Refused mismatch where the entry is there with other values."""
    stamps = {"version": 1, "created_at": now, "created_by": by, "changed_at": now, "changed_by": by}
    row = {"district_id": district_id, "id": entry_id, "school_year": year_of(register, values, year), **values, **stamps}
    added = connection.execute(insert(register.table).values(row).on_conflict_do_nothing())
    if added.rowcount == 0:
        kept = find(connection, district_id, register, entry_id, now.date()).values
        if any(kept[one.name] != values[one.name] for one in register.fields):
            raise Refused("mismatch", "id")


def change(
    connection: Connection, district_id: str, register: Register, kept: Entry, values: Values, seen: int, by: str, now: dt.datetime
) -> list[str]:
    """Gives the names of what changed. Raises Refused mismatch where someone else changed the entry since `seen`."""
    changed = sorted(name for name, value in values.items() if name not in kept.values or kept.values[name] != value)
    if changed:
        _stamp(connection, district_id, register, kept, seen, by, now, {"school_year": year_of(register, values, kept.year), **values})
    return changed


def remove(connection: Connection, district_id: str, register: Register, kept: Entry, seen: int, by: str, now: dt.datetime) -> None:
    """Raises Refused mismatch as `change` does."""
    _stamp(connection, district_id, register, kept, seen, by, now, {"removed_at": now, "removed_by": by})


def put_back(connection: Connection, district_id: str, register: Register, kept: Entry, seen: int, by: str, now: dt.datetime) -> None:
    _stamp(connection, district_id, register, kept, seen, by, now, {"removed_at": None, "removed_by": None})


def _stamp(
    connection: Connection, district_id: str, register: Register, kept: Entry, seen: int, by: str, now: dt.datetime, new: dict[str, Any]
) -> None:
    table = register.table
    statement = (
        update(table)
        .where(*_key(district_id, register, kept.id), table.c.version == seen)
        .values(**new, version=seen + 1, changed_at=now, changed_by=by)
    )
    if connection.execute(statement).rowcount == 0:
        raise Refused("mismatch", "version")


def _key(district_id: str, register: Register, entry_id: str) -> Sequence[ColumnElement[bool]]:
    return (register.table.c.district_id == district_id, register.table.c.id == entry_id)


def _conditions(district_id: str, register: Register, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    columns = register.table.c
    removed = columns.removed_at.is_not(None) if wanted.removed else columns.removed_at.is_(None)
    found: list[ColumnElement[bool]] = [columns.district_id == district_id, columns.school_year == wanted.year, removed]
    if wanted.overdue:
        found.append(_overdue(register, wanted.today))
    if wanted.text:
        texts = (columns[one.name] for one in register.fields if one.kind in _SEARCHED)
        found.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in texts)))
    return found


def _overdue(register: Register, today: dt.date) -> ColumnElement[bool]:
    late = register.overdue(today) if register.overdue else literal(False)
    return and_(register.table.c.removed_at.is_(None), func.coalesce(late, literal(False)))


def _entry(register: Register, row: Any) -> Entry:
    own = {
        "district_id",
        "id",
        "school_year",
        "version",
        "created_at",
        "created_by",
        "changed_at",
        "changed_by",
        "removed_at",
        "removed_by",
    }
    values = {name: value for name, value in row.items() if name not in own and name != "is_overdue"}
    stamps = {name: row[name] for name in own - {"district_id", "school_year"}}
    return Entry(year=row["school_year"], values=values, is_overdue=row["is_overdue"], **stamps)
