"""Messages as they were first sent, stored beside this file: every later program must read them, and this one writes them the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from fieldapp.domain.payloads import PAYLOADS
from fieldapp.domain.receipt import Receipt
from fieldapp.wire import codec
from fieldapp.wire.messages import Hello, ProblemDetails, PullPage, Push, PushAnswer, RedeemCode, Refresh, Session, SignIn

GOLDEN = Path(__file__).parent / "golden"
MESSAGES = {cls.__name__: cls for cls in (Hello, SignIn, RedeemCode, Session, Refresh, Push, PushAnswer, PullPage, ProblemDetails, Receipt)}


def stored(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", MESSAGES)
def test_a_stored_message_is_still_understood(name: str) -> None:
    content = stored(f"message.{name}")
    message = codec.decode(MESSAGES[name], json.dumps(content).encode())
    assert json.loads(codec.encode(message)) == content


@pytest.mark.parametrize("name", codec.RECORD_TYPES)
def test_a_stored_record_is_still_understood(name: str) -> None:
    content = stored(f"record.{name}")
    assert codec.record_to_wire(codec.record_from_wire(name, content)) == content


@pytest.mark.parametrize("kind", [payload.KIND for payload in PAYLOADS])
def test_a_stored_event_is_still_understood(kind: str) -> None:
    content = stored(f"event.{kind}")
    assert codec.event_to_wire(codec.event_from_wire(content)) == content


def test_a_district_that_knows_no_merging_is_still_understood() -> None:
    case = codec.record_from_wire("case", stored("before_merging.record.case"))
    assert case == codec.record_from_wire("case", stored("record.case"))
    page = codec.decode(PullPage, json.dumps(stored("before_merging.message.PullPage")).encode())
    left = page.changes[-1]
    assert (left.left, left.to_person, left.to_school, left.merged_into) == (True, None, None, None)


@pytest.mark.parametrize("name", ["PullPage", "PushAnswer", "Receipt"])
def test_a_district_that_knows_no_runs_is_still_understood(name: str) -> None:
    before = codec.encode(codec.decode(MESSAGES[name], json.dumps(stored(f"before_runs.message.{name}")).encode()))
    now = codec.encode(codec.decode(MESSAGES[name], json.dumps(stored(f"message.{name}")).encode()))
    assert before == now.replace(b'"8c1f0a6e2b47"', b'""').replace(b'"8c1f0a6e2b47.0d93b5f7a1c2~person"', b'""')


def test_a_photo_of_a_program_that_knows_only_visits_is_still_understood() -> None:
    now, before = stored("event.photo.added"), stored("before_form_photos.event.photo.added")
    assert codec.event_from_wire(before) == codec.event_from_wire(now)
    kept = stored("before_form_photos.record.photo")
    assert codec.record_from_wire("photo", kept) == codec.record_from_wire("photo", stored("record.photo"))


def test_a_photo_of_a_program_that_knows_no_papers_is_still_understood() -> None:
    assert codec.event_from_wire(stored("before_papers.event.photo.added")) == codec.event_from_wire(stored("event.photo.added"))
    assert codec.record_from_wire("photo", stored("before_papers.record.photo")) == codec.record_from_wire("photo", stored("record.photo"))


def test_a_push_without_former_receipts_is_still_understood() -> None:
    assert codec.decode(Push, json.dumps(stored("before_runs.message.Push")).encode()).former == ()


@pytest.mark.parametrize("name", ["follow_up", "submission"])
def test_a_record_without_care_is_still_understood(name: str) -> None:
    assert codec.record_from_wire(name, stored(f"before_care.record.{name}")) == codec.record_from_wire(name, stored(f"record.{name}"))


@pytest.mark.parametrize("kind", ["follow_up.planned", "follow_up.closed", "submission.recorded"])
def test_an_event_without_care_is_still_understood(kind: str) -> None:
    assert codec.event_from_wire(stored(f"before_care.event.{kind}")) == codec.event_from_wire(stored(f"event.{kind}"))


def test_a_visit_without_its_house_is_still_understood() -> None:
    assert codec.record_from_wire("visit", stored("before_household.record.visit")).household_id is None  # type: ignore[union-attr]
    assert codec.event_from_wire(stored("before_household.event.visit.recorded")).kind == "visit.recorded"


def test_a_visit_without_what_its_photos_show_is_still_understood() -> None:
    assert codec.record_from_wire("visit", stored("before_photos_show.record.visit")).photos_show is None  # type: ignore[union-attr]
    assert codec.event_from_wire(stored("before_photos_show.event.visit.recorded")).kind == "visit.recorded"


@pytest.mark.parametrize("name", MESSAGES)
def test_what_a_newer_peer_adds_is_ignored(name: str) -> None:
    content = stored(f"message.{name}")
    assert codec.decode(MESSAGES[name], json.dumps({**content, "new_in_2": {"x": 1}}).encode()) == codec.decode(
        MESSAGES[name], json.dumps(content).encode()
    )


@pytest.mark.parametrize("name", MESSAGES)
def test_half_a_message_is_no_message(name: str) -> None:
    whole = json.dumps(stored(f"message.{name}")).encode()
    with pytest.raises(codec.Unreadable) as refusal:
        codec.decode(MESSAGES[name], whole[: len(whole) // 2])
    assert refusal.value.code == "not_json"


def test_a_district_that_names_no_page_of_the_app_is_still_understood() -> None:
    assert codec.decode(Hello, json.dumps(stored("before_updates.message.Hello")).encode()).app_address == ""
