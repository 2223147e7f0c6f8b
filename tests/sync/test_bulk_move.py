"""Two hundred children go from one teacher to another in the office while the first one's laptop is offline, with visits and one that is
begun. Real HTTP, real PostgreSQL, real encrypted files."""

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urlencode

from sqlalchemy import func, select

from fieldapp.domain.identifiers import PersonId
from fieldapp.domain.states import CaseState
from fieldapp.reports.case_filter import CaseFilter
from fieldapp.reports.ladder import ladder_report
from fieldapp.server import tables
from fieldapp.server.assigning import plans
from fieldapp.server.assigning.chosen import chosen_cases
from fieldapp.server.assigning.sharing import to_one
from fieldapp.server.assigning.targets import read_targets
from fieldapp.store.drafts import write_draft
from fieldapp.store.roll import Roll
from fieldapp.usecases.children import Children
from fieldapp.usecases.reports import Reports
from fieldapp.usecases.visits import Visits
from tests.support.district import make_child, make_visit
from tests.support.district_server import Running
from tests.support.office import OfficeVisitor
from tests.support.world import FieldLaptop, World

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
COUNT = 200


def test_two_hundred_children_change_hands_while_the_laptop_is_offline(world: World) -> None:
    before, after = world.teacher("somying"), world.teacher("wichai")
    somying, wichai = world.district.people["somying"], world.district.people["wichai"]
    cases = world.district.add_cases(COUNT, somying, children=[make_child(moo=str(number % 12)) for number in range(COUNT)])
    staying = world.district.add_case(somying, child=make_child(tambon_code="461601"))
    before.sync()
    early = before.visit(cases[0])
    before.sync()  # this one was received before anything moved

    # Offline: three visits, one with a photo, and one that is only begun.
    late = [before.visit(case_id) for case_id in cases[1:4]]
    photo = before.photograph(late[0])
    begun = make_visit(cases[4], before.case(cases[4]).child_id, before.store.person_id)
    with before.store.writing() as connection:
        write_draft(connection, begun, before.now())

    plan = _move(world, somying.id, wichai.id)
    # Before it was done the officer was told whom it concerns, and what is not known.
    assert f"ย้ายออก {COUNT} ราย" in plan
    assert "ติดต่อครั้งสุดท้าย" in plan
    assert _held_by(world, wichai.id) == COUNT
    assert _held_by(world, somying.id) == 1

    after.sync()
    assert after.case_ids() == set(cases)
    assert _children(after).counts().total == COUNT
    # The visit that was received before belongs to the case and went along with it.
    assert after.visit_here(early.id) is not None
    assert after.case(cases[0]).state is CaseState.RETURNED

    result = before.sync()
    # Two events of the visit with the photo, one of each other visit: all kept for the office, nothing refused.
    assert (result.held, result.rejected, result.photos, result.error) == (4, 0, 1, None)
    for visit in late:
        assert before.status(visit.id)[:2] == ("held", "no_longer_yours")
        receipt = before.receipt_of(visit.id)
        assert receipt is not None
        assert world.visits(visit.case_id) == []
    assert before.believes(before.photo_receipt(photo), photo.id, photo.sha256)
    assert _open_inbox(world) == {visit.case_id: 1 + (visit is late[0]) for visit in late}

    # What is begun keeps its child there, to be read, with the name of who has it now; it counts for nobody on this laptop.
    assert before.case_ids() == {staying, cases[4]}
    card = _children(before).card(cases[4])
    assert card.has_draft
    assert not card.editable
    assert card.handed_over is not None
    assert card.handed_over.person == "ครู wichai"
    assert (_children(before).counts().total, _children(before).counts().handed_over) == (1, 1)

    # The ladder: the received visit counts, the held ones do not, and the two laptops add up to the district.
    district = _ladder(world)
    assert (district.total.listed, district.total.traced) == (COUNT + 1, 1)
    here = [Reports(laptop.store).ladder(TODAY).total for laptop in (before, after)]
    assert sum(one.listed for one in here) == district.total.listed
    assert sum(one.traced for one in here) == district.total.traced

    # The begun visit is finished and kept, too; then its child leaves this laptop, and nothing is left to be said.
    Visits(before.store, before.now).finish(cases[4])
    assert before.sync().held == 1
    assert before.status(begun.id)[0] == "held"
    assert before.case_ids() == {staying}
    for laptop in (before, after):
        laptop.sync()
        quiet = laptop.sync()
        assert (quiet.pushed, quiet.pulled, quiet.photos, quiet.error) == (0, 0, 0, None)
    assert _ladder(world) == district


def test_a_child_that_was_seen_by_the_district_meanwhile_is_not_moved_with_the_others(world: World) -> None:
    """Between the plan and its carrying out another officer gave some to a third teacher: those stay with the third."""
    somying, wichai, third = (world.district.add_person(name) for name in ("somying", "wichai", "third"))
    cases = world.district.add_cases(20, somying)
    plan_id = _plan(world, CaseFilter(assignee=somying.id), wichai.id)
    for case_id in cases[:3]:
        world.district.assign(case_id, third)
    done = _carry_out(world, plan_id)
    assert (len(done.moved), set(done.refused)) == (17, set(cases[:3]))
    assert [_held_by(world, person.id) for person in (somying, wichai, third)] == [0, 17, 3]


def _move(world: World, from_person: str, to_person: str) -> str:
    """At the office's pages: all of this person's in the one tambon. The plan as it was looked at."""
    office = OfficeVisitor(Running(world.address, world.district, world.folder))
    office.sign_in()
    asked = {"of": "all", "assignee": from_person, "tambon": "460101"}
    office.get("/office/assign/to", **asked)
    plan = office.post(f"/office/assign/plans?{urlencode(asked)}", how="one", to=f"p:{to_person}").text
    action = re.search(r'action="(/office/assign/plans/[0-9a-f-]+)"', plan)
    assert action
    assert f"มอบหมายแล้ว {COUNT} ราย" in office.post(action[1]).text
    office.http.close()
    return plan


def _plan(world: World, wanted: CaseFilter, to_person: str) -> str:
    with world.district.engine.begin() as connection:
        cases: Sequence = chosen_cases(connection, world.district.id, wanted)
        targets = read_targets(connection, world.district.id, TODAY)
        found = to_one(cases, targets, f"p:{to_person}", None, TODAY)
        return plans.make(connection, world.district.id, found, None, world.district.officer.id, NOW)


def _carry_out(world: World, plan_id: str) -> plans.Plan:
    with world.district.engine.begin() as connection:
        return plans.carry_out(connection, world.district.id, plan_id, PersonId(world.district.officer.id), TODAY, NOW)


def _held_by(world: World, person_id: str) -> int:
    with world.district.engine.connect() as connection:
        return len(chosen_cases(connection, world.district.id, CaseFilter(assignee=person_id)))


def _open_inbox(world: World) -> dict[str, int]:
    table = tables.inbox
    with world.district.engine.connect() as connection:
        query = select(table.c.case_id, func.count()).where(table.c.district_id == world.district.id, table.c.decided_at.is_(None))
        return dict(tuple(row) for row in connection.execute(query.group_by(table.c.case_id)))


def _children(laptop: FieldLaptop) -> Children:
    return Children(laptop.store, Roll(laptop.store), laptop.now)


def _ladder(world: World):  # type: ignore[no-untyped-def]
    with world.district.engine.connect() as connection:
        return ladder_report(connection, world.district.id, TODAY)
