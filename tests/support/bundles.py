"""A district's desk that takes bundles in, and short words for what laptops and desk do with files."""

import datetime as dt
from pathlib import Path

from fieldapp.server.exchange.bundles import Desk, Taken, take_in
from fieldapp.server.photos.store import PhotoStore
from fieldapp.server.photos.taking import Intake
from fieldapp.sync.bundle_answer import take_in_answer
from fieldapp.sync.bundle_export import export_bundle
from fieldapp.sync.progress import Exported, SyncResult
from tests.support.district import TestDistrict
from tests.support.world import FieldLaptop


def a_desk(district: TestDistrict, photos: Path) -> Desk:
    """`photos` is the folder that the district's server uses too."""
    clock = now
    store = PhotoStore.at(str(photos))
    return Desk(district.engine, district.found, Intake(district.engine, store, district.id, clock), clock)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def export(laptop: FieldLaptop, file: Path) -> Exported:
    exported = export_bundle(laptop.store, file, laptop.now, laptop.progress.append, lambda: False)
    assert exported is not None
    return exported


def bring(desk: Desk, file: Path, answer: Path | None = None) -> Taken:
    return take_in(desk, file, answer)


def answered(laptop: FieldLaptop, file: Path) -> SyncResult:
    return take_in_answer(laptop.store, file, laptop.now, laptop.progress.append)
