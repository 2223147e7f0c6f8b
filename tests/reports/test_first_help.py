"""Q1: who counts as found in need, what counts as help, and after how many days."""

import datetime as dt
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from fieldapp.domain.care.facts import CareFact, CareKind, CareStep, MainFact
from fieldapp.domain.care.referral import Referral, ReferralKind, ReferralState
from fieldapp.domain.care.risk import Risk, RiskLevel, RiskSource, RiskState
from fieldapp.domain.care.support import Support, SupportArea, SupportState
from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CareId, CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import CaseWithdrawn, FollowUpClosed, FollowUpPlanned, care_payload
from fieldapp.domain.visit import Met, NextStep, Outcome, Visit
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.first_help import FirstHelp, first_help, found_children
from tests.support.district import TestDistrict, district, engine, make_district, make_event, make_visit, visit_event

__all__ = ["district", "engine"]

FIRST, LAST = dt.date(2026, 5, 16), dt.date(2026, 11, 22)
FOUND = dt.date(2026, 6, 10)
F = TypeVar("F", bound=CareFact)


class Field:
    """A teacher with children."""

    def __init__(self, of: TestDistrict) -> None:
        self.district = of
        self.teacher = of.add_person("somying")

    def child(self) -> CaseId:
        return self.district.add_case(self.teacher)

    def visit(self, case_id: CaseId, on: dt.date = FOUND, **values: object) -> Visit:
        with self.district.engine.connect() as connection:
            case = SqlRecords(connection, self.district.id).case(case_id)
        assert case
        visit = make_visit(case_id, case.child_id, self.teacher.id, Outcome.UNDECIDED, visited_on=on, **values)
        self.district.record([visit_event(visit)])
        return visit

    def follow_up(self, case_id: CaseId, closed_on: dt.date, state: FollowUpState = FollowUpState.DONE, after: Visit | None = None) -> None:
        planned = FollowUp(FollowUpId(new_id()), case_id, FOUND, self.teacher.id, "", after.id if after else None)
        closed = FollowUpClosed(state, closed_on)
        self.district.record([make_event(FollowUpPlanned(planned), planned.id, self.teacher.id)])
        self.district.record([make_event(closed, planned.id, self.teacher.id, base_version=1)])

    def risk(self, case_id: CaseId, on: dt.date = FOUND) -> Risk:
        with self.district.engine.connect() as connection:
            case = SqlRecords(connection, self.district.id).case(case_id)
        assert case
        return self.noted(
            Risk(CareId(new_id()), case_id, case.child_id, RiskSource.CARE_SITE, "ยากจน", RiskLevel.RISK, on, self.teacher.id)
        )

    def support(self, risk: Risk, on: dt.date) -> Support:
        return self.noted(Support(CareId(new_id()), risk.case_id, risk.child_id, SupportArea.FUNDS, "ทุน", on, self.teacher.id))

    def referral(self, risk: Risk) -> Referral:
        whom = (CareId(new_id()), risk.case_id, risk.child_id)
        return self.noted(Referral(*whom, ReferralKind.EXTERNAL, "พมจ.", "ยากจน", FOUND, self.teacher.id))

    def step(self, of: MainFact, kind: CareKind, state: str, on: dt.date = FOUND) -> None:
        self.noted(CareStep(CareId(new_id()), of.case_id, of.child_id, of.id, kind, state, on, self.teacher.id))

    def noted(self, fact: F) -> F:
        self.district.record([make_event(care_payload(fact), fact.id, self.teacher.id)])
        return fact

    def counted(self, last: dt.date = LAST) -> FirstHelp:
        with self.district.engine.connect() as connection:
            return first_help(connection, self.district.id, FIRST, last)


@pytest.fixture
def field(district: TestDistrict) -> Field:
    return Field(district)


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def test_where_nobody_is_in_need_there_is_no_percentage(field: Field) -> None:
    field.visit(field.child(), next_step=NextStep.VISIT_AGAIN)
    counted = field.counted()
    assert (counted.found, counted.helped, counted.median_days, counted.longest_days) == (0, 0, None, None)


@pytest.mark.parametrize("need", [{"urgent": True}, {"next_step": NextStep.ASK_FOR_HELP}, {"next_step": NextStep.REFER}])
def test_a_child_in_need_counts_once_from_the_first_visit(field: Field, need: dict[str, object]) -> None:
    case_id = field.child()
    field.visit(case_id, **need)
    field.visit(case_id, FOUND + days(4), **need)
    assert field.counted() == FirstHelp(1, ((4, 1),))


def test_a_follow_up_that_was_called_off_is_no_help(field: Field) -> None:
    case_id = field.child()
    field.visit(case_id, urgent=True)
    field.follow_up(case_id, FOUND + days(3), FollowUpState.CANCELLED)
    assert field.counted() == FirstHelp(1, ())


def test_a_later_visit_that_met_nobody_is_no_help(field: Field) -> None:
    case_id = field.child()
    field.visit(case_id, urgent=True)
    field.visit(case_id, FOUND + days(3), met=(Met.NOBODY,))
    assert field.counted() == FirstHelp(1, ())


