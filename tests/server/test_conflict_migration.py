"""Conflicts that an older program left in the inbox become records that laptops pull."""

import json
from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, text

from fieldapp.domain.conflict import Conflict
from fieldapp.domain.identifiers import new_id
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import database
from fieldapp.wire import codec

OFFICER, TEACHER, CHILD, CASE = (new_id() for _ in range(4))
SET_BY, OFFERED_IN = new_id(), new_id()


@pytest.fixture
def before(engine: Engine) -> Iterator[Engine]:
    """A database as the release before conflicts left it."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE IF EXISTS before_conflicts"))
        connection.execute(text("CREATE DATABASE before_conflicts"))
    opened = database.open_engine(engine.url.set(database="before_conflicts").render_as_string(hide_password=False))
    with opened.begin() as connection:
        command.upgrade(database._alembic_config(connection), "0006_runs")
    yield opened
    opened.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("DROP DATABASE before_conflicts"))


def _insert(connection: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in values)})"), values)


def test_what_waits_in_the_inbox_waits_on_laptops_too(before: Engine) -> None:
    at = "2026-11-20T03:00:00+00:00"
    with before.begin() as connection:
        _insert(connection, "district", district_id="4603", name="เขต", last_sequence=40, signing_seed="0", sealing_seed="0", created_at=at)
        standing = {"given_name": "ธนกร", "house_no": "12", "finished_grade_9": False, "field_events": json.dumps({"house_no": SET_BY})}
        _insert(connection, "child", district_id="4603", id=CHILD, **standing)
        scope = {"case_id": CASE, "owner_id": TEACHER, "school_code": "46030001"}
        _insert(connection, "head", district_id="4603", type="child", id=CHILD, sequence=30, shared=False, body="{}", **scope)
        _insert(
            connection, "event", district_id="4603", id=SET_BY, sequence=20, kind="child.edited", record_id=CHILD, by_person=OFFICER,
            made_at=at, recorded_at=at, body="{}", sha256="", signature="", status="accepted", code="", fields="[]",
        )  # fmt: skip
        body = {"child_id": CHILD, "field": "house_no", "kept": "1", "offered": "21", "by": TEACHER, "made_at": at}
        for event_id, decided_at in ((OFFERED_IN, None), (new_id(), at)):
            _insert(
                connection, "inbox", district_id="4603", id=new_id(), kind="conflict", event_id=event_id,
                case_id=CASE, body=json.dumps(body), opened_at=at, decided_at=decided_at,
            )  # fmt: skip
    database.migrate(before)
    with before.connect() as connection:
        (conflict,) = SqlRecords(connection, "4603").open_conflicts(CHILD)  # type: ignore[arg-type]
        head = connection.execute(text("SELECT * FROM head WHERE type = 'conflict'")).mappings().one()
        last = connection.execute(text("SELECT last_sequence FROM district")).scalar_one()
    assert (conflict.id, conflict.kept, conflict.offered) == (f"{OFFERED_IN}:house_no", "12", "21")
    assert (conflict.kept_event, conflict.kept_by, conflict.offered_by) == (SET_BY, OFFICER, TEACHER)
    assert isinstance(conflict, Conflict)
    assert codec.record_from_wire("conflict", json.loads(head["body"])) == conflict
    assert (head["id"], head["sequence"], last) == (conflict.id, 41, 41)
    assert (head["case_id"], head["owner_id"], head["school_code"], head["shared"]) == (CASE, TEACHER, "46030001", False)
