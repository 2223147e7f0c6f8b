"""What nobody's laptop sends: the server refuses it in its own words, whatever it is, and goes on."""

import contextlib
import datetime as dt
import gzip
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.domain.follow_up import FollowUpState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import CaseAssigned, CaseChecked, CaseListed, CaseMarkedListError, ChildEdited, FollowUpClosed, PhotoAdded
from fieldapp.domain.received_list import ListType
from fieldapp.domain.reference import Role
from fieldapp.domain.states import ListError
from fieldapp.server.access.auth import authenticate
from fieldapp.server.exchange.push import push
from fieldapp.wire import codec
from fieldapp.wire.messages import MAX_BATCH_BYTES, ProblemDetails, Push
from tests.support.district import ASSIGNED_ON, LISTED_ON, make_child, make_event, make_visit, visit_event
from tests.support.district_server import TUS, Caller, Running, jpeg, metadata_of
from tests.support.photo_scene import Scene

PLACES = ["/session", "/session/password", "/session/refresh", "/session/keys", "/push", "/accounts", "/assignments"]
BODIES = {
    "nothing": b"",
    "half a JSON": b'{"events": [{"id": "',
    "HTML": b"<html></html>",
    "not UTF-8": b'{"account": "\xff\xfe"}',
    "UTF-16": '{"events": []}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"events": []}',
    "half a surrogate pair": b'{"account": "\\ud800", "events": [{"id": "\\udfff"}], "\\ud800": "\\ud800"}',
    "the character 0": b'{"account": "a\\u0000", "password": "\\u0000", "name": "\\u0000", "case_ids": ["\\u0000"]}',
    "the character 0 in a name": b'{"account": "a", "password": "long enough", "name": "a\\u0000", "role": "teacher", "school_code": "1"}',
    "the character 0 in a school": b'{"account": "a", "password": "long enough", "name": "a", "role": "teacher", "school_code": "\\u0000"}',
    "the character 0 in whom": b'{"case_ids": [], "school_code": "\\u0000", "person_id": "\\u0000"}',
    "a deep list": b"[" * 100_000,
    "a deep object": b'{"events": [' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"]}",
    "a list": b"[1, 2, 3]",
    "a number": b"9" * 10_000,
    "no number": b'{"events": [NaN, Infinity, -Infinity, 1e999]}',
    "null": b"null",
    "events of every type": b'{"events": [null, 1, "x", [], {}, {"id": 1}, {"kind": []}, {"kind": {}}]}',
    "a key twice": b'{"events": [], "events": 1, "events": []}',
    "a million keys": b'{"events": [{' + b",".join(b'"%d":1' % number for number in range(80_000)) + b"}]}",
}


def require_refusal(answer: requests.Response) -> ProblemDetails:
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[:300])
    problem = codec.decode(ProblemDetails, answer.content)
    assert problem.status == answer.status_code
    return problem


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_makes_no_sense_is_refused(admin: Caller, place: str, body: bytes) -> None:
    answer = admin.call("POST", place, data=body, headers={"Content-Type": "application/json"})
    if answer.status_code >= 300 or place != "/push":
        require_refusal(answer)


@pytest.fixture(scope="module")
def admin(hostile: Running) -> Caller:
    hostile.district.add_person("admin", Role.ADMIN, "")
    return hostile.caller("admin")


@pytest.mark.parametrize(
    "path",
    [
        "/cases?after=%00",
        "/cases?school_code=%00",
        "/cases?assignee=a%00b",
        "/cases?after=%ff%fe",
        "/cases?after=" + "x" * 20_000,
        "/cases?limit=" + "9" * 5_000,
        "/cases?limit=-1",
        "/cases?state=" + "%F0%9F%92%A9" * 100,
        "/pull?cursor=" + "9" * 400,
        "/pull?cursor=9007199254740992",
        "/pull?cursor=9007199254740993",
        "/pull?cursor=-1",
        "/pull?cursor=1e5",
        "/pull?cursor=%D9%A1",
        "/pull?cursor=0&cursor=x",
        "/pull?cursor=0&mark=%00",
        "/pull?cursor=0&mark=" + "x" * 10_000,
        "/reports/ladder?as_of=0001-01-01",
        "/reports/ladder?as_of=9999-12-31",
        "/reports/ladder?as_of=" + "9" * 5_000,
        "/reports/ladder?as_of=-99999999999999999999",
        "/reports/ladder?as_of=2026-11-22&preset=%00",
        "/photos/%00/receipt",
        "/photos/a%00b/receipt",
        "/photos/%ff/receipt",
        "/photos/by-hash/%00",
        "/photos/by-hash/" + "0" * 64,
        "/%00",
        "//",
        "/photos/..%2f..%2fetc%2fpasswd/receipt",
    ],
    ids=lambda path: path[:40],
)
def test_a_path_that_makes_no_sense_is_answered(admin: Caller, path: str) -> None:
    answer = admin.call("GET", path)
    if answer.status_code >= 300:
        require_refusal(answer)


