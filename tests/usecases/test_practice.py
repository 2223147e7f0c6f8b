"""Whatever is done in practice, nothing of it reaches a real profile or the network."""

import datetime as dt
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldapp import client
from fieldapp.client import Client
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, Outcome, ReturnLevel
from fieldapp.errors import FieldappError, Offline
from fieldapp.usecases.children import ListFilter
from tests.support.pictures import a_jpeg
from tests.support.profiles import PASSPHRASE, Seat, a_seat

_calls: list[tuple[str, Any]] = []
_listening = False


def _heard(event: str, values: tuple[Any, ...]) -> None:
    if _listening and event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        _calls.append((event, values))


# The interpreter itself tells of every connection; a hook cannot be taken away, so it is only listened to in these tests.
sys.addaudithook(_heard)


@pytest.fixture
def network() -> Iterator[list[tuple[str, Any]]]:
    global _listening
    _calls.clear()
    _listening = True
    yield _calls
    _listening = False


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path, 3)


@pytest.fixture
def practice(seat: Seat) -> Iterator[Client]:
    opened = client.practise(seat.settings, "th")
    yield opened
    opened.close()


def visited(opened: Client, case_id: str, drawn: random.Random) -> None:
    visit = opened.visits.draft(case_id).visit
    outcome = drawn.choice([Outcome.WANTS_RETURN, Outcome.RETURNED, Outcome.NOT_FOUND])
    level = ReturnLevel.PRIMARY if outcome is Outcome.RETURNED else None
    opened.visits.save(replace(visit, met=(Met.CHILD,), outcome=outcome, return_level=level))
    if drawn.random() < 0.5:
        opened.photos.add(visit.id, visit.case_id, a_jpeg(), PhotoKind.OUTSIDE)
    opened.visits.finish(case_id)


def synced(opened: Client) -> None:
    result = opened.syncing.run(lambda progress: None, lambda: False)
    assert result.error is not None
    assert result.error.code == "offline.practice"
    assert (result.pushed, result.photos, result.bytes_up) == (0, 0, 0)


def acts(opened: Client, folder: Path) -> list[Callable[[str, random.Random], object]]:
    def planned(case_id: str, drawn: random.Random) -> None:
        opened.follow_ups.plan(case_id, dt.date.today() + dt.timedelta(days=drawn.randint(1, 9)), "โทรหา")

    def edited(case_id: str, drawn: random.Random) -> None:
        opened.children.edit(opened.children.card(case_id).child, {"house_no": str(drawn.randint(1, 99))})

    def exported(_case_id: str, _drawn: random.Random) -> None:
        with pytest.raises(FieldappError):
            opened.bundles.export(folder / "practice.fieldapp", lambda progress: None, lambda: False)

    def asked_for_help(_case_id: str, _drawn: random.Random) -> None:
        for item in opened.syncing.overview().items[:1]:
            with pytest.raises(FieldappError):
                opened.helpdesk.write(item.event_id, folder / "help.fieldapp")

    def signed_in(_case_id: str, _drawn: random.Random) -> None:
        with pytest.raises(Offline):
            opened.syncing.sign_in_again("รหัสผ่าน")

    return [
        lambda case_id, drawn: visited(opened, case_id, drawn),
        planned,
        edited,
        exported,
        asked_for_help,
        signed_in,
        lambda _case_id, _drawn: synced(opened),
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("seed", range(6))
def test_nothing_done_in_practice_reaches_a_real_profile_or_the_network(
    seat: Seat, practice: Client, network: list[tuple[str, Any]], tmp_path: Path, seed: int
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    before = contents(tmp_path / "profiles")
    drawn = random.Random(seed)
    cases = [row.case_id for row in practice.children.page(ListFilter(), 0, 50)]
    for _step in range(25):
        drawn.choice(acts(practice, stick))(drawn.choice(cases), drawn)
    synced(practice)
    # It was real work: all of it waits here, and stays here.
    assert practice.syncing.overview().unsent.total > 0
    assert network == []
    assert contents(stick) == {}
    assert contents(tmp_path / "profiles") == before
    practice.close()
    assert list((tmp_path / "practice").iterdir()) == []
    real = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    assert real.syncing.overview().unsent.total == 0
    assert real.children.count(ListFilter()) == 3
    real.close()


def test_the_key_of_a_practice_is_never_written_down(practice: Client) -> None:
    assert not [path for path in practice.folder.rglob("*") if "key" in path.name]


def test_a_real_profile_does_try_to_reach_its_district(seat: Seat, network: list[tuple[str, Any]]) -> None:
    real = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    with pytest.raises(Offline):
        real.syncing.sign_in_again("รหัสผ่าน")
    real.close()
    assert network
