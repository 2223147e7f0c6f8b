"""A district that stays for a whole file of tests that only ask nonsense of it. Fixtures: `hostile`, `hostile_scene`."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.district import make_district
from tests.support.district_server import Running, server_of
from tests.support.photo_scene import Scene, make_scene


@pytest.fixture(scope="module")
def hostile(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with server_of(make_district(engine), tmp_path_factory.mktemp("photos")) as server:
        yield server


@pytest.fixture(scope="module")
def hostile_scene(hostile: Running) -> Scene:
    return make_scene(hostile)
