"""Reporting rounds. 'Complete' is reckoned: every case has its answer on the round's day. 'Submitted' is said by a person, and what the
figures were then is kept, so that both can be seen side by side."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.ladder import Bucket
from fieldapp.domain.received_list import OBEC_LISTS
from fieldapp.records.reference import person_names
from fieldapp.reports.breakdown import By, breakdown
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server import tables
from fieldapp.server.problems import Refused

_round, _submission = tables.report_round, tables.round_submission
# The district's own submission, beside those of its schools.
DISTRICT = ""


@dataclass(frozen=True, slots=True)
class Round:
    id: str
    name: str
    as_of: dt.date
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Submission:
    """`figures`: bucket -> count when it was submitted."""

    submitted_at: dt.datetime
    by_name: str
    letter: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A school in a round; `code` is DISTRICT for all together."""

    code: str
    name: str
    buckets: Mapping[Bucket, int]
    submission: Submission | None

    @property
    def listed(self) -> int:
        return sum(self.buckets.values())

    @property
    def answered(self) -> int:
        return self.buckets[Bucket.RETURNED] + self.buckets[Bucket.NOT_RETURNED]

    @property
    def is_complete(self) -> bool:
        return self.answered == self.listed

    @property
    def changed_since(self) -> bool:
        """What was submitted is no more what the visits say for that day."""
        return self.submission is not None and self.submission.figures != figures_of(self.buckets)


def rounds(connection: Connection, district_id: str) -> tuple[Round, ...]:
    """Newest first."""
    query = select(_round.c.id, _round.c.name, _round.c.as_of, _round.c.due_on).where(_round.c.district_id == district_id)
    return tuple(Round(*row) for row in connection.execute(query.order_by(_round.c.as_of.desc(), _round.c.id.desc())))


def find(connection: Connection, district_id: str, round_id: str) -> Round:
    """Raises Refused unknown_record."""
    found = next((one for one in rounds(connection, district_id) if one.id == round_id), None)
    if found is None:
        raise Refused("unknown_record", "round_id")
    return found


def open_round(connection: Connection, district_id: str, name: str, as_of: dt.date, due_on: dt.date, by: str, now: dt.datetime) -> str:
    round_id = new_id()
    values = {"id": round_id, "name": name, "as_of": as_of, "due_on": due_on, "created_at": now, "created_by": by}
    connection.execute(_round.insert(), {"district_id": district_id, **values})
    return round_id


def standings(connection: Connection, district_id: str, of: Round) -> tuple[Standing, ...]:
    """The district first, then every school with a case, those with most cases first."""
    rows = breakdown(connection, district_id, CaseFilter(as_of=of.as_of, list_types=OBEC_LISTS), By.SCHOOL)
    submitted = _submissions(connection, district_id, of.id)
    total = {bucket: sum(row.buckets[bucket] for row in rows) for bucket in Bucket}
    schools = [Standing(row.key, row.name, row.buckets, submitted.get(row.key)) for row in rows if row.key]
    return (Standing(DISTRICT, "", total, submitted.get(DISTRICT)), *schools)


def submit(connection: Connection, district_id: str, of: Round, school_code: str, letter: str, by: str, now: dt.datetime) -> None:
    """Say that this is the report; said again, the newer word counts. Raises Refused unknown_record for a school without a case."""
    standing = next((one for one in standings(connection, district_id, of) if one.code == school_code), None)
    if standing is None:
        raise Refused("unknown_record", "school_code")
    said = {"submitted_at": now, "submitted_by": by, "letter": letter, "figures": figures_of(standing.buckets)}
    statement = insert(_submission).values(district_id=district_id, round_id=of.id, school_code=school_code, **said)
    key = [column.name for column in _submission.primary_key]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=said))


def figures_of(buckets: Mapping[Bucket, int]) -> dict[str, int]:
    return {bucket.value: buckets[bucket] for bucket in Bucket}


def _submissions(connection: Connection, district_id: str, round_id: str) -> dict[str, Submission]:
    query = select(_submission).where(_submission.c.district_id == district_id, _submission.c.round_id == round_id)
    rows = connection.execute(query).all()
    names = person_names(connection, district_id, [row.submitted_by for row in rows])
    return {row.school_code: Submission(row.submitted_at, names.get(row.submitted_by, ""), row.letter, row.figures) for row in rows}
