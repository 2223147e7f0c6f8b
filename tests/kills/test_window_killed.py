"""The app's window is killed while it syncs, is started again, unlocks and goes on until all has arrived."""

import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp import client
from fieldapp.domain.photo import PhotoKind
from fieldapp.server import tables as server
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.delivery import Delivery, PhotoDelivery
from fieldapp.usecases.signing_in import FirstSignIn
from tests.support import window_at_sync
from tests.support.district import PASSWORD
from tests.support.person_at_work import answered
from tests.support.pictures import a_jpeg
from tests.support.profiles import PASSPHRASE, settings_for
from tests.support.relay import Relay
from tests.support.world import World

ROOT = Path(__file__).resolve().parents[2]


def a_day_of_work(world: World, data: Path, visits: int) -> list[str]:
    """A first sign-in, visits with photos, the window closed. The ids of the visits."""
    world.district.add_person("somying")
    world.district.add_cases(visits, world.district.people["somying"])
    request = FirstSignIn(world.address, "somying", PASSWORD, PASSPHRASE, "โน้ตบุ๊กทดสอบ")
    opened = client.sign_in(settings_for(data), request, lambda progress: None, lambda: False)
    assert opened.cut_by is None
    ids = []
    for number, row in enumerate(opened.children.page(ListFilter(), 0, visits)):
        visit = opened.visits.draft(row.case_id).visit
        opened.visits.save(answered(visit))
        opened.photos.add(visit.id, row.case_id, a_jpeg(640 + 16 * number, 480), PhotoKind.OUTSIDE)
        opened.visits.finish(row.case_id)
        ids.append(visit.id)
    opened.close()
    return ids


def window(data: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, window_at_sync.__file__, str(data), PASSPHRASE]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)


def killed_while_syncing(data: Path, wire: Relay, strikes: Iterable[tuple[str, int]]) -> int:
    """Windows that are killed when so many bytes have passed; how many of them died so."""
    died = 0
    for way, size in strikes:
        with window(data) as app:
            assert app.stdout is not None
            (wire.strike_up if way == "up" else wire.strike_down)(size, app.kill)
            said = app.stdout.read().splitlines()
        assert said[:1] == ["opened"]
        died += app.returncode == -9
        wire.forget_strikes()
    return died


def require_through(world: World, data: Path, visits: list[str]) -> None:
    with window(data) as app:
        assert app.stdout is not None
        assert app.stdout.read().splitlines() == ["opened", "synced None"]
    assert app.returncode == 0
    with world.district.engine.connect() as connection:
        table = server.event
        query = select(table.c.record_id).where(table.c.district_id == world.district.id, table.c.kind == "visit.recorded")
        assert sorted(connection.execute(query).scalars()) == sorted(visits)
    settings = settings_for(data)
    opened = client.unlock(settings, client.list_profiles(settings)[0].id, PASSPHRASE)
    items = opened.syncing.overview().items
    opened.close()
    assert {item.delivery for item in items} == {Delivery.RECEIVED}
    assert {photo for item in items for photo in item.photos} == {PhotoDelivery.RECEIVED}


def test_a_window_that_was_killed_while_syncing_goes_on(world: World, wire: Relay, tmp_path: Path) -> None:
    visits = a_day_of_work(world, tmp_path / "data", 3)
    assert killed_while_syncing(tmp_path / "data", wire, [("up", 1_500), ("down", 2_500)]) == 2
    require_through(world, tmp_path / "data", visits)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_window_that_is_killed_at_random_goes_on(world: World, wire: Relay, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    visits = a_day_of_work(world, tmp_path / "data", 6)
    strikes = [(draw.choice(("up", "down")), int(10 ** draw.uniform(1, 5))) for _ in range(5)]
    killed_while_syncing(tmp_path / "data", wire, strikes)
    require_through(world, tmp_path / "data", visits)
