"""Fixtures of the kill tests."""

from collections.abc import Iterator

import pytest

from tests.support.district import district, engine
from tests.support.relay import Relay, relay
from tests.support.world import World, world


@pytest.fixture
def wire(world: World) -> Iterator[Relay]:
    """The wire between the world's laptops and its server."""
    with relay(world.address) as opened:
        world.address = opened.address
        yield opened


__all__ = ["district", "engine", "wire", "world"]
