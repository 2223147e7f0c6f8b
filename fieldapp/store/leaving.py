"""The end of a profile on this computer, after the district has ended its access: the keys go at once, and with them everything that can be
read. What was not sent stays, sealed, for the district alone."""

import shutil

from sqlalchemy import func, select

from fieldapp.store.engine import Store
from fieldapp.store.keys import destroy_keys
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.tables import draft, outbox, photo_transfer
from fieldapp.store.transfers import RECEIVED


def anything_unsent(store: Store) -> bool:
    """Waiting or set aside, a photo without receipt, or a visit begun."""
    queries = (
        select(func.count()).select_from(outbox).where(outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE)),
        select(func.count()).select_from(photo_transfer).where(photo_transfer.c.state != RECEIVED),
        select(func.count()).select_from(draft),
    )
    with store.reading() as connection:
        return any(connection.execute(query).scalar() for query in queries)


class Leaving:
    """`begin` while the profile is still open, `finish` when it is closed."""

    def __init__(self, store: Store) -> None:
        self._folder = store.folder
        self._store = store
        self._nothing_left = False

    def begin(self) -> None:
        kept = anything_unsent(self._store)
        destroy_keys(self._folder, keep_sealed=kept)
        self._nothing_left = not kept

    @property
    def something_left(self) -> bool:
        """Something unsent stays here, for the district alone."""
        return not self._nothing_left

    def finish(self) -> None:
        """Without its key nothing in the folder can be read again; where nothing is unsent it need not lie there either."""
        if self._nothing_left:
            shutil.rmtree(self._folder, ignore_errors=True)