@pytest.mark.parametrize(
    "path", ["/accounts/%00/close", "/devices/%00/revoke", "/accounts/%ED%A0%80/close", f"/devices/{'x' * 9_000}/revoke"]
)
def test_an_id_that_can_be_nobodys_is_unknown(admin: Caller, path: str) -> None:
    require_refusal(admin.call("POST", path))


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
@pytest.mark.parametrize("upload", ["%00", "a%00", "%ff", "x" * 64, "x" * 65, "..%2f.."])
def test_an_upload_that_cannot_be_is_gone(admin: Caller, method: str, upload: str) -> None:
    headers = {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    answer = admin.call(method, f"/photos/{upload}", headers=headers)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "changes",
    [
        {"Upload-Metadata": "photo_id AA=="},  # the character 0
        {"Upload-Metadata": "photo_id"},
        {"Upload-Metadata": "photo_id /w=="},
        {"Upload-Metadata": "," * 20_000},
        {"Upload-Length": "0"},
        {"Upload-Length": "-1"},
        {"Upload-Length": "9" * 12},
        {"Upload-Length": "9" * 5_000},
        {"Upload-Length": "٣"},
        {"Upload-Length": "1e3"},
        {"Upload-Checksum": "sha256"},
        {"Upload-Checksum": "sha256 ????"},
        {"Upload-Checksum": "\xff"},
        {"Tus-Resumable": "1.0.0, 1.0.0"},
        {"X-HTTP-Method-Override": "PATCH"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"X-HTTP-Method-Override": "TRACE"},
    ],
    ids=lambda changes: str(changes)[:50],
)
def test_headers_of_an_upload_that_make_no_sense_are_refused(scene: Scene, changes: dict[str, str]) -> None:
    content = jpeg()
    headers = {**TUS, "Upload-Length": "2000", "Upload-Metadata": metadata_of(scene.announce(content))}
    sent = {name: value.encode("utf-8") if not value.isascii() else value for name, value in {**headers, **changes}.items()}
    answer = scene.caller.call("POST", "/photos", data=content, headers={**sent, "Content-Type": "application/offset+octet-stream"})
    if changes == {"X-HTTP-Method-Override": "TRACE"}:
        assert answer.status_code == 201
    else:
        require_refusal(answer)


@pytest.mark.parametrize("token", ["", "\xff", "x" * 60_000, "\x00".strip("\x00") or "a b c"])
def test_a_token_that_makes_no_sense_signs_nobody_in(hostile: Running, token: str) -> None:
    headers = {"Fieldapp-Protocol": "1", "Authorization": f"Bearer {token}".encode("latin-1")}
    answer = requests.get(f"{hostile.url}/api/v1/pull?cursor=0", headers=headers, timeout=30)
    assert answer.status_code == 401


# Bodies that unfold


def _gzip_bomb() -> bytes:
    return gzip.compress(bytes(300_000_000), 9)


def test_what_unfolds_beyond_the_limit_is_refused_without_being_unfolded(admin: Caller) -> None:
    for content, encoding in ((_gzip_bomb(), "gzip"), (zstandard.compress(bytes(300_000_000)), "zstd")):
        answer = admin.call("POST", "/push", data=content, headers={"Content-Encoding": encoding})
        assert require_refusal(answer).code == "too_large"


def test_a_frame_that_asks_for_much_memory_is_refused(admin: Caller) -> None:
    """Zstandard lets the sender choose how much the receiver must hold to decode: up to gigabytes, for a few bytes."""
    parameters = zstandard.ZstdCompressionParameters(window_log=27, compression_level=1, write_content_size=0)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    content = compressor.compress(b'{"events": []}') + compressor.flush()
    answer = admin.call("POST", "/push", data=content, headers={"Content-Encoding": "zstd"})
    assert require_refusal(answer).code == "wrong_encoding"


def test_many_empty_members_and_rests_are_refused_or_read(admin: Caller) -> None:
    empty = gzip.compress(b"")
    for content in (empty * 20_000, gzip.compress(b'{"events": []}')[:-4], gzip.compress(b'{"events": []}') + b"rest", b"\x1f\x8b"):
        require_refusal(admin.call("POST", "/push", data=content, headers={"Content-Encoding": "gzip"}))
    for encoding in ("br", "gzip, gzip", "\xff", "x" * 5_000):
        answer = admin.call("POST", "/push", data=b"x", headers={"Content-Encoding": encoding.encode("latin-1")})
        assert require_refusal(answer).code == "wrong_encoding"


