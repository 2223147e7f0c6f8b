"""`Changes`, which every write returns, under the name that the windows use. It is defined in the store, since sync makes it too."""

from fieldapp.store.changes import Changes

__all__ = ["Changes"]
