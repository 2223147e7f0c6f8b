"""Fixtures of the sync tests."""

from tests.support.district import district, engine
from tests.support.rough_world import ground, in_order
from tests.support.world import world

__all__ = ["district", "engine", "ground", "in_order", "world"]
