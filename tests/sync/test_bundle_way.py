"""Records and photos travel in a file where there is no network: real stores, real PostgreSQL, real files."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.visit import Outcome
from fieldapp.errors import BundleError
from fieldapp.server.exchange.bundles import Desk
from fieldapp.store import sync_state
from fieldapp.store.sent import body_of
from fieldapp.wire.messages import Status
from tests.support.bundles import a_desk, answered, bring, export
from tests.support.world import FieldLaptop, World


@pytest.fixture
def desk(world: World) -> Desk:
    return a_desk(world.district, world.folder.parent / "district-photos")


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    """A teacher's laptop with two cases, synced once."""
    laptop = world.teacher()
    world.district.add_cases(2, world.district.people["somying"])
    assert laptop.sync().error is None
    return laptop


def event_id_of(laptop: FieldLaptop, record_id: str) -> str:
    receipt = laptop.receipt_of(record_id)
    assert receipt is not None
    return receipt.subject


def test_a_visit_with_a_photo_goes_by_file_and_its_receipts_come_back(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path
) -> None:
    case_id = sorted(laptop.case_ids())[0]
    visit = laptop.visit(case_id, outcome=Outcome.WANTS_RETURN)
    photo = laptop.photograph(visit, size=700_000)
    exported = export(laptop, tmp_path / "out.fieldapp")
    assert (exported.events, exported.photos, exported.photos_missing) == (1, 1, 0)
    assert laptop.status(visit.id) == (None, "", "")
    taken = bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    assert (taken.events, taken.photos) == ({Status.ACCEPTED: 2}, 1)
    assert world.visits(case_id) == [visit.id]
    assert world.photo_is_stored(photo)
    assert laptop.status(visit.id) == (None, "", "")
    result = answered(laptop, tmp_path / "back.fieldapp")
    assert (result.pushed, result.photos, result.receipts_verified, result.error) == (2, 1, 3, None)
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.photo_state(photo) == "received"
    receipt = laptop.receipt_of(visit.id)
    with laptop.store.reading() as connection:
        body = body_of(connection, event_id_of(laptop, visit.id))
    assert body is not None
    assert laptop.believes(receipt, event_id_of(laptop, visit.id), sha256_hex(body.encode()))


