"""A person at the pages."""

from tests.support.browser import browser
from tests.support.district import engine
from tests.support.office import office

__all__ = ["browser", "engine", "office"]
