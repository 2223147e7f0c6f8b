"""The database of the district: its shape, its steps, and that it starts by itself."""

import datetime as dt
import os
import threading
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from fieldapp.config import Settings
from fieldapp.errors import SetupError
from fieldapp.server import database, district, embedded
from fieldapp.server.opening import open_district
from tests.support.district import database_folder


@pytest.fixture
def empty(engine: Engine) -> Iterator[Engine]:
    """An empty database on the session's server."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS empty"))
        connection.execute(text("CREATE DATABASE empty"))
    opened = database.open_engine(engine.url.set(database="empty").render_as_string(hide_password=False))
    yield opened
    opened.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE empty"))


def test_the_migrated_tables_are_those_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, database.TARGETS) == []


def test_every_key_and_unique_index_begins_with_the_district() -> None:
    for metadata in database.TARGETS:
        for table in metadata.tables.values():
            keys = [table.primary_key, *(index for index in table.indexes)]
            keys += [rule for rule in table.constraints if rule.__class__.__name__ == "UniqueConstraint"]
            assert {next(iter(key.columns)).name for key in keys} == {"district_id"}, table.name


def test_processes_that_start_at_once_migrate_once_and_agree_on_the_keys(empty: Engine) -> None:
    found: list[str] = []

    def start() -> None:
        database.migrate(empty)
        with empty.begin() as connection:
            found.append(district.ensure_district(connection, "4603", "เขต", dt.datetime.now(dt.UTC)).signing_key)

    starting = [threading.Thread(target=start) for _ in range(4)]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_database_of_a_newer_program_is_refused_and_left_alone(empty: Engine) -> None:
    database.migrate(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
    with pytest.raises(SetupError) as refused:
        database.migrate(empty)
    assert refused.value.code == "setup.server_newer_database"
    with empty.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999_future"


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "postgresql:///none?host=/nowhere"])
def test_a_database_that_does_not_answer_is_told_as_such(url: str) -> None:
    with pytest.raises(SetupError) as refused:
        database.migrate(database.open_engine(url))
    assert refused.value.code == "setup.database_unreachable"


@pytest.mark.parametrize("url", ["sqlite:///district.db", "not an address"])
def test_an_address_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(SetupError) as refused:
        database.open_engine(url)
    assert refused.value.code == "setup.bad_value"


def test_the_embedded_database_keeps_a_district_between_starts() -> None:
    with database_folder() as folder:
        settings = Settings(folder, folder, "th", has_screen=False)
        first = open_district(settings)
        first.engine.dispose()
        embedded.leave(folder)
        assert not (folder / embedded.FOLDER / "postmaster.pid").exists()
        again = open_district(settings)
        again.engine.dispose()
        assert first.district == again.district


def test_a_holder_that_was_killed_does_not_keep_the_database_running() -> None:
    with database_folder() as folder:
        embedded.start(folder)
        holders = folder / embedded.FOLDER / ".handle_pids.json"
        alive = holders.read_text()
        holders.write_text(alive.replace("[", "[4194305, "))
        embedded.start(folder)
        assert holders.read_text() == alive


@pytest.mark.parametrize("left", ["by the dead", "by a number that is someone else's now", "empty"])
def test_a_database_that_ended_without_a_word_starts_again(left: str) -> None:
    with database_folder() as folder:
        opened = database.open_engine(embedded.start(folder))
        file = folder / embedded.FOLDER / "postmaster.pid"
        lines = file.read_text().splitlines()
        opened.dispose()
        embedded.leave(folder)
        number = {"by the dead": "4194301", "by a number that is someone else's now": str(os.getpid())}.get(left)
        file.write_text("\n".join([number, *lines[1:]]) + "\n" if number else "")
        again = database.open_engine(embedded.start(folder))
        with again.connect() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
        again.dispose()


def test_a_connection_that_was_cut_while_it_lay_idle_is_not_used(empty: Engine, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_TRUSTED_SECONDS", -1.0)  # any rest is long
    with empty.connect() as connection:
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT pg_terminate_backend(:process, 10000)"), {"process": process}).scalar_one()
    with empty.connect() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != process
