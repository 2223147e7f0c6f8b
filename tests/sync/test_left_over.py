"""A profile that nobody can open any more: the district opens a copy of it with the sealed key and takes over what was unsent."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import update

from fieldapp import cli, texts
from fieldapp.errors import BundleError
from fieldapp.left_over import open_profile
from fieldapp.server import tables
from fieldapp.server.command_line import inbox
from fieldapp.server.exchange.bundles import Desk
from fieldapp.wire.messages import Status
from tests.support.bundles import a_desk
from tests.support.refused import a_refused_visit, visits
from tests.support.world import KEY, FieldLaptop, World


@pytest.fixture
def desk(world: World) -> Desk:
    return a_desk(world.district, world.folder.parent / "district-photos")


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    laptop = world.teacher()
    world.district.add_cases(3, world.district.people["somying"])
    assert laptop.sync().error is None
    return laptop


def seal(laptop: FieldLaptop) -> None:
    """As `store.keys` leaves it when the district has ended this laptop's access."""
    sealed = SealedBox(PublicKey(bytes.fromhex(laptop.store.identity.sealing_key))).encrypt(KEY)
    (laptop.folder / "sealed-key").write_bytes(b64encode(sealed))


def revoke(world: World, laptop: FieldLaptop) -> None:
    device = tables.device
    with world.district.engine.begin() as connection:
        connection.execute(update(device).where(device.c.id == laptop.store.identity.device_id).values(revoked_at=laptop.now()))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_everything_unsent_of_a_barred_laptop_comes_to_the_inbox_and_the_folder_stays_as_it_was(
    world: World, desk: Desk, laptop: FieldLaptop
) -> None:
    refused, _photos = a_refused_visit(laptop)
    _first, second, third = sorted(laptop.case_ids())
    waiting = laptop.visit(second)
    photo = laptop.photograph(waiting)
    begun = visits(laptop).draft(third).visit
    visits(laptop).save(begun)
    seal(laptop)
    laptop.close()
    revoke(world, laptop)
    before = contents(laptop.folder)
    taken = open_profile(desk, laptop.folder)
    assert (taken.barred, dict(taken.events), taken.set_aside) == ("device_revoked", {Status.HELD: 2}, 2)
    assert contents(laptop.folder) == before
    with world.district.engine.connect() as connection:
        found = inbox.open_entries(connection, world.district.id)
    assert sorted((one.kind, one.event_kind) for one in found) == [
        ("held", "visit.recorded"), ("set_aside", "draft"), ("set_aside", "visit.recorded"),
    ]  # fmt: skip
    told = {one.event_kind: one.event for one in found if one.kind == "set_aside"}
    assert told["visit.recorded"] is not None and told["visit.recorded"]["record"] == refused.id
    assert told["draft"] is not None and told["draft"]["id"] == begun.id
    assert world.events(photo.id) == 1


def test_a_forgotten_passphrase_loses_nothing_and_twice_is_once(world: World, desk: Desk, laptop: FieldLaptop) -> None:
    """Nobody is barred: what waited is taken in as if it had been sent."""
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    photo = laptop.photograph(visit)
    seal(laptop)
    laptop.close()
    for _time in range(2):
        taken = open_profile(desk, laptop.folder)
        assert (taken.barred, dict(taken.events), taken.photos) == ("", {Status.ACCEPTED: 2}, 1)
    assert world.visits(visit.case_id) == [visit.id]
    assert world.events(visit.id) == 1
    assert world.photo_is_stored(photo)


def test_a_folder_of_another_district_stays_closed(world: World, desk: Desk, laptop: FieldLaptop) -> None:
    (laptop.folder / "sealed-key").write_bytes(b64encode(SealedBox(PrivateKey.generate().public_key).encrypt(KEY)))
    with pytest.raises(BundleError, match="other_district"):
        open_profile(desk, laptop.folder)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FIELDAPP_LANGUAGE", "en")
    before = texts.language()
    yield
    texts.use_language(before)


@pytest.mark.usefixtures("english")
def test_the_command_says_what_came_of_it(world: World, laptop: FieldLaptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laptop.visit(sorted(laptop.case_ids())[0])
    seal(laptop)
    laptop.close()
    url = world.district.engine.url.render_as_string(hide_password=False)
    given = ["office", "--database-url", url, "--district", world.district.id]
    photos = ["--photos", str(world.folder.parent / "district-photos")]
    assert cli.main([*given, "open-profile", str(laptop.folder), *photos]) == 0
    assert "1  records taken in" in capsys.readouterr().out
    assert cli.main([*given, "open-profile", str(tmp_path), *photos]) == 1
    assert "damaged" in capsys.readouterr().err
