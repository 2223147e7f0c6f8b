"""Drawn schedules: people work on several laptops while everything that can go wrong does, and in the end nothing is lost and nobody was
lied to.

`make test` runs 200 of them, always the same ones; `make soak` thousands that are new each day. A failing one is printed step by step, with
the day's first seed: `SOAK_SEED=… make soak` draws the same ones again.
"""

import datetime as dt
import logging
import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.rough_world import Ground
from tests.support.schedules import schedules_on

_log = logging.getLogger(__name__)

_BATCH = 25
_FIRST_SEED = int(os.environ.get("SOAK_SEED") or dt.date.today().strftime("%Y%m%d000"))
_ALWAYS = settings(
    max_examples=_BATCH,
    stateful_step_count=9,
    deadline=None,
    database=None,
    print_blob=True,
    # A failing schedule is printed as it was drawn: making it smaller takes minutes. Add Phase.shrink to look into one.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example],
)


@pytest.mark.usefixtures("in_order")
@pytest.mark.parametrize("number", range(8))
def test_after_any_schedule_everyone_agrees_and_every_fact_is_there_once(
    ground: Ground, caplog: pytest.LogCaptureFixture, number: int
) -> None:
    run_state_machine_as_test(seed(number)(schedules_on(ground)), settings=_ALWAYS)
    caplog.clear()  # the faults were logged, as they should be


@pytest.mark.usefixtures("in_order")
def test_the_same_holds_over_real_http(ground_over_http: Ground, caplog: pytest.LogCaptureFixture) -> None:
    run_state_machine_as_test(seed(100)(schedules_on(ground_over_http)), settings=settings(_ALWAYS, max_examples=5))
    caplog.clear()


@pytest.mark.soak
@pytest.mark.usefixtures("in_order")
@pytest.mark.parametrize("number", range(200))
def test_thousands_of_new_schedules(ground: Ground, caplog: pytest.LogCaptureFixture, number: int) -> None:
    _new_schedules(ground, _FIRST_SEED + number)
    caplog.clear()


@pytest.mark.soak
@pytest.mark.parametrize("number", range(20))
def test_hundreds_of_new_schedules_over_real_http(ground_over_http: Ground, caplog: pytest.LogCaptureFixture, number: int) -> None:
    """Photos go several at a time here."""
    _new_schedules(ground_over_http, _FIRST_SEED + 500 + number)
    caplog.clear()


def _new_schedules(ground: Ground, number: int) -> None:
    _log.warning("SOAK_SEED=%d, this batch: %d", _FIRST_SEED, number)  # shown where it fails
    run_state_machine_as_test(seed(number)(schedules_on(ground)), settings=settings(_ALWAYS, max_examples=10, stateful_step_count=30))
