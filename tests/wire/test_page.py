"""The short way from a pull page to its records says the same as the long one, and leaves what it cannot read to it."""

import json

import pytest

from fieldapp.domain.reference import School
from fieldapp.wire import codec
from fieldapp.wire.messages import PullPage
from fieldapp.wire.page import UnreadBody, read_page
from tests.wire.test_golden import stored


def page_of(*changes: object) -> bytes:
    return json.dumps({"changes": changes, "cursor": 7, "more": False, "sequence": 7}).encode()


def school(**values: object) -> dict[str, object]:
    return {"sequence": 7, "type": "school", "id": "46030001", "body": {"code": "46030001", "name": "โรงเรียน", **values}}


@pytest.mark.parametrize("name", codec.RECORD_TYPES)
def test_a_record_comes_the_short_way_as_it_comes_the_long_way(name: str) -> None:
    body = stored(f"record.{name}")
    page = read_page(page_of({"sequence": 7, "type": name, "id": "1", "body": body}))
    assert page is not None
    (change,) = page.changes
    assert isinstance(change.body, UnreadBody)
    assert change.body.record(codec.RECORD_TYPES[name]) == codec.record_from_wire(name, body)
    assert codec.record_from_wire(name, change.body) == codec.record_from_wire(name, body)


def test_a_page_is_read_without_its_records_and_keeps_everything_else() -> None:
    page = read_page(json.dumps(stored("message.PullPage")).encode())
    assert page is not None
    assert json.loads(codec.encode(page)) == stored("message.PullPage")


def test_a_body_is_the_object_that_it_was() -> None:
    (change,) = codec.decode(PullPage, page_of(school(active=True))).changes
    assert change.body == {"code": "46030001", "name": "โรงเรียน", "active": True}


def test_a_departure_has_no_body() -> None:
    left = {"sequence": 7, "type": "case", "id": "1", "left": True}
    assert [change.body for change in codec.decode(PullPage, page_of(left, {**left, "body": None})).changes] == [None, None]


def test_what_only_the_long_way_takes_is_taken() -> None:
    (change,) = codec.decode(PullPage, page_of(school(active="true", version="3"))).changes
    assert isinstance(change.body, UnreadBody)
    assert change.body.record(School) is None
    assert codec.record_from_wire("school", change.body).version == 3  # type: ignore[union-attr]


def test_a_value_of_a_newer_program_is_named() -> None:
    (change,) = codec.decode(PullPage, page_of(school(active="perhaps"))).changes
    with pytest.raises(codec.Unreadable) as refusal:
        codec.record_from_wire("school", change.body or {})
    assert (refusal.value.code, refusal.value.field) == ("wrong_value", "active")


@pytest.mark.parametrize("body", ["text", 7, [1]])
def test_a_body_that_is_no_object_spoils_only_itself(body: object) -> None:
    other = {"sequence": 6, "type": "school", "id": "1", "body": body}
    first, second = codec.decode(PullPage, page_of(other, school(active=True))).changes
    with pytest.raises(codec.Unreadable):
        codec.record_from_wire("school", first.body)  # type: ignore[arg-type]
    assert codec.record_from_wire("school", second.body or {}).id == "46030001"


@pytest.mark.parametrize("data", [b"", b"<html>", b'{"changes":[', b'{"changes":[],"cursor":"x","more":false,"sequence":1}', b"\xff"])
def test_what_is_no_page_is_left_to_the_long_way(data: bytes) -> None:
    assert read_page(data) is None
    with pytest.raises(codec.Unreadable):
        codec.decode(PullPage, data)
