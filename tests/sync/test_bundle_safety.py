"""What a bundle must not allow: reading by who carries it, changing by anybody, work by who is locked out, and a memory full of photos."""

import datetime as dt
import json
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey
from nacl.signing import SigningKey
from sqlalchemy import func, select, update

from fieldapp.domain.identifiers import new_id
from fieldapp.errors import BundleError
from fieldapp.server import tables as server_tables
from fieldapp.server.exchange.bundles import Desk
from fieldapp.store import device_keys, unsent_bundle
from fieldapp.store.device_keys import OwnKeys
from fieldapp.wire import codec
from fieldapp.wire.bundle import BundleWriter, Direction
from fieldapp.wire.bundle_parts import BundleHead, Part
from fieldapp.wire.messages import Status
from tests.support.bundles import a_desk, answered, bring, export
from tests.support.district import make_district
from tests.support.world import FieldLaptop, World


@pytest.fixture
def desk(world: World) -> Desk:
    return a_desk(world.district, world.folder.parent / "district-photos")


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    laptop = world.teacher()
    world.district.add_cases(2, world.district.people["somying"])
    assert laptop.sync().error is None
    return laptop


@pytest.fixture
def out(laptop: FieldLaptop, tmp_path: Path) -> Path:
    """A bundle with a visit and a photo."""
    laptop.photograph(laptop.visit(sorted(laptop.case_ids())[0], note="ยายบุญมีฝากบอกว่าจะย้ายบ้าน"), size=2_000)
    export(laptop, tmp_path / "out.fieldapp")
    return tmp_path / "out.fieldapp"


def sequence(world: World) -> int:
    table = server_tables.district
    with world.district.engine.connect() as connection:
        return connection.execute(select(table.c.last_sequence).where(table.c.district_id == world.district.id)).scalar_one()


def refused(desk: Desk, file: Path) -> str:
    with pytest.raises(BundleError) as refusal:
        bring(desk, file, file.with_name("never.fieldapp"))
    assert not list(file.parent.glob("never*"))
    return refusal.value.code


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(1, 255))
def test_a_bundle_with_one_wrong_byte_is_refused_whole(world: World, desk: Desk, out: Path, place: float, value: int) -> None:
    before = sequence(world)
    damaged = bytearray(out.read_bytes())
    damaged[int(place * len(damaged))] ^= value
    file = out.with_name("damaged.fieldapp")
    file.write_bytes(bytes(damaged))
    assert refused(desk, file).startswith("bundle.")
    assert sequence(world) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(1, 255))
def test_an_answer_with_one_wrong_byte_changes_nothing(desk: Desk, laptop: FieldLaptop, out: Path, place: float, value: int) -> None:
    back = out.with_name("back.fieldapp")
    if not back.exists():
        bring(desk, out, back)
    damaged = bytearray(back.read_bytes())
    damaged[int(place * len(damaged))] ^= value
    file = out.with_name("damaged.fieldapp")
    file.write_bytes(bytes(damaged))
    with pytest.raises(BundleError):
        answered(laptop, file)
    with laptop.store.reading() as connection:
        assert sum(len(batch) for batch in unsent_bundle.batches(connection, 500, 1_000_000)) == 2


def test_a_bundle_for_another_district_is_refused(world: World, out: Path) -> None:
    other = a_desk(make_district(world.district.engine), world.folder / "other-photos")
    assert refused(other, out) == "bundle.other_district"


def test_a_cut_bundle_and_a_file_that_goes_the_other_way_are_told_apart(desk: Desk, laptop: FieldLaptop, out: Path) -> None:
    back, cut = out.with_name("back.fieldapp"), out.with_name("cut.fieldapp")
    cut.write_bytes(out.read_bytes()[:-1])
    assert refused(desk, cut) == "bundle.damaged"
    bring(desk, out, back)
    assert refused(desk, back) == "bundle.wrong_direction"
    with pytest.raises(BundleError, match="bundle.wrong_direction"):
        answered(laptop, out)


def test_another_teachers_laptop_opens_neither_bundle_nor_answer(world: World, desk: Desk, out: Path) -> None:
    bring(desk, out, out.with_name("back.fieldapp"))
    carrier = world.teacher("wichai")
    carrier.sync()
    with pytest.raises(BundleError, match="bundle.not_for_you"):
        answered(carrier, out.with_name("back.fieldapp"))


def test_an_answer_that_the_district_did_not_sign_is_not_believed(world: World, laptop: FieldLaptop, desk: Desk, out: Path) -> None:
    with world.district.engine.begin() as connection:
        mine = server_tables.district.c.district_id == world.district.id
        connection.execute(update(server_tables.district).where(mine).values(signing_seed=bytes(SigningKey.generate()).hex()))
    bring(desk, out, out.with_name("back.fieldapp"))
    with pytest.raises(BundleError, match="bundle.wrong_signature"):
        answered(laptop, out.with_name("back.fieldapp"))