def test_a_body_without_a_length_is_measured_as_it_comes(admin: Caller) -> None:
    blocks = (b" " * 64_000 for _ in range(100))
    answer = admin.call("POST", "/push", data=blocks)
    assert require_refusal(answer).code == "too_large"
    small = iter([b'{"even', b'ts": []}'])
    assert admin.call("POST", "/push", data=small).status_code == 200


# What no library would send


def raw(running: Running, content: bytes, *, whole: bool = True) -> bytes:
    """The answer to these bytes, as it came; not `whole`: nothing more will follow."""
    address = urlsplit(running.url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=30) as line:
        try:
            line.sendall(content)
            if not whole:
                line.shutdown(socket.SHUT_WR)
            answer = b""
            while part := line.recv(65_536):
                answer += part
        except (BrokenPipeError, ConnectionResetError):
            return b""
    return answer


def request(*lines: str, body: bytes = b"", method: str = "POST", path: str = "/api/v1/push") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: district", "Connection: close", *lines, "", ""]).encode("latin-1") + body


def test_headers_that_come_twice_are_answered(admin: Caller, hostile: Running) -> None:
    token = f"Authorization: Bearer {admin.token}"
    version = "Fieldapp-Protocol: 1"
    body = b'{"events": []}'
    length = f"Content-Length: {len(body)}"
    for lines, expected in (
        ((token, token, version, length), b"200"),
        ((token, version, version, length), b"200"),
        ((version, "Authorization: Bearer other", token, length), b"401"),
        ((token, version, "Fieldapp-Protocol: 2", length), b"200"),
        ((token, "Fieldapp-Protocol: 2", version, length), b"426"),
        ((token, version, "Content-Encoding: gzip", "Content-Encoding: gzip", length), b"415"),
        ((token, version, "Content-Type: text/html", "Content-Type: application/json", length), b"200"),
    ):
        assert raw(hostile, request(*lines, body=body)).split(b" ", 2)[1] == expected, lines