def test_what_was_promised_before_and_done_on_the_day_itself_is_no_help_but_what_this_visit_promised_is(field: Field) -> None:
    before, after = field.child(), field.child()
    field.visit(before, urgent=True)
    field.follow_up(before, FOUND)
    finding = field.visit(after, urgent=True)
    field.follow_up(after, FOUND, after=finding)
    assert field.counted() == FirstHelp(2, ((0, 1),))


def test_the_first_help_counts_and_only_what_was_known_by_the_day(field: Field) -> None:
    case_id = field.child()
    field.visit(case_id, urgent=True)
    field.follow_up(case_id, FOUND + days(9))
    field.visit(case_id, FOUND + days(5))
    assert field.counted().days == ((5, 1),)
    assert field.counted(FOUND + days(4)) == FirstHelp(1, ())
    assert field.counted(FOUND - days(1)) == FirstHelp(0, ())


def test_a_corrected_visit_found_nobody_in_need(field: Field) -> None:
    case_id = field.child()
    wrong = field.visit(case_id, urgent=True)
    field.visit(case_id, supersedes=wrong.id)
    assert field.counted() == FirstHelp(0, ())


def test_days_are_told_by_their_median_and_their_longest(field: Field) -> None:
    for after in (1, 8, 2):
        case_id = field.child()
        field.visit(case_id, urgent=True)
        field.follow_up(case_id, FOUND + days(after))
    counted = field.counted()
    assert (counted.median_days, counted.longest_days) == (2, 8)
    assert (counted.within_a_week.count, counted.within_a_week.base) == (2, 3)


def test_a_screening_finds_a_child_as_a_visit_does(field: Field) -> None:
    screened, both = field.child(), field.child()
    field.risk(screened)
    field.risk(both, FOUND + days(1))
    field.visit(both, FOUND + days(2), urgent=True)
    # That visit met somebody, after the screening had found the child.
    assert field.counted() == FirstHelp(2, ((1, 1),), screened=2)


def test_a_risk_that_is_resolved_was_found_and_one_that_was_none_was_not(field: Field) -> None:
    resolved, mistaken = field.risk(field.child()), field.risk(field.child())
    field.step(resolved, CareKind.RISK, RiskState.RESOLVED)
    field.step(mistaken, CareKind.RISK, RiskState.MISTAKEN)
    assert field.counted() == FirstHelp(1, (), screened=1)


def test_help_is_a_support_that_was_given_or_a_referral_that_was_sent(field: Field) -> None:
    for after in (-1, 0, 3):
        field.support(field.risk(field.child()), FOUND + days(after))
    taken_back = field.support(field.risk(field.child()), FOUND)
    field.step(taken_back, CareKind.SUPPORT, SupportState.TAKEN_BACK)
    for state in (ReferralState.SIGNED, ReferralState.SENT):
        referral = field.referral(field.risk(field.child()))
        field.step(referral, CareKind.REFERRAL, state, FOUND + days(5))
    assert field.counted() == FirstHelp(6, ((0, 1), (3, 1), (5, 1)), screened=6)


def test_the_case_of_a_list_that_was_taken_back_counts_nobody(field: Field) -> None:
    case_id = field.child()
    field.risk(case_id)
    field.district.record([field.district.event(CaseWithdrawn(field.district.list_id), case_id)])
    assert field.counted() == FirstHelp(0, ())


def test_the_list_behind_the_figure_is_as_long_as_the_figure(field: Field, engine: Engine) -> None:
    helped, waits = field.child(), field.child()
    field.support(field.risk(helped), FOUND + days(2))
    field.visit(waits, urgent=True)
    with engine.connect() as connection:
        lists = {
            which: found_children(connection, field.district.id, FIRST, LAST, 0, 50, helped_too=which) for which in (True, False, None)
        }
    assert [(row.case_id, row.helped_on, row.screened) for row in lists[True]] == [(helped, FOUND + days(2), True)]
    assert [(row.case_id, row.helped_on, row.screened) for row in lists[False]] == [(waits, None, False)]
    assert {row.case_id for row in lists[None]} == {helped, waits}


def test_who_waits_is_told_urgent_ones_first_and_longest_first(field: Field, engine: Engine) -> None:
    late, early, urgent, helped = (field.child() for _child in range(4))
    field.visit(late, FOUND + days(2), next_step=NextStep.REFER)
    field.visit(early, next_step=NextStep.REFER)
    field.visit(urgent, FOUND + days(3), urgent=True)
    field.visit(helped, urgent=True)
    field.follow_up(helped, FOUND + days(1))
    with engine.connect() as connection:
        rows = found_children(connection, field.district.id, FIRST, LAST, 0, 50)
        assert [row.case_id for row in rows] == [urgent, early, late]
        assert [row.urgent for row in rows] == [True, False, False]
        assert found_children(connection, field.district.id, FIRST, LAST, 1, 1) == rows[1:2]


def test_another_district_is_not_counted(field: Field, engine: Engine) -> None:
    other = Field(make_district(engine))
    case_id = other.child()
    other.visit(case_id, urgent=True)
    other.follow_up(case_id, FOUND + days(1))
    assert field.counted() == FirstHelp(0, ())
    assert other.counted() == FirstHelp(1, ((1, 1),))
