"""The program is killed while a teacher works: what was shown as done is there, whole, and nothing is there by half."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp import client
from fieldapp.domain.canonical import sha256_hex
from fieldapp.records import tables as records
from fieldapp.store.health import damaged_parts
from fieldapp.store.keys import unlock_key
from fieldapp.store.profiles import profile_dir
from fieldapp.store.tables import outbox, photo_transfer
from tests.support.mortal import Mortal
from tests.support.person_at_work import Drafted, Edited, Finished, Taken, work
from tests.support.profiles import PASSPHRASE, Seat, a_seat

CHILDREN = 7


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return a_seat(tmp_path / "data", CHILDREN)


def said_until_killed_by_its_own_hand(seat: Seat, step: int) -> list[Any]:
    person = Mortal(work, seat.settings.data_dir, seat.profile.id, step).start()
    said = list(person.words())
    assert not person.ended()
    return said


def said_until_killed_from_outside(seat: Seat, number: int) -> list[Any]:
    """Killed at once when the n-th word is heard: by then it is somewhere in what comes next."""
    person = Mortal(work, seat.settings.data_dir, seat.profile.id, None).start()
    said = []
    for word in person.words():
        said.append(word)
        if len(said) == number:
            person.kill()
    assert not person.ended()
    return said


def require_all(seat: Seat, said: list[Any]) -> None:
    """Everything that was said is here, and what is here is whole."""
    folder = profile_dir(seat.settings.data_dir, seat.profile.id)
    assert damaged_parts(folder, unlock_key(folder, PASSPHRASE, client.local_now)) == frozenset()
    opened = client.unlock(seat.settings, seat.profile.id, PASSPHRASE)
    try:
        finished = {word.visit_id: word for word in said if isinstance(word, Finished)}
        visits, photos, events = _stored(opened)
        assert finished.keys() <= visits
        # Whoever was finished, said or not, waits for the district with all that belongs to it.
        assert {record for record, kind in events if kind == "visit.recorded"} == visits
        assert sum(kind == "follow_up.planned" for _, kind in events) == len(visits)
        assert {record for record, kind in events if kind == "photo.added"} == photos.keys()
        assert {photo for word in finished.values() for photo in word.photos} <= photos.keys()
        for sha256 in photos.values():
            assert sha256_hex(opened.photos.picture(sha256) or b"") == sha256
        _require_drafts(opened, said)
        for word in _last_edits(said):
            village = opened.children.card(_case_of(opened, word.child_id)).child.village
            assert int(village.split()[1]) >= int(word.village.split()[1])
    finally:
        opened.close()


def _stored(opened: client.Client) -> tuple[set[str], dict[str, str], list[tuple[str, str]]]:
    with opened._store.reading() as connection:
        visits = set(connection.execute(select(records.visit.c.id)).scalars())
        photos = {row.id: row.sha256 for row in connection.execute(select(records.photo.c.id, records.photo.c.sha256))}
        assert set(connection.execute(select(photo_transfer.c.photo_id)).scalars()) == photos.keys()
        events = [(row.record_id, row.kind) for row in connection.execute(select(outbox.c.record_id, outbox.c.kind))]
    facts = [each for each in events if each[1] != "child.edited"]
    assert len(facts) == len(set(facts))
    return visits, photos, events


def _require_drafts(opened: client.Client, said: list[Any]) -> None:
    """The visit that was begun last: its note is the one that was said, or the next; its photos are there."""
    begun: dict[str, Drafted] = {}
    taken: dict[str, list[str]] = {}
    for word in said:
        match word:
            case Drafted():
                begun[word.case_id] = word
            case Taken():
                taken.setdefault(word.case_id, []).append(word.photo_id)
            case Finished():
                begun.pop(word.case_id), taken.pop(word.case_id, None)
    for case_id, word in begun.items():
        if case_id not in opened.visits.drafts():
            continue  # finished, and killed before it could say so: the facts above are complete
        draft = opened.visits.draft(case_id)
        assert draft.visit.note.startswith(word.note)
        here = {one.photo.id: one.photo.sha256 for one in draft.photos}
        assert set(taken.get(case_id, ())) <= here.keys()
        for sha256 in here.values():
            assert sha256_hex(opened.photos.picture(sha256) or b"") == sha256


def _last_edits(said: list[Any]) -> Iterator[Edited]:
    yield from {word.child_id: word for word in said if isinstance(word, Edited)}.values()


def _case_of(opened: client.Client, child_id: str) -> str:
    with opened._store.reading() as connection:
        return str(connection.execute(select(records.case.c.id).where(records.case.c.child_id == child_id)).scalar_one())


@pytest.mark.parametrize("step", [1, 23, 61, 150])
def test_what_was_done_is_there_wherever_the_program_died(seat: Seat, step: int) -> None:
    require_all(seat, said_until_killed_by_its_own_hand(seat, step))


@pytest.mark.parametrize("number", [5, 17])
def test_what_was_done_is_there_when_the_program_was_killed_from_outside(seat: Seat, number: int) -> None:
    require_all(seat, said_until_killed_from_outside(seat, number))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(30))
def test_a_laptop_that_is_killed_again_and_again_keeps_everything(seat: Seat, seed: int) -> None:
    draw = random.Random(seed)
    said: list[Any] = []
    for _ in range(4):
        if draw.random() < 0.5:
            said += said_until_killed_by_its_own_hand(seat, draw.randint(1, 250))
        else:
            said += said_until_killed_from_outside(seat, draw.randint(2, 60))
        require_all(seat, said)
