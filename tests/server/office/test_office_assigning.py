"""Assigning at the office's pages: which, to whom, the plan, what was done."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import Engine, event, func, select

from fieldapp.domain.payloads import CaseMerged
from fieldapp.domain.reference import Role
from fieldapp.records import tables
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.server import tables as server_tables
from fieldapp.server.assigning.chosen import chosen_cases
from fieldapp.server.devices.revoking import revoke
from fieldapp.server.people.tables import unsent_told
from fieldapp.server.thai_day import thai_day
from tests.support.district import DUE_ON, make_child, make_district, make_visit, visit_event
from tests.support.district_server import server_of
from tests.support.office import OfficeVisitor

TODAY = thai_day(dt.datetime.now(dt.UTC))
DUE = f"22/11/{TODAY.year + 544}"


def test_ticked_children_go_to_a_teacher_once_the_plan_was_looked_at(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    one, two, three = office.district.add_cases(3)
    plan = _plan(office, {"case": [one, two]}, to=f"p:{teacher.id}", due_on=DUE)
    assert "ยังไม่ได้มอบหมาย" in plan
    assert _holders(office) == {one: None, two: None, three: None}
    done = _carry_out(office, plan)
    assert "มอบหมายแล้ว 2 ราย" in done
    assert _holders(office) == {one: teacher.id, two: teacher.id, three: None}
    case = tables.case.c
    assert set(_case_column(office, case.due_on, [one, two])) == {dt.date(TODAY.year + 1, 11, 22)}
    assert set(_case_column(office, case.school_code, [one, two])) == {"46030001"}


def test_all_that_a_filter_selects_go_to_a_school(office: OfficeVisitor) -> None:
    office.district.add_school("46030002", "โรงเรียนสอง")
    here = office.district.add_cases(5, children=[make_child(tambon_code="461601") for _ in range(5)])
    there = office.district.add_cases(2, children=[make_child(tambon_code="461602") for _ in range(2)])
    plan = _plan(office, {"tambon": "461601", "of": "all"}, to="s:46030002")
    _carry_out(office, plan)
    assert set(_case_column(office, tables.case.c.school_code, here)) == {"46030002"}
    assert set(_case_column(office, tables.case.c.school_code, there)) == {None}


def test_what_is_left_empty_as_due_date_keeps_each_childs_own(office: OfficeVisitor) -> None:
    before, after = office.district.add_person("somying"), office.district.add_person("wichai")
    (case_id,) = office.district.add_cases(1, before)
    _carry_out(office, _plan(office, {"case": case_id}, to=f"p:{after.id}"))
    assert _case_column(office, tables.case.c.due_on, [case_id]) == [DUE_ON]


def test_who_has_the_children_already_can_be_given_another_due_date(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    (case_id,) = office.district.add_cases(1, teacher)
    _carry_out(office, _plan(office, {"case": case_id}, to=f"p:{teacher.id}", due_on=DUE))
    assert _case_column(office, tables.case.c.due_on, [case_id]) == [dt.date(TODAY.year + 1, 11, 22)]


def test_a_plan_says_who_loses_children_and_when_their_laptop_was_heard_of(office: OfficeVisitor) -> None:
    before, after = office.district.add_person("somying"), office.district.add_person("wichai")
    office.district.add_school("46030002", "โรงเรียนสอง")
    cases = office.district.add_cases(3, before)
    with office.district.engine.connect() as connection:
        child_id = connection.scalar(select(tables.case.c.child_id).where(tables.case.c.id == cases[0]))
    office.district.record([visit_event(make_visit(cases[0], child_id, before.id))])
    laptop = office.running.caller("somying")
    plan = _plan(office, {"case": cases}, to=f"p:{after.id}")
    assert "ครู somying" in plan
    assert "ย้ายออก 3 ราย" in plan
    assert "มีการเยี่ยมที่เขตได้รับแล้ว 1 ราย" in plan
    assert "ติดต่อครั้งสุดท้าย" in plan
    assert "ระบบไม่ทราบ" in plan
    assert "ยังไม่เคยแจ้งจำนวนที่ค้างในเครื่อง" in plan
    assert "ผู้บริหารจะไม่เห็น" not in plan
    elsewhere = _plan(office, {"case": cases}, to="s:46030002")
    assert "โรงเรียนหนึ่ง: ผู้บริหารจะไม่เห็น 3 รายนี้อีก" in elsewhere
    # A laptop that was taken out of use brings nothing any more.
    with office.district.engine.begin() as connection:
        revoke(connection, office.district.id, laptop.device_id, dt.datetime.now(dt.UTC))
    assert "ติดต่อครั้งสุดท้าย" not in _plan(office, {"case": cases}, to=f"p:{after.id}")


def test_no_more_are_chosen_than_can_be_done_in_one_go(office: OfficeVisitor) -> None:
    office.district.add_cases(3)
    with office.district.engine.connect() as connection:
        assert len(chosen_cases(connection, office.district.id, CaseFilter(), most=2)) == 2


def test_a_plan_says_what_the_laptop_told_that_it_had_not_sent(office: OfficeVisitor) -> None:
    before, after = office.district.add_person("somying"), office.district.add_person("wichai")
    case_id = office.district.add_case(before)
    laptop = office.running.caller("somying")
    row = {"district_id": office.district.id, "device_id": laptop.device_id, "person_id": before.id}
    with office.district.engine.begin() as connection:
        told = {"records": 7, "photos": 2, "told_at": dt.datetime.now(dt.UTC)}
        connection.execute(unsent_told.insert(), {**row, **told})
    assert "ค้างส่งในขณะนั้น 7 รายการ 2 ภาพ" in _plan(office, {"case": case_id}, to=f"p:{after.id}")


def test_what_cannot_be_assigned_is_said_and_the_rest_is_done(office: OfficeVisitor) -> None:
    somying, wichai = office.district.add_person("somying"), office.district.add_person("wichai")
    moving, merged, survivor, taken = office.district.add_cases(4)
    there = office.district.add_case(wichai)
    office.district.record([office.district.event(CaseMerged(TODAY, survivor), merged)])
    plan = _plan(office, {"case": [moving, merged, taken, there]}, to=f"p:{wichai.id}")
    assert "อยู่กับผู้รับนี้และกำหนดวันนี้อยู่แล้ว: 1" in plan
    assert "เป็นรายซ้ำ" in plan
    office.district.assign(taken, somying)
    done = _carry_out(office, plan)
    assert "มอบหมายแล้ว 1 ราย" in done
    assert "มีผู้มอบหมายให้คนอื่นไปก่อนแล้ว โปรดดูใหม่: 1" in done
    assert _holders(office)[moving] == wichai.id
    assert _holders(office)[taken] == somying.id


def test_a_plan_is_carried_out_once(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    case_id = office.district.add_case()
    plan = _plan(office, {"case": case_id}, to=f"p:{teacher.id}")
    _carry_out(office, plan)
    _carry_out(office, plan)
    assert _assignments(office, case_id) == 1


def test_a_plan_that_is_dropped_leaves_everything_as_it_was(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    case_id = office.district.add_case()
    plan = _plan(office, {"case": case_id}, to=f"p:{teacher.id}")
    path = _plan_path(plan)
    assert office.post(f"{path}/drop").status_code == 200
    assert _holders(office)[case_id] is None
    assert office.get(path).status_code == 404


def test_a_plan_of_another_district_is_not_there(office: OfficeVisitor, engine: Engine, tmp_path: Path) -> None:
    teacher = office.district.add_person("somying")
    case_id = office.district.add_case()
    path = _plan_path(_plan(office, {"case": case_id}, to=f"p:{teacher.id}"))
    with server_of(make_district(engine), tmp_path / "others") as running:
        other = OfficeVisitor(running)
        other.sign_in()
        assert other.get(path).status_code == 404
        other.get("/office/assign")
        assert other.post(path).status_code == 404
        other.post(f"{path}/drop")
    assert office.get(path).status_code == 200
    assert _holders(office)[case_id] is None


def test_a_teacher_whose_account_was_closed_meanwhile_gets_nothing(office: OfficeVisitor) -> None:
    from fieldapp.server.access.accounts import close_account

    teacher = office.district.add_person("somying")
    case_id = office.district.add_case()
    plan = _plan(office, {"case": case_id}, to=f"p:{teacher.id}")
    with office.district.engine.begin() as connection:
        close_account(connection, office.district.id, teacher.id, dt.datetime.now(dt.UTC))
    done = _carry_out(office, plan)
    assert "บัญชีของผู้รับถูกปิด" in done
    assert _holders(office)[case_id] is None


def test_each_village_is_offered_to_who_goes_there_with_the_reason(office: OfficeVisitor) -> None:
    district = office.district
    near, once, far = (district.add_person(name) for name in ("near", "once", "far"))
    village = {"tambon_code": "461601", "moo": "4"}
    district.add_cases(2, near, children=[make_child(**village), make_child(**village)])
    (handed_on,) = district.add_cases(1, once, children=[make_child(**village)])
    district.assign(handed_on, near)
    district.add_cases(1, far, children=[make_child(tambon_code="461601", moo="9")])
    new = district.add_cases(2, children=[make_child(**village), make_child(**village)])
    elsewhere = district.add_case(child=make_child(tambon_code="461601", moo="7"))
    page = office.get("/office/assign/to", of="all", unassigned="yes").text
    offers = re.search(r'<select name="village:461601:4".*?</select>', page, re.DOTALL)
    assert offers is not None
    order = [offers[0].index(f"p:{person.id}") for person in (near, once, far)]
    assert order == sorted(order)
    assert "ดูแลอีก 3 รายในหมู่บ้านนี้" in page
    assert "เคยดูแล 1 รายในหมู่บ้านนี้" in page
    assert "ดูแล 1 รายในตำบลนี้" in page
    fields = {"how": "villages", "village:461601:4": f"p:{once.id}"}
    plan = office.post("/office/assign/plans?of=all&unassigned=yes", **fields).text
    _carry_out(office, plan)
    assert {_holders(office)[case_id] for case_id in new} == {once.id}
    # For this village nobody was chosen.
    assert _holders(office)[elsewhere] is None


def test_who_hands_children_on_is_not_proposed_for_them(office: OfficeVisitor) -> None:
    leaving = office.district.add_person("leaving")
    office.district.add_cases(2, leaving, children=[make_child(tambon_code="461601", moo="4") for _ in range(2)])
    page = office.get("/office/assign/to", of="all", assignee=leaving.id).text
    offers = re.search(r'<select name="village:461601:4".*?</select>', page, re.DOTALL)
    assert offers is None or f"p:{leaving.id}" not in offers[0]


def test_a_due_date_in_the_past_and_a_target_that_does_not_exist_are_refused(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    admin = office.district.add_person("admin", Role.ADMIN, school_code="")
    case_id = office.district.add_case()
    for fields in ({"to": f"p:{teacher.id}", "due_on": "1/1/2560"}, {"to": "p:nobody"}, {"to": ""}, {"to": f"p:{admin.id}"}):
        office.get("/office/assign")
        assert office.post(f"/office/assign/plans?case={case_id}", how="one", **fields).status_code == 422
    assert _holders(office)[case_id] is None


def test_nothing_ticked_is_said_in_words(office: OfficeVisitor) -> None:
    office.district.add_case()
    answer = office.get("/office/assign/to", of="ticked", sort="place")
    assert answer.url.endswith("/office/assign?sort=place")
    assert "เลือกเด็กก่อน" in answer.text


def test_ten_times_as_many_children_take_as_many_queries(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    few = office.district.add_cases(4, children=_spread(4))
    many = office.district.add_cases(40, children=_spread(40))
    counts = []
    for cases in (few, many):
        asked: list[str] = []
        listen = lambda _c, _k, statement, *_r, asked=asked: asked.append(statement)  # noqa: E731
        event.listen(office.district.engine, "before_cursor_execute", listen)
        office.get("/office/assign/to", case=cases)  # type: ignore[arg-type]
        _carry_out(office, _plan(office, {"case": cases}, to=f"p:{teacher.id}"))
        event.remove(office.district.engine, "before_cursor_execute", listen)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _spread(count: int) -> list:  # type: ignore[type-arg]
    return [make_child(tambon_code="461601", moo=str(number % 20)) for number in range(count)]


def _plan(office: OfficeVisitor, asked: dict[str, object], **fields: str) -> str:
    """The page of a new plan."""
    office.get("/office/assign/to", **asked)  # type: ignore[arg-type]
    answer = office.post(f"/office/assign/plans?{urlencode(asked, doseq=True)}", how="one", **fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def _plan_path(page: str) -> str:
    found = re.search(r'action="(/office/assign/plans/[0-9a-f-]+)"', page)
    assert found is not None
    return found[1]


def _carry_out(office: OfficeVisitor, plan: str) -> str:
    answer = office.post(_plan_path(plan))
    assert answer.status_code == 200, answer.text
    return answer.text


def _holders(office: OfficeVisitor) -> dict[str, str | None]:
    case = tables.case.c
    with office.district.engine.connect() as connection:
        query = select(case.id, case.assignee_id).where(case.district_id == office.district.id)
        return dict(tuple(row) for row in connection.execute(query))


def _case_column(office: OfficeVisitor, column, case_ids: list[str]) -> list:  # type: ignore[no-untyped-def,type-arg]
    case = tables.case.c
    with office.district.engine.connect() as connection:
        return list(connection.execute(select(column).where(case.district_id == office.district.id, case.id.in_(case_ids))).scalars())


def _assignments(office: OfficeVisitor, case_id: str) -> int:
    table = server_tables.event
    with office.district.engine.connect() as connection:
        query = select(func.count()).where(
            table.c.district_id == office.district.id, table.c.case_id == case_id, table.c.kind == "case.assigned"
        )
        found: int = connection.execute(query).scalar_one()
        return found
