"""Bringing a file to this program's tables: new files are made at once, old ones are backed up and migrated, newer ones are refused."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect, text

from fieldapp.errors import StoreError
from fieldapp.records import tables as record_tables
from fieldapp.store import backups, tables
from fieldapp.store.migrations import PHOTOS_REVISIONS, RECORDS_REVISIONS

_VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Schema:
    """The declared tables of one file, and the revisions that lead to them, oldest first."""

    name: str
    revisions: tuple[str, ...]
    metadata: tuple[MetaData, ...]

    @property
    def newest(self) -> str:
        return self.revisions[-1]


RECORDS = Schema("records", RECORDS_REVISIONS, (record_tables.metadata, tables.metadata))
PHOTOS = Schema("photos", PHOTOS_REVISIONS, (tables.photo_metadata,))


def create(connection: Connection, schema: Schema) -> None:
    """All tables of a new file, marked as newest."""
    for metadata in schema.metadata:
        metadata.create_all(connection)
    connection.execute(text(f"CREATE TABLE {_VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text(f"INSERT INTO {_VERSION_TABLE} VALUES (:revision)"), {"revision": schema.newest})


def stored_revision(connection: Connection) -> str | None:
    """Where the file stands; None for a file without tables."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    revision: str | None = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()
    return revision


def needs_migration(revision: str | None, schema: Schema) -> bool:
    """Raises store.newer for a file that a newer program has written, store.damaged for one that has no revision at all."""
    if revision is None:
        raise StoreError("store.damaged", part=schema.name)
    if revision not in schema.revisions:
        raise StoreError("store.newer", part=schema.name)
    return revision != schema.newest


def migrate(engine: Engine, schema: Schema, *, backup: Path | None, scripts: Path | None = None) -> None:
    """Take the file to the newest revision in one transaction. The old file is copied to `backup` first, encrypted with the same key."""
    from fieldapp.store.migrations.running import upgrade

    if backup is not None:
        backups.copy(engine, backup)
    upgrade(engine, scripts or Path(__file__).parent / "migrations" / schema.name)
