"""The district's fixtures."""

from tests.support.district import district, engine
from tests.support.district_server import running
from tests.support.hostile_district import hostile, hostile_scene
from tests.support.photo_scene import scene

__all__ = ["district", "engine", "hostile", "hostile_scene", "running", "scene"]
