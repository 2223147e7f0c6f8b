"""Teams and committees: who belongs to them until when, and what it means that a case is assigned to one."""

import datetime as dt
import re

from sqlalchemy import select

from fieldapp.records import tables
from fieldapp.server.assigning.tables import assignment_team
from fieldapp.server.thai_day import thai_day
from tests.support.district import make_child
from tests.support.office import OfficeVisitor

TODAY = thai_day(dt.datetime.now(dt.UTC))
YEAR = TODAY.year + 543


def test_the_kinds_that_the_programme_names_are_there_from_the_start_and_can_be_changed(office: OfficeVisitor) -> None:
    page = office.get("/office/teams").text
    for named in ("ทีมนำ", "ทีมทำ", "ทีมประสาน", "ติดตามค้นหา", "ฉก.ชน.", "ระบบการดูแลช่วยเหลือ", "ของเขตพื้นที่"):
        assert named in page
    page = office.get("/office/teams/kinds").text
    names = dict(re.findall(r'name="(name:[a-z]+)" type="text" value="([^"]*)"', page))
    names["name:lead"] = "คณะอำนวยการ"
    used = {name.replace("name:", "used:"): "yes" for name in names if name != "name:area"}
    office.post("/office/teams/kinds", **names, **used, added="ทีมหมู่บ้าน")
    page = office.get("/office/teams").text
    assert "คณะอำนวยการ" in page
    assert "ทีมหมู่บ้าน" in page
    assert "ของเขตพื้นที่การศึกษา" not in page


def test_people_of_the_district_and_from_outside_serve_for_a_term(office: OfficeVisitor) -> None:
    teacher = office.district.add_person("somying")
    team = _team(office, "ทีมเขาวง")
    _member(office, team, person=teacher.id, role="ประธาน", from_on=f"1/1/{YEAR - 1}", order_number="45/2569")
    _member(office, team, name="ร.ต.อ. สมาน", agency="สภ.เขาวง", role="กรรมการ", from_on=f"1/1/{YEAR - 2}", until_on=f"1/1/{YEAR - 1}")
    page = office.get(team).text
    assert "ครู somying" in page
    assert "สภ.เขาวง" in page
    assert "45/2569" in page
    roster = office.get(f"{team}/print").text
    assert "ครู somying" in roster
    assert "สมาน" not in roster


def test_a_term_that_was_ended_stays_on_record(office: OfficeVisitor) -> None:
    team = _team(office, "ทีมเขาวง")
    page = _member(office, team, name="คุณอารี", agency="รพ.สต.", role="กรรมการ", from_on=f"1/1/{YEAR - 1}")
    member = re.search(r"\?member=([0-9a-f-]+)", page)
    assert member is not None
    office.get(f"{team}?member={member[1]}")
    page = office.post(f"{team}/members/{member[1]}/end").text
    assert "คุณอารี" in page


def test_a_member_who_is_nobody_and_a_term_that_ends_before_it_begins_are_refused(office: OfficeVisitor) -> None:
    team = _team(office, "ทีมเขาวง")
    for fields in ({"role": "กรรมการ"}, {"name": "ก", "from_on": "1/1/2569", "until_on": "1/1/2568"}):
        office.get(team)
        assert office.post(f"{team}/members", **fields).status_code == 422
    assert office.post(f"{team}/members", person="nobody").status_code in (404, 422)


def test_children_of_a_team_go_to_those_who_carry_for_it_with_villages_kept_whole(office: OfficeVisitor) -> None:
    district = office.district
    busy, free, none = (district.add_person(name) for name in ("busy", "free", "none"))
    district.add_cases(3, busy, children=[make_child(tambon_code="461699", moo="1") for _ in range(3)])
    team = _team(office, "ทีมเขาวง")
    for person in (busy, free):
        _member(office, team, person=person.id, carries="yes")
    _member(office, team, person=none.id)
    cases = district.add_cases(8, children=[make_child(tambon_code="461601", moo=str(1 + number // 4)) for number in range(8)])
    office.get("/office/assign/to", of="all", unassigned="yes")
    plan = office.post("/office/assign/plans?of=all&unassigned=yes", how="one", to=f"t:{team.rsplit('/', 1)[1]}").text
    assert "ทีมเขาวง" in plan
    path = re.search(r'action="(/office/assign/plans/[0-9a-f-]+)"', plan)
    assert path is not None
    office.post(path[1])
    case, child = tables.case, tables.child
    with district.engine.connect() as connection:
        query = select(child.c.moo, case.c.assignee_id).join(child, child.c.id == case.c.child_id).where(case.c.id.in_(cases))
        holders = {tuple(row) for row in connection.execute(query)}
        # One village each: who carried none first, then who carried three.
        assert holders == {("1", free.id), ("2", busy.id)}
        of_team = select(assignment_team.c.case_id).where(assignment_team.c.district_id == district.id)
        assert set(connection.execute(of_team).scalars()) == set(cases)
    assert "ทีมเขาวง" in office.get(f"/office/cases/{cases[0]}").text


def test_a_team_without_anyone_who_carries_is_not_offered(office: OfficeVisitor) -> None:
    team = _team(office, "ทีมเขาวง")
    _member(office, team, name="คุณอารี", agency="รพ.สต.", carries="yes")
    case_id = office.district.add_case()
    assert "ทีมเขาวง" not in office.get("/office/assign/to", case=case_id).text
    answer = office.post(f"/office/assign/plans?case={case_id}", how="one", to=f"t:{team.rsplit('/', 1)[1]}")
    assert answer.status_code == 422


def _team(office: OfficeVisitor, name: str) -> str:
    """The path of a new team."""
    office.get("/office/teams")
    answer = office.post("/office/teams", kind="work", name=name)
    assert answer.status_code == 200
    return answer.url.removeprefix(office.running.url)


def _member(office: OfficeVisitor, team: str, **fields: str) -> str:
    office.get(team)
    answer = office.post(f"{team}/members", **fields)
    assert answer.status_code == 200
    return answer.text
