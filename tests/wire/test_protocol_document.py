"""PROTOCOL.md says what the program does: its numbers are computed again here, and its lists are complete."""

import json
import re
from pathlib import Path

import pytest
from nacl.signing import SigningKey

import fieldapp.wire
from fieldapp.domain.payloads import PAYLOADS
from fieldapp.domain.receipt import Receipt
from fieldapp.server.problems import PROBLEMS
from fieldapp.wire import codec, messages, version
from fieldapp.wire.photo_group import MAX_TOGETHER_BYTES
from tests.support import field_lists

TEXT = (Path(fieldapp.wire.__file__).parent / "PROTOCOL.md").read_text(encoding="utf-8")
KEY = SigningKey(bytes(range(32)))


def block(name: str) -> str:
    """The fenced block that follows `<!-- name -->`."""
    found = re.search(rf"<!-- {re.escape(name)} -->\n```\w*\n(.*?)\n```", TEXT, re.DOTALL)
    assert found, name
    return found[1]


def test_the_example_event_has_the_bytes_and_the_hash_that_are_printed() -> None:
    raw = json.loads(block("event"))
    assert codec.event_bytes(raw).decode() == block("canonical")
    assert codec.event_sha256(raw) == block("sha256")
    assert codec.event_to_wire(codec.event_from_wire(raw)) == raw


def test_the_example_receipt_is_signed_as_printed() -> None:
    receipt = codec.decode(Receipt, block("receipt").encode())
    assert receipt.signed_bytes().decode() == block("signed")
    assert KEY.verify_key.encode().hex() == block("public key")
    assert KEY.sign(receipt.signed_bytes()).signature.hex() == receipt.signature
    assert receipt.sha256 == block("sha256")
    assert receipt.subject == json.loads(block("event"))["id"]
    assert receipt.short_number in TEXT


@pytest.mark.parametrize("name", [*codec.RECORD_TYPES, *(payload.KIND for payload in PAYLOADS), *PROBLEMS, *messages.Status])
def test_every_type_kind_problem_and_status_is_described(name: str) -> None:
    assert f"`{name}`" in TEXT


@pytest.mark.parametrize(
    "limit", [messages.MAX_EVENTS, messages.MAX_BATCH_BYTES, messages.MAX_CHANGES, messages.MAX_PHOTO_BYTES, MAX_TOGETHER_BYTES]
)
def test_the_limits_are_those_of_the_program(limit: int) -> None:
    assert f"{limit:,}".replace(",", " ") in TEXT


def test_the_fields_are_those_of_the_program() -> None:
    assert field_lists.written() == field_lists.section(), "write §8 anew: python -m tests.support.field_lists"


def test_the_version_is_that_of_the_program() -> None:
    assert f"`{version.HEADER}: {version.NEWEST}`" in TEXT
