"""Whole pages of records into SQLite, fast: a first download has tens of thousands of them and a person waits.

The same rows as `records.sql_records` writes; plain tuples and the driver's executemany instead of one SQLAlchemy parameter set a row.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Connection, Date, Table, select
from sqlalchemy.dialects import sqlite

from fieldapp.domain.case import Case
from fieldapp.domain.child import Sex
from fieldapp.domain.event import Record
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import Precision
from fieldapp.records import rows, tables
from fieldapp.records.chunks import chunks
from fieldapp.records.rows import Values

_DIALECT = sqlite.dialect()
# The codes of which each child and case has several: otherwise the driver looks for a way to adapt each of them, and finds none.
for _codes in (Sex, Precision, ListType, CaseState):
    sqlcipher.register_adapter(_codes, str.__str__)


class BulkWriter:
    """The caller owns the transaction."""

    def __init__(self, connection: Connection, district_id: str) -> None:
        self._connection = connection
        self._district_id = district_id

    def put(self, records: Iterable[Record]) -> None:
        """Store records whole, new or changed; of several versions of one record the last is kept."""
        grouped: defaultdict[type[Record], dict[str, Record]] = defaultdict(dict)
        for record in records:
            grouped[type(record)][record.id] = record
        for cls, group in grouped.items():
            if cls is Case:
                self._put_steps([record for record in group.values() if isinstance(record, Case)])
            self._write(rows.TABLE_OF[cls], rows.COLUMNS_OF[cls], map(rows.VALUES_OF[cls], group.values()))

    def _put_steps(self, cases: list[Case]) -> None:
        # Steps of a case are replaced as a whole; a case that is new here has none to remove.
        table = tables.case_step
        known = self._known([case.id for case in cases])
        for chunk in chunks(known):
            marks = ", ".join("?" * len(chunk))
            self._connection.exec_driver_sql(
                f"DELETE FROM {table.name} WHERE district_id = ? AND case_id IN ({marks})", (self._district_id, *chunk)
            )
        self._write(table, rows.STEP_COLUMNS, (values for case in cases for values in rows.step_values(case)))

    def _known(self, case_ids: list[str]) -> list[str]:
        table = tables.case
        found: list[str] = []
        for chunk in chunks(case_ids):
            query = select(table.c.id).where(table.c.district_id == self._district_id, table.c.id.in_(chunk))
            found.extend(self._connection.execute(query).scalars())
        return found

    def _write(self, table: Table, columns: tuple[str, ...], values: Iterable[Values]) -> None:
        statement, bind = _plan(table, columns)
        parameters = [(self._district_id, *bind(each)) for each in values]
        if parameters:
            self._connection.exec_driver_sql(statement, parameters)


@cache
def _plan(table: Table, columns: tuple[str, ...]) -> tuple[str, Callable[[Values], Sequence[Any]]]:
    """The upsert of a table, and how values become its parameters: each as the column's type would bind it."""
    key = [column.name for column in table.primary_key]
    changing = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    statement = (
        f"INSERT INTO {table.name} (district_id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changing}"
    )
    bound = [(place, bind) for place, name in enumerate(columns) if (bind := _binding(table.c[name]))]

    def bind_all(values: Values) -> Sequence[Any]:
        made = list(values)
        for place, bind in bound:
            made[place] = bind(made[place])
        return made

    return statement, bind_all


def _binding(column: Column[Any]) -> Callable[[Any], Any] | None:
    if isinstance(column.type, Date):
        return None  # the driver makes the same text of a date
    return column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
