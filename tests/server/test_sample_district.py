"""The sample district tells the district's own report, figure by figure, from its events."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, Engine, func, select

from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, EventId, PersonId, VisitId, new_id
from fieldapp.domain.ladder import Bucket, Rounding
from fieldapp.domain.national_id import has_valid_check_digit
from fieldapp.domain.payloads import VisitRecorded
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseState, standing_step
from fieldapp.domain.thai_dates import school_year
from fieldapp.domain.visit import Met, Outcome, ReturnLevel, Visit
from fieldapp.errors import SetupError
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.case_filter import CaseFilter, RiskFilter
from fieldapp.reports.ladder import ladder_report
from fieldapp.reports.ladder_files import as_json
from fieldapp.server import tables
from fieldapp.server.access.accounts import password_fits
from fieldapp.server.cases import risks
from fieldapp.server.cases.listing import SortBy
from fieldapp.server.sample import people
from fieldapp.server.sample.build import build_sample_district, write_sample_lists
from fieldapp.server.write_path.recording import record_events
from fieldapp.server.year import entries
from fieldapp.server.year.entries import Wanted
from fieldapp.server.year.registers import CHECK, REGISTERS
from fieldapp.wire.messages import Status
from tests.support.bare_district import make_bare_district
from tests.support.district import TestDistrict

TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Built:
    engine: Engine
    id: str


@pytest.fixture(scope="module")
def built(engine: Engine) -> Built:
    district = make_bare_district(engine)
    assert build_sample_district(engine, district.id, TODAY).built
    return Built(engine, district.id)


@pytest.fixture
def connection(built: Built) -> Iterator[Connection]:
    """What a test changes is rolled back."""
    with built.engine.connect() as opened:
        yield opened


def figures(connection: Connection, built: Built, as_of: dt.date = TODAY, preset: str = "district") -> list[tuple[int, ...]]:
    report = ladder_report(connection, built.id, as_of, preset=preset)
    return [
        (one.listed, one.traced, one.in_progress, one.buckets[Bucket.RETURNED], one.buckets[Bucket.NOT_RETURNED]) for one in report.ladders
    ]


def test_the_figures_of_the_districts_report_come_out(connection: Connection, built: Built) -> None:
    assert figures(connection, built) == [(1340, 916, 424, 95, 821), (179, 134, 45, 82, 52)]


@pytest.mark.parametrize(("rounding", "never", "dropped"), [(Rounding.HALF_UP, "68.36", "74.86"), (Rounding.TRUNCATE, "68.35", "74.86")])
def test_the_percentages_come_out_in_both_roundings(
    connection: Connection, built: Built, rounding: Rounding, never: str, dropped: str
) -> None:
    lists = json.loads(as_json(ladder_report(connection, built.id, TODAY, rounding=rounding)))["lists"]
    assert lists["never_enrolled"]["percent"]["traced"]["value"] == never
    assert lists["dropped_out"]["percent"]["traced"]["value"] == dropped


def test_the_three_causes_of_the_district_rank_first(connection: Connection, built: Built) -> None:
    for ladder in ladder_report(connection, built.id, TODAY).ladders:
        assert [cause.code for cause in ladder.causes[:3]] == ["no_motivation", "moving_for_work", "own_family"]
        assert sum(cause.count for cause in ladder.causes) == ladder.buckets[Bucket.NOT_RETURNED]


def test_the_ministrys_way_adds_up_on_the_same_cases(connection: Connection, built: Built) -> None:
    ladder = ladder_report(connection, built.id, TODAY, preset="ministry").ladders[0]
    assert (ladder.traced, ladder.buckets[Bucket.WANTS_RETURN], ladder.buckets[Bucket.NOT_FOUND]) == (916 + 44, 44, 24)


def test_earlier_days_give_earlier_figures(connection: Connection, built: Built) -> None:
    def traced(days_ago: int) -> int:
        return ladder_report(connection, built.id, TODAY - dt.timedelta(days=days_ago)).total.traced

    assert traced(0) > traced(7) > traced(21) > traced(50) == 0
    assert figures(connection, built, TODAY - dt.timedelta(days=65)) == [(0, 0, 0, 0, 0), (0, 0, 0, 0, 0)]


def test_one_more_visit_moves_exactly_one_case(connection: Connection, built: Built) -> None:
    case = record_tables.case
    query = select(case.c.id, case.c.child_id, case.c.assignee_id).where(
        case.c.district_id == built.id, case.c.state == CaseState.TRACING.value, case.c.list_type == ListType.NEVER_ENROLLED.value
    )
    row = connection.execute(query.limit(1)).one()
    visit = Visit(
        VisitId(new_id()), CaseId(row.id), row.child_id, TODAY, PersonId(row.assignee_id),
        met=(Met.CHILD,), outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY,
    )  # fmt: skip
    at = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    event = Event(EventId(new_id()), VisitRecorded(visit), visit.id, 0, at, visit.by)
    (answer,) = record_events(connection, built.id, [event], recorded_at=at)
    assert answer.status is Status.ACCEPTED
    assert figures(connection, built) == [(1340, 917, 423, 96, 821), (179, 134, 45, 82, 52)]
    connection.rollback()


def test_the_report_agrees_with_the_domain_on_this_database_too(connection: Connection, built: Built) -> None:
    ids = connection.scalars(select(record_tables.case.c.id).where(record_tables.case.c.district_id == built.id))
    cases = SqlRecords(connection, built.id).cases(ids).values()
    for days_ago in (0, 9, 30, 55):
        as_of = TODAY - dt.timedelta(days=days_ago)
        standing = Counter((case.list_type, step.state) for case in cases if (step := standing_step(case.steps, as_of)))
        for ladder in ladder_report(connection, built.id, as_of).ladders:
            assert ladder.listed == sum(count for (list_type, _), count in standing.items() if list_type is ladder.list_type)
            assert ladder.buckets[Bucket.RETURNED] == standing[ladder.list_type, CaseState.RETURNED]
            assert ladder.buckets[Bucket.NOT_RETURNED] == standing[ladder.list_type, CaseState.NOT_RETURNED]


def test_work_that_is_under_way_stands_in_every_stage(connection: Connection, built: Built) -> None:
    states = set(connection.scalars(select(record_tables.case.c.state).where(record_tables.case.c.district_id == built.id)))
    assert states == {state.value for state in CaseState} - {"referred", "dropped_again", "withdrawn"}


def test_everything_came_from_events_and_none_lies_ahead(connection: Connection, built: Built) -> None:
    event, step = tables.event, record_tables.case_step
    from_events = select(func.count()).select_from(
        step.join(event, (event.c.id == step.c.event_id) & (event.c.district_id == step.c.district_id))
    )
    steps = select(func.count()).select_from(step).where(step.c.district_id == built.id)
    assert connection.scalar(from_events.where(step.c.district_id == built.id)) == connection.scalar(steps)
    newest = connection.scalar(select(func.max(event.c.recorded_at)).where(event.c.district_id == built.id))
    assert newest is not None
    assert newest.date() < TODAY
    kept_back = select(func.count()).select_from(tables.list_row)
    assert connection.scalar(kept_back.where(tables.list_row.c.district_id == built.id, tables.list_row.c.state == "kept_back")) == 36


def test_pupils_at_risk_stand_beside_the_lists_of_obec(connection: Connection, built: Built) -> None:
    at_risk = CaseFilter(list_types=(ListType.AT_RISK,), risk=RiskFilter())
    rows = risks.part(connection, built.id, at_risk, SortBy.NAME, 0, 50)
    # One of the eight is helped by now: no risk of it stands.
    assert len(rows) == 7 and sum(1 for row in rows if row.helped_on) == 3
    assert all(row.case.school_name and row.case.grade for row in rows)
    # Two children of OBEC's lists were found by the screening, too, and have no second case.
    on_obecs = risks.part(connection, built.id, CaseFilter(list_types=OBEC_LISTS, risk=RiskFilter()), SortBy.NAME, 0, 50)
    assert [row.case.state for row in on_obecs] == [CaseState.TRACING] * 2


def test_the_first_teacher_has_41_children_around_na_khu(connection: Connection, built: Built) -> None:
    account, person, case, child = tables.account, record_tables.person, record_tables.case, record_tables.child
    teacher = connection.execute(
        select(person)
        .join(account, (account.c.person_id == person.c.id) & (account.c.district_id == person.c.district_id))
        .where(person.c.district_id == built.id, account.c.account == people.FIRST_TEACHER)
    ).one()
    mine = connection.execute(
        select(case.c.state, child.c.tambon_code)
        .join(child, (child.c.id == case.c.child_id) & (child.c.district_id == case.c.district_id))
        .where(case.c.district_id == built.id, case.c.assignee_id == teacher.id)
    ).all()
    assert teacher.name == "ครูสมหญิง (ตัวอย่าง)"
    assert len(mine) == 41
    assert {row.tambon_code[:4] for row in mine} == {"4616"}
    assert len({row.state for row in mine}) == 7


def test_the_demo_accounts_cover_every_role_and_open_with_the_demo_password(connection: Connection, built: Built) -> None:
    roles = Counter(connection.scalars(select(record_tables.person.c.role).where(record_tables.person.c.district_id == built.id)))
    assert (roles[Role.TEACHER], roles[Role.SCHOOL_HEAD], len(roles)) == (40, 24, len(Role))
    (stored,) = set(connection.scalars(select(tables.account.c.password_hash).where(tables.account.c.district_id == built.id)))
    assert password_fits(people.PASSWORD, stored)


def test_building_again_changes_nothing(built: Built) -> None:
    query = select(tables.district.c.last_sequence).where(tables.district.c.district_id == built.id)
    with built.engine.connect() as connection:
        before = connection.scalar(query)
    assert not build_sample_district(built.engine, built.id, TODAY).built
    with built.engine.connect() as connection:
        assert connection.scalar(query) == before


def test_a_district_with_people_of_its_own_is_left_alone(district: TestDistrict) -> None:
    with pytest.raises(SetupError) as raised:
        build_sample_district(district.engine, district.id, TODAY)
    assert raised.value.code == "setup.not_empty"


def test_the_same_day_gives_the_same_lists(tmp_path: Path) -> None:
    def cells(folder: str) -> list[list[tuple[object, ...]]]:
        books = [load_workbook(one.path) for one in write_sample_lists(tmp_path / folder, TODAY)]
        return [list(book.active.iter_rows(values_only=True)) for book in books]

    first = cells("a")
    assert first == cells("b")
    assert [len(rows) for rows in first] == [1340 + 25 + 4 + 1, 179 + 11 + 2]


def test_the_ids_are_well_formed_and_of_an_office_that_does_not_exist(tmp_path: Path) -> None:
    never_enrolled, dropped_out = write_sample_lists(tmp_path, TODAY)
    numbers = [child.number for one in (never_enrolled, dropped_out) for child in one.child_by_row.values()]
    assert len(set(numbers)) == 1519
    assert all(number[1:5] == "4699" and has_valid_check_digit(number) for number in numbers if not number.startswith("G"))


def test_the_year_of_the_sample_has_every_step_and_evaluations_that_rose(connection: Connection, built: Built) -> None:
    year = school_year(TODAY)
    for register in REGISTERS:
        assert entries.part(connection, built.id, register, Wanted(year, TODAY)), register.path
    evaluated = entries.part(connection, built.id, CHECK, Wanted(year, TODAY))
    counts = [entry.values["figure"]["count"] for entry in reversed(evaluated)]
    assert counts == sorted(counts)
    assert counts[-1] == 916 + 134
