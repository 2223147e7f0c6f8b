"""The passphrase opens the key; wrong ones cost time; the district can open it too."""

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.public import PrivateKey, SealedBox

from fieldapp.errors import StoreError
from fieldapp.store.keys import Derivation, change_passphrase, create_key, sealed_key, unlock_key
from fieldapp.store.tries import FREE_TRIES
from tests.support.laptop import Clock

DISTRICT = PrivateKey.generate()
SEALING_KEY = DISTRICT.public_key.encode().hex()
# The real parameters take a sixth of a second each; what they are is tested once below.
QUICK = Derivation(time_cost=1, memory_kib=8)
RIGHT, WRONG = "ข้าวเหนียว หมูปิ้ง", "ข้าวเหนียว หมูปิง"


def a_key(folder: Path, derivation: Derivation | None = QUICK) -> bytes:
    return create_key(folder, RIGHT, SEALING_KEY, derivation)


def wrong_try(folder: Path, clock: Clock) -> StoreError:
    with pytest.raises(StoreError) as caught:
        unlock_key(folder, WRONG, clock)
    return caught.value


def test_the_right_passphrase_gives_the_same_random_key(tmp_path: Path) -> None:
    key = a_key(tmp_path)
    assert len(key) == 32
    assert unlock_key(tmp_path, RIGHT, Clock()) == key
    other = tmp_path / "other"
    other.mkdir()
    assert a_key(other) != key


def test_the_derivation_costs_what_an_attacker_must_pay(tmp_path: Path) -> None:
    a_key(tmp_path, derivation=None)
    kept = json.loads((tmp_path / "key.json").read_text())["derivation"]
    assert kept["memory_kib"] >= 64 * 1024
    assert kept["time_cost"] >= 3


def test_the_district_can_open_the_key_without_the_passphrase(tmp_path: Path) -> None:
    key = a_key(tmp_path)
    assert SealedBox(DISTRICT).decrypt(sealed_key(tmp_path)) == key


def test_neither_key_nor_passphrase_stands_in_the_file(tmp_path: Path) -> None:
    key = a_key(tmp_path)
    text = (tmp_path / "key.json").read_text()
    assert key.hex() not in text
    assert RIGHT not in text


def test_a_wrong_passphrase_says_how_many_tries_are_left(tmp_path: Path) -> None:
    a_key(tmp_path)
    refusals = [wrong_try(tmp_path, Clock()) for _ in range(3)]
    assert [refusal.code for refusal in refusals] == ["store.wrong_passphrase"] * 3
    assert [refusal.data["tries_left"] for refusal in refusals] == [FREE_TRIES - 1, FREE_TRIES - 2, FREE_TRIES - 3]


def test_after_the_free_tries_even_the_right_one_has_to_wait_longer_each_time(tmp_path: Path) -> None:
    key, clock = a_key(tmp_path), Clock()
    for _ in range(FREE_TRIES):
        wrong_try(tmp_path, clock)
    with pytest.raises(StoreError) as caught:
        unlock_key(tmp_path, RIGHT, clock)
    assert (caught.value.code, caught.value.data["seconds"]) == ("store.too_many_tries", 30)
    clock.forward(seconds=31)
    assert wrong_try(tmp_path, clock).data["seconds"] == 60
    clock.forward(seconds=61)
    assert unlock_key(tmp_path, RIGHT, clock) == key
    assert wrong_try(tmp_path, clock).data["tries_left"] == FREE_TRIES - 1


def test_setting_the_clock_back_neither_opens_nor_locks_out_for_years(tmp_path: Path) -> None:
    a_key(tmp_path)
    clock = Clock()
    for _ in range(FREE_TRIES):
        wrong_try(tmp_path, clock)
    clock.at -= dt.timedelta(days=3650)
    with pytest.raises(StoreError) as caught:
        unlock_key(tmp_path, RIGHT, clock)
    assert caught.value.data["seconds"] == 30


def test_a_spoiled_count_of_tries_does_not_lock_anyone_out(tmp_path: Path) -> None:
    key = a_key(tmp_path)
    for spoiled in ("{half", "[1]", '{"failed": 6, "last": "2026-11-22T10:00:00"}'):
        (tmp_path / "tries.json").write_text(spoiled)
        assert unlock_key(tmp_path, RIGHT, Clock()) == key


def test_a_changed_passphrase_opens_the_same_key_and_the_old_one_no_longer(tmp_path: Path) -> None:
    key = a_key(tmp_path)
    change_passphrase(tmp_path, RIGHT, "ใหม่", Clock(), QUICK)
    assert unlock_key(tmp_path, "ใหม่", Clock()) == key
    assert SealedBox(DISTRICT).decrypt(sealed_key(tmp_path)) == key
    with pytest.raises(StoreError):
        unlock_key(tmp_path, RIGHT, Clock())


def test_changing_needs_the_old_passphrase(tmp_path: Path) -> None:
    key = a_key(tmp_path)
    with pytest.raises(StoreError) as caught:
        change_passphrase(tmp_path, WRONG, "ใหม่", Clock(), QUICK)
    assert caught.value.code == "store.wrong_passphrase"
    assert unlock_key(tmp_path, RIGHT, Clock()) == key


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"derivation": {"time_cost": 1}}'])
def test_a_spoiled_key_file_is_told_as_damage(tmp_path: Path, content: str) -> None:
    (tmp_path / "key.json").write_text(content)
    with pytest.raises(StoreError) as caught:
        unlock_key(tmp_path, RIGHT, Clock())
    assert caught.value.code == "store.damaged"


@pytest.mark.parametrize(
    ("name", "value"), [("wrapped", "AAAA"), ("salt", "AAAA"), ("derivation", {"time_cost": 0, "memory_kib": 1, "parallelism": 0})]
)
def test_a_key_that_no_passphrase_could_open_is_told_as_damage(tmp_path: Path, name: str, value: object) -> None:
    a_key(tmp_path)
    kept = json.loads((tmp_path / "key.json").read_text())
    (tmp_path / "key.json").write_text(json.dumps(kept | {name: value}))
    with pytest.raises(StoreError) as caught:
        unlock_key(tmp_path, RIGHT, Clock())
    assert caught.value.code == "store.damaged"


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_text("{half"), lambda file: file.write_text("{}")])
def test_a_lost_or_spoiled_key_file_is_replaced_by_its_copy(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    key = a_key(tmp_path)
    change_passphrase(tmp_path, RIGHT, "ใหม่", Clock(), QUICK)
    spoil(tmp_path / "key.json")
    assert unlock_key(tmp_path, "ใหม่", Clock()) == key
    assert SealedBox(DISTRICT).decrypt(sealed_key(tmp_path)) == key


def test_letters_that_look_the_same_are_the_same_passphrase(tmp_path: Path) -> None:
    key = create_key(tmp_path, "caf\u00e9 \u0e40\u0e22\u0e47\u0e19", SEALING_KEY, QUICK)
    assert unlock_key(tmp_path, "cafe\u0301 \u0e40\u0e22\u0e47\u0e19", Clock()) == key


def test_the_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    a_key(tmp_path)
    if os.name != "nt":
        assert (tmp_path / "key.json").stat().st_mode & 0o077 == 0
