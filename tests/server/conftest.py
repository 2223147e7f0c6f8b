"""The district's fixtures."""

from tests.support.district import district, engine
from tests.support.district_server import running

__all__ = ["district", "engine", "running"]
