"""Records come back from a database as they went in: one contract, held by SQLite and by PostgreSQL."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, inspect, select

from fieldapp.domain.child import Child, Sex
from fieldapp.domain.events import apply
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import VisitRecorded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.reference import Cause, Person, Role, School, Setting
from fieldapp.domain.thai_dates import Precision
from fieldapp.domain.visit import Met, NextStep, Outcome, PhotosShow, Position, PositionSource, ReturnLevel, Whereabouts
from fieldapp.records import rows, tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.wire.codec import RECORD_TYPES
from tests.support.district import engine  # noqa: F401 - a fixture
from tests.support.records import NOW, TODAY, a_child, a_follow_up, a_visit, an_event, listed


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A transaction that is rolled back, on an empty database."""
    database = create_engine("sqlite://") if request.param == "sqlite" else request.getfixturevalue("engine")
    with database.connect() as opened, opened.begin() as transaction:
        if request.param == "sqlite":
            tables.metadata.create_all(opened)
        yield opened
        transaction.rollback()


@pytest.fixture
def records(connection: Connection) -> SqlRecords:
    return SqlRecords(connection, "4603")


def put_case(records: SqlRecords, child: Child | None = None) -> Any:
    event = an_event(listed(child or a_child()), new_id())
    effect = apply(event, records, sequence=7, recorded_at=NOW)
    records.put(effect.records)
    return records.case(event.record)


def test_a_card_comes_back_whole(records: SqlRecords) -> None:
    child = a_child(
        birth_on=dt.date(2014, 7, 1),
        birth_precision=Precision.MONTH,
        sex=Sex.FEMALE,
        national_id="1103700000003",
        tambon_code="461601",
        finished_grade_9=True,
        version=4,
        field_events={"house_no": "0190a000-0000-7000-8000-0000000000aa"},
    )
    records.put([child])
    assert records.child(child.id) == child


def test_a_case_comes_back_with_its_steps(records: SqlRecords) -> None:
    case = put_case(records)
    visit = a_visit(case, outcome=Outcome.NOT_RETURNING, causes=("a", "b"), main_cause="b")
    effect = apply(an_event(VisitRecorded(visit), visit.id), records, sequence=9, recorded_at=NOW)
    records.put(effect.records)
    assert records.case(case.id) == effect.records[1]
    assert [step.sequence for step in records.case(case.id).steps] == [7, 9]


def test_a_visit_comes_back_whole(records: SqlRecords) -> None:
    visit = a_visit(
        put_case(records),
        companions="ผู้ใหญ่บ้าน",
        met=(Met.CHILD, Met.GRANDPARENT),
        met_note="ยาย",
        whereabouts=Whereabouts.OTHER_PROVINCE,
        whereabouts_note="บึงกาฬ",
        outcome=Outcome.RETURNED,
        return_level=ReturnLevel.LEARNING_PROMOTION,
        return_place="สกร.",
        return_grade="ป.5",
        return_on=TODAY,
        causes=("a",),
        main_cause="a",
        note="บรรทัดหนึ่ง\nบรรทัดสอง 'และ\" 😀",
        next_step=NextStep.FOLLOW_UP_AT_SCHOOL,
        next_on=TODAY,
        position=Position(16_600_000, 104_100_000, PositionSource.PHOTO, 12),
        urgent=True,
        urgent_note="ด่วน",
        supersedes=new_id(),
        photos_show=PhotosShow.INSTITUTION,
    )
    records.put([visit])
    assert records.visit(visit.id) == visit


def test_a_visit_without_a_place_has_none(records: SqlRecords) -> None:
    visit = a_visit(put_case(records))
    records.put([visit])
    assert records.visit(visit.id).position is None


def test_photos_and_follow_ups_come_back(records: SqlRecords) -> None:
    case = put_case(records)
    photo = Photo(new_id(), new_id(), case.id, "a" * 64, 1234, "image/jpeg", 16, 9, PhotoKind.INSIDE, NOW, "ในบ้าน", True, 2)
    follow_up = a_follow_up(case, note="ถามครูประจำชั้น")
    records.put([photo, follow_up])
    assert records.photo(photo.id) == photo
    assert records.follow_up(follow_up.id) == follow_up


def test_reference_records_come_back(records: SqlRecords, connection: Connection) -> None:
    stored = [
        (tables.person, rows.person_from, Person(new_id(), "ครูสมหญิง", Role.TEACHER, "46030001")),
        (tables.school, rows.school_from, School("46030001", "โรงเรียนบ้านนาคู", "461601", "นาคู")),
        (tables.cause, rows.cause_from, Cause("poverty", "ฐานะยากจน", 1, 9, 1)),
        (tables.setting, rows.setting_from, Setting("ladder", {"preset": "district"})),
    ]
    records.put([record for _, _, record in stored])
    for table, build, record in stored:
        row = connection.execute(select(table).where(table.c.district_id == "4603")).mappings().one()
        assert build(row) == record


def test_putting_again_replaces_and_the_last_of_a_batch_wins(records: SqlRecords) -> None:
    child = a_child()
    records.put([child])
    records.put([replace(child, house_no="1"), replace(child, house_no="2")])
    assert records.child(child.id).house_no == "2"


def test_districts_do_not_see_each_other(records: SqlRecords, connection: Connection) -> None:
    child = a_child()
    records.put([child])
    assert SqlRecords(connection, "4602").child(child.id) is None


def test_many_ids_are_found_in_one_call(records: SqlRecords) -> None:
    children = [a_child(house_no=str(number)) for number in range(1203)]
    records.put(children)
    assert records.children([child.id for child in children]) == {child.id: child for child in children}


def test_every_field_of_every_record_has_a_column() -> None:
    for record_type in RECORD_TYPES.values():
        table = rows.TABLE_OF[record_type]
        names = {field.name for field in fields(record_type)} - {"steps"}
        lost = {name for name in names if not {name, f"{name}_person", f"{name}_date"} & set(table.c.keys())}
        assert lost == set(), record_type.__name__


def test_every_key_and_index_begins_with_the_district(connection: Connection) -> None:
    inspector = inspect(connection)
    for name in tables.metadata.tables:
        assert inspector.get_pk_constraint(name)["constrained_columns"][0] == "district_id"
        assert all(index["column_names"][0] == "district_id" for index in inspector.get_indexes(name))


def test_a_time_without_zone_is_refused(records: SqlRecords) -> None:
    photo = Photo(new_id(), "v", "c", "a" * 64, 1, "image/jpeg", 1, 1, PhotoKind.OTHER, dt.datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
    with pytest.raises(Exception, match="without zone"):
        records.put([photo])
