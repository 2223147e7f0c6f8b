"""The district's fixtures."""

from tests.support.district import district, engine
from tests.support.district_server import running
from tests.support.photo_scene import scene

__all__ = ["district", "engine", "running", "scene"]
