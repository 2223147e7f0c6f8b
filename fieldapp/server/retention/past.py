"""What is past its years, as conditions: the look ahead and the removal ask the same.

The years are the district's (domain: office records at least ten years by the regulation; no rule of their own for these lists was found).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, func, select

from fieldapp.domain.states import CaseState, owes_answer
from fieldapp.records import tables as record_tables
from fieldapp.records.reference import setting
from fieldapp.server import tables
from fieldapp.server.audit import Action

SETTING = "retention"
# name -> years where the district has set none. 0 keeps for ever.
YEARS: Mapping[str, int] = {"cases": 10, "audit": 10, "list_rows": 10, "signed_in": 1}
_CLOSED = [state for state in CaseState if not owes_answer(state)]
_case, _list = record_tables.case, record_tables.received_list
_audit, _device, _session = tables.audit, tables.device, tables.session


def years(connection: Connection, district_id: str) -> dict[str, int]:
    given = setting(connection, district_id, SETTING)
    return {name: int(given[name]) if given.get(name, "").isdecimal() else default for name, default in YEARS.items()}


def before(today: dt.date, count: int) -> dt.date | None:
    """What lies before this day is older than so many years; None where it is kept for ever."""
    if not count:
        return None
    try:
        return today.replace(year=today.year - count)
    except ValueError:  # 29 February
        return today.replace(year=today.year - count, day=28)


@dataclass(frozen=True, slots=True)
class Past:
    """What is older than `kept` (years by name) on a day."""

    district_id: str
    kept: Mapping[str, int]
    today: dt.date

    def day(self, name: str) -> dt.date | None:
        return before(self.today, self.kept[name])

    def cases(self) -> tuple[ColumnElement[bool], ...]:
        """A closed case is old when nothing has happened to it for so long: no step, no visit."""
        last = func.greatest(_case.c.state_on, _case.c.last_visit_on, _case.c.listed_on)
        return (_case.c.district_id == self.district_id, _case.c.state.in_(_CLOSED), last < (self.day("cases") or dt.date.min))

    def audit(self) -> tuple[ColumnElement[bool], ...]:
        """But not what was sent to a laptop that was in contact since: it may still lie there, and only the audit can say so."""
        since = (
            _device.c.district_id == self.district_id,
            _device.c.id == _audit.c.device_id,
            _device.c.last_seen_at >= self._moment("audit"),
        )
        on_a_laptop = (_audit.c.action == Action.VIEWED) & select(_device.c.id).where(*since).exists()
        return (_audit.c.district_id == self.district_id, _audit.c.at < self._moment("audit"), ~on_a_laptop)

    def lists(self) -> Select[tuple[str]]:
        """Received lists whose rows as they came are past their years."""
        return select(_list.c.id).where(_list.c.district_id == self.district_id, _list.c.imported_at < self._moment("list_rows"))

    def signed_in(self) -> tuple[ColumnElement[bool], ...]:
        """Sign-ins that ended so long ago. But not the last of a person on a laptop that reached it, with which it may still hand over what
        it has, and which tells whose laptop it is; and no farewell (it could be refreshed no moment: `auth.farewell`)."""
        later = _session.alias("later")
        again = (
            later.c.district_id == self.district_id,
            later.c.device_id == _session.c.device_id,
            later.c.person_id == _session.c.person_id,
            later.c.created_at > _session.c.created_at,
            later.c.first_used_at.is_not(None),
        )
        return (
            _session.c.district_id == self.district_id,
            _session.c.refresh_expires_at < self._moment("signed_in"),
            _session.c.refresh_expires_at != _session.c.created_at,
            select(later.c.access_hash).where(*again).exists(),
        )

    def _moment(self, name: str) -> dt.datetime:
        return dt.datetime.combine(self.day(name) or dt.date(1, 1, 2), dt.time(), dt.UTC)
