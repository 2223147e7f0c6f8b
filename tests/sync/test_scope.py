"""What a laptop holds: its person's cases, no one else's, and never less than what it has not sent."""

from dataclasses import replace

from fieldapp.domain.payloads import ChildEdited
from fieldapp.errors import ServerProblem
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.departures import departed
from fieldapp.store.drafts import write_draft
from fieldapp.wire.messages import Change, PullPage
from tests.support.district import make_child, make_visit
from tests.support.faults import Fault
from tests.support.world import FieldLaptop, World


def _departed(laptop: FieldLaptop) -> frozenset[str]:
    with laptop.store.reading() as connection:
        return departed(connection)


def test_a_laptop_receives_only_the_cases_of_its_person(world: World) -> None:
    mine, other = world.teacher("somying"), world.teacher("wichai")
    my_cases = world.district.add_cases(3, world.district.people["somying"])
    other_cases = world.district.add_cases(2, world.district.people["wichai"])
    world.district.add_case()
    mine.sync()
    other.sync()
    assert mine.case_ids() == set(my_cases)
    assert other.case_ids() == set(other_cases)
    assert _child_ids(mine).isdisjoint(_child_ids(other))


def test_a_case_that_went_to_another_teacher_leaves_with_all_that_belongs_to_it(world: World) -> None:
    first, second = world.teacher("somying"), world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    first.sync()
    visit = first.visit(case_id)
    photo = first.photograph(visit)
    first.sync()
    world.district.assign(case_id, world.district.people["wichai"])

    result = first.sync()
    assert case_id in result.changes.cases
    assert first.case_ids() == set()
    assert _child_ids(first) == set()
    assert first.visit_here(visit.id) is None
    assert not first.holds_picture(photo)
    assert first.receipt_of(visit.id) is not None
    assert first.photo_receipt(photo) is not None

    second.sync()
    assert second.case_ids() == {case_id}
    assert second.visit_here(visit.id) == visit


def test_what_is_unsent_stays_until_it_is_sent(world: World) -> None:
    laptop = world.teacher("somying")
    world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    world.district.assign(case_id, world.district.people["wichai"])
    laptop.line.refuse("push", lambda token, push: ServerProblem("server_failed", 500))
    laptop.sync()
    assert laptop.case_ids() == {case_id}
    assert laptop.visit_here(visit.id) == visit
    assert laptop.holds_picture(photo)
    assert _departed(laptop) == {case_id}

    laptop.line.heal()
    result = laptop.sync()
    assert result.held == 2
    assert laptop.status(visit.id)[0] == "held"
    assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    assert laptop.case_ids() == set()
    assert not laptop.holds_picture(photo)
    assert world.events(visit.id) == 1
    assert _departed(laptop) == frozenset()


def test_a_visit_that_is_being_written_keeps_its_case_here(world: World) -> None:
    laptop = world.teacher("somying")
    world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    draft = make_visit(case_id, laptop.case(case_id).child_id, laptop.store.person_id)
    with laptop.store.writing() as connection:
        write_draft(connection, draft, laptop.now())
    world.district.assign(case_id, world.district.people["wichai"])
    laptop.sync()
    assert laptop.case_ids() == {case_id}
    with laptop.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM draft")
    laptop.sync()
    assert laptop.case_ids() == set()


def test_a_case_that_comes_back_is_here_again(world: World) -> None:
    laptop = world.teacher("somying")
    world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    world.district.assign(case_id, world.district.people["wichai"])
    laptop.sync()
    assert laptop.case_ids() == set()
    world.district.assign(case_id, world.district.people["somying"])
    laptop.sync()
    assert laptop.case_ids() == {case_id}
    assert laptop.child_of(case_id) is not None


def test_away_and_back_between_two_syncs_leaves_everything_in_place(world: World) -> None:
    laptop = world.teacher("somying")
    world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    laptop.sync()
    world.district.assign(case_id, world.district.people["wichai"])
    world.district.assign(case_id, world.district.people["somying"])
    laptop.sync()
    assert laptop.case_ids() == {case_id}
    assert laptop.visit_here(visit.id) == visit
    assert _departed(laptop) == frozenset()


