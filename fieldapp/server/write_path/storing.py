"""The changed records of a batch into their tables, a few statements however many records. Of a case only the steps that changed."""

from collections import defaultdict

from sqlalchemy import delete, tuple_

from fieldapp.domain.case import Case
from fieldapp.domain.event import Record
from fieldapp.domain.submission import Submission
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.server import bulk
from fieldapp.server.forms import counting
from fieldapp.server.write_path.known import KnownRecords
from fieldapp.server.write_path.sequence import Writing


def store(lock: Writing, known: KnownRecords) -> None:
    grouped: defaultdict[type[Record], list[Record]] = defaultdict(list)
    for record in known.changed.values():
        grouped[type(record)].append(record)
    for cls, group in grouped.items():
        bulk.upsert(lock.connection, rows.TABLE_OF[cls], [rows.to_row(record, lock.district_id) for record in group])
    counting.keep(lock.connection, lock.district_id, [record for record in grouped[Submission] if isinstance(record, Submission)])
    _store_steps(lock, known, [record for record in grouped[Case] if isinstance(record, Case)])


def _store_steps(lock: Writing, known: KnownRecords, cases: list[Case]) -> None:
    table = record_tables.case_step
    new: list[rows.Row] = []
    gone: list[tuple[str, str, str]] = []
    for case in cases:
        before = known.cases_before[case.id]
        had = set(before.steps) if before else set()
        now = {(step.event_id, step.state): step for step in case.steps}
        changed = {key for key, step in now.items() if step not in had}
        new += [row for row in rows.step_rows(case, lock.district_id) if (row["event_id"], row["state"]) in changed]
        gone += [(case.id, step.event_id, step.state) for step in had if (step.event_id, step.state) not in now]
    if gone:
        key = tuple_(table.c.case_id, table.c.event_id, table.c.state)
        lock.connection.execute(delete(table).where(table.c.district_id == lock.district_id, key.in_(gone)))
    bulk.upsert(lock.connection, table, new)
