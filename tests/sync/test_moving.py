"""Cases that change hands while a laptop is offline: nothing that was recorded is lost, nothing is there twice, and every count is right,
on both laptops and at the district. Real HTTP, real PostgreSQL, real encrypted files."""

import datetime as dt

from sqlalchemy import select

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.payloads import CaseMerged, CaseWithdrawn
from fieldapp.domain.reference import Role, School
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Visit
from fieldapp.errors import ServerProblem
from fieldapp.reports.ladder import LadderReport, ladder_report
from fieldapp.server import tables
from fieldapp.server.access.accounts import close_account
from fieldapp.server.write_path.recording import put_reference
from fieldapp.store.drafts import write_draft
from fieldapp.store.listing import ListCounts
from fieldapp.store.roll import Roll
from fieldapp.store.tables import outbox
from fieldapp.usecases.cards import Card
from fieldapp.usecases.children import Children, Delivery
from fieldapp.usecases.handed_over import HandedOver
from fieldapp.usecases.reports import Reports
from fieldapp.usecases.visits import Visits
from tests.support.district import make_visit
from tests.support.world import FieldLaptop, World

TODAY = dt.date(2026, 11, 22)
MERGED_ON = dt.date(2026, 7, 1)
OTHER_SCHOOL = "46030002"


def test_a_visit_made_while_the_case_went_to_another_teacher(world: World) -> None:
    before, after = _two_teachers(world)
    going, staying = world.district.add_cases(2, world.district.people["somying"])
    before.sync()
    after.sync()
    visit = before.visit(going)
    photo = before.photograph(visit)
    world.district.assign(going, world.district.people["wichai"])

    result = before.sync()
    after.sync()
    assert (result.held, result.photos, result.error) == (2, 1, None)
    _is_held(world, before, visit, "no_longer_yours")
    assert before.believes(before.photo_receipt(photo), photo.id, photo.sha256)
    assert _credited(world, photo.id) == (before.store.person_id, "held")
    assert (before.case_ids(), after.case_ids()) == ({staying}, {going})
    assert (_counts(before).total, _counts(after).total) == (1, 1)
    # What is held counts for nobody until the office has decided: neither the new teacher nor the report sees a visit.
    assert _ladder(world).total.traced == 0
    assert _card(after, going).case.state is CaseState.ASSIGNED
    _is_quiet(world, before, after)


def test_the_old_card_names_the_new_owner_and_is_counted_by_them_alone(world: World) -> None:
    """Nothing can be sent for a while, but news comes."""
    before, after = _two_teachers(world)
    going, staying = world.district.add_cases(2, world.district.people["somying"])
    before.sync()
    visit = before.visit(going)
    world.district.assign(going, world.district.people["wichai"])
    before.line.refuse("push", lambda *_request: ServerProblem("server_failed", 500))
    before.sync()
    after.sync()
    card = _card(before, going)
    assert card.handed_over == HandedOver("ครู wichai", "โรงเรียนหนึ่ง")
    assert (card.editable, card.row.unsent, card.row.handed_over) == (False, True, True)
    assert (_counts(before).total, _counts(before).handed_over, _counts(after).total) == (1, 1, 1)
    assert _here(before).total.listed + _here(after).total.listed == _ladder(world).total.listed == 2

    before.line.heal()
    before.sync()
    _is_held(world, before, visit, "no_longer_yours")
    assert before.case_ids() == {staying}
    _is_quiet(world, before, after)


def test_a_visit_that_was_begun_before_the_case_left_is_finished_and_held(world: World) -> None:
    before, after = _two_teachers(world)
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    draft = make_visit(case_id, before.case(case_id).child_id, before.store.person_id)
    with before.store.writing() as connection:
        write_draft(connection, draft, before.now())
    world.district.assign(case_id, world.district.people["wichai"])
    before.sync()
    assert _card(before, case_id).has_draft
    _visits(before).finish(case_id)
    before.sync()
    _is_held(world, before, draft, "no_longer_yours")
    assert before.case_ids() == set()
    after.sync()
    assert after.case_ids() == {case_id}
    _is_quiet(world, before, after)


