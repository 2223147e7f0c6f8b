"""How much on this laptop waits for the district, under the name that the windows use."""

from fieldapp.store.waiting import Unsent

__all__ = ["Unsent"]
