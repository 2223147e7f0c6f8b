"""Making and opening the store of a profile, with its tables at this program's version."""

import datetime as dt
from pathlib import Path

from fieldapp.errors import StoreError
from fieldapp.store import backups, health, schema
from fieldapp.store.engine import PHOTOS_FILE, RECORDS_FILE, Store
from fieldapp.store.identity import Identity, read_identity, write_identity


def create_store(folder: Path, key: bytes, identity: Identity) -> Store:
    """The two files of a new profile, empty but for whom they belong to."""
    store = Store(folder, key)
    try:
        with store.writing() as connection:
            schema.create(connection, schema.RECORDS)
            write_identity(connection, identity)
        with store.photo_writing() as connection:
            schema.create(connection, schema.PHOTOS)
    except BaseException:
        store.close()
        raise
    store.belongs_to(identity)
    return store


def open_store(folder: Path, key: bytes) -> Store:
    """Raises store.damaged, store.newer, store.disk_full or store.busy; the files are then as they were."""
    for name in (RECORDS_FILE, PHOTOS_FILE):
        if not (folder / name).is_file():
            # SQLite would make an empty one, and the loss would look like a laptop without children.
            raise StoreError("store.damaged", part=name)
    if health.is_marked(folder):
        if damaged := health.damaged_parts(folder, key):
            raise StoreError("store.damaged", part=",".join(sorted(damaged)))
        health.unmark(folder)
    store = Store(folder, key)
    try:
        with store.reading() as connection:
            records = schema.stored_revision(connection)
        with store.photo_reading() as connection:
            photos = schema.stored_revision(connection)
        _bring_up(store, records, photos)
        with store.reading() as connection:
            identity = read_identity(connection)
    except BaseException:
        store.close()
        raise
    if identity is None:
        store.close()
        raise StoreError("store.damaged", part="identity")
    store.belongs_to(identity)
    return store


def _bring_up(store: Store, records: str | None, photos: str | None) -> None:
    # Both are looked at before either is touched: half a profile of a newer program must not be migrated.
    old_records = schema.needs_migration(records, schema.RECORDS)
    old_photos = schema.needs_migration(photos, schema.PHOTOS)
    now = dt.datetime.now(dt.UTC)
    with store.engines() as (records_engine, photos_engine):
        if old_records:
            schema.migrate(records_engine, schema.RECORDS, backup=backups.path_for(store.folder, RECORDS_FILE, str(records), now))
        if old_photos:
            schema.migrate(photos_engine, schema.PHOTOS, backup=backups.path_for(store.folder, PHOTOS_FILE, str(photos), now))
