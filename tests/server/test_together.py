import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from fieldapp.server.photos.together import Together

_SECONDS = 30


class Scribe:
    """Acts when it is let go, and remembers what it was given at once."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.refuses_groups = False

    def __call__(self, items: Sequence[str]) -> list[str]:
        self.groups.append(list(items))
        self.begun.set()
        assert self.let_go.wait(_SECONDS)
        if self.refuses_groups and len(items) > 1:
            raise ValueError
        return [item.upper() for item in items]


def all_wait(together: Together[str, str], count: int) -> None:
    """Until so many are at the door."""
    done = threading.Event()
    while len(together._waiting) < count:
        assert not done.wait(0.001)


def test_one_alone_is_acted_for_at_once() -> None:
    scribe = Scribe()
    scribe.let_go.set()
    together = Together(scribe)
    assert [together.do("a"), together.do("b")] == ["A", "B"]
    assert scribe.groups == [["a"], ["b"]]


def test_those_who_come_meanwhile_go_together_and_each_gets_its_own() -> None:
    scribe = Scribe()
    together = Together(scribe)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(together.do, "a")
        assert scribe.begun.wait(_SECONDS)
        later = [pool.submit(together.do, item) for item in "bcd"]
        all_wait(together, 3)
        scribe.let_go.set()
        assert [future.result(_SECONDS) for future in (first, *later)] == ["A", "B", "C", "D"]
    assert [sorted(group) for group in scribe.groups] == [["a"], ["b", "c", "d"]]


def test_a_group_that_fails_fails_the_one_who_acted_and_the_others_try_alone() -> None:
    scribe = Scribe()
    scribe.refuses_groups = True
    together = Together(scribe)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(together.do, "a")
        assert scribe.begun.wait(_SECONDS)
        later = [pool.submit(together.do, item) for item in "bcd"]
        all_wait(together, 3)
        scribe.let_go.set()
        assert first.result(_SECONDS) == "A"
        failed = [future for future in later if future.exception(_SECONDS)]
    assert len(failed) == 1
    assert {future.result() for future in later if future not in failed} < {"B", "C", "D"}
    assert [len(group) for group in scribe.groups] == [1, 3, 1, 1]
