"""A person's role or school changes while their laptop is away: the right local copy, and nothing lost."""

import datetime as dt

import pytest
from sqlalchemy import select

from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.reference import Role
from fieldapp.errors import ServerProblem
from fieldapp.records import tables as record_tables
from fieldapp.server.access.accounts import change_person
from fieldapp.store import sync_log
from tests.support.faults import Fault
from tests.support.world import FieldLaptop, World

A, B = "46030001", "46030002"


@pytest.fixture
def cases_of_b(world: World) -> set[CaseId]:
    world.district.add_school(B)
    return set(world.district.add_cases(3, school_code=B))


@pytest.fixture
def head(world: World, cases_of_b: set[CaseId]) -> FieldLaptop:
    """The head of school A, synced."""
    world.district.add_person("head", Role.SCHOOL_HEAD, A)
    world.district.add_cases(2, school_code=A)
    laptop = world.laptop("head")
    assert laptop.sync().error is None
    assert len(laptop.case_ids()) == 2
    return laptop


def becomes(world: World, role: Role, school_code: str) -> None:
    with world.district.engine.begin() as connection:
        person_id = world.district.people["head"].id
        assert change_person(connection, world.district.id, person_id, dt.datetime.now(dt.UTC), role=role, school_code=school_code)


def child_ids(laptop: FieldLaptop) -> set[str]:
    with laptop.store.reading() as connection:
        return set(connection.execute(select(record_tables.child.c.id)).scalars())


def test_the_head_of_another_school_has_that_school_s_cases_and_no_others(world: World, head: FieldLaptop, cases_of_b: set[CaseId]) -> None:
    children = child_ids(head)
    becomes(world, Role.SCHOOL_HEAD, B)
    result = head.sync()
    assert (result.error, result.anew, result.sent_again) == (None, "pull.new_scope", 0)
    assert head.case_ids() == cases_of_b
    assert child_ids(head).isdisjoint(children) and len(child_ids(head)) == 3
    assert (head.store.identity.school_code, head.store.identity.role) == (B, Role.SCHOOL_HEAD)
    with head.store.reading() as connection:
        assert sync_log.runs(connection, 1)[0].anew == "pull.new_scope"
    assert head.sync().anew == ""
    head.restart()
    assert head.store.identity.school_code == B


def test_a_head_who_becomes_a_teacher_keeps_only_their_own_cases(world: World, head: FieldLaptop) -> None:
    own = world.district.add_case(world.district.people["head"])
    head.sync()
    becomes(world, Role.TEACHER, A)
    assert head.sync().error is None
    assert head.case_ids() == {own}


def test_an_officer_has_the_whole_district_and_a_teacher_again_nearly_nothing(
    world: World, head: FieldLaptop, cases_of_b: set[CaseId]
) -> None:
    becomes(world, Role.OFFICER, "")
    head.sync()
    assert cases_of_b < head.case_ids() and len(head.case_ids()) == 5
    becomes(world, Role.TEACHER, B)
    head.sync()
    assert head.case_ids() == set()
    assert child_ids(head) == set()


def test_what_was_unsent_for_a_case_of_the_old_school_stays_until_it_is_held(
    world: World, head: FieldLaptop, cases_of_b: set[CaseId]
) -> None:
    case_id = sorted(head.case_ids())[0]
    visit = head.visit(case_id)
    photo = head.photograph(visit)
    becomes(world, Role.SCHOOL_HEAD, B)
    head.line.refuse("push", lambda token, push: ServerProblem("server_failed", 500))
    head.sync()
    assert head.case_ids() == {case_id, *cases_of_b}
    assert head.visit_here(visit.id) == visit
    head.line.heal()
    result = head.sync()
    assert (result.error, result.held, result.rejected) == (None, 2, 0)
    assert head.status(visit.id)[:2] == ("held", "no_longer_yours")
    assert head.believes(head.photo_receipt(photo), photo.id, photo.sha256)
    assert head.case_ids() == cases_of_b
    assert world.events(visit.id) == 1


def test_while_it_is_read_again_nothing_disappears_and_a_cut_goes_on_where_it_was(
    world: World, head: FieldLaptop, cases_of_b: set[CaseId]
) -> None:
    before = head.case_ids()
    more = set(world.district.add_cases(1_100, school_code=B))
    becomes(world, Role.SCHOOL_HEAD, B)
    # The first page is refused, the second comes, the third is lost.
    head.line.fail(Fault.CUT_AFTER, on="pull", at=3)
    cut = head.sync()
    assert (cut.anew, cut.error is not None) == ("pull.new_scope", True)
    assert before < head.case_ids()
    assert not (cases_of_b | more) <= head.case_ids()
    head.restart()
    rest = head.sync()
    assert (rest.error, rest.anew) == (None, "")
    assert 0 < rest.pulled < cut.pulled
    assert head.case_ids() == cases_of_b | more