def test_a_departure_before_a_return_on_the_same_page_is_void(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])

    def gone_and_back(page: PullPage) -> PullPage:
        return replace(page, changes=(Change(1, "case", case_id, left=True), *page.changes))

    laptop.line.alter("pull", gone_and_back)
    laptop.sync()
    assert laptop.case_ids() == {case_id}
    assert _departed(laptop) == frozenset()


def test_a_child_with_another_case_here_stays(world: World) -> None:
    laptop = world.teacher("somying")
    world.teacher("wichai")
    child = make_child()
    somying = world.district.people["somying"]
    going = world.district.add_case(somying, child=child)
    staying = world.district.add_case(somying, child=child)
    laptop.sync()
    world.district.assign(going, world.district.people["wichai"])
    laptop.sync()
    assert laptop.case_ids() == {staying}
    assert _child_ids(laptop) == {child.id}


def test_a_waiting_visit_stays_visible_under_fresher_state(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    child = laptop.child_of(case_id)
    assert child is not None
    visit = laptop.visit(case_id)
    laptop.edit(child, village="บ้านนาคู")
    _officer_edits(world, child.id, child.version, guardian_name="ยายบุญมี")
    world.district.assign(case_id, world.district.people["somying"])
    laptop.line.fail(Fault.ERROR_BEFORE, on="push", at=1)
    laptop.line.refuse("push", lambda token, push: ServerProblem("server_failed", 500))
    laptop.sync()

    shown = laptop.child_of(case_id)
    assert shown is not None
    assert (shown.village, shown.guardian_name) == ("บ้านนาคู", "ยายบุญมี")
    case = laptop.case(case_id)
    assert case.state == "returned"
    assert visit.id in {step.visit_id for step in case.steps}
    assert sum(step.state == "assigned" for step in case.steps) == 2

    laptop.line.heal()
    laptop.sync()
    at_district = world.child(child.id)
    assert at_district is not None
    assert (at_district.village, at_district.guardian_name) == ("บ้านนาคู", "ยายบุญมี")
    assert laptop.child_of(case_id) == at_district


def test_two_values_for_one_field_are_a_conflict_and_the_district_s_stays(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    child = laptop.child_of(case_id)
    assert child is not None
    laptop.edit(child, village="บ้านนาคู")
    _officer_edits(world, child.id, child.version, village="บ้านบ่อแก้ว")
    result = laptop.sync()
    assert result.conflicts == 1
    assert laptop.status(child.id) == ("conflict", "", "village")
    shown = laptop.child_of(case_id)
    assert shown is not None and shown.village == "บ้านบ่อแก้ว"


def test_a_visit_that_is_held_does_not_stay_in_a_case_that_came_back_before_this_laptop_heard_of_it(world: World) -> None:
    laptop, other = world.teacher("somying"), world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    photo = laptop.photograph(visit)
    world.district.assign(case_id, world.district.people["wichai"])
    laptop.line.fail(Fault.CUT_BEFORE, on="pull")
    laptop.sync()
    assert laptop.status(visit.id)[0] == "held"
    assert laptop.visit_here(visit.id) == visit

    world.district.assign(case_id, world.district.people["somying"])
    laptop.sync()
    laptop.sync()
    other.sync()
    assert laptop.case_ids() == {case_id}
    assert laptop.case(case_id).state == "assigned"
    assert laptop.visit_here(visit.id) is None
    assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    assert not laptop.holds_picture(photo)
    assert world.events(visit.id) == 1


def test_what_was_pulled_under_an_event_whose_answer_was_lost_is_pulled_again_after_the_answer(world: World) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    visit = laptop.visit(case_id)
    laptop.line.fail(Fault.ERROR_AFTER, on="push")
    interrupted = laptop.sync()
    assert interrupted.error is not None
    assert laptop.status(visit.id)[0] is None
    assert world.visits(case_id) == [visit.id]

    laptop.sync()
    assert laptop.status(visit.id)[0] == "accepted"
    with world.district.engine.connect() as connection:
        at_district = SqlRecords(connection, world.district.id).case(case_id)
    assert laptop.case(case_id) == at_district


def _officer_edits(world: World, child_id: str, base_version: int, **values: object) -> None:
    world.district.record([world.district.event(ChildEdited(values), child_id, base_version=base_version)])


def _child_ids(laptop: FieldLaptop) -> set[str]:
    with laptop.store.reading() as connection:
        return set(connection.exec_driver_sql("SELECT id FROM child").scalars())