def test_away_and_back_again_while_offline_the_visit_is_simply_taken(world: World) -> None:
    before, after = _two_teachers(world)
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    visit = before.visit(case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    after.sync()
    world.district.assign(case_id, world.district.people["somying"])
    result = before.sync()
    after.sync()
    assert (result.held, before.status(visit.id)[0]) == (0, "accepted")
    assert (before.case_ids(), after.case_ids()) == ({case_id}, set())
    assert _card(before, case_id).handed_over is None
    assert world.visits(case_id) == [visit.id]
    assert (_ladder(world).total.traced, _here(before).total.traced, _here(after).total.listed) == (1, 1, 0)
    _is_quiet(world, before, after)


def test_a_visit_that_was_held_in_between_is_on_the_card_when_the_case_comes_back(world: World) -> None:
    before, after = _two_teachers(world)
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    visit = before.visit(case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    # The answer arrives, the news does not.
    before.line.refuse("pull", lambda *_request: ServerProblem("server_failed", 500))
    before.sync()
    assert _card(before, case_id).timeline[0].delivery is Delivery.HELD
    world.district.assign(case_id, world.district.people["somying"])
    before.line.heal()
    before.sync()
    card = _card(before, case_id)
    assert card.editable and card.case.state is CaseState.ASSIGNED
    kept = [item for item in card.timeline if item.visit]
    assert [(item.visit and item.visit.id, item.delivery, item.code) for item in kept] == [(visit.id, Delivery.HELD, "no_longer_yours")]
    assert (_ladder(world).total.traced, _here(before).total.traced) == (0, 0)
    _is_held(world, before, visit, "no_longer_yours")
    again = before.visit(case_id)
    before.sync()
    assert world.visits(case_id) == [again.id]
    _is_quiet(world, before, after)


def test_from_hand_to_hand_the_card_names_who_has_the_case_at_last(world: World) -> None:
    before, after = _two_teachers(world)
    last = world.teacher("malee")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    visit = before.visit(case_id)
    before.line.refuse("push", lambda *_request: ServerProblem("server_failed", 500))
    world.district.assign(case_id, world.district.people["wichai"])
    before.sync()
    after.sync()
    assert _handed_to(before, case_id) == "ครู wichai"
    world.district.assign(case_id, world.district.people["malee"])
    before.sync()
    assert _handed_to(before, case_id) == "ครู malee"
    before.line.heal()
    for laptop in (before, after, last):
        laptop.sync()
    _is_held(world, before, visit, "no_longer_yours")
    assert [laptop.case_ids() for laptop in (before, after, last)] == [set(), set(), {case_id}]
    _is_quiet(world, before, after, last)


def test_two_moves_between_two_syncs_are_one_piece_of_news(world: World) -> None:
    before, after = _two_teachers(world)
    last = world.teacher("malee")
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    visit = before.visit(case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    world.district.assign(case_id, world.district.people["malee"])
    for laptop in (before, after, last):
        laptop.sync()
    _is_held(world, before, visit, "no_longer_yours")
    assert [laptop.case_ids() for laptop in (before, after, last)] == [set(), set(), {case_id}]
    _is_quiet(world, before, after, last)


def test_within_a_school_the_head_keeps_the_case_and_goes_on_working(world: World) -> None:
    before, after = _two_teachers(world)
    world.district.add_person("head", Role.SCHOOL_HEAD)
    head = world.laptop("head")
    case_id = world.district.add_case(world.district.people["somying"])
    for laptop in (before, head):
        laptop.sync()
    of_teacher, of_head = before.visit(case_id), head.visit(case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    for laptop in (before, head, after):
        laptop.sync()
    _is_held(world, before, of_teacher, "no_longer_yours")
    assert head.status(of_head.id)[0] == "accepted"
    assert world.visits(case_id) == [of_head.id]
    assert [_counts(laptop).total for laptop in (before, head, after)] == [0, 1, 1]
    assert _card(after, case_id).timeline[0].visit == of_head
    assert _card(head, case_id).handed_over is None
    _is_quiet(world, before, after, head)


def test_out_of_the_heads_own_hands_the_case_stays_in_the_school(world: World) -> None:
    world.district.add_person("head", Role.SCHOOL_HEAD)
    head, teacher = world.laptop("head"), world.teacher("wichai")
    case_id = world.district.add_case(world.district.people["head"])
    head.sync()
    visit = head.visit(case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    head.sync()
    teacher.sync()
    assert head.status(visit.id)[0] == "accepted"
    assert (head.case_ids(), teacher.case_ids()) == ({case_id}, {case_id})
    assert _card(head, case_id).handed_over is None and _card(head, case_id).editable
    _is_quiet(world, head, teacher)


def test_an_officer_goes_on_through_every_move(world: World) -> None:
    before, after = _two_teachers(world)
    officer = world.laptop("officer")
    case_id = world.district.add_case(world.district.people["somying"])
    for laptop in (before, officer):
        laptop.sync()
    of_officer, of_teacher = officer.visit(case_id), before.visit(case_id)
    world.district.assign(case_id, world.district.people["wichai"])
    for laptop in (officer, before, after, officer):
        laptop.sync()
    assert officer.status(of_officer.id)[0] == "accepted"
    _is_held(world, before, of_teacher, "no_longer_yours")
    assert officer.case(case_id) == after.case(case_id)
    assert officer.case(case_id).assignee_id == after.store.person_id
    assert _here(officer).total.traced == _here(after).total.traced == _ladder(world).total.traced == 1
    _is_quiet(world, before, after, officer)


def test_a_teacher_leaves_and_the_cases_go_to_another(world: World) -> None:
    before, after = _two_teachers(world)
    case_id = world.district.add_case(world.district.people["somying"])
    before.sync()
    earlier = before.visit(case_id)
    before.sync()
    visit = before.visit(case_id)
    photo = before.photograph(visit)
    with world.district.engine.begin() as connection:
        close_account(connection, world.district.id, before.store.person_id, before.now())
    world.district.assign(case_id, world.district.people["wichai"])
    result = before.sync()
    after.sync()
    assert (result.farewell, result.held) == ("account_closed", 2)
    _is_held(world, before, visit, "account_closed")
    assert _credited(world, photo.id) == (before.store.person_id, "held")
    assert (_counts(after).total, _ladder(world).total.listed) == (1, 1)
    seen = [item for item in _card(after, case_id).timeline if item.visit]
    assert [(item.visit and item.visit.id, item.by_name) for item in seen] == [(earlier.id, "ครู somying")]
    assert world.visits(case_id) == [earlier.id]


def test_a_school_closes_and_its_cases_move_to_another(world: World) -> None:
    world.district.add_school(OTHER_SCHOOL, "โรงเรียนสอง")
    teacher = world.teacher("somying")
    for account, school in (("head", "46030001"), ("newhead", OTHER_SCHOOL)):
        world.district.add_person(account, Role.SCHOOL_HEAD, school)
    head, new_head = world.laptop("head"), world.laptop("newhead")
    cases = world.district.add_cases(3, world.district.people["somying"])
    for laptop in (teacher, head, new_head):
        laptop.sync()
    of_teacher, of_head = teacher.visit(cases[0]), head.visit(cases[1])
    with world.district.engine.begin() as connection:
        put_reference(connection, world.district.id, [School("46030001", "โรงเรียนหนึ่ง", "460101", active=False)])
    for case_id in cases:
        world.district.assign(case_id, None, school_code=OTHER_SCHOOL)
    head.line.refuse("push", lambda *_request: ServerProblem("server_failed", 500))
    for laptop in (teacher, head, new_head):
        laptop.sync()
    assert _card(head, cases[1]).handed_over == HandedOver("", "โรงเรียนสอง")
    assert (_counts(head).total, _counts(head).handed_over) == (0, 1)
    head.line.heal()
    head.sync()
    _is_held(world, teacher, of_teacher, "no_longer_yours")
    _is_held(world, head, of_head, "no_longer_yours")
    assert [laptop.case_ids() for laptop in (teacher, head, new_head)] == [set(), set(), set(cases)]
    counts = _counts(new_head)
    assert (counts.total, counts.schools) == (3, ((OTHER_SCHOOL, "โรงเรียนสอง", 3),))
    assert _ladder(world).total.listed == _here(new_head).total.listed == 3
    _is_quiet(world, teacher, head, new_head)


def test_a_case_is_merged_as_a_duplicate_while_its_teacher_is_out(world: World) -> None:
    before, after = _two_teachers(world)
    officer = world.laptop("officer")
    going = world.district.add_case(world.district.people["somying"])
    staying = world.district.add_case(world.district.people["wichai"])
    before.sync()
    earlier = before.visit(going)
    before.sync()
    assert _ladder(world).total.traced == 1
    visit = before.visit(going)
    photo = before.photograph(visit)
    world.district.record([world.district.event(CaseMerged(MERGED_ON, CaseId(staying)), going)])
    before.line.refuse("push", lambda *_request: ServerProblem("server_failed", 500))
    for laptop in (before, after, officer):
        laptop.sync()
    assert _card(before, going).handed_over == HandedOver("ครู wichai", "โรงเรียนหนึ่ง", merged=True)
    assert (_counts(before).total, _counts(before).handed_over, _counts(after).total) == (0, 1, 1)

    before.line.heal()
    result = before.sync()
    assert (result.held, result.photos) == (2, 1)
    _is_held(world, before, visit, "merged")
    assert before.believes(before.photo_receipt(photo), photo.id, photo.sha256)
    assert before.case_ids() == set()
    assert _ladder(world).total.traced == 0
    of_officer = _card(officer, going)
    assert (of_officer.case.state, of_officer.case.reason, of_officer.case.merged_into) == (CaseState.LIST_ERROR, "duplicate", staying)
    assert of_officer.handed_over == HandedOver("ครู wichai", "โรงเรียนหนึ่ง", merged=True, goes_on=staying)
    assert earlier.id in {item.visit.id for item in of_officer.timeline if item.visit}
    assert _here(officer) == _ladder(world)
    assert after.case(staying).steps == officer.case(staying).steps
    _is_quiet(world, before, after, officer)


def test_the_list_is_taken_back_while_its_teacher_is_out(world: World) -> None:
    before, after = _two_teachers(world)
    officer = world.laptop("officer")
    going, quiet, staying = world.district.add_cases(3, world.district.people["somying"])
    unassigned = world.district.add_case()
    for laptop in (before, officer):
        laptop.sync()
    assert officer.case_ids() == {going, quiet, staying, unassigned}
    visit = before.visit(going)
    photo = before.photograph(visit)
    world.district.record([world.district.event(CaseWithdrawn(world.district.list_id), each) for each in (going, quiet, unassigned)])

    before.line.refuse("push", lambda *_request: ServerProblem("server_failed", 500))
    for laptop in (before, officer):
        laptop.sync()
    # What nobody has worked on is gone at once; the other stays until its visit is with the district, and names nobody.
    assert before.case_ids() == {going, staying}
    assert _card(before, going).handed_over == HandedOver("", "")
    assert officer.case_ids() == {staying}
    assert _ladder(world).total.listed == _here(officer).total.listed == 1

    before.line.heal()
    result = before.sync()
    assert (result.held, result.photos) == (2, 1)
    _is_held(world, before, visit, "withdrawn")
    assert before.believes(before.photo_receipt(photo), photo.id, photo.sha256)
    assert before.case_ids() == {staying}
    assert _here(before) == _here(officer) == _ladder(world)
    _is_quiet(world, before, after, officer)


def _two_teachers(world: World) -> tuple[FieldLaptop, FieldLaptop]:
    return world.teacher("somying"), world.teacher("wichai")


def _is_held(world: World, laptop: FieldLaptop, visit: Visit, code: str) -> None:
    """Stored once, receipted for the very bytes that lie here, credited to whoever made it, and in the inbox; a record of no case."""
    with laptop.store.reading() as connection:
        mine = connection.execute(select(outbox).where(outbox.c.record_id == visit.id)).one()
    assert (mine.status, mine.code) == ("held", code)
    assert laptop.believes(laptop.receipt_of(visit.id), mine.event_id, sha256_hex(mine.body.encode()))
    assert world.events(visit.id) == 1
    assert visit.id not in world.visits(visit.case_id)
    assert _credited(world, visit.id) == (laptop.store.person_id, "held")
    with world.district.engine.connect() as connection:
        table = tables.inbox
        query = select(table).where(table.c.district_id == world.district.id, table.c.event_id == mine.event_id)
        (entry,) = connection.execute(query).all()
    assert (entry.kind, entry.case_id, entry.decided_at) == ("held", visit.case_id, None)
    assert (entry.body["by"], entry.body["code"]) == (laptop.store.person_id, code)


def _credited(world: World, record_id: str) -> tuple[str, str]:
    table = tables.event
    with world.district.engine.connect() as connection:
        query = select(table.c.by_person, table.c.status).where(table.c.district_id == world.district.id, table.c.record_id == record_id)
        by_person, status = connection.execute(query).one()
    return by_person, status


def _is_quiet(world: World, *laptops: FieldLaptop) -> None:
    """Nothing is left to be said: another round moves nothing, and nothing stands in the inbox twice."""
    for laptop in laptops:
        laptop.sync()
    for laptop in laptops:
        result = laptop.sync()
        assert (result.pushed, result.pulled, result.photos, result.error) == (0, 0, 0, None)
    table = tables.inbox
    with world.district.engine.connect() as connection:
        events = list(connection.execute(select(table.c.event_id).where(table.c.district_id == world.district.id)).scalars())
    assert len(events) == len(set(events))


def _children(laptop: FieldLaptop) -> Children:
    return Children(laptop.store, Roll(laptop.store), laptop.now)


def _visits(laptop: FieldLaptop) -> Visits:
    return Visits(laptop.store, laptop.now)


def _card(laptop: FieldLaptop, case_id: str) -> Card:
    return _children(laptop).card(case_id)


def _handed_to(laptop: FieldLaptop, case_id: str) -> str:
    left = _card(laptop, case_id).handed_over
    return left.person if left else ""


def _counts(laptop: FieldLaptop) -> ListCounts:
    return _children(laptop).counts()


def _here(laptop: FieldLaptop) -> LadderReport:
    """The ladder as this laptop shows it."""
    return Reports(laptop.store).ladder(TODAY)


def _ladder(world: World) -> LadderReport:
    with world.district.engine.connect() as connection:
        return ladder_report(connection, world.district.id, TODAY)
