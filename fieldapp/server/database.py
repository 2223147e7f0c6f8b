"""The district's PostgreSQL: the engine and its migrations. Knows nothing of HTTP or of what the tables mean."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from fieldapp.errors import SetupError
from fieldapp.records import tables as record_tables
from fieldapp.server import tables as district_tables

TARGETS: list[MetaData] = [record_tables.metadata, district_tables.metadata]

# Any fixed number; processes that start at once wait here for the one that migrates.
_MIGRATION_LOCK = 4603_2569


def open_engine(database_url: str) -> Engine:
    """An engine for a PostgreSQL address. Errors never carry parameters: these are children's data, and errors are logged."""
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise SetupError("setup.bad_value", option="--database-url") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise SetupError("setup.bad_value", option="--database-url")
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_size=20, max_overflow=20, pool_pre_ping=True, hide_parameters=True)


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
