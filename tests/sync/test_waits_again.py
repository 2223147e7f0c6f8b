"""What the district forgot waits again, and its person sees that: on its card where that is here, else on the sync page."""

import pytest

from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import FollowUpClosed, FollowUpPlanned
from fieldapp.errors import ServerProblem
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import inbound, reading_again
from fieldapp.store.recording import Act, record
from fieldapp.usecases.children import Delivery
from fieldapp.usecases.syncing import SentItem, Syncing
from tests.support.backups import back_up
from tests.support.district import DUE_ON, VISITED_ON
from tests.support.faults import Fault
from tests.support.world import FieldLaptop, World


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    """A teacher's, with one case on it."""
    laptop = world.teacher("somying")
    world.district.add_person("wichai")
    world.district.add_case(world.district.people["somying"])
    assert laptop.sync().error is None
    return laptop


def test_what_was_held_and_let_go_lies_on_its_card_again_before_anything_is_read(world: World, laptop: FieldLaptop) -> None:
    """The case was away and came back; then the district forgets all of that, and the line lasts only for hearing so."""
    (case_id,) = laptop.case_ids()
    child = laptop.child_of(case_id)
    backup = back_up(world.district)
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    assert child is not None
    laptop.edit(child, village="บ้านบ่อแก้ว")
    plan = FollowUp(FollowUpId(new_id()), CaseId(case_id), DUE_ON, laptop.store.person_id, "")
    record(laptop.store, [Act(FollowUpPlanned(plan), plan.id)], laptop.now())
    world.district.assign(CaseId(case_id), world.district.people["wichai"])
    laptop.line.fail(Fault.CUT_BEFORE, on="pull")
    laptop.sync()
    world.district.assign(CaseId(case_id), world.district.people["somying"])
    assert laptop.sync().error is None
    assert (laptop.status(visit.id)[0], laptop.visit_here(visit.id), plan_here(laptop, plan)) == ("held", None, None)
    assert village(laptop, case_id) == child.village

    backup.put_back()
    laptop.line.fail(Fault.CUT_BEFORE, on="push")
    assert laptop.sync().anew == "pull.forgotten"
    assert (laptop.status(visit.id)[0], laptop.visit_here(visit.id)) == (None, visit)
    assert laptop.case(case_id).steps[-1].visit_id == visit.id
    assert village(laptop, case_id) == "บ้านบ่อแก้ว"
    assert plan_here(laptop, plan) == plan
    with laptop.store.reading() as connection:
        assert SqlRecords(connection, laptop.store.district_id).photo(photo.id) == photo

    assert laptop.sync().error is None
    assert [laptop.status(one)[0] for one in (visit.id, photo.id, child.id, plan.id)] == ["accepted"] * 4
    assert (world.events(visit.id), laptop.visit_here(visit.id)) == (1, visit)


def test_what_waits_again_for_a_card_that_left_is_on_the_sync_page_and_can_be_sent_from_there(world: World, laptop: FieldLaptop) -> None:
    (case_id,) = laptop.case_ids()
    world.district.assign(CaseId(case_id), world.district.people["wichai"])
    backup = back_up(world.district)
    visit = laptop.visit(case_id)
    laptop.sync()
    assert (laptop.status(visit.id)[0], laptop.case_ids()) == ("held", set())

    backup.put_back()
    laptop.line.fail(Fault.CUT_BEFORE, on="push")
    assert laptop.sync().anew == "pull.forgotten"
    waits = shown(laptop)
    assert (waits.delivery, waits.waits_again, waits.case_id, waits.child_name) == (Delivery.WAITING, True, case_id, "")

    laptop.line.refuse("push", lambda *arguments: ServerProblem("wrong_value", 422))
    laptop.sync()
    assert shown(laptop).delivery is Delivery.REJECTED
    laptop.line.heal()
    assert laptop.sync().pushed == 0
    syncing(laptop).retry(shown(laptop).event_id)
    assert laptop.sync().pushed == 1
    assert (shown(laptop).delivery, world.events(visit.id)) == (Delivery.HELD, 1)


def shown(laptop: FieldLaptop) -> SentItem:
    (item,) = syncing(laptop).overview().items
    return item


def syncing(laptop: FieldLaptop) -> Syncing:
    return Syncing(laptop.store, laptop.now, lambda: laptop.line)


def village(laptop: FieldLaptop, case_id: str) -> str | None:
    child = laptop.child_of(case_id)
    return child.village if child else None


def plan_here(laptop: FieldLaptop, plan: FollowUp) -> FollowUp | None:
    with laptop.store.reading() as connection:
        return SqlRecords(connection, laptop.store.district_id).follow_up(plan.id)


def test_what_was_refused_since_the_district_had_forgotten_another_s_work_waits_again_when_that_is_back(
    world: World, laptop: FieldLaptop
) -> None:
    """Two laptops of one person: one planned, the other said how it ended, and syncs first after the district was put back."""
    (case_id,) = laptop.case_ids()
    other = world.laptop("somying")
    other.sync()
    backup = back_up(world.district)
    plan = FollowUp(FollowUpId(new_id()), CaseId(case_id), DUE_ON, laptop.store.person_id, "")
    record(laptop.store, [Act(FollowUpPlanned(plan), plan.id)], laptop.now())
    laptop.sync()
    other.sync()
    backup.put_back()
    record(other.store, [Act(FollowUpClosed(FollowUpState.DONE, VISITED_ON), plan.id)], other.now())
    other.sync()
    assert other.status(plan.id)[:2] == ("rejected", "unknown_record")
    laptop.sync()
    other.sync()
    assert other.sync().error is None
    assert (other.status(plan.id)[0], world.events(plan.id)) == ("accepted", 2)


def test_what_was_accepted_and_does_not_come_again_with_everything_waits_again_on_its_card(laptop: FieldLaptop) -> None:
    (case_id,) = laptop.case_ids()
    before, child = laptop.case(case_id), laptop.child_of(case_id)
    visit = laptop.visit(case_id)
    assert laptop.sync().error is None
    assert child is not None
    district_id = laptop.store.district_id
    with laptop.store.writing() as connection:
        reading_again.begin(connection, district_id)
        inbound.take_in(connection, district_id, [child, before], {}, 5)
        reading_again.came(connection, district_id, [("child", child.id), ("case", case_id)], last=True)
    assert (laptop.status(visit.id)[0], laptop.visit_here(visit.id)) == (None, visit)
    assert laptop.case(case_id).steps[-1].visit_id == visit.id
