"""UUIDv7."""

import time
import uuid

import pytest

from fieldapp.domain.identifiers import is_id, new_id


def test_an_id_is_a_version_7_uuid_that_carries_its_time() -> None:
    made = uuid.UUID(new_id(unix_ms=1_790_000_000_000))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1_790_000_000_000


def test_ids_sort_by_time_and_do_not_collide() -> None:
    assert new_id(unix_ms=1000) < new_id(unix_ms=1001)
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_ids_of_one_process_sort_in_the_order_they_were_made_even_within_a_millisecond() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)


def test_a_clock_that_goes_back_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 4_000_000_000_000_000_000)
    new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_790_000_000_000_000_000)
    assert uuid.UUID(new_id()).int >> 80 == 1_790_000_000_000


def test_only_the_canonical_form_is_an_id() -> None:
    assert is_id(new_id())
    assert not is_id(new_id().upper())
    assert not is_id("../../etc/passwd")
    assert not is_id(None)  # type: ignore[arg-type]
