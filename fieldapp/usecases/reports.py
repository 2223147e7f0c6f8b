"""The reports a person may see of what is on this laptop."""

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from fieldapp.domain.reference import Role
from fieldapp.records.reference import person_names, school_names
from fieldapp.store.departures import departed
from fieldapp.store.engine import Store
from fieldapp.store.unconfirmed import unconfirmed

if TYPE_CHECKING:
    from fieldapp.reports.first_help import FirstHelp
    from fieldapp.reports.ladder import LadderReport
    from fieldapp.reports.period import Period, Span
    from fieldapp.reports.work_figures import WorkReport

# No laptop holds so many children.
_ALL = 1_000_000


class Reports:
    def __init__(self, store: Store) -> None:
        self._store = store

    def ladder(self, as_of: dt.date) -> "LadderReport":
        from fieldapp.reports.ladder import ladder_report

        with self._store.reading() as connection:
            # What was handed over is counted where it is now.
            return ladder_report(connection, self._store.district_id, as_of, leaving_out=departed(connection))

    def work(self, as_of: dt.date, span: "Span") -> "WorkReport":
        """This person's own work; of a school head, the school's."""
        from fieldapp.reports.period import period
        from fieldapp.reports.work_facts import work_facts
        from fieldapp.reports.work_figures import work_report

        days, identity = period(span, as_of), self._store.identity
        with self._store.reading() as connection:
            left = departed(connection)
            facts = work_facts(connection, self._store.district_id, as_of, left)
            return work_report(
                facts,
                days,
                self._first_help(connection, days, frozenset(one.case_id for one in facts)),
                person_names(connection, self._store.district_id, {one.assignee for one in facts}),
                unconfirmed=unconfirmed(connection, self._store.district_id),
                of_school=identity.role is Role.SCHOOL_HEAD,
            )

    def school_name(self) -> str:
        """Of the person's own school; '' where there is none."""
        code = self._store.identity.school_code
        with self._store.reading() as connection:
            return school_names(connection, self._store.district_id, [code]).get(code, "")

    def _first_help(self, connection: Connection, days: "Period", counted: frozenset[str]) -> "FirstHelp":
        from fieldapp.reports.first_help import FirstHelp, found_children

        found = found_children(connection, self._store.district_id, days.first, days.last, 0, _ALL)
        return FirstHelp.of([one for one in found if one.case_id in counted])
