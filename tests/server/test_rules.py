"""What holds for every request: protocol, encodings, sizes, and one shape for whatever goes wrong."""

import asyncio
import gzip
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import zstandard

from fieldapp.server.problems import PROBLEMS, LastResort, Refused, response
from fieldapp.wire import codec
from fieldapp.wire.messages import MAX_BATCH_BYTES, ProblemDetails, PushAnswer
from tests.support.district import make_child, make_visit, visit_event
from tests.support.district_server import Running


def problem(answer: requests.Response) -> ProblemDetails:
    assert answer.headers["Content-Type"] == "application/problem+json"
    found = codec.decode(ProblemDetails, answer.content)
    assert (found.status, found.title) == (answer.status_code, PROBLEMS[found.code][1])
    return found


def a_push(running: Running) -> bytes:
    teacher = running.district.add_person("teacher")
    child = make_child()
    case_id = running.district.add_case(teacher, child=child)
    return json.dumps({"events": [codec.event_to_wire(visit_event(make_visit(case_id, child.id, teacher.id)))]}).encode()


@pytest.mark.parametrize("spoken", ["2", "0", "one", "", "99999999999999999999"])
def test_another_protocol_is_refused_with_the_versions_spoken(running: Running, spoken: str) -> None:
    answer = requests.get(f"{running.url}/api/v1/hello", headers={"Fieldapp-Protocol": spoken}, timeout=30)
    found = problem(answer)
    assert (found.status, found.code, found.data) == (426, "protocol_unsupported", {"oldest": "1", "newest": "1"})


def test_every_answer_tells_the_protocol(running: Running) -> None:
    stranger = running.stranger()
    answers = [stranger.call("GET", path) for path in ("/hello", "/pull?cursor=0", "/nothing", "/pull")]
    assert {answer.headers["Fieldapp-Protocol"] for answer in answers} == {"1"}


def test_hello_tells_who_answers_to_anyone(running: Running) -> None:
    found = requests.get(f"{running.url}/api/v1/hello", timeout=30).json()
    assert (found["service"], found["district_id"], found["signing_key"]) == (
        "fieldapp",
        running.district.id,
        running.district.found.signing_key,
    )


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/nothing", (404, "not_found", "")),
        ("PUT", "/push", (405, "wrong_method", "")),
        ("GET", "/pull", (422, "wrong_value", "cursor")),
        ("GET", "/pull?cursor=-1", (422, "wrong_value", "cursor")),
        ("GET", "/pull?cursor=0&limit=99999", (422, "wrong_value", "limit")),
        ("GET", "/photos/by-hash/..%2fsecret", (404, "not_found", "")),
    ],
)
def test_what_goes_wrong_has_one_shape(running: Running, method: str, path: str, expected: tuple[int, str, str]) -> None:
    running.district.add_person("teacher")
    found = problem(running.caller("teacher").call(method, path))
    assert (found.status, found.code, found.field) == expected


def test_without_a_token_nothing_is_told(running: Running) -> None:
    stranger = running.stranger()
    for method, path in (("GET", "/pull?cursor=0"), ("POST", "/push"), ("GET", "/accounts"), ("GET", "/cases"), ("DELETE", "/session")):
        answer = stranger.call(method, path)
        assert problem(answer).code == "sign_in.session_ended"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("cut", [0, 1, 40, -1])
def test_half_a_json_is_a_refusal_and_no_failure(running: Running, cut: int) -> None:
    body = a_push(running)
    answer = running.caller("teacher").call("POST", "/push", data=body[:cut])
    assert (answer.status_code, problem(answer).code) == (400, "not_json")


@pytest.mark.parametrize("body", [b"[]", b'{"events": {}}', b'{"events": [1]}', b"{}", b'"\\ud800"', b"[" * 100_000])
def test_json_that_is_no_push_is_refused(running: Running, body: bytes) -> None:
    running.district.add_person("teacher")
    answer = running.caller("teacher").call("POST", "/push", data=body)
    assert (answer.status_code, problem(answer).code) in {(422, "wrong_value"), (400, "not_json")}


@pytest.mark.parametrize("body", [b"", b"{", b'{"account": "a"}', b'{"account": 1, "password": 2, "device_id": 3, "device_name": 4}'])
def test_a_sign_in_that_is_none_is_refused(running: Running, body: bytes) -> None:
    answer = running.stranger().call("POST", "/session", data=body, headers={"Content-Type": "application/json"})
    assert problem(answer).status in (400, 422)