def test_news_comes_back_with_the_answer(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    export(laptop, tmp_path / "out.fieldapp")
    (new,) = world.district.add_cases(1, world.district.people["somying"])
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    assert new not in laptop.case_ids()
    answered(laptop, tmp_path / "back.fieldapp")
    assert new in laptop.case_ids()
    assert laptop.sync().pulled == 0


def test_importing_twice_changes_nothing_and_answers_the_same(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    case_id = sorted(laptop.case_ids())[0]
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    export(laptop, tmp_path / "out.fieldapp")
    first = bring(desk, tmp_path / "out.fieldapp", tmp_path / "first.fieldapp")
    again = bring(desk, tmp_path / "out.fieldapp", tmp_path / "again.fieldapp")
    assert (again.events, again.photos) == (first.events, first.photos)
    assert world.events(visit.id) == 1
    answered(laptop, tmp_path / "again.fieldapp")
    receipts = (laptop.receipt_of(visit.id), laptop.photo_receipt(photo))
    result = answered(laptop, tmp_path / "first.fieldapp")
    assert (result.pushed, result.photos, result.pulled) == (0, 0, 0)
    assert (laptop.receipt_of(visit.id), laptop.photo_receipt(photo)) == receipts


def test_bundles_may_arrive_in_any_order_and_the_network_may_have_been_faster(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path
) -> None:
    one, two = sorted(laptop.case_ids())
    early = laptop.visit(one)
    export(laptop, tmp_path / "1.fieldapp")
    late = laptop.visit(two)
    picture = laptop.photograph(late)
    export(laptop, tmp_path / "2.fieldapp")
    bring(desk, tmp_path / "2.fieldapp", tmp_path / "2.back")
    bring(desk, tmp_path / "1.fieldapp", tmp_path / "1.back")
    assert laptop.sync().error is None
    receipts = [laptop.receipt_of(early.id), laptop.receipt_of(late.id), laptop.photo_receipt(picture)]
    assert None not in receipts
    for name in ("2.back", "1.back"):
        result = answered(laptop, tmp_path / name)
        assert (result.error, result.pulled) == (None, 0)
    assert [laptop.receipt_of(early.id), laptop.receipt_of(late.id), laptop.photo_receipt(picture)] == receipts
    assert (world.events(early.id), world.events(late.id)) == (1, 1)


def test_an_old_answer_does_not_turn_a_record_back(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    case_id = sorted(laptop.case_ids())[0]
    child = laptop.child_of(case_id)
    assert child is not None
    laptop.edit(child, guardian_name="ยายบุญมี")
    export(laptop, tmp_path / "out.fieldapp")
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    laptop.sync()
    fresh = laptop.child_of(case_id)
    assert fresh is not None
    laptop.edit(fresh, guardian_name="ยายบุญมา")
    laptop.sync()
    answered(laptop, tmp_path / "back.fieldapp")
    after = laptop.child_of(case_id)
    assert after is not None
    assert after.guardian_name == "ยายบุญมา"


def test_an_answer_that_lies_ahead_of_a_restored_laptop_skips_nothing(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path
) -> None:
    """The laptop's file was put back from a backup after the export: news before the bundle's cursor is missing here."""
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    export(laptop, tmp_path / "out.fieldapp")
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    with laptop.store.writing() as connection:
        sync_state.write(connection, sync_state.CURSOR, "1")
    result = answered(laptop, tmp_path / "back.fieldapp")
    assert (result.receipts_verified, result.pulled) == (1, 0)
    assert laptop.status(visit.id)[0] == "accepted"
    with laptop.store.reading() as connection:
        assert sync_state.read(connection, sync_state.CURSOR) == "1"


def test_a_stale_refusal_does_not_undo_a_receipt(desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    """The office's own clock was wrong when the file came, so it refused; the network has taken the visit since."""
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    export(laptop, tmp_path / "out.fieldapp")
    slow = replace(desk, clock=lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert bring(slow, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp").events == {Status.REJECTED: 1}
    laptop.sync()
    assert laptop.status(visit.id)[0] == "accepted"
    answered(laptop, tmp_path / "back.fieldapp")
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.receipt_of(visit.id) is not None


def test_a_receipt_takes_back_a_refusal(desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    export(laptop, tmp_path / "out.fieldapp")
    slow = replace(desk, clock=lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for at, name in ((slow, "refused"), (desk, "taken")):
        bring(at, tmp_path / "out.fieldapp", tmp_path / name)
    answered(laptop, tmp_path / "refused")
    assert laptop.status(visit.id)[:2] == ("rejected", "in_the_future")
    answered(laptop, tmp_path / "taken")
    assert laptop.status(visit.id)[:2] == ("accepted", "")
    answered(laptop, tmp_path / "refused")
    assert laptop.status(visit.id)[:2] == ("accepted", "")


def test_a_refused_record_is_set_aside_and_the_rest_goes_on(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    one, two = sorted(laptop.case_ids())
    laptop.clock_runs_ahead = dt.timedelta(days=30)
    bad = laptop.visit(one, visited_on=laptop.now().date())
    its_photo = laptop.photograph(bad)
    laptop.clock_runs_ahead = dt.timedelta(0)
    good = laptop.visit(two)
    export(laptop, tmp_path / "out.fieldapp")
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    result = answered(laptop, tmp_path / "back.fieldapp")
    assert (result.rejected, result.pushed) == (1, 1)
    assert laptop.status(bad.id)[:2] == ("rejected", "in_the_future")
    assert laptop.status(its_photo.id)[0] is None
    assert laptop.status(good.id)[0] == "accepted"


def test_what_was_given_to_someone_else_is_held_with_a_receipt(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    case_id = sorted(laptop.case_ids())[0]
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    export(laptop, tmp_path / "out.fieldapp")
    world.district.assign(case_id, world.district.add_person("wichai"))  # type: ignore[arg-type]
    assert bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp").events == {Status.HELD: 2}
    answered(laptop, tmp_path / "back.fieldapp")
    assert laptop.status(visit.id)[:2] == ("held", "no_longer_yours")
    assert laptop.photo_state(photo) == "received"
    assert case_id not in laptop.case_ids()


def test_the_same_picture_twice_travels_once(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    one, two = sorted(laptop.case_ids())
    content = b"\xff\xd8\xff" + bytes(400_000)
    photos = [laptop.photograph(laptop.visit(case_id), content=content) for case_id in (one, two)]
    assert export(laptop, tmp_path / "out.fieldapp").size < 500_000
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    answered(laptop, tmp_path / "back.fieldapp")
    assert [laptop.photo_state(photo) for photo in photos] == ["received", "received"]


def test_a_laptop_that_the_district_never_met_says_so(world: World, laptop: FieldLaptop, tmp_path: Path) -> None:
    fresh = world.laptop("somying")
    with pytest.raises(BundleError, match="bundle.not_registered"):
        export(fresh, tmp_path / "out.fieldapp")
    assert list(tmp_path.glob("out*")) == []


def test_on_a_full_disk_the_receipts_are_taken_in_and_the_news_waits(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    export(laptop, tmp_path / "out.fieldapp")
    (new,) = world.district.add_cases(1, world.district.people["somying"])
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    laptop.store.low_disk_bytes = 10**18
    result = answered(laptop, tmp_path / "back.fieldapp")
    assert result.error is not None
    assert (result.error.code, result.receipts_verified) == ("store.low_disk", 1)
    assert laptop.status(visit.id)[0] == "accepted"
    assert new not in laptop.case_ids()
    laptop.store.low_disk_bytes = 0
    answered(laptop, tmp_path / "back.fieldapp")
    assert new in laptop.case_ids()
