"""Alembic, without its configuration files. Imported only when a file really has to be migrated."""

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from fieldapp.store.engine import WRITES


def upgrade(engine: Engine, scripts: Path) -> None:
    """Run every script of the folder that the file has not seen, in one transaction."""
    directory = script_directory(scripts)

    def steps(revision: Any, context: Any) -> Any:
        return directory._upgrade_revs("head", revision)  # noqa: SLF001 - Alembic's own commands do it by this name

    with engine.connect() as connection, EnvironmentContext(directory_config(scripts), directory, fn=steps) as environment:
        connection = connection.execution_options(**{WRITES: True})
        with connection.begin():
            environment.configure(connection=connection, render_as_batch=True, transactional_ddl=True)
            environment.run_migrations()


def script_directory(scripts: Path) -> ScriptDirectory:
    return ScriptDirectory.from_config(directory_config(scripts))


def directory_config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("version_locations", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config
