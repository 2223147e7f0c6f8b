"""Who receives what, page by page, and that nothing is skipped."""

import datetime as dt
import threading

from sqlalchemy import select, text

from fieldapp.domain.payloads import ChildEdited
from fieldapp.domain.reference import Role
from fieldapp.server import tables
from fieldapp.server.access.scope import Caller as Signed
from fieldapp.server.exchange import pull
from fieldapp.server.write_path.recording import record_events
from fieldapp.wire import codec
from fieldapp.wire.messages import PullPage
from tests.support.district import TestDistrict, make_child, make_event, make_visit, visit_event
from tests.support.district_server import Running


def test_a_teacher_reads_only_assigned_children(running: Running) -> None:
    mine, other = running.district.add_person("mine"), running.district.add_person("other")
    my_child, other_child = make_child(), make_child()
    my_case = running.district.add_case(mine, child=my_child)
    running.district.add_case(other, child=other_child)
    running.district.add_case(child=make_child())
    caller = running.caller("mine")
    assert caller.ids("child") == {my_child.id}
    assert caller.ids("case") == {my_case}
    assert other_child.id not in running.caller("mine").call("GET", "/pull", params={"cursor": 0}).text


def test_everyone_receives_the_reference_data(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert caller.ids("school") == {"46030001"}
    assert caller.ids("person") == {teacher.id, running.district.officer.id}


def test_school_heads_and_officers_read_their_school_and_the_district(running: Running) -> None:
    district = running.district
    district.add_school("46030002")
    here, there = district.add_person("here", school_code="46030001"), district.add_person("there", school_code="46030002")
    district.add_person("head", Role.SCHOOL_HEAD, "46030001")
    of_school = {district.add_case(here), district.add_case(school_code="46030001")}
    elsewhere = {district.add_case(there), district.add_case()}
    assert running.caller("head").ids("case") == of_school
    assert running.caller("officer").ids("case") == of_school | elsewhere
    assert running.caller("here").ids("case") < of_school


def test_what_belongs_to_a_case_comes_with_it_and_is_whole(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    child = make_child(guardian_name='ยาย "แดง" ใจดี\\')
    case_id = running.district.add_case(teacher, child=child)
    visit = make_visit(case_id, child.id, teacher.id, note="พบเด็ก")
    caller = running.caller("teacher")
    caller.push(visit_event(visit))
    records = {change.id: codec.record_from_wire(change.type, change.body) for change in caller.pull().changes if change.body is not None}
    assert records[visit.id] == visit
    assert records[child.id] == child
    assert records[case_id].last_visit_on == visit.visited_on  # type: ignore[union-attr]


def test_a_page_is_in_order_and_the_next_goes_on_from_its_cursor(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    running.district.add_cases(30, teacher)
    caller = running.caller("teacher")
    whole = caller.pull()
    assert not whole.more
    seen, page = [], caller.pull(0, 7)
    while page.more:
        assert len(page.changes) == 7
        assert page.cursor == page.changes[-1].sequence
        seen += page.changes
        page = caller.pull(page.cursor, 7)
    assert (*seen, *page.changes) == whole.changes
    assert [change.sequence for change in whole.changes] == sorted({change.sequence for change in whole.changes})
    assert whole.cursor == whole.sequence == page.cursor
    assert caller.pull(whole.cursor) == PullPage((), whole.cursor, more=False, sequence=whole.sequence, mark=whole.mark)


def test_a_cursor_from_before_a_restored_backup_shows(running: Running) -> None:
    running.district.add_person("teacher")
    page = running.caller("teacher").pull(10_000_000)
    assert page.sequence < 10_000_000


def test_a_case_that_went_to_someone_else_leaves_one_and_reaches_the_other_with_all_that_belongs_to_it(running: Running) -> None:
    before, after = running.district.add_person("before"), running.district.add_person("after")
    child = make_child()
    case_id = running.district.add_case(before, child=child)
    visit = make_visit(case_id, child.id, before.id)
    loser, winner = running.caller("before"), running.caller("after")
    loser.push(visit_event(visit))
    cursor, new_cursor = loser.pull().cursor, winner.pull().cursor
    running.district.assign(case_id, after)
    left = loser.pull(cursor).changes
    assert [(change.type, change.id, change.left, change.body) for change in left] == [("case", case_id, True, None)]
    assert {change.id for change in winner.pull(new_cursor).changes} == {child.id, case_id, visit.id}
    assert loser.ids("visit") == set()


def test_a_case_that_came_back_is_not_taken_away_again(running: Running) -> None:
    first, second = running.district.add_person("first"), running.district.add_person("second")
    case_id = running.district.add_case(first)
    caller = running.caller("first")
    cursor = caller.pull().cursor
    running.district.assign(case_id, second)
    running.district.assign(case_id, first)
    changes = caller.pull(cursor).changes
    assert {change.type for change in changes} == {"child", "case"}
    assert not any(change.left for change in changes)


def test_a_case_that_moves_between_schools_leaves_the_first_schools_head(running: Running) -> None:
    running.district.add_school("46030002")
    running.district.add_person("head", Role.SCHOOL_HEAD, "46030001")
    running.district.add_person("head2", Role.SCHOOL_HEAD, "46030002")
    case_id = running.district.add_case(school_code="46030001")
    head, head2 = running.caller("head"), running.caller("head2")
    cursor, cursor2 = head.pull().cursor, head2.pull().cursor
    running.district.assign(case_id, None, school_code="46030002")
    assert [(change.id, change.left) for change in head.pull(cursor).changes] == [(case_id, True)]
    assert {change.type for change in head2.pull(cursor2).changes} == {"child", "case"}


def test_a_child_on_a_second_list_is_where_it_is_assigned(running: Running) -> None:
    mine = running.district.add_person("mine")
    child = make_child()
    running.district.add_case(mine, child=child)
    running.district.add_case(child=child)
    caller = running.caller("mine")
    assert caller.ids("child") == {child.id}
    cursor = caller.pull().cursor
    running.caller("officer").push(make_event(ChildEdited({"moo": "4"}), child.id, running.district.officer.id, 1))
    assert [change.id for change in caller.pull(cursor).changes] == [child.id]


def wait_until_blocked(district: TestDistrict) -> None:
    """Until some connection waits for another one's lock."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with district.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        assert any(connection.execute(waiting).scalar_one() for _ in range(20_000))


def test_a_late_commit_is_never_skipped(district: TestDistrict) -> None:
    """A writer has its numbers and has not committed; meanwhile another writer tries, and a laptop pulls. Whatever the laptop's cursor
    then is, the late records come after it."""
    teacher = district.add_person("teacher")
    signed = Signed(teacher.id, "teacher", "", teacher.role, teacher.school_code, "device", "family")
    children = [make_child(), make_child()]
    for child in children:
        district.add_case(teacher, child=child)

    def pull_page(cursor: int) -> PullPage:
        with district.engine.begin() as connection:
            content = pull.page(connection, district.id, signed, pull.From(cursor), 2_000, dt.datetime.now(dt.UTC))
        return codec.decode(PullPage, content)

    def edit(child_id: str) -> None:
        with district.engine.begin() as connection:
            record_events(connection, district.id, [make_event(ChildEdited({"moo": "9"}), child_id, district.officer.id, 1)])

    cursor = pull_page(0).cursor
    slow = district.engine.connect()
    slow.begin()
    record_events(slow, district.id, [make_event(ChildEdited({"moo": "9"}), children[0].id, district.officer.id, 1)])
    fast = threading.Thread(target=edit, args=(children[1].id,))
    fast.start()
    wait_until_blocked(district)
    meanwhile = pull_page(cursor)
    slow.commit()
    slow.close()
    fast.join()
    later = pull_page(meanwhile.cursor)
    seen = [(change.sequence, change.id) for page in (meanwhile, later) for change in page.changes]
    assert [child_id for _, child_id in seen] == [children[0].id, children[1].id]
    assert seen[0][0] < seen[1][0]


def test_many_writers_and_a_reader_that_never_stops_agree_in_the_end(district: TestDistrict) -> None:
    teacher = district.add_person("teacher")
    signed = Signed(teacher.id, "teacher", "", teacher.role, teacher.school_code, "device", "family")
    children = [make_child() for _ in range(8)]
    for child in children:
        district.add_case(teacher, child=child)
    start = threading.Barrier(len(children) + 1)

    def write(child_id: str) -> None:
        start.wait()
        seen: dict[str, str] = {}
        for number in range(1, 9):
            with district.engine.begin() as connection:
                event = make_event(ChildEdited({"moo": str(number)}, seen), child_id, district.officer.id, number)
                record_events(connection, district.id, [event])
            seen = {"moo": event.id}

    writers = [threading.Thread(target=write, args=(child.id,)) for child in children]
    for writer in writers:
        writer.start()
    start.wait()
    held: dict[str, str] = {}
    cursor, settled = 0, False
    while not settled:
        settled = not any(writer.is_alive() for writer in writers)
        with district.engine.begin() as connection:
            page = codec.decode(PullPage, pull.page(connection, district.id, signed, pull.From(cursor), 5, dt.datetime.now(dt.UTC)))
        cursor = page.cursor
        held.update({change.id: change.body["moo"] for change in page.changes if change.type == "child" and change.body})
        settled = settled and not page.more
    assert held == {child.id: "8" for child in children}


def test_a_pull_that_shows_children_is_in_the_audit_and_an_empty_one_is_not(running: Running) -> None:
    teacher = running.district.add_person("teacher")
    case_id = running.district.add_case(teacher)
    caller = running.caller("teacher")
    caller.pull(caller.pull().cursor)
    audit = tables.audit
    with running.district.engine.connect() as connection:
        query = select(audit).where(audit.c.district_id == running.district.id, audit.c.action == "viewed")
        entries = list(connection.execute(query).mappings())
    assert [(entry["subject"], entry["person_id"], entry["detail"]) for entry in entries] == [
        ("pull", teacher.id, {"cases": [case_id], "records": 2})
    ]
