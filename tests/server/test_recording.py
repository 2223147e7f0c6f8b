"""What the office and the importer write goes the same way as a laptop's push."""

import datetime as dt

from sqlalchemy import func, select

from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.payloads import CaseAssigned, CaseChecked
from fieldapp.domain.states import CaseState
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire.messages import Status
from tests.support.district import LISTED_ON, VISITED_ON, TestDistrict, make_child, make_visit, visit_event


def test_five_thousand_cases_are_listed_in_one_call(district: TestDistrict) -> None:
    district.add_cases(5_000)
    query = select(tables.head.c.type, func.count()).where(tables.head.c.district_id == district.id).group_by(tables.head.c.type)
    with district.engine.connect() as connection:
        counted = {row[0]: row[1] for row in connection.execute(query)}
    assert (counted["child"], counted["case"]) == (5_000, 5_000)


def test_every_number_of_the_sequence_is_given_once(district: TestDistrict) -> None:
    teacher = district.add_person("teacher")
    case_id = district.add_case(teacher)
    district.assign(case_id, district.add_person("other"))
    with district.engine.connect() as connection:
        numbers = [
            number
            for table in (tables.event, tables.head, tables.departure)
            for number in connection.execute(select(table.c.sequence).where(table.c.district_id == district.id)).scalars()
        ]
        last = connection.execute(select(tables.district.c.last_sequence).where(tables.district.c.district_id == district.id)).scalar_one()
    assert len(numbers) == len(set(numbers))
    assert max(numbers) == last


def test_a_repeated_event_changes_nothing_and_gets_the_same_answer(district: TestDistrict) -> None:
    case_id = district.add_case()
    checked = district.event(CaseChecked(LISTED_ON), case_id)
    first = district.record([checked])
    again = district.record([checked])
    assert first == again
    with district.engine.connect() as connection:
        case = SqlRecords(connection, district.id).case(case_id)
    assert case is not None
    assert [step.state for step in case.steps] == [CaseState.LISTED, CaseState.CHECKED]


def test_events_are_recorded_at_the_times_given(district: TestDistrict) -> None:
    teacher = district.add_person("teacher")
    child = make_child()
    case_id = district.add_case(teacher, child=child)
    then = dt.datetime(2026, 6, 11, 9, 30, tzinfo=dt.UTC)
    visit = make_visit(case_id, child.id, teacher.id)
    with district.engine.begin() as connection:
        (answer,) = record_events(connection, district.id, [visit_event(visit)], recorded_at=lambda event: then)
    assert answer.receipt is not None
    assert answer.receipt.recorded_at == then
    with district.engine.connect() as connection:
        case = SqlRecords(connection, district.id).case(case_id)
    assert case is not None
    assert (case.state, case.state_on, case.steps[-1].recorded_at) == (CaseState.RETURNED, VISITED_ON, then)


def test_what_makes_no_sense_is_answered_and_leaves_no_trace(district: TestDistrict) -> None:
    case_id = district.add_case()
    nonsense = [
        district.event(CaseChecked(LISTED_ON), CaseId("0198c0de-0000-7000-8000-000000000000")),
        district.event(CaseAssigned(LISTED_ON, None, None), case_id),
    ]
    with district.engine.begin() as connection:
        before = connection.execute(
            select(tables.district.c.last_sequence).where(tables.district.c.district_id == district.id)
        ).scalar_one()
        answers = record_events(connection, district.id, nonsense)
        after = connection.execute(select(tables.district.c.last_sequence).where(tables.district.c.district_id == district.id)).scalar_one()
    assert [(answer.status, answer.code, answer.field) for answer in answers] == [
        (Status.REJECTED, "unknown_record", "record"),
        (Status.REJECTED, "missing", "person_id"),
    ]
    assert before == after
