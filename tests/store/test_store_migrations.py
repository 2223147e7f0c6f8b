"""Tables by migration are the declared ones; old files are copied before they are touched; newer ones are left alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.schema import SchemaItem

from fieldapp.errors import StoreError
from fieldapp.records.tables import DISTRICT_ONLY
from fieldapp.store import schema
from fieldapp.store.engine import Store, connect
from fieldapp.store.migrations.running import script_directory
from fieldapp.store.opening import open_store
from fieldapp.store.schema import PHOTOS, RECORDS, Schema
from tests.support.laptop import KEY, Laptop

SCRIPTS = Path(schema.__file__).parent / "migrations"

NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "records_next"
down_revision = "{newest}"


def upgrade() -> None:
    op.add_column("draft", sa.Column("mood", sa.Text(), nullable=False, server_default=""))
{more}
"""


@pytest.mark.parametrize("one", [RECORDS, PHOTOS], ids=["records", "photos"])
def test_a_migrated_file_has_the_declared_tables(tmp_path: Path, one: Schema) -> None:
    store = Store(tmp_path, KEY)
    with store.engines() as engines:
        engine = engines[0 if one is RECORDS else 1]
        schema.migrate(engine, one, backup=None)
        with engine.connect() as connection:
            assert schema.stored_revision(connection) == one.newest
            context = MigrationContext.configure(connection, opts={"include_object": _is_on_a_laptop})
            assert compare_metadata(context, list(one.metadata)) == []
    store.close()


def _is_on_a_laptop(declared: SchemaItem, *_: object) -> bool:
    return DISTRICT_ONLY not in declared.info


def test_a_new_file_and_a_migrated_one_have_the_same_tables_and_indexes(tmp_path: Path, laptop: Laptop) -> None:
    migrated = Store(tmp_path, KEY)
    with migrated.engines() as (records, _):
        schema.migrate(records, RECORDS, backup=None)
    with migrated.reading() as one, laptop.store.reading() as other:
        names = text("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
        assert one.execute(names).all() == other.execute(names).all()
    migrated.close()


@pytest.mark.parametrize("one", [RECORDS, PHOTOS], ids=["records", "photos"])
def test_the_named_revisions_are_those_of_the_scripts(one: Schema) -> None:
    scripts = script_directory(SCRIPTS / one.name)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(one.revisions)


@pytest.mark.parametrize("name", ["records.db", "photos.db"])
def test_a_file_of_a_newer_program_is_refused_and_left_alone(laptop: Laptop, name: str) -> None:
    laptop.store.close()
    newer = connect(laptop.folder / name, KEY, 1_000)
    newer.execute("UPDATE alembic_version SET version_num = 'of_2031'")
    newer.close()
    before = {path.name: path.read_bytes() for path in laptop.folder.glob("*.db")}
    with pytest.raises(StoreError) as caught:
        open_store(laptop.folder, KEY)
    assert caught.value.code == "store.newer"
    assert {path.name: path.read_bytes() for path in laptop.folder.glob("*.db")} == before


def test_an_old_file_is_copied_encrypted_and_then_brought_up(laptop: Laptop, tmp_path: Path) -> None:
    backup = tmp_path / "backups" / "old.db"
    with laptop.store.engines() as (records, _):
        schema.migrate(records, RECORDS, backup=backup, scripts=_with_next_step(tmp_path))
        assert "mood" in {column["name"] for column in inspect(records).get_columns("draft")}
        with records.connect() as connection:
            assert schema.stored_revision(connection) == "records_next"
    old = connect(backup, KEY, 1_000)
    assert old.execute("SELECT version_num FROM alembic_version").fetchone() == (RECORDS.newest,)
    assert old.execute("SELECT count(*) FROM person").fetchone() == (3,)
    old.close()
    assert not backup.read_bytes().startswith(b"SQLite")
    assert "ครูสมหญิง".encode() not in backup.read_bytes()


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(laptop: Laptop, tmp_path: Path) -> None:
    scripts = _with_next_step(tmp_path, more='    op.execute("SELECT * FROM no_such_table")')
    with pytest.raises(Exception, match="no_such_table"), laptop.store.engines() as (records, _):
        schema.migrate(records, RECORDS, backup=None, scripts=scripts)
    with laptop.store.reading() as connection:
        assert schema.stored_revision(connection) == RECORDS.newest
        assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 3
        assert "mood" not in {column["name"] for column in inspect(connection).get_columns("draft")}


def test_opening_a_file_that_is_up_to_date_does_not_load_alembic(laptop: Laptop) -> None:
    laptop.store.close()
    program = (
        "import sys; from pathlib import Path; from fieldapp.store.opening import open_store;"
        f"open_store(Path({str(laptop.folder)!r}), bytes(range(32))).close(); assert 'alembic' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _with_next_step(folder: Path, more: str = "") -> Path:
    """The real scripts and one more."""
    scripts = folder / "scripts"
    scripts.mkdir()
    for path in (SCRIPTS / "records").glob("v*.py"):
        (scripts / path.name).write_text(path.read_text())
    (scripts / "v9999_next.py").write_text(NEXT_STEP.format(newest=RECORDS.newest, more=more))
    return scripts
