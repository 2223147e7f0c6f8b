"""What a tap on the visit page does to the draft."""

import datetime as dt
from dataclasses import replace

import pytest

from fieldapp import words
from fieldapp.domain.visit import Met, NextStep, Outcome, Problem, ReturnLevel, problems
from fieldapp.gui.screens.visit.answers import (
    BELONGS,
    LaidAside,
    Part,
    choose_next_step,
    make_main,
    part_of,
    toggle_cause,
    toggle_met,
)
from tests.support.views import TODAY, draft

FRESH = draft().visit


def test_nobody_excludes_everybody_and_the_other_way_round() -> None:
    both = toggle_met(toggle_met(FRESH, Met.MOTHER), Met.CHILD)
    assert both.met == (Met.CHILD, Met.MOTHER)
    nobody = toggle_met(both, Met.NOBODY)
    assert nobody.met == (Met.NOBODY,)
    assert toggle_met(nobody, Met.CHILD).met == (Met.CHILD,)


def test_the_first_cause_is_the_main_one_until_another_gets_the_star() -> None:
    two = toggle_cause(toggle_cause(FRESH, "a"), "b")
    assert (two.causes, two.main_cause) == (("a", "b"), "a")
    starred = make_main(two, "b")
    assert (starred.causes, starred.main_cause) == (("a", "b"), "b")
    assert toggle_cause(starred, "b").main_cause == "a"
    assert toggle_cause(toggle_cause(starred, "b"), "a").main_cause is None


def test_answers_of_another_outcome_are_laid_aside_and_come_back() -> None:
    aside = LaidAside({})
    back = replace(FRESH, outcome=Outcome.RETURNED, return_level=ReturnLevel.PRIMARY, return_place="โรงเรียนบ้านนาคู")
    mistaken = aside.choose_outcome(back, Outcome.NOT_RETURNING)
    assert (mistaken.return_level, mistaken.return_place) == (None, "")
    assert aside.choose_outcome(mistaken, Outcome.RETURNED) == back


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_says_which_answers_belong_to_it(outcome: Outcome) -> None:
    assert outcome in BELONGS


def test_a_next_step_suggests_its_usual_day_but_never_over_a_chosen_one() -> None:
    suggested = choose_next_step(FRESH, NextStep.VISIT_AGAIN, suggested=False)
    assert suggested.next_on == TODAY + dt.timedelta(days=14)
    assert choose_next_step(suggested, NextStep.REFER, suggested=True).next_on == TODAY + dt.timedelta(days=7)
    own = replace(suggested, next_on=TODAY + dt.timedelta(days=3))
    assert choose_next_step(own, NextStep.REFER, suggested=False).next_on == own.next_on
    assert choose_next_step(own, NextStep.NONE, suggested=False).next_on is None


def test_every_problem_leads_to_the_part_where_it_is_mended() -> None:
    found = [*problems(FRESH, TODAY), *problems(replace(FRESH, outcome=Outcome.NOT_RETURNING), TODAY)]
    assert [part_of(problem) for problem in found] == [Part.MET, Part.OUTCOME, Part.MET, Part.OUTCOME]
    assert part_of(Problem("next_on", "before_visit")) is Part.NEXT_STEP
    assert all(words.problem(problem) for problem in found)
