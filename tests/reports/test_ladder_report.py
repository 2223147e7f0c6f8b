"""The report counts the state in which each case stood on a date, exactly as the domain says where it stood."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete

from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import CaseId, ChildId, EventId, ListId
from fieldapp.domain.ladder import Bucket, Rounding
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Cause, Setting
from fieldapp.domain.states import COUNTED, PENDING_SEQUENCE, CaseState, CaseStep, standing_step
from fieldapp.records import tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.ladder import ladder_report

DISTRICT = "4603"
FIRST = dt.date(2026, 11, 1)
AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

steps = st.builds(
    lambda number, state, day, sequence, cause: CaseStep(
        EventId(f"event-{number:04d}"), state, FIRST + dt.timedelta(days=day), None, AT, sequence, main_cause=cause
    ),
    st.integers(0, 9_999),
    st.sampled_from(COUNTED),
    st.integers(0, 6),
    st.integers(1, 9) | st.just(PENDING_SEQUENCE),
    st.sampled_from([None, "own_family", "low_income"]),
)
lives = st.lists(steps, min_size=1, max_size=7, unique_by=lambda step: step.event_id)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    tables.metadata.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


@pytest.fixture(autouse=True)
def _empty(connection: Connection) -> None:
    empty(connection)


def empty(connection: Connection) -> None:
    for table in reversed(tables.metadata.sorted_tables):
        connection.execute(delete(table))


def a_case(number: int, list_type: ListType, *life: CaseStep) -> Case:
    return Case(CaseId(f"case-{number}"), ChildId(f"child-{number}"), ListId("list"), list_type, FIRST, steps=life)


def step(state: CaseState, day: int, sequence: int, cause: str | None = None) -> CaseStep:
    return CaseStep(EventId(f"event-{sequence}"), state, FIRST + dt.timedelta(days=day), None, AT, sequence, main_cause=cause)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ListType), lives), max_size=6), st.integers(-1, 7))
def test_the_query_agrees_with_the_domain_on_every_day(
    connection: Connection, cases: list[tuple[ListType, list[CaseStep]]], day: int
) -> None:
    as_of = FIRST + dt.timedelta(days=day)
    empty(connection)
    SqlRecords(connection, DISTRICT).put(a_case(number, list_type, *life) for number, (list_type, life) in enumerate(cases))
    report = ladder_report(connection, DISTRICT, as_of)
    for ladder in report.ladders:
        standing = [standing_step(life, as_of) for list_type, life in cases if list_type is ladder.list_type]
        known = [one for one in standing if one]
        not_returned = [one for one in known if one.state is CaseState.NOT_RETURNED]
        assert ladder.listed == len(known)
        assert ladder.buckets[Bucket.RETURNED] == sum(1 for one in known if one.state is CaseState.RETURNED)
        assert ladder.buckets[Bucket.NOT_RETURNED] == len(not_returned)
        causes = Counter(one.main_cause for one in not_returned if one.main_cause)
        assert {cause.code: cause.count for cause in ladder.causes} == causes


def test_a_later_visit_moves_the_case_from_its_day_on(connection: Connection) -> None:
    life = (step(CaseState.LISTED, 0, 1), step(CaseState.NOT_RETURNED, 2, 2, "own_family"), step(CaseState.RETURNED, 5, 3))
    SqlRecords(connection, DISTRICT).put([a_case(1, ListType.DROPPED_OUT, *life)])

    def on(day: int) -> tuple[int, int, int]:
        ladder = ladder_report(connection, DISTRICT, FIRST + dt.timedelta(days=day)).ladders[1]
        return ladder.listed, ladder.buckets[Bucket.NOT_RETURNED], ladder.buckets[Bucket.RETURNED]

    assert [on(day) for day in (-1, 0, 2, 4, 5)] == [(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 0), (1, 0, 1)]


def test_an_assignment_after_a_visit_does_not_undo_the_visit(connection: Connection) -> None:
    life = (step(CaseState.LISTED, 0, 1), step(CaseState.NOT_RETURNED, 2, 2, "own_family"), step(CaseState.ASSIGNED, 6, 3))
    SqlRecords(connection, DISTRICT).put([a_case(1, ListType.DROPPED_OUT, *life)])
    ladder = ladder_report(connection, DISTRICT, FIRST + dt.timedelta(days=9)).ladders[1]
    assert ladder.buckets[Bucket.NOT_RETURNED] == 1


def test_another_districts_cases_are_not_counted(connection: Connection) -> None:
    SqlRecords(connection, "4601").put([a_case(1, ListType.NEVER_ENROLLED, step(CaseState.LISTED, 0, 1))])
    assert ladder_report(connection, DISTRICT, FIRST).total.listed == 0


def test_the_ministrys_way_counts_those_who_want_to_return_as_traced(connection: Connection) -> None:
    states = (CaseState.RETURNED, CaseState.NOT_RETURNED, CaseState.WANTS_RETURN, CaseState.NOT_FOUND, CaseState.TRACING)
    SqlRecords(connection, DISTRICT).put(
        a_case(number, ListType.NEVER_ENROLLED, step(state, 1, number)) for number, state in enumerate(states, start=1)
    )

    def figures(preset: str) -> tuple[int, int, int, int]:
        ladder = ladder_report(connection, DISTRICT, FIRST + dt.timedelta(days=1), preset=preset).ladders[0]
        return ladder.traced, ladder.in_progress, ladder.buckets[Bucket.WANTS_RETURN], ladder.buckets[Bucket.NOT_FOUND]

    assert (figures("district"), figures("ministry")) == ((2, 3, 0, 0), (3, 2, 1, 1))


def test_the_district_decides_rounding_and_preset(connection: Connection) -> None:
    records = SqlRecords(connection, DISTRICT)
    records.put([Cause("own_family", "สร้างครอบครัว"), Setting("ladder", {"preset": "ministry", "rounding": "truncate"})])
    report = ladder_report(connection, DISTRICT, FIRST)
    assert (report.preset, report.rounding, report.cause_name("own_family")) == ("ministry", Rounding.TRUNCATE, "สร้างครอบครัว")
    assert ladder_report(connection, DISTRICT, FIRST, rounding=Rounding.HALF_UP, preset="district").rounding is Rounding.HALF_UP


def test_the_total_adds_the_lists(connection: Connection) -> None:
    SqlRecords(connection, DISTRICT).put(
        [
            a_case(1, ListType.NEVER_ENROLLED, step(CaseState.NOT_RETURNED, 0, 1, "own_family")),
            a_case(2, ListType.DROPPED_OUT, step(CaseState.NOT_RETURNED, 0, 2, "own_family")),
            a_case(3, ListType.DROPPED_OUT, step(CaseState.RETURNED, 0, 3)),
        ]
    )
    total = ladder_report(connection, DISTRICT, FIRST).total
    assert (total.listed, total.traced, total.in_progress) == (3, 3, 0)
    assert [(cause.code, cause.count) for cause in total.causes] == [("own_family", 2)]


def test_a_case_whose_list_was_taken_back_counts_on_no_day(connection: Connection) -> None:
    life = (step(CaseState.LISTED, 0, 1), step(CaseState.WITHDRAWN, 0, 2))
    SqlRecords(connection, DISTRICT).put([a_case(1, ListType.DROPPED_OUT, *life)])
    assert [ladder_report(connection, DISTRICT, FIRST + dt.timedelta(days=day)).total.listed for day in (0, 5)] == [0, 0]
