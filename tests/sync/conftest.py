"""Fixtures of the sync tests."""

from tests.support.district import district, engine
from tests.support.rough_world import ground, ground_over_http, in_order
from tests.support.world import world

__all__ = ["district", "engine", "ground", "ground_over_http", "in_order", "world"]