def test_no_name_and_no_answer_lies_open_in_either_file(desk: Desk, laptop: FieldLaptop, out: Path) -> None:
    back = out.with_name("back.fieldapp")
    bring(desk, out, back)
    child = laptop.child_of(sorted(laptop.case_ids())[0])
    assert child is not None
    planted = [child.given_name, child.family_name, "ยายบุญมี", laptop.store.identity.person_name, laptop.store.identity.account, child.id]
    for data in (out.read_bytes(), back.read_bytes()):
        for words in planted:
            assert words.encode() not in data
            assert json.dumps(words).strip('"').encode() not in data
        assert b"\xff\xd8\xff" not in data[:200]


def test_a_key_that_was_never_registered_signs_nothing(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    laptop.visit(sorted(laptop.case_ids())[0])
    with laptop.store.writing() as connection:
        device_keys.keep(connection, OwnKeys(SigningKey.generate(), PrivateKey.generate()))
    before = sequence(world)
    export(laptop, tmp_path / "out.fieldapp")
    assert refused(desk, tmp_path / "out.fieldapp") == "bundle.unknown_sender"
    assert sequence(world) == before


def test_who_names_a_key_must_hold_it(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    """Anybody may seal to the district and write a known key into the head; the signature tells."""
    identity = laptop.store.identity
    with laptop.store.reading() as connection:
        keys = device_keys.read(connection)
    assert keys is not None
    head = BundleHead(
        new_id(), identity.district_id, identity.person_id, identity.device_id, keys.signing_public, dt.datetime.now(dt.UTC), 0
    )
    with (tmp_path / "out.fieldapp").open("wb") as out:
        forged = BundleWriter(out, Direction.TO_DISTRICT, identity.district_id, identity.sealing_key, SigningKey.generate())
        forged.put(Part.HEAD, codec.encode(head))
        forged.end()
    assert refused(desk, tmp_path / "out.fieldapp") == "bundle.wrong_signature"


def test_a_registered_key_does_not_speak_for_somebody_else(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    """A teacher's own key, and another teacher's name in the head."""
    other = world.teacher("wichai")
    other.sync()
    with laptop.store.reading() as mine, other.store.writing() as theirs:
        keys = device_keys.read(mine)
        assert keys is not None
        device_keys.keep(theirs, keys)
    export(other, tmp_path / "out.fieldapp")
    assert refused(desk, tmp_path / "out.fieldapp") == "bundle.unknown_sender"


@pytest.mark.parametrize("barred", ["device_revoked", "account_closed", "account_expired"])
def test_who_is_locked_out_is_taken_in_as_held_and_gets_receipts_but_no_news(
    world: World, desk: Desk, laptop: FieldLaptop, out: Path, barred: str
) -> None:
    district, person = world.district, world.district.people["somying"]
    with district.engine.begin() as connection:
        now, account, device = dt.datetime.now(dt.UTC), server_tables.account, server_tables.device
        of_person = (account.c.district_id == district.id) & (account.c.person_id == person.id)
        if barred == "device_revoked":
            connection.execute(update(device).where(device.c.district_id == district.id).values(revoked_at=now))
        elif barred == "account_closed":
            connection.execute(update(account).where(of_person).values(closed_at=now))
        else:
            connection.execute(update(account).where(of_person).values(expires_on=dt.date(2026, 1, 1)))
    (new,) = district.add_cases(1, person)
    taken = bring(desk, out, out.with_name("back.fieldapp"))
    assert (taken.barred, taken.events, taken.photos) == (barred, {Status.HELD: 2}, 1)
    assert bring(desk, out).events == {Status.HELD: 2}
    result = answered(laptop, out.with_name("back.fieldapp"))
    assert (result.held, result.receipts_verified, result.pulled) == (2, 3, 0)
    assert new not in laptop.case_ids()
    with district.engine.connect() as connection:
        table = server_tables.inbox
        waiting = connection.execute(select(func.count()).where(table.c.district_id == district.id)).scalar_one()
    assert waiting == 2


def test_a_profile_of_an_older_program_gets_its_keys_with_the_next_sync(world: World, desk: Desk, tmp_path: Path) -> None:
    laptop = world.teacher()
    assert laptop.sync().error is None
    laptop.sync()
    assert laptop.line.calls["register_keys"] == 1
    export(laptop, tmp_path / "out.fieldapp")
    assert bring(desk, tmp_path / "out.fieldapp").person_name == "ครู somying"


def test_two_hundred_photos_stream_with_bounded_memory(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    case_id = sorted(laptop.case_ids())[0]
    visit = laptop.visit(case_id)
    shared = os.urandom(700_000)
    for number in range(200):
        laptop.photograph(visit, content=b"\xff\xd8\xff" + number.to_bytes(2) + shared)
    tracemalloc.start()
    exported = export(laptop, tmp_path / "out.fieldapp")
    assert exported.size > 140_000_000
    taken = bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    assert taken.photos == 200
    result = answered(laptop, tmp_path / "back.fieldapp")
    assert (result.photos, result.error) == (200, None)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
