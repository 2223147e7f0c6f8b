"""What must not stay on a laptop behind the case it belonged to."""

import datetime as dt

import pytest
from sqlalchemy import select

from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import CaseMerged, FollowUpClosed, FollowUpPlanned
from fieldapp.domain.reference import Role
from fieldapp.errors import ServerProblem
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.recording import Act, record
from tests.support.district import DUE_ON, VISITED_ON
from tests.support.faults import Fault
from tests.support.world import FieldLaptop, World

MERGED_ON = dt.date(2026, 7, 1)


def test_a_child_whose_case_left_before_it_ever_came_leaves_too(world: World) -> None:
    """The line breaks between the page with the child and the one with its case, and by the next sync the case is someone else's."""
    laptop = world.teacher("somying")
    world.district.add_person("wichai")
    assert laptop.sync().error is None
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.line.alter_request("pull", lambda *asked: (*asked[:4], 1, *asked[5:]))
    laptop.line.fail(Fault.CUT_BEFORE, on="pull", at=2)
    laptop.sync()
    assert (len(children_on(laptop)), laptop.case_ids()) == (1, set())
    world.district.assign(case_id, world.district.people["wichai"])
    assert laptop.sync().error is None
    assert (children_on(laptop), laptop.case_ids()) == (set(), set())


def test_what_is_held_for_a_duplicate_does_not_stay_on_its_card_at_the_district(world: World) -> None:
    """The news of the merge came while the visit still waited, and lay under it."""
    laptop = officer(world)
    world.district.add_person("somying")
    going, staying = (world.district.add_case(world.district.people["somying"]) for _ in range(2))
    plan = FollowUp(FollowUpId(new_id()), CaseId(going), DUE_ON, laptop.store.person_id, "")
    assert laptop.sync().error is None
    record(laptop.store, [Act(FollowUpPlanned(plan), plan.id)], laptop.now())
    assert laptop.sync().error is None
    visit = laptop.visit(going)
    record(laptop.store, [Act(FollowUpClosed(FollowUpState.DONE, VISITED_ON), plan.id)], laptop.now())
    world.district.record([world.district.event(CaseMerged(MERGED_ON, staying), going)])
    laptop.line.refuse("push", lambda *arguments: ServerProblem("server_failed", 500))
    laptop.sync()
    assert laptop.case(going).merged_into == staying
    assert laptop.case(going).steps[-1].visit_id == visit.id
    laptop.line.heal()
    assert laptop.sync().held == 2
    with world.district.engine.connect() as connection:
        theirs = SqlRecords(connection, world.district.id)
        case, follow_up = theirs.case(going), theirs.follow_up(plan.id)
    with laptop.store.reading() as connection:
        ours = SqlRecords(connection, laptop.store.district_id)
        assert (ours.case(going), ours.follow_up(plan.id), ours.visit(visit.id)) == (case, follow_up, None)
    assert follow_up is not None and follow_up.state is FollowUpState.OPEN


@pytest.mark.parametrize("limit", range(1, 5))
def test_a_case_that_comes_back_over_several_pages_is_whole(world: World, limit: int) -> None:
    """It had left while a visit waited; by the time that is sent, the case is this person's again."""
    laptop = world.teacher("somying")
    world.district.add_person("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    seen = laptop.visit(case_id)
    laptop.sync()
    waits = laptop.visit(case_id)
    laptop.line.refuse("push", lambda *arguments: ServerProblem("server_failed", 500))
    world.district.assign(case_id, world.district.people["wichai"])
    laptop.sync()
    world.district.assign(case_id, world.district.people["somying"])
    laptop.line.heal()
    laptop.line.alter_request("pull", lambda *asked: (*asked[:4], limit, *asked[5:]))
    assert laptop.sync().error is None
    assert (laptop.status(waits.id)[0], laptop.case_ids()) == ("accepted", {case_id})
    assert laptop.child_of(case_id) is not None
    assert (laptop.visit_here(seen.id), laptop.visit_here(waits.id)) == (seen, waits)


def test_nothing_leaves_while_pages_are_still_to_come(world: World) -> None:
    """The server stumbles in the middle of a case that comes back."""
    laptop = world.teacher("somying")
    world.district.add_person("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    waits = laptop.visit(case_id)
    laptop.line.refuse("push", lambda *arguments: ServerProblem("server_failed", 500))
    world.district.assign(case_id, world.district.people["wichai"])
    laptop.sync()
    world.district.assign(case_id, world.district.people["somying"])
    laptop.line.heal()
    laptop.line.alter_request("pull", lambda *asked: (*asked[:4], 1, *asked[5:]))
    laptop.line.fail(Fault.ERROR_BEFORE, on="pull", at=2)
    laptop.sync()
    assert laptop.sync().error is None
    assert laptop.child_of(case_id) is not None
    assert laptop.visit_here(waits.id) == waits


def officer(world: World) -> FieldLaptop:
    world.district.add_person("chief", Role.OFFICER, "")
    return world.laptop("chief")


def children_on(laptop: FieldLaptop) -> set[str]:
    with laptop.store.reading() as connection:
        return set(connection.execute(select(record_tables.child.c.id)).scalars())
