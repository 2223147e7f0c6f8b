"""Fixtures of the sync tests."""

from tests.support.district import district, engine
from tests.support.world import world

__all__ = ["district", "engine", "world"]
