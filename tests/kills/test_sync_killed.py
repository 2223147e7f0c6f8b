"""The sync is killed at any moment, again and again: what was recorded reaches the district once, with a receipt for each."""

import random
from collections.abc import Iterable

import pytest

from tests.support.field_day import FieldDay, a_field_day, require_arrived
from tests.support.laptop_at_sync import sync_folder
from tests.support.mortal import Mortal
from tests.support.relay import Relay
from tests.support.world import World


def sync_dying_at(day: FieldDay, steps: Iterable[int]) -> int:
    """Syncs that kill themselves at these steps towards the laptop's disk, then one that may live. Returns how many died."""
    died = 0
    for step in steps:
        died += not Mortal(sync_folder, day.laptop.folder, step).start().ended()
    require_through(day)
    return died


def require_through(day: FieldDay) -> None:
    process = Mortal(sync_folder, day.laptop.folder, None).start()
    assert list(process.words()) == [""]
    assert process.ended()


def sync_killed_by_bytes(day: FieldDay, wire: Relay, strikes: Iterable[tuple[str, int]]) -> int:
    """Syncs that are killed when so many bytes have passed up or down."""
    died = 0
    for way, size in strikes:
        victim = Mortal(sync_folder, day.laptop.folder, None)
        strike = wire.strike_up if way == "up" else wire.strike_down
        strike(size, victim.kill)
        died += not victim.start().ended()
    wire.forget_strikes()
    require_through(day)
    return died


def test_a_sync_that_died_between_two_writes_loses_and_doubles_nothing(world: World, wire: Relay) -> None:
    day = a_field_day(world, "somying")
    assert sync_dying_at(day, (4, 9, 14, 20, 27)) >= 4
    require_arrived(world, day)


def test_a_sync_that_died_at_some_byte_loses_and_doubles_nothing(world: World, wire: Relay) -> None:
    day = a_field_day(world, "somying")
    assert sync_killed_by_bytes(day, wire, (("up", 500), ("down", 300), ("up", 4_000), ("up", 600_000), ("down", 100))) >= 4
    require_arrived(world, day)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(60))
def test_a_sync_that_dies_at_random_loses_and_doubles_nothing(world: World, wire: Relay, seed: int) -> None:
    draw = random.Random(seed)
    day = a_field_day(
        world, "somying", visits=draw.randint(1, 9), photo_sizes=tuple(draw.choice((900, 9_000, 1_300_000)) for _ in range(5))
    )
    for _ in range(3):
        if draw.random() < 0.5:
            sync_dying_at(day, [draw.randint(1, 80) for _ in range(2)])
        else:
            sync_killed_by_bytes(day, wire, [(draw.choice(("up", "down")), int(10 ** draw.uniform(1, 6))) for _ in range(2)])
    require_arrived(world, day)