@pytest.mark.parametrize(
    "content",
    [
        request("Content-Length: 5", "Content-Length: 6", body=b"12345"),
        request("Content-Length: -5", body=b"12345"),
        request("Content-Length: 99999999999999999999999999", body=b"12345"),
        request("Content-Length: 5", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
        request("Transfer-Encoding: chunked", body=b"zz\r\n"),
        request("Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n"),
        request("Fieldapp-Protocol: 1\x00", body=b""),
        request("Fieldapp-Protocol: " + "1" * 5_000),
        request("Fieldapp-Protocol: \xb9"),
        request(path="/api/v1/pull?cursor=0#x", method="GET"),
        request(path="http://other/api/v1/hello", method="GET"),
        request(path="*", method="OPTIONS"),
        request(path="/api/v1/hello", method="CONNECT"),
        request(path="/api/v1/\x80\xff", method="GET"),
        request(method="BREW"),
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"\x00" * 1_000,
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /api/v1/hello HTTP/1.0\r\n\r\n",
        b"\r\n" * 5_000,
    ],
    ids=range(20),
)
def test_bytes_that_are_no_proper_request_do_not_harm(hostile: Running, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    answer = raw(hostile, content, whole=False)
    assert not answer.startswith(b"HTTP/1.1 5"), answer[:300]
    # uvicorn says once for each that it was no request.
    assert {record.name for record in caplog.records if record.levelname == "WARNING"} <= {"uvicorn.error"}
    caplog.clear()
    assert requests.get(f"{hostile.url}/api/v1/hello", timeout=30).status_code == 200


def test_a_head_without_end_is_cut_off(hostile: Running, caplog: pytest.LogCaptureFixture) -> None:
    address = urlsplit(hostile.url)
    sent = 0
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=30) as line, contextlib.suppress(OSError):
        line.sendall(b"GET /api/v1/hello HTTP/1.1\r\nHost: district\r\n")
        while sent < 50_000_000:
            line.sendall(b"X: " + b"a" * 60_000 + b"\r\n")
            sent += 60_000
    # The line itself holds some megabytes on their way.
    assert sent < 40_000_000
    caplog.clear()


# Events


HOSTILE = [
    None,
    True,
    0,
    -1,
    1.5,
    2**31,
    2**63,
    -(2**63) - 1,
    10**400,
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ufffe",
    "٣",
    "x" * 100_000,
    "0001-01-01",
    "9999-12-31",
    "-9999-01-01",
    "10000-01-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-22T03:30:00",
    "2026-11-22T03:30:00+99:99",
    "1970-01-01T00:00:00Z",
    "2026-02-30",
    "no-such-id",
    "00000000-0000-0000-0000-000000000000",
    [],
    [[]],
    ["a"] * 1_000,
    {},
    {"": None},
    {"\x00": "\x00"},
    {"__class__": "x"},
]


def _every_event(scene: Scene) -> list[dict[str, Any]]:
    """One good event of each kind, as an officer may send them."""
    district = scene.running.district
    officer = district.officer.id
    child, other = make_child(), make_child()
    case_id = district.add_case(district.people["teacher"], child=child)
    visit = make_visit(case_id, child.id, officer)
    photo = scene.announce(jpeg(1_234))
    return [
        codec.event_to_wire(event)
        for event in (
            visit_event(visit),
            make_event(
                ChildEdited({"village": "บ้านใหม่", "birth_on": "2015-01-01"}, {"village": new_id()}),
                child.id,
                officer,
                1,
            ),
            make_event(PhotoAdded(photo), photo.id, officer),
            make_event(FollowUpClosed(FollowUpState.DONE, ASSIGNED_ON), new_id(), officer),
            make_event(CaseListed(other, district.list_id, ListType.DROPPED_OUT, LISTED_ON), new_id(), officer),
            make_event(CaseChecked(ASSIGNED_ON), case_id, officer),
            make_event(CaseAssigned(ASSIGNED_ON, "46030001", district.people["teacher"].id), case_id, officer),
            make_event(CaseMarkedListError(ASSIGNED_ON, next(iter(ListError))), case_id, officer),
        )
    ]


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    here = [way] if way else []
    if isinstance(value, dict):
        return here + [place for key in value for place in _places(value[key], (*way, key))]
    if isinstance(value, list):
        return here + [place for index in range(len(value)) for place in _places(value[index], (*way, index))]
    return here


def _with(event: dict[str, Any], way: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = json.loads(json.dumps(event))
    target = changed
    for step in way[:-1]:
        target = target[step]
    target[way[-1]] = value
    if way != ("id",):
        changed["id"] = new_id()
    return changed


def test_every_place_of_every_event_may_hold_anything(scene: Scene) -> None:
    """Each value of each kind of event is exchanged for each hostile one: all are answered, one by one, and no batch fails."""
    caller = scene.running.caller("officer")
    events = [
        _with(event, way, value) for event in _every_event(scene) for way in _places(event) for value in HOSTILE if len(str(value)) < 1_000
    ]
    for start in range(0, len(events), 400):
        batch = events[start : start + 400]
        answer = caller.call("POST", "/push", json={"events": batch})
        if answer.status_code != 200:
            culprits = [event for event in batch if caller.call("POST", "/push", json={"events": [event]}).status_code != 200]
            pytest.fail(f"{answer.status_code} {answer.text[:200]} for {json.dumps(culprits[:3])[:1500]}")
        assert len(answer.json()["answers"]) == len(batch)
    # Whatever of it was taken can still be pulled, by everyone.
    for one in (caller, scene.caller):
        assert one.pull().changes


@pytest.fixture(scope="module")
def hostile_events(hostile_scene: Scene) -> list[dict[str, Any]]:
    return _every_event(hostile_scene)


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_events_with_several_hostile_values_are_answered(
    hostile_scene: Scene, hostile_events: list[dict[str, Any]], data: st.DataObject
) -> None:
    caller = hostile_scene.caller
    event = data.draw(st.sampled_from(hostile_events))
    for way in data.draw(st.lists(st.sampled_from(_places(event)), min_size=1, max_size=4)):
        try:
            event = _with(event, way, data.draw(st.sampled_from(HOSTILE)))
        except (TypeError, KeyError, IndexError):
            continue  # what stood there is gone
    answer = caller.call("POST", "/push", json={"events": [event, event]})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["answers"]) == 2


def test_a_batch_just_below_the_limit_that_is_one_event_is_answered(admin: Caller) -> None:
    event = {"id": new_id(), "kind": "child.edited", "payload": {"values": {"village": "x" * (MAX_BATCH_BYTES - 2_000)}}}
    assert admin.call("POST", "/push", json={"events": [event]}).status_code == 200


def test_an_event_whose_id_cannot_be_written_is_answered_where_it_comes_in_a_bundle(scene: Scene) -> None:
    """JSON from a bundle is read by Python's own reader, which takes half a surrogate pair; over HTTP it never gets so far."""
    event = codec.parse_json(b'{"id": "\\ud800", "kind": "child.edited", "record": "\\udfff", "payload": {"\\ud800": 1}}')
    district = scene.running.district
    now = dt.datetime.now(dt.UTC)
    with district.engine.begin() as connection:
        caller = authenticate(connection, district.id, scene.caller.token, now)
        answer = push(connection, district.id, caller, Push((event,)), now)
    assert json.loads(codec.encode(answer))["answers"][0]["status"] == "rejected"
