"""Two people who change one card, each on a laptop of their own: what both say stands or waits, and nothing is lost."""

import pytest

from fieldapp.domain.reference import Role
from fieldapp.errors import Offline
from fieldapp.store.outbox import queue
from fieldapp.usecases.conflicts import Side
from tests.support.world import FieldLaptop, World

PHONE = "guardian_phone"


class Pair:
    """A teacher and the head of the school, both with the same child on their laptops."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.teacher = world.teacher("somying")
        world.district.add_person("head", Role.SCHOOL_HEAD)
        self.head = world.laptop("head")
        self.case_id = world.district.add_case(world.district.people["somying"])
        self.sync()

    def sync(self, *laptops: FieldLaptop) -> None:
        for laptop in laptops or (self.teacher, self.head):
            assert laptop.sync().error is None

    def edit(self, laptop: FieldLaptop, **values: object) -> None:
        child = laptop.child_of(self.case_id)
        assert child is not None
        laptop.edit(child, **values)

    def everywhere(self, field: str = PHONE) -> set[object]:
        """The values that the field has, at the district and on both laptops."""
        child = self.teacher.child_of(self.case_id)
        assert child is not None
        cards = (child, self.head.child_of(self.case_id), self.world.child(child.id))
        return {getattr(card, field) for card in cards}


@pytest.fixture
def pair(world: World) -> Pair:
    return Pair(world)


@pytest.fixture
def parted(pair: Pair) -> Pair:
    """The head's number stands, the teacher's waits, and both know of it."""
    pair.edit(pair.head, guardian_phone="0811111111")
    pair.edit(pair.teacher, guardian_phone="0822222222")
    pair.sync(pair.head, pair.teacher, pair.head)
    return pair


def test_different_fields_both_stand(pair: Pair) -> None:
    pair.edit(pair.teacher, guardian_phone="0811111111")
    pair.edit(pair.head, house_no="21")
    pair.sync(pair.teacher, pair.head, pair.teacher)
    assert pair.everywhere() == {"0811111111"}
    assert pair.everywhere("house_no") == {"21"}
    assert pair.teacher.conflicts() == pair.head.conflicts() == ()


def test_of_the_same_field_both_values_are_kept_and_both_people_are_told(parted: Pair) -> None:
    assert parted.everywhere() == {"0811111111"}
    (mine,), (theirs,) = parted.teacher.conflicts(), parted.head.conflicts()
    assert mine.conflict == theirs.conflict
    assert (mine.conflict.kept, mine.conflict.offered) == ("0811111111", "0822222222")
    assert (mine.kept_by_name, mine.offered_by_name) == ("ครู head", "ครู somying")
    assert mine.case_id == parted.case_id
    assert mine.may_decide and theirs.may_decide


def test_a_conflict_that_comes_alone_is_told_to_the_card_in_front(pair: Pair) -> None:
    """The card itself stays as it is, so no other record comes along."""
    pair.edit(pair.head, guardian_phone="0811111111")
    pair.edit(pair.teacher, guardian_phone="0822222222")
    pair.sync(pair.head, pair.teacher)
    child = pair.head.child_of(pair.case_id)
    assert child is not None
    assert child.id in pair.head.sync().changes.children


@pytest.mark.parametrize(("side", "phone"), [(Side.OFFERED, "0822222222"), (Side.KEPT, "0811111111")])
def test_a_decision_made_without_network_reaches_the_district_and_the_other_laptop(parted: Pair, side: Side, phone: str) -> None:
    (shown,) = parted.teacher.conflicts()
    parted.teacher.decide(shown, side)
    child = parted.teacher.child_of(parted.case_id)
    assert child is not None
    assert child.guardian_phone == phone
    assert parted.teacher.conflicts() == ()
    parted.sync()
    assert parted.everywhere() == {phone}
    assert parted.head.conflicts() == ()
    assert parted.teacher.status(shown.conflict.id)[0] == "accepted"
    assert parted.teacher.receipt_of(shown.conflict.id) is not None


def test_a_decision_that_waits_stays_on_the_screen_while_news_come(parted: Pair) -> None:
    """Something else about the child is pulled under a decision that could not be sent."""
    (shown,) = parted.teacher.conflicts()
    parted.teacher.decide(shown, Side.OFFERED)
    parted.edit(parted.head, village="บ้านใหม่")
    parted.sync(parted.head)
    parted.teacher.line.refuse("push", lambda token, push: Offline())
    parted.teacher.sync()
    with parted.teacher.store.reading() as connection:
        assert len(queue(connection)) == 1
    child = parted.teacher.child_of(parted.case_id)
    assert child is not None
    assert child.guardian_phone == "0822222222"
    assert parted.teacher.conflicts() == ()


def test_two_who_decide_differently_at_the_same_time_are_asked_again(parted: Pair) -> None:
    (by_teacher,), (by_head,) = parted.teacher.conflicts(), parted.head.conflicts()
    parted.teacher.decide(by_teacher, Side.OFFERED)
    parted.head.decide(by_head, Side.KEPT)
    parted.sync(parted.teacher)
    assert parted.head.sync().conflicts == 1
    parted.sync()
    assert parted.everywhere() == {"0822222222"}
    (left,), (same,) = parted.teacher.conflicts(), parted.head.conflicts()
    assert left.conflict == same.conflict
    assert (left.mine, same.mine) == ({Side.KEPT}, {Side.OFFERED})
    assert (left.conflict.kept, left.kept_by_name) == ("0822222222", "ครู somying")
    assert (left.conflict.offered, left.offered_by_name) == ("0811111111", "ครู head")
    parted.teacher.decide(left, Side.OFFERED)
    parted.sync()
    assert parted.everywhere() == {"0811111111"}
    assert parted.teacher.conflicts() == parted.head.conflicts() == ()


def test_two_who_decide_the_same_at_the_same_time_are_done(parted: Pair) -> None:
    for laptop in (parted.teacher, parted.head):
        laptop.decide(laptop.conflicts()[0], Side.OFFERED)
    parted.sync()
    parted.sync()
    assert parted.everywhere() == {"0822222222"}
    assert parted.teacher.conflicts() == parted.head.conflicts() == ()


def test_a_decision_is_taken_back_by_a_new_edit(parted: Pair) -> None:
    parted.teacher.decide(parted.teacher.conflicts()[0], Side.OFFERED)
    parted.edit(parted.teacher, guardian_phone="0833333333")
    parted.sync()
    assert parted.everywhere() == {"0833333333"}
    assert parted.teacher.conflicts() == parted.head.conflicts() == ()


def test_a_conflict_leaves_with_the_child_and_comes_along_to_the_next_teacher(parted: Pair) -> None:
    parted.world.district.add_school("46030002")
    parted.world.district.add_person("wichai", school_code="46030002")
    other = parted.world.laptop("wichai")
    parted.world.district.assign(parted.case_id, parted.world.district.people["wichai"])
    parted.sync(parted.teacher, parted.head, other)
    for laptop in (parted.teacher, parted.head):
        with laptop.store.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM conflict").scalar() == 0
    (shown,) = other.conflicts()
    other.decide(shown, Side.OFFERED)
    parted.sync(other)
    child = other.child_of(parted.case_id)
    assert child is not None
    assert parted.world.child(child.id) == child
    assert child.guardian_phone == "0822222222"


def test_a_decision_keeps_a_case_that_has_left_until_it_is_received(parted: Pair) -> None:
    parted.world.district.add_school("46030002")
    parted.world.district.add_person("wichai", school_code="46030002")
    (shown,) = parted.teacher.conflicts()
    parted.teacher.decide(shown, Side.OFFERED)
    parted.world.district.assign(parted.case_id, parted.world.district.people["wichai"])
    parted.teacher.line.refuse("push", lambda token, push: Offline())
    parted.teacher.sync()
    assert parted.teacher.case_ids() == {parted.case_id}
    parted.teacher.line.heal()
    assert parted.teacher.sync().held == 1
    assert parted.teacher.case_ids() == set()
    assert parted.teacher.status(shown.conflict.id)[:2] == ("held", "no_longer_yours")


@pytest.mark.parametrize("roles", [(Role.TEACHER, Role.SCHOOL_HEAD), (Role.OFFICER, Role.COORDINATOR)])
def test_two_visits_of_one_child_on_one_day_by_two_people_both_stand(world: World, roles: tuple[Role, Role]) -> None:
    for account, role in zip(("first", "second"), roles, strict=True):
        world.district.add_person(account, role)
    case_id = world.district.add_case(world.district.people["first"] if roles[0] is Role.TEACHER else None, school_code="46030001")
    laptops = [world.laptop("first"), world.laptop("second")]
    for laptop in laptops:
        laptop.sync()
    visits = {laptop.visit(case_id).id for laptop in laptops}
    for laptop in (*laptops, laptops[0]):
        assert laptop.sync().conflicts == 0
    assert set(world.visits(case_id)) == visits
    for laptop in laptops:
        assert {visit_id for visit_id in visits if laptop.visit_here(visit_id)} == visits
        case = laptop.case(case_id)
        assert {step.visit_id for step in case.steps if step.visit_id} == visits
