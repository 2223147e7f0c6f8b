"""The tests' own backup really takes a district back, and only that one."""

from sqlalchemy import func, select

from fieldapp.records import tables as record_tables
from fieldapp.server import tables
from tests.support.backups import back_up
from tests.support.district import TestDistrict, make_district, make_visit, visit_event


def _count(district: TestDistrict) -> tuple[int, int, int]:
    with district.engine.connect() as connection:
        cases, events = (
            connection.execute(select(func.count()).select_from(table).where(table.c.district_id == district.id)).scalar_one()
            for table in (record_tables.case, tables.event)
        )
        last = connection.execute(select(tables.district.c.last_sequence).where(tables.district.c.district_id == district.id)).scalar_one()
    return cases, events, last


def test_a_district_is_as_it_was_and_others_stay(district: TestDistrict) -> None:
    somying, other = district.add_person("somying"), make_district(district.engine)
    child_case = district.add_case(somying)
    before = _count(district)
    backup = back_up(district)
    district.add_cases(3, somying)
    with district.engine.connect() as connection:
        child_id = connection.execute(select(record_tables.case.c.child_id).where(record_tables.case.c.id == child_case)).scalar_one()
    district.record([visit_event(make_visit(child_case, child_id, somying.id))])
    other.add_case()
    others = _count(other)
    assert _count(district) != before
    backup.put_back()
    assert _count(district) == before
    assert _count(other) == others
    district.add_case(somying)
    backup.put_back()
    assert _count(district) == before
