"""What the tests with strangers need: the district, its server, laptops, Node, and JavaRosa."""

from tests.support.district import district, engine
from tests.support.district_server import running
from tests.support.node import node
from tests.support.on_javarosa import javarosa
from tests.support.photo_scene import scene
from tests.support.world import world

__all__ = ["district", "engine", "javarosa", "node", "running", "scene", "world"]
