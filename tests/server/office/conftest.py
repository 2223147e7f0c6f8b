"""A person at the pages."""

from tests.support.district import engine
from tests.support.office import office

__all__ = ["engine", "office"]
