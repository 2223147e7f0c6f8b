"""Nothing of a practice leaves the computer: not over the line, and not in a file for the district."""

from fieldapp.errors import Offline
from fieldapp.store.engine import Store


def refuse_practice(store: Store) -> None:
    """Raises offline.practice."""
    if store.identity.is_practice:
        raise Offline("offline.practice")
