"""The reports a person may see of what is on this laptop."""

import datetime as dt
from typing import TYPE_CHECKING

from fieldapp.store.departures import departed
from fieldapp.store.engine import Store

if TYPE_CHECKING:
    from fieldapp.reports.ladder import LadderReport


class Reports:
    def __init__(self, store: Store) -> None:
        self._store = store

    def ladder(self, as_of: dt.date) -> "LadderReport":
        from fieldapp.reports.ladder import ladder_report

        with self._store.reading() as connection:
            # What was handed over is counted where it is now.
            return ladder_report(connection, self._store.district_id, as_of, leaving_out=departed(connection))
