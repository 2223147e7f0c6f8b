"""The district's PostgreSQL: the engine and its migrations. Knows nothing of HTTP or of what the tables mean."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Dialect, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from fieldapp.errors import SetupError
from fieldapp.records import tables as record_tables
from fieldapp.server import tables as district_tables
from fieldapp.server.assigning import tables as assigning_tables
from fieldapp.server.forms import tables as form_tables
from fieldapp.server.lists import tables as list_tables
from fieldapp.server.people import tables as people_tables
from fieldapp.server.teams import tables as team_tables
from fieldapp.server.trips import tables as trip_tables
from fieldapp.server.twins import tables as twin_tables
from fieldapp.server.year import tables as year_tables

TARGETS: list[MetaData] = [
    record_tables.metadata,
    district_tables.metadata,
    people_tables.metadata,
    year_tables.metadata,
    list_tables.metadata,
    assigning_tables.metadata,
    team_tables.metadata,
    twin_tables.metadata,
    trip_tables.metadata,
    form_tables.metadata,
]

# Any fixed number; processes that start at once wait here for the one that migrates.
_MIGRATION_LOCK = 4603_2569
_TRUSTED_SECONDS = 5.0


def open_engine(database_url: str, revive: Callable[[], bool] | None = None) -> Engine:
    """An engine for a PostgreSQL address. Errors never carry parameters: these are children's data, and errors are logged. `revive` is for
    a database that nobody else looks after: it starts one that has died, and tells whether it is there."""
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise SetupError("setup.bad_value", option="--database-url") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise SetupError("setup.bad_value", option="--database-url")
    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_size=20, max_overflow=20, hide_parameters=True)
    _ping_after_rest(engine)
    if revive is not None:
        _revive_when_dead(engine, revive)
    return engine


def _revive_when_dead(engine: Engine, revive: Callable[[], bool]) -> None:
    @event.listens_for(engine, "do_connect")
    def connect(dialect: Dialect, record: ConnectionPoolEntry, arguments: Any, options: Any) -> Any:
        try:
            return dialect.connect(*arguments, **options)
        except engine.dialect.loaded_dbapi.OperationalError:
            if not revive():
                raise
        return dialect.connect(*arguments, **options)


def _ping_after_rest(engine: Engine) -> None:
    """A connection that lay idle is tried before it is used, as `pool_pre_ping` does. One that was used a moment ago is not: at a busy
    server that would be one round trip more for every transaction."""

    @event.listens_for(engine, "checkin")
    def remember(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: ConnectionPoolEntry, proxy: object) -> None:
        rested = time.monotonic() - record.info.get("rests_since", time.monotonic())
        if rested > _TRUSTED_SECONDS and not _answers(engine, connection):
            raise DisconnectionError  # the pool takes another one, and lets go of those that are as old


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False


def migrate(engine: Engine) -> None:
    """Bring the tables to this program's shape. Raises SetupError where the database is newer than the program, or does not answer."""
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            config = _alembic_config(connection)
            _refuse_newer(connection, ScriptDirectory.from_config(config))
            command.upgrade(config, "head")
    except OperationalError as error:
        raise SetupError("setup.database_unreachable") from error


def _refuse_newer(connection: Connection, script: ScriptDirectory) -> None:
    known = {revision.revision for revision in script.walk_revisions()}
    if not set(MigrationContext.configure(connection).get_current_heads()) <= known:
        raise SetupError("setup.server_newer_database")


def _alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
