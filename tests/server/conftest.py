"""The district's fixtures."""

from tests.support.district import district, engine

__all__ = ["district", "engine"]
