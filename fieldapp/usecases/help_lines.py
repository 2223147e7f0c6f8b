"""The telephone numbers of help as they are known on this laptop. Shown in an emergency, so they are at hand without asking the store."""

from fieldapp.domain.help_line import SETTING, HelpLine, from_setting
from fieldapp.help_lines import usual_lines
from fieldapp.records.reference import setting
from fieldapp.store.engine import Store


class HelpLines:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._own: tuple[HelpLine, ...] = ()

    @property
    def known(self) -> tuple[HelpLine, ...]:
        """The district's, or the usual ones where it has set none. From any thread, at once."""
        return self._own or usual_lines()

    def read(self) -> None:
        """What the last sync brought."""
        with self._store.reading() as connection:
            self._own = from_setting(setting(connection, self._store.district_id, SETTING))
