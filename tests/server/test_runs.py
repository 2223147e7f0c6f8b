"""Runs of the district's sequence: whose past is the district's, and whose is of a history that was lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import requests
from sqlalchemy import Engine, func, select, text

from fieldapp.domain.reference import Role
from fieldapp.server import database, tables
from fieldapp.server.write_path import runs
from fieldapp.wire.messages import PullPage
from tests.support.backups import back_up
from tests.support.district import TestDistrict, make_child
from tests.support.district_server import Caller, Running


@contextmanager
def another_process(district: TestDistrict) -> Iterator[TestDistrict]:
    """As another process would work on the district: with a database connection and a memory of its own."""
    engine = database.open_engine(district.engine.url.render_as_string(hide_password=False))
    yield replace(district, engine=engine)
    engine.dispose()


def run_count(district: TestDistrict) -> int:
    with district.engine.connect() as connection:
        return connection.execute(select(func.count()).where(tables.run.c.district_id == district.id)).scalar_one()


def last_sequence(district: TestDistrict) -> int:
    with district.engine.connect() as connection:
        return runs.stand(connection, district.id).last


def ask(caller: Caller, cursor: int, mark: str = "", *proofs: str) -> requests.Response:
    asked = [("cursor", str(cursor)), ("mark", mark), *(("proof", proof) for proof in proofs)]
    return caller.call("GET", "/pull", params=asked)


def refusal(answer: requests.Response) -> tuple[str, dict[str, str]]:
    assert answer.status_code == 409, answer.text
    return answer.json()["code"], answer.json()["data"]


@pytest.fixture
def caller(running: Running) -> Caller:
    running.district.add_cases(3, running.district.add_person("somying"))
    return running.caller("somying")


def test_a_process_begins_one_run_with_its_first_write(district: TestDistrict) -> None:
    assert run_count(district) == 1
    district.add_case()
    assert run_count(district) == 1
    with another_process(district) as other:
        last = last_sequence(district)
        other.add_case()
        other.add_case()
        assert run_count(district) == 2
        with district.engine.connect() as connection:
            first = connection.execute(select(func.max(tables.run.c.first_sequence)).where(tables.run.c.district_id == district.id))
            assert first.scalar_one() == last + 1
        # They take turns without ever beginning one again.
        for each in (district, other, district, other):
            each.add_case()
    assert run_count(district) == 2


def test_a_write_that_was_rolled_back_leaves_no_hole_in_the_runs(district: TestDistrict) -> None:
    with another_process(district) as other:
        with pytest.raises(ZeroDivisionError), other.engine.begin() as connection:
            from fieldapp.server.write_path.sequence import writing

            with writing(connection, other.id) as lock:
                lock.next_number()
            raise ZeroDivisionError
        assert run_count(district) == 1
        other.add_case()
        assert run_count(district) == 2


def test_cursor_and_mark_of_a_page_are_held_however_many_processes_write(running: Running, caller: Caller) -> None:
    page = caller.pull()
    with another_process(running.district) as other:
        for number in range(20):
            (running.district if number % 2 else other).add_case()
            answer = ask(caller, page.cursor, page.mark)
            assert answer.status_code == 200
            page = PullPage((), answer.json()["cursor"], more=False, sequence=0, mark=answer.json()["mark"])


def test_a_cursor_of_the_lost_history_is_found_out_before_and_after_the_district_passed_it(running: Running, caller: Caller) -> None:
    backup, known = back_up(running.district), last_sequence(running.district)
    running.district.add_cases(3)
    page = caller.pull()
    backup.put_back()
    assert refusal(ask(caller, page.cursor, page.mark)) == ("pull.forgotten", {"known": str(known), "lost": ""})
    running.district.add_cases(30)
    assert last_sequence(running.district) > page.cursor
    assert refusal(ask(caller, page.cursor, page.mark)) == ("pull.forgotten", {"known": str(known), "lost": ""})
    assert ask(caller, known, page.mark).status_code == 200
    assert ask(caller, 0).status_code == 200


def test_the_last_common_number_is_found_though_many_runs_began_since_the_backup(running: Running, caller: Caller) -> None:
    backup, known = back_up(running.district), last_sequence(running.district)
    for _ in range(9):
        with another_process(running.district) as other:
            other.add_case()
    page = caller.pull()
    backup.put_back()
    with another_process(running.district) as other:
        other.add_cases(40)
    code, data = refusal(ask(caller, page.cursor, page.mark))
    # Predecessors are named at growing distances, so it may be told a little less, never more.
    assert (code, int(data["known"]) <= known, int(data["known"]) > 0) == ("pull.forgotten", True, True)


def test_one_run_back_the_common_number_is_exact(running: Running, caller: Caller) -> None:
    backup, known = back_up(running.district), last_sequence(running.district)
    with another_process(running.district) as other:
        other.add_case()
    page = caller.pull()
    backup.put_back()
    with another_process(running.district) as other:
        other.add_cases(10)
    assert refusal(ask(caller, page.cursor, page.mark)) == ("pull.forgotten", {"known": str(known), "lost": ""})


def test_receipts_of_the_lost_history_are_told_from_those_that_hold(running: Running, caller: Caller) -> None:
    page = caller.pull()
    with another_process(running.district) as other:
        backup = back_up(running.district)
        other.add_case()
        lost = caller.pull().mark.partition(".")[0]
    held = page.mark.partition("~")[0]
    number = last_sequence(running.district)
    assert ask(caller, page.cursor, page.mark, f"{held}:{page.cursor}", f"{lost}:{number}").status_code == 200
    backup.put_back()
    running.district.add_cases(30)
    code, data = refusal(ask(caller, page.cursor, page.mark, f"{held}:{page.cursor}", f"{lost}:{number}"))
    assert (code, data["lost"], int(data["known"])) == ("pull.forgotten", lost, page.cursor)


def test_what_is_no_proof_is_refused_as_such(caller: Caller) -> None:
    for proof in ("x", "8c1f0a6e2b47", "8c1f0a6e2b47:", "8C1F0A6E2B47:1", "8c1f0a6e2b47:99999999999999999"):
        answer = ask(caller, 0, "", proof)
        assert (answer.status_code, answer.json()["code"]) == (422, "wrong_value")
    assert refusal(ask(caller, 3, "no mark of ours"))[0] == "pull.forgotten"


def test_a_client_of_an_older_program_pulls_as_before(running: Running, caller: Caller) -> None:
    backup = back_up(running.district)
    running.district.add_cases(3)
    cursor = caller.pull().cursor
    backup.put_back()
    assert caller.pull(cursor).cursor < cursor


def test_another_role_or_another_school_of_a_head_is_another_scope(running: Running) -> None:
    running.district.add_school("46030002")
    person = running.district.add_person("head", Role.SCHOOL_HEAD, "46030001")
    caller = running.caller("head")
    page = caller.pull()
    for role, school in ((Role.SCHOOL_HEAD, "46030002"), (Role.TEACHER, "46030002"), (Role.OFFICER, "")):
        _now_is(running, person.id, role, school)
        assert refusal(ask(caller, page.cursor, page.mark)) == ("pull.new_scope", {})
        page = caller.pull()
        assert ask(caller, page.cursor, page.mark).status_code == 200
    # One teacher's school is not what their scope is about, nor are district roles among each other.
    _now_is(running, person.id, Role.COORDINATOR, "")
    assert ask(caller, page.cursor, page.mark).status_code == 200


def _now_is(running: Running, person_id: str, role: Role, school: str) -> None:
    with running.district.engine.begin() as connection:
        connection.execute(
            text("UPDATE person SET role = :role, school_code = :school WHERE id = :id"), {"role": role, "school": school, "id": person_id}
        )


def test_a_table_that_was_made_anew_under_a_living_process_begins_a_run(engine: Engine, district: TestDistrict) -> None:
    """As `pg_restore --clean` does, and even where nothing was lost by it."""
    before = run_count(district)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE district RENAME TO district_old"))
        connection.execute(text("CREATE TABLE district (LIKE district_old INCLUDING ALL)"))
        connection.execute(text("INSERT INTO district SELECT * FROM district_old"))
        connection.execute(text("DROP TABLE district_old"))
    district.add_case(child=make_child())
    assert run_count(district) == before + 1
