"""The ladder adds up, rounds as asked, and refuses what has no place in it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.ladder import MINISTRY_BUCKETS, PRESETS, Bucket, LadderDoesNotAddUp, Rounding, Share, build_ladder
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import COUNTED, CaseState

BRIEF = {CaseState.RETURNED: 95, CaseState.NOT_RETURNED: 821, CaseState.TRACING: 300, CaseState.WANTS_RETURN: 60, CaseState.NOT_FOUND: 64}


def test_the_figures_of_the_brief_come_out() -> None:
    ladder = build_ladder(ListType.NEVER_ENROLLED, BRIEF, {})
    assert (ladder.listed, ladder.traced, ladder.in_progress) == (1340, 916, 424)
    assert ladder.traced_share.percent(Rounding.HALF_UP) == Decimal("68.36")
    assert ladder.traced_share.percent(Rounding.TRUNCATE) == Decimal("68.35")
    assert ladder.share(Bucket.RETURNED).percent(Rounding.HALF_UP) == Decimal("10.37")


def test_the_ministrys_way_counts_who_wants_to_return_as_traced() -> None:
    ladder = build_ladder(ListType.NEVER_ENROLLED, BRIEF, {}, MINISTRY_BUCKETS)
    assert (ladder.traced, ladder.buckets[Bucket.NOT_FOUND], ladder.buckets[Bucket.IN_PROGRESS]) == (976, 64, 300)


def test_a_percentage_of_nothing_is_no_percentage() -> None:
    assert Share(0, 0, "listed").percent(Rounding.HALF_UP) is None


def test_a_state_without_a_bucket_is_refused() -> None:
    with pytest.raises(LadderDoesNotAddUp):
        build_ladder(ListType.DROPPED_OUT, BRIEF, {}, {CaseState.RETURNED: Bucket.RETURNED})


def test_causes_are_ranked_by_count() -> None:
    ladder = build_ladder(ListType.DROPPED_OUT, BRIEF, {"b": 3, "a": 3, "c": 9})
    assert [cause.code for cause in ladder.causes] == ["c", "a", "b"]


@given(st.dictionaries(st.sampled_from(COUNTED), st.integers(0, 5000)), st.sampled_from(sorted(PRESETS)))
def test_every_preset_places_every_state_and_adds_up(states: dict[CaseState, int], preset: str) -> None:
    ladder = build_ladder(ListType.DROPPED_OUT, states, {}, PRESETS[preset])
    assert ladder.listed == sum(states.values()) == ladder.traced + ladder.in_progress
    assert sum(ladder.buckets.values()) == ladder.listed
