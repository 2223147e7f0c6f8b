"""Column types that behave the same in SQLite and PostgreSQL."""

import datetime as dt
from typing import Any

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcTime(TypeDecorator[dt.datetime]):
    """An aware UTC time: timestamptz in PostgreSQL, sortable ISO text in SQLite. Naive times are refused."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return DateTime(timezone=True) if dialect.name == "postgresql" else String()

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone")
        utc = value if value.tzinfo is dt.UTC else value.astimezone(dt.UTC)
        return utc if dialect.name == "postgresql" else f"{utc.isoformat(timespec='microseconds')[:-6]}Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC)
        return dt.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)
