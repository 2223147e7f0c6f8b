"""Records in a database, read and written whole. The same code serves the laptop's SQLite and the district's PostgreSQL."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from fieldapp.domain.care.facts import MAIN_FACTS, CareKind, CareStep, MainFact
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Held, Record
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.identifiers import CareId, CaseId, ChildId, ConflictId, EventId, FollowUpId, SubmissionId, VisitId
from fieldapp.domain.photo import Photo
from fieldapp.domain.states import CaseStep
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records import rows, tables
from fieldapp.records.chunks import chunks

R = TypeVar("R")


class SqlRecords:
    """The records of one district on one connection; implements `domain.events.Known`. The caller owns the transaction."""

    def __init__(self, connection: Connection, district_id: str) -> None:
        self._connection = connection
        self._district_id = district_id

    def child(self, record_id: ChildId) -> Child | None:
        return self.children([record_id]).get(record_id)

    def case(self, record_id: CaseId) -> Case | None:
        return self.cases([record_id]).get(record_id)

    def visit(self, record_id: VisitId) -> Visit | None:
        return self.visits([record_id]).get(record_id)

    def follow_up(self, record_id: FollowUpId) -> FollowUp | None:
        return self.follow_ups([record_id]).get(record_id)

    def submission(self, record_id: SubmissionId) -> Submission | None:
        return self.submissions([record_id]).get(record_id)

    def care(self, kind: CareKind, record_id: CareId) -> MainFact | None:
        return self.care_facts(kind, [record_id]).get(record_id)

    def photo(self, record_id: str) -> Photo | None:
        return self.photos([record_id]).get(record_id)

    def conflict(self, record_id: ConflictId) -> Conflict | None:
        return self.conflicts([record_id]).get(record_id)

    def open_conflicts(self, child_id: ChildId) -> tuple[Conflict, ...]:
        return self.open_conflicts_of([child_id])

    def held(self, event_id: EventId) -> Held | None:
        """Which events are held, only the district's log knows."""
        return None

    def open_conflicts_of(self, child_ids: Iterable[str]) -> tuple[Conflict, ...]:
        """Of these children, oldest first."""
        table = tables.conflict
        found: list[Conflict] = []
        for chunk in chunks(list(child_ids)):
            query = select(table).where(
                table.c.district_id == self._district_id, table.c.child_id.in_(chunk), table.c.decided_event.is_(None)
            )
            found += map(rows.conflict_from, self._connection.execute(query).mappings())
        return tuple(sorted(found, key=lambda one: one.id))

    def children(self, ids: Iterable[str]) -> dict[str, Child]:
        return self._by_id(tables.child, ids, rows.child_from)

    def visits(self, ids: Iterable[str]) -> dict[str, Visit]:
        return self._by_id(tables.visit, ids, rows.visit_from)

    def photos(self, ids: Iterable[str]) -> dict[str, Photo]:
        return self._by_id(tables.photo, ids, rows.photo_from)

    def follow_ups(self, ids: Iterable[str]) -> dict[str, FollowUp]:
        return self._by_id(tables.follow_up, ids, rows.follow_up_from)

    def submissions(self, ids: Iterable[str]) -> dict[str, Submission]:
        return self._by_id(tables.submission, ids, rows.submission_from)

    def care_facts(self, kind: CareKind, ids: Iterable[str]) -> dict[str, MainFact]:
        cls = MAIN_FACTS[kind]
        return self._by_id(rows.TABLE_OF[cls], ids, lambda row: rows.care_from(cls, row))

    def care_steps(self, ids: Iterable[str]) -> dict[str, CareStep]:
        return self._by_id(tables.care_step, ids, lambda row: rows.care_from(CareStep, row))

    def conflicts(self, ids: Iterable[str]) -> dict[str, Conflict]:
        return self._by_id(tables.conflict, ids, rows.conflict_from)

    def cases(self, ids: Iterable[str]) -> dict[str, Case]:
        """Cases with their steps, in two queries a chunk however many cases."""
        steps: defaultdict[str, list[CaseStep]] = defaultdict(list)
        wanted = list(ids)
        table = tables.case_step
        for chunk in chunks(wanted):
            query = (
                select(table)
                .where(table.c.district_id == self._district_id, table.c.case_id.in_(chunk))
                .order_by(table.c.sequence, table.c.on_date, table.c.event_id)
            )
            for row in self._connection.execute(query).mappings():
                steps[row["case_id"]].append(rows.step_from(row))
        return self._by_id(tables.case, wanted, lambda row: rows.case_from(row, tuple(steps[row["id"]])))

    def put(self, records: Iterable[Record]) -> None:
        """Store records whole, new or changed, one statement a type."""
        grouped: defaultdict[type[Record], list[Record]] = defaultdict(list)
        for record in records:
            grouped[type(record)].append(record)
        for cls, group in grouped.items():
            # The last of several versions of one record is the one to keep.
            last = {record.id: record for record in group}.values()
            self._upsert(rows.TABLE_OF[cls], [rows.to_row(record, self._district_id) for record in last])
            if cls is Case:
                self._put_steps([record for record in last if isinstance(record, Case)])

    def _put_steps(self, cases: list[Case]) -> None:
        table = tables.case_step
        for chunk in chunks([case.id for case in cases]):
            self._connection.execute(delete(table).where(table.c.district_id == self._district_id, table.c.case_id.in_(chunk)))
        steps = [row for case in cases for row in rows.step_rows(case, self._district_id)]
        if steps:
            self._connection.execute(table.insert(), steps)

    def _upsert(self, table: Table, values: list[rows.Row]) -> None:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table)
        key = [column.name for column in table.primary_key]
        changing = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in key}
        self._connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changing), values)

    def _by_id(self, table: Table, ids: Iterable[str], build: Callable[[Mapping[Any, Any]], R]) -> dict[str, R]:
        key = next(column for column in table.primary_key if column.name != "district_id")
        found: dict[str, R] = {}
        for chunk in chunks(list(ids)):
            query = select(table).where(table.c.district_id == self._district_id, key.in_(chunk))
            for row in self._connection.execute(query).mappings():
                found[row[key.name]] = build(row)
        return found
