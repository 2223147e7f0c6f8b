"""Figures of work, counted by hand beside the report: dates, corrections, what is left out, and sums that agree."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.referral import ReferralState
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskSource, RiskState
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child
from fieldapp.domain.event import Record
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.received_list import OBEC_LISTS
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.visit import Outcome
from fieldapp.records import tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.first_help import FirstHelp
from fieldapp.reports.ladder import ladder_report
from fieldapp.reports.period import Period, Span, period
from fieldapp.reports.work_facts import work_facts
from fieldapp.reports.work_figures import Work, WorkReport, work_of, work_report
from tests.support.laptop import ME, NOW, OTHER, a_listed_child
from tests.support.records import a_care_step, a_follow_up, a_referral, a_submission, a_visit

DISTRICT = "4603"


@pytest.fixture(scope="module")
def opened() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    tables.metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def connection(opened: Connection) -> Connection:
    for table in reversed(tables.metadata.sorted_tables):
        opened.execute(delete(table))
    return opened


def november(day: int) -> dt.date:
    return dt.date(2026, 11, day)


def put(connection: Connection, *records: Record) -> None:
    SqlRecords(connection, DISTRICT).put(records)


def stepped(case: Case, state: CaseState, on: dt.date, sequence: int = 900, **values: Any) -> Case:
    return case.with_step(CaseStep(new_id(), state, on, ME, NOW, sequence, **values))


def on(connection: Connection, last: dt.date, first: dt.date = dt.date(2026, 10, 1), **values: Any) -> Work:
    return work_of(work_facts(connection, DISTRICT, last, **values), Period(first, last))


def the_report(connection: Connection, last: dt.date, first: dt.date = dt.date(2026, 10, 1)) -> WorkReport:
    facts = work_facts(connection, DISTRICT, last)
    return work_report(facts, Period(first, last), FirstHelp(0, ()), {ME: "ครูสมหญิง", OTHER: "ครูวิชัย"}, of_school=True)


def test_a_child_is_counted_from_the_day_of_its_listing_in_the_state_of_each_day(connection: Connection) -> None:
    child, case = a_listed_child(0)
    put(connection, child, stepped(case, CaseState.RETURNED, november(10)))
    assert on(connection, dt.date(2026, 10, 19)).children == 0
    assert on(connection, dt.date(2026, 10, 20)).in_state(CaseState.LISTED) == 1
    assert on(connection, november(9)).in_state(CaseState.ASSIGNED) == 1
    assert on(connection, november(10)).in_state(CaseState.RETURNED) == 1


def test_visits_count_on_both_ends_of_the_period_and_not_beyond(connection: Connection) -> None:
    child, case = a_listed_child(0)
    visits = [a_visit(case, visited_on=november(day)) for day in (4, 5, 10, 11)]
    put(connection, child, case, *visits)
    assert on(connection, november(10), november(5)).visits == 2
    assert on(connection, november(10), november(5)).visited_children == 1


def test_a_corrected_visit_counts_once_and_as_corrected(connection: Connection) -> None:
    child, case = a_listed_child(0)
    first = a_visit(case, visited_on=november(5))
    put(connection, child, case, first, a_visit(case, visited_on=november(5), outcome=Outcome.NOT_FOUND, supersedes=first.id))
    assert dict(on(connection, november(5)).outcomes) == {Outcome.NOT_FOUND: 1}


def test_a_visit_that_was_corrected_to_a_later_day_is_not_counted_on_the_earlier(connection: Connection) -> None:
    child, case = a_listed_child(0)
    first = a_visit(case, visited_on=november(5))
    put(connection, child, case, first, a_visit(case, visited_on=november(7), supersedes=first.id))
    assert [on(connection, november(day)).visits for day in (5, 6, 7)] == [0, 0, 1]


def test_handed_over_and_withdrawn_cases_are_left_out_with_all_that_belongs_to_them(connection: Connection) -> None:
    gone_child, gone = a_listed_child(0)
    back_child, taken_back = a_listed_child(1)
    kept_child, kept = a_listed_child(2)
    put(connection, gone_child, gone, back_child, stepped(taken_back, CaseState.WITHDRAWN, dt.date(2026, 10, 20)), kept_child, kept)
    put(connection, *(a_visit(case, visited_on=november(5)) for case in (gone, taken_back, kept)))
    work = on(connection, november(22), leaving_out={gone.id})
    assert (work.children, work.visits) == (1, 1)


def test_a_merged_case_stands_where_the_ladder_puts_it(connection: Connection) -> None:
    child, case = a_listed_child(0)
    merged = stepped(case, CaseState.LIST_ERROR, november(3), merged_into=new_id())
    put(connection, child, stepped(merged, CaseState.RETURNED, november(4), 901))
    assert on(connection, november(4)).in_state(CaseState.LIST_ERROR) == 1


def test_follow_ups_stand_as_they_stood_on_the_day(connection: Connection) -> None:
    child, case = a_listed_child(0)
    visit = a_visit(case, visited_on=november(5))
    put(connection, child, case, visit)
    put(connection, a_follow_up(case, due_on=november(10), visit_id=visit.id, state=FollowUpState.DONE, closed_on=november(12)))

    def told(day: int) -> tuple[int, int, int]:
        work = on(connection, november(day))
        return work.follow_ups_due, work.follow_ups_overdue, work.follow_ups_done

    assert [told(day) for day in (4, 5, 10, 11, 12)] == [(0, 0, 0), (1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]


def test_referrals_are_open_until_the_day_of_their_answer(connection: Connection) -> None:
    child, case = a_listed_child(0)
    letter = a_referral(case, on=november(3))
    put(connection, child, case, letter)
    put(connection, a_care_step(letter, CareKind.REFERRAL, ReferralState.SENT, on=november(4)))
    put(connection, a_care_step(letter, CareKind.REFERRAL, ReferralState.RESULT, on=november(8)))
    work = [on(connection, november(day)) for day in (2, 7, 8)]
    assert [(one.referrals, one.referrals_open, one.referrals_answered) for one in work] == [(0, 0, 0), (1, 1, 0), (1, 0, 1)]


def test_a_risk_stands_until_it_is_resolved_and_never_where_it_was_a_mistake(connection: Connection) -> None:
    (child, case), (other, second) = a_listed_child(0), a_listed_child(1)
    risks = [Risk(new_id(), one.id, one.child_id, RiskSource.PERSON, "economy", RiskLevel.RISK, november(3), ME) for one in (case, second)]
    put(connection, child, case, other, second, *risks)
    put(connection, a_care_step(risks[0], CareKind.RISK, RiskState.RESOLVED, on=november(9)))
    put(connection, a_care_step(risks[1], CareKind.RISK, RiskState.MISTAKEN, on=november(9)))
    assert [on(connection, november(day)).at_risk for day in (2, 3, 8, 9)] == [0, 1, 1, 0]


def test_a_child_waits_from_its_assignment_until_its_first_visit(connection: Connection) -> None:
    (child, case), (other, answered) = a_listed_child(0), a_listed_child(1)
    put(connection, child, case, a_visit(case, visited_on=november(11)))
    put(connection, other, stepped(answered, CaseState.LIST_ERROR, november(2)))
    assert [(one.case_id, one.days) for one in the_report(connection, november(10)).waiters] == [(case.id, 9)]
    assert the_report(connection, november(11)).waiters == ()


def test_weeks_without_a_visit_stand_there_with_nothing(connection: Connection) -> None:
    child, case = a_listed_child(0)
    put(connection, child, case, *(a_visit(case, visited_on=november(day)) for day in (1, 2, 8, 16)))
    weeks = the_report(connection, november(22), november(1)).weeks
    assert [(week.monday, week.visits) for week in weeks] == [
        (dt.date(2026, 10, 26), 1), (november(2), 2), (november(9), 0), (november(16), 1),
    ]  # fmt: skip


def test_what_the_district_has_not_confirmed_is_counted_and_told_apart(connection: Connection) -> None:
    child, case = a_listed_child(0)
    mine, *theirs = (a_visit(case, visited_on=november(5)) for _each in range(3))
    form = a_submission(case, filled_on=november(5))
    put(connection, child, case, mine, *theirs, form)
    facts = work_facts(connection, DISTRICT, november(5))
    work = work_of(facts, Period(november(1), november(5)), {mine.id, form.id, case.steps[-1].event_id})
    assert (work.visits, work.unconfirmed_visits, work.forms, work.unconfirmed_forms) == (3, 1, 1, 1)
    assert work.unconfirmed_children == 1


def test_a_period_begins_with_the_month_the_term_or_the_school_year() -> None:
    def begins(span: Span, *day: int) -> dt.date:
        return period(span, dt.date(*day)).first

    assert begins(Span.MONTH, 2026, 11, 22) == november(1)
    assert [begins(Span.TERM, *day) for day in ((2026, 5, 15), (2026, 5, 16), (2026, 10, 31), (2026, 11, 1), (2027, 1, 5))] == [
        dt.date(2025, 11, 1), dt.date(2026, 5, 16), dt.date(2026, 5, 16), november(1), november(1),
    ]  # fmt: skip
    assert begins(Span.SCHOOL_YEAR, 2027, 5, 15) == dt.date(2026, 5, 16)
    assert begins(Span.SCHOOL_YEAR, 2027, 5, 16) == dt.date(2027, 5, 16)


lives = st.tuples(
    st.sampled_from([ME, OTHER, None]),
    st.lists(st.tuples(st.sampled_from(CaseState), st.integers(1, 28)), max_size=3),
    st.lists(st.integers(1, 28), max_size=3),
    st.sampled_from(["ม.1", "ม.2", ""]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(lives, max_size=6), st.integers(1, 28))
def test_sums_agree(opened: Connection, drawn: list[tuple[str | None, Any, list[int], str]], day: int) -> None:
    for table in reversed(tables.metadata.sorted_tables):
        opened.execute(delete(table))
    for number, (assignee, steps, visits, grade) in enumerate(drawn):
        child, case = a_listed_child(number, assignee=assignee, last_grade=grade)
        for place, (state, at) in enumerate(steps):
            case = stepped(case, state, november(at), 900 + place)
        _put_one(opened, child, case, visits)
    report = the_report(opened, november(day))
    whole = report.all
    assert sum(whole.states.values()) == whole.children
    assert sum(whole.outcomes.values()) == whole.visits == sum(week.visits for week in report.weeks)
    for groups in (report.teachers, report.villages, report.grades):
        for name in ("children", "visits", "not_visited", "visited_children"):
            assert sum(getattr(group.work, name) for group in groups) == getattr(whole, name)
    listed = ladder_report(opened, DISTRICT, november(day)).total.listed
    assert sum(whole.on_list(list_type) for list_type in OBEC_LISTS) == listed


def _put_one(connection: Connection, child: Child, case: Case, visits: list[int]) -> None:
    put(connection, child, case, *(a_visit(case, visited_on=november(at)) for at in visits))
