"""What a laptop tells and takes of the care of a child."""

import pytest

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.goal import CareAspect, Goal, GoalState
from fieldapp.domain.care.risk import RiskLevel
from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import CareId, PersonId, new_id
from fieldapp.errors import StoreError
from fieldapp.store.departures import Whereto
from fieldapp.usecases.delivery import Delivery
from tests.support.handed_over import answered, finish_a_visit, leave
from tests.support.laptop import OTHER, SCHOOL, TODAY, Laptop, fill


@pytest.fixture
def case(laptop: Laptop) -> Case:
    (case,) = fill(laptop, 1)
    return case


def test_of_two_steps_on_one_day_the_line_tells_the_note_of_the_one_it_stands_by(laptop: Laptop, case: Case) -> None:
    laptop.caring.set_goal(case.id, CareAspect.HELP, "มาเรียนทุกวัน", "วันมาเรียน", None)
    (line,) = laptop.caring.of_case(case.id).goals
    laptop.caring.step(CareKind.GOAL, line.fact.id, GoalState.PARTLY, TODAY, "มาเรียนสามวัน")
    laptop.caring.step(CareKind.GOAL, line.fact.id, GoalState.REACHED, TODAY, "มาเรียนครบ")
    (line,) = laptop.caring.of_case(case.id).goals
    assert (line.state, line.note) == (GoalState.PARTLY, "มาเรียนสามวัน")


def test_a_line_tells_whether_the_district_has_all_that_was_done_here(laptop: Laptop, case: Case) -> None:
    def told() -> Delivery | None:
        (line,) = laptop.caring.of_case(case.id).goals
        return line.delivery

    laptop.caring.set_goal(case.id, CareAspect.HELP, "มาเรียนทุกวัน", "วันมาเรียน", None)
    (line,) = laptop.caring.of_case(case.id).goals
    assert told() is Delivery.WAITING
    answered(laptop, line.fact.id, "accepted")
    assert told() is Delivery.RECEIVED
    laptop.caring.step(CareKind.GOAL, line.fact.id, GoalState.REACHED, TODAY)
    assert told() is Delivery.WAITING
    answered(laptop, line.fact.id, "rejected", "wrong_value")
    assert told() is Delivery.REJECTED


def test_what_another_device_recorded_says_nothing_of_its_way(laptop: Laptop, case: Case) -> None:
    goal = Goal(CareId(new_id()), case.id, case.child_id, CareAspect.HELP, "มาเรียนทุกวัน", TODAY, PersonId(OTHER))
    laptop.put(goal)
    (line,) = laptop.caring.of_case(case.id).goals
    assert line.delivery is None


def test_no_care_is_begun_for_a_child_who_was_handed_over(laptop: Laptop, case: Case) -> None:
    finish_a_visit(laptop, case.id)
    leave(laptop, case.id, Whereto(OTHER, SCHOOL))
    with pytest.raises(StoreError, match="^store.handed_over$"):
        laptop.caring.find_risk(case.id, "absent", RiskLevel.RISK)
    care = laptop.caring.of_case(case.id)
    assert (care.risks, care.editable) == ((), False)
