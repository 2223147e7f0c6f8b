"""Breakdowns and the trend say the same as the ladder of the same day, and the list behind each figure is as long as the figure."""

import datetime as dt
import itertools
import random

import pytest
from sqlalchemy import Engine, func

from fieldapp.domain.identifiers import new_id
from fieldapp.domain.ladder import Bucket
from fieldapp.domain.payloads import CaseListed
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.visit import Outcome, ReturnLevel
from fieldapp.reports.breakdown import By, breakdown
from fieldapp.reports.case_filter import CaseFilter, Cases
from fieldapp.reports.ladder import ladder_report
from fieldapp.reports.trend import weekly
from tests.support.district import TestDistrict, engine, make_child, make_district, make_visit, visit_event

__all__ = ["engine"]

AS_OF = dt.date(2026, 9, 30)
_TAMBON = ("460101", "460601", "461601", "")
_GRADES = ("ป.4", "ม.2", "")


@pytest.fixture(scope="module")
def worked(engine: Engine) -> TestDistrict:
    """Forty cases of OBEC's lists, visited up to three times on any day, some moved to another teacher after or between the visits; and two
    of other lists."""
    draw = random.Random(4603)
    district = make_district(engine)
    teachers = [district.add_person("somying"), district.add_person("wichai")]
    for number in range(40):
        child = make_child(tambon_code=draw.choice(_TAMBON), last_grade=draw.choice(_GRADES))
        case_id = district.add_case(draw.choice([*teachers, None]), child=child)
        for _ in range(draw.randrange(4)):
            outcome = draw.choice([Outcome.RETURNED, Outcome.NOT_RETURNING, Outcome.NOT_FOUND, Outcome.UNDECIDED])
            values: dict[str, object] = {"visited_on": dt.date(2026, 6, 2) + dt.timedelta(days=draw.randrange(150))}
            if outcome is Outcome.NOT_RETURNING:
                values |= {"causes": ("family",), "main_cause": "family"}
            if outcome is Outcome.RETURNED:
                values["return_level"] = draw.choice(list(ReturnLevel))
            district.record([visit_event(make_visit(case_id, child.id, teachers[0].id, outcome, **values))])
            if draw.random() < 0.3:
                district.assign(case_id, teachers[number % 2])
    for list_type in (ListType.AT_RISK, ListType.DROPPED_AGAIN):
        child = make_child(last_grade="ป.4")
        listed = CaseListed(child, district.list_id, list_type, dt.date(2026, 6, 1))
        case_id = new_id()
        district.record([district.event(listed, case_id), visit_event(make_visit(case_id, child.id, teachers[0].id))])
    return district


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("as_of", [AS_OF, dt.date(2026, 7, 1), dt.date(2027, 1, 1)])
def test_the_rows_of_a_breakdown_add_up_to_the_ladder(worked: TestDistrict, by: By, as_of: dt.date) -> None:
    with worked.engine.connect() as connection:
        rows = breakdown(connection, worked.id, CaseFilter(as_of=as_of, list_types=OBEC_LISTS), by)
        total = ladder_report(connection, worked.id, as_of).total
    assert {bucket: sum(row.buckets[bucket] for row in rows) for bucket in Bucket} == dict(total.buckets)
    assert total.listed == 40


@pytest.mark.parametrize("by", By)
def test_the_list_behind_a_row_is_as_long_as_the_row(worked: TestDistrict, by: By) -> None:
    with worked.engine.connect() as connection:
        for row in breakdown(connection, worked.id, CaseFilter(as_of=AS_OF, list_types=OBEC_LISTS), by):
            wanted = CaseFilter(as_of=AS_OF, list_types=OBEC_LISTS, **{by.value: row.wanted})
            assert connection.execute(Cases(worked.id, wanted).select(func.count())).scalar_one() == row.total


def test_as_things_stand_now_is_the_same_as_on_a_day_after_everything(worked: TestDistrict) -> None:
    later = dt.date(2027, 1, 1)
    with worked.engine.connect() as connection:
        for level in ReturnLevel:
            counts = [
                connection.execute(Cases(worked.id, CaseFilter(as_of=day, level=level)).select(func.count())).scalar_one()
                for day in (None, later)
            ]
            assert counts[0] == counts[1]


@pytest.mark.parametrize("list_type", [None, ListType.NEVER_ENROLLED, ListType.DROPPED_OUT])
def test_each_week_of_the_trend_is_the_ladder_of_its_day(worked: TestDistrict, list_type: ListType | None) -> None:
    with worked.engine.connect() as connection:
        weeks = weekly(connection, worked.id, AS_OF, 20, (list_type,) if list_type else OBEC_LISTS)
        for week in weeks:
            report = ladder_report(connection, worked.id, week.on)
            ladders = [ladder for ladder in report.ladders if list_type in (None, ladder.list_type)]
            assert dict(week.buckets) == {bucket: sum(ladder.buckets[bucket] for ladder in ladders) for bucket in Bucket}
    assert [later.on - week.on for week, later in itertools.pairwise(weeks)] == [dt.timedelta(days=7)] * 19
