"""Whatever a record or an event says, it says the same after it has travelled."""

import dataclasses
import datetime as dt
import json
import typing
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.canonical import canonical_bytes
from fieldapp.domain.conflict import conflict_id
from fieldapp.domain.event import Event, Record
from fieldapp.domain.identifiers import is_id, new_id
from fieldapp.domain.payloads import PAYLOADS, ChildEdited, ConflictDecided, Payload
from fieldapp.wire import codec
from fieldapp.wire.codec import RECORD_TYPES, Unreadable

# Hypothesis wants the bounds without a zone and adds it.
_FROM, _TO = dt.datetime(1900, 1, 1), dt.datetime(2199, 1, 1)  # noqa: DTZ001
aware_times = st.datetimes(_FROM, _TO, timezones=st.just(dt.UTC))
wire_values = st.none() | st.booleans() | st.text() | st.integers(-(2**53), 2**53)


def any_of(cls: type) -> st.SearchStrategy[Any]:
    """Instances of a dataclass with every field filled, nested ones too."""
    if cls is ChildEdited:
        return st.builds(ChildEdited, st.dictionaries(st.text(), wire_values))
    if cls is ConflictDecided:
        return st.builds(ConflictDecided, st.just(new_id()), wire_values, st.none() | st.just(new_id()))
    hints = typing.get_type_hints(cls)
    return st.builds(cls, **{field.name: _any_value(hints[field.name]) for field in dataclasses.fields(cls)})


def _any_value(hint: Any) -> st.SearchStrategy[Any]:
    if hint is dt.datetime:
        return aware_times
    if dataclasses.is_dataclass(hint):
        return any_of(typing.cast(type, hint))
    arguments = typing.get_args(hint)
    if type(None) in arguments:
        return st.none() | st.one_of(*(_any_value(argument) for argument in arguments if argument is not type(None)))
    if typing.get_origin(hint) is tuple:
        return st.lists(_any_value(arguments[0]), max_size=3).map(tuple)
    if typing.get_origin(hint) is Mapping:
        return st.dictionaries(*(st.from_type(argument) for argument in arguments), max_size=3)
    return st.from_type(hint)


@pytest.mark.parametrize("name", RECORD_TYPES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_record_survives_the_wire(name: str, data: st.DataObject) -> None:
    record: Record = data.draw(any_of(RECORD_TYPES[name]))
    body = codec.record_to_wire(record)
    assert codec.type_name(record) == name
    assert codec.record_from_wire(name, json.loads(json.dumps(body))) == record
    assert json.loads(codec.record_json(record)) == body


@pytest.mark.parametrize("payload_type", PAYLOADS, ids=lambda cls: cls.KIND)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_event_survives_the_wire(payload_type: type[Payload], data: st.DataObject) -> None:
    payload = data.draw(any_of(payload_type))
    device = data.draw(st.none() | st.just(new_id()))
    record = conflict_id(new_id(), "house_no") if payload_type is ConflictDecided else new_id()
    event = Event(new_id(), payload, record, data.draw(st.integers(0, 2**31)), data.draw(aware_times), new_id(), device)
    raw = codec.event_to_wire(event)
    read = codec.event_from_wire(codec.parse_json(codec.event_bytes(raw)))
    assert read == event
    assert codec.event_sha256(codec.event_to_wire(read)) == codec.event_sha256(raw)


@settings(deadline=None)
@given(st.recursive(wire_values, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)))
def test_canonical_bytes_are_the_same_after_a_journey(value: Any) -> None:
    once = canonical_bytes(value)
    assert canonical_bytes(json.loads(once)) == once


@pytest.mark.parametrize("value", [1.5, {"a": 0.0}, [1, [2.0]], {"a": {"b": float("nan")}}])
def test_a_float_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(value)


def test_an_event_of_a_newer_program_is_named_as_such() -> None:
    with pytest.raises(Unreadable) as refusal:
        codec.event_from_wire({"kind": "case.enrolled", "id": new_id(), "record": new_id()})
    assert (refusal.value.code, refusal.value.field) == ("unknown_kind", "kind")


@pytest.mark.parametrize("wrong", ["", "1", 7, None, "0190A000-0000-7000-8000-000000000001"])
def test_an_id_that_is_none_is_refused(wrong: Any) -> None:
    assert not is_id(wrong)
    with pytest.raises(Unreadable) as refusal:
        codec.event_from_wire({"kind": "case.checked", "id": wrong, "record": new_id()})
    assert refusal.value.field == "id"


# One id for all runs, so that the tests have the same names in every process.
ONE_ID = "01a2043b-f9fc-7036-9cc7-f91db3090cac"


@pytest.mark.parametrize("wrong", [ONE_ID, f"{ONE_ID}:", f"{ONE_ID}:A", None])
def test_a_decision_about_no_conflict_is_refused(wrong: Any) -> None:
    with pytest.raises(Unreadable) as refusal:
        codec.event_from_wire({"kind": "conflict.decided", "id": new_id(), "record": wrong})
    assert (refusal.value.code, refusal.value.field) == ("wrong_value", "record")


def test_a_visit_is_not_named_like_a_conflict() -> None:
    with pytest.raises(Unreadable):
        codec.event_from_wire({"kind": "visit.recorded", "id": new_id(), "record": f"{new_id()}:house_no"})
