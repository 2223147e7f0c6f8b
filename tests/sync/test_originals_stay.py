"""Originals of photos at a sync: they do not travel, and go when the receipts have come."""

from dataclasses import replace

from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome
from fieldapp.usecases.originals import Originals
from fieldapp.usecases.photos import Photos
from fieldapp.usecases.syncing import Syncing
from fieldapp.usecases.visits import Visits
from tests.support.pictures import a_noisy_jpeg
from tests.support.world import World


def test_the_picture_travels_and_its_original_does_not_and_ends_by_its_receipt(world: World) -> None:
    laptop = world.teacher()
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    source = a_noisy_jpeg()
    visits, photos, originals = Visits(laptop.store, laptop.now), Photos(laptop.store, laptop.now), Originals(laptop.store, laptop.now)
    visit = visits.draft(case_id).visit
    visits.save(replace(visit, met=(Met.CHILD,), outcome=Outcome.WANTS_RETURN))
    photo = photos.add(visit.id, case_id, source, PhotoKind.OUTSIDE).photo
    visits.finish(case_id)
    originals.set_days(0)
    before = laptop.line.inner.traffic.up
    syncing = Syncing(laptop.store, laptop.now, lambda: laptop.line, lambda _store: originals.let_go())
    assert photos.original_ending(photo.sha256)
    assert syncing.run(lambda _progress: None, lambda: False).error is None
    assert world.photo_is_stored(photo)
    assert laptop.line.inner.traffic.up - before < photo.size + 20_000 < len(source)
    assert not photos.original_ending(photo.sha256)
    stored = [path for path in (world.folder.parent / "district-photos").rglob("*") if path.is_file()]
    assert source not in [path.read_bytes() for path in stored]