@pytest.mark.parametrize(("encoding", "encode"), [("gzip", gzip.compress), ("zstd", zstandard.ZstdCompressor().compress)])
def test_a_compressed_body_is_understood(running: Running, encoding: str, encode: Any) -> None:
    body = encode(a_push(running))
    answer = running.caller("teacher").call("POST", "/push", data=body, headers={"Content-Encoding": encoding})
    assert answer.status_code == 200
    assert codec.decode(PushAnswer, answer.content).answers[0].status == "accepted"


@pytest.mark.parametrize(("encoding", "encode"), [("gzip", gzip.compress), ("zstd", zstandard.ZstdCompressor().compress)])
def test_a_body_that_unfolds_into_too_much_is_refused(running: Running, encoding: str, encode: Any) -> None:
    body = encode(b" " * (50 * MAX_BATCH_BYTES))
    assert len(body) < MAX_BATCH_BYTES
    answer = running.stranger().call("POST", "/push", data=body, headers={"Content-Encoding": encoding})
    assert problem(answer).code == "too_large"


@pytest.mark.parametrize("encoding", ["gzip", "zstd", "br", "deflate"])
def test_a_body_that_is_not_what_its_encoding_says_is_refused(running: Running, encoding: str) -> None:
    answer = running.stranger().call("POST", "/push", data=b"{}", headers={"Content-Encoding": encoding})
    assert problem(answer).code == "wrong_encoding"


def test_a_body_that_is_too_large_is_refused_with_or_without_its_length(running: Running) -> None:
    running.district.add_person("teacher")
    caller = running.caller("teacher")
    assert problem(caller.call("POST", "/push", data=b" " * (MAX_BATCH_BYTES + 1))).code == "too_large"
    pieces = (b" " * 100_000 for _ in range(11))
    assert problem(caller.call("POST", "/push", data=pieces)).code == "too_large"


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_answers_are_compressed_for_who_asks(running: Running, encoding: str) -> None:
    teacher = running.district.add_person("teacher")
    running.district.add_cases(50, teacher)
    caller = running.caller("teacher")
    plain = caller.call("GET", "/pull?cursor=0", headers={"Accept-Encoding": "identity"})
    packed = caller.call("GET", "/pull?cursor=0", headers={"Accept-Encoding": encoding}, stream=True)
    raw = packed.raw.read()
    assert packed.headers["Content-Encoding"] == encoding
    unpacked = gzip.decompress(raw) if encoding == "gzip" else zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    assert unpacked == plain.content
    assert len(raw) < len(plain.content) / 4


def test_the_api_describes_itself(running: Running) -> None:
    described = requests.get(f"{running.url}/openapi.json", timeout=30).json()
    assert described["openapi"].startswith("3.")
    paths = {path.removeprefix("/api/v1") for path in described["paths"]}
    assert paths >= {"/hello", "/session", "/session/refresh", "/push", "/pull", "/photos", "/accounts", "/assignments", "/reports/ladder"}
    assert {"PushAnswer", "PullPage", "Receipt", "SignIn"} <= set(described["components"]["schemas"])


def test_the_office_page_tells_the_districts_name_and_nothing_of_children(running: Running) -> None:
    running.district.add_cases(2)
    answer = requests.get(f"{running.url}/office", timeout=30)
    assert "เขตทดสอบ" in answer.text
    assert "ธนกร" not in answer.text


def test_a_failure_is_answered_and_logged_without_what_it_was_about(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    """A broken database, as far as a request can tell: the message of the error holds a name, the log must not."""

    async def failing(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("ธนกร พิมพ์สวัสดิ์ 1103700000001")

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    last = LastResort(failing, answer=lambda scope, failure: response(Refused("server_failed", failure=failure)))
    # In a thread of its own: where a browser was tried in this run, a loop stands in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, last({"type": "http"}, None, send)).result()  # type: ignore[arg-type]
    found = codec.decode(ProblemDetails, sent[1]["body"])
    assert (sent[0]["status"], found.code) == (500, "server_failed")
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert found.data["failure"] in record.getMessage()
    assert "RuntimeError" in record.getMessage()
    assert "ธนกร" not in caplog.text
    assert record.exc_info is None
    caplog.clear()


def test_nothing_that_happens_puts_a_name_into_the_log(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    teacher = running.district.add_person("teacher")
    child = make_child("ชื่อที่ปลูกไว้", national_id="1103700000001")
    case_id = running.district.add_case(teacher, child=child)
    caller = running.caller("teacher")
    caller.push(visit_event(make_visit(case_id, child.id, teacher.id, note="คำตอบที่ปลูกไว้")))
    caller.pull()
    running.caller("officer").call("GET", "/cases")
    text = "\n".join(record.getMessage() for record in caplog.records if record.name != "urllib3.connectionpool")
    assert "ปลูกไว้" not in text
    assert "1103700000001" not in text
