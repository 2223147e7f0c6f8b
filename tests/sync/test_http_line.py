"""What may stand between a laptop and its district, and what the laptop makes of it."""

import datetime as dt
import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.errors import FieldappError, Offline, ServerProblem, SignInNeeded
from fieldapp.sync.address import server_address
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.transport import PhotoToSend
from fieldapp.wire import codec
from fieldapp.wire.messages import Push
from tests.support.records import NOW
from tests.support.scripted import answer, scripted

OURS = "Fieldapp-Protocol: 1"
GOLDEN = Path(__file__).parents[1] / "wire" / "golden"
PAGE = b'{"changes":[],"cursor":7,"more":false,"sequence":7}'
PHOTO = PhotoToSend("0190a000-0000-7000-8000-000000000040", "ab" * 32, 4, "image/jpeg")


def line(address: str, *, read_seconds: float = 5.0) -> HttpTransport:
    return HttpTransport(address, now=lambda: NOW, read_seconds=read_seconds)


def problem(code: str, status: int, **data: str) -> bytes:
    body = {"type": "x", "title": "x", "status": status, "code": code, "data": data}
    return answer(f"{status} X", json.dumps(body).encode(), OURS, "Content-Type: application/problem+json")


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (answer("200 OK", b"<html>Please log in</html>", "Content-Type: text/html"), Offline("offline.not_the_server")),
        (answer("200 OK", PAGE), Offline("offline.not_the_server")),
        (answer("302 Found", b"", "Location: http://portal.example/"), Offline("offline.not_the_server")),
        (answer("404 Not Found", b"<html>", "Content-Type: text/html"), Offline("offline.not_the_server")),
        (answer("200 OK", b"<html></html>", OURS), Offline("offline.broken_answer")),
        (answer("200 OK", PAGE[:20], OURS), Offline("offline.broken_answer")),
        (answer("200 OK", PAGE[:20], OURS, length=len(PAGE)), Offline("offline.broken_answer")),
        (answer("200 OK", gzip.compress(PAGE)[:20], OURS, "Content-Encoding: gzip"), Offline("offline.broken_answer")),
        (answer("200 OK", PAGE, OURS, "Content-Encoding: gzip"), Offline("offline.broken_answer")),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Offline("offline.unreachable")),
        (b"", Offline("offline.unreachable")),
        (None, Offline("offline.timeout")),
        (answer("502 Bad Gateway", b"<html>"), Offline("offline.unreachable")),
        (answer("500 Oops", b"Internal Server Error"), ServerProblem("server_failed", 500)),
        (answer("500 Oops", b"Internal Server Error", OURS), ServerProblem("server_failed", 500)),
        (problem("protocol_unsupported", 426, oldest="2", newest="3"), ServerProblem("protocol_unsupported", 426, oldest="2", newest="3")),
        (answer("426 Upgrade Required", b"another shape", "Fieldapp-Protocol: 9"), ServerProblem("protocol_unsupported", 426)),
        (problem("rate_limited", 429, seconds="60"), ServerProblem("rate_limited", 429, seconds="60")),
        (problem("sign_in.session_ended", 401), SignInNeeded("sign_in.session_ended")),
        (problem("sign_in.device_revoked", 403), SignInNeeded("sign_in.device_revoked")),
        (answer("401 X", b"", OURS), SignInNeeded("sign_in.session_ended")),
    ],
)
def test_what_is_no_answer_becomes_a_known_error(sent: bytes | None, error: FieldappError) -> None:
    with scripted(sent) as server:
        transport = line(server.address, read_seconds=0.2 if sent is None else 5.0)
        with pytest.raises(FieldappError) as caught:
            transport.pull("token", 0)
        transport.close()
    assert type(caught.value) is type(error)
    assert (caught.value.code, caught.value.data) == (error.code, error.data)


def test_nobody_there_is_unreachable() -> None:
    with scripted() as server:
        address = server.address
    with pytest.raises(Offline) as caught:
        line(address).hello()
    assert caught.value.code == "offline.unreachable"


def test_a_good_answer_is_counted_and_measures_the_clock() -> None:
    with scripted(answer("200 OK", PAGE, OURS, "Date: Sun, 22 Nov 2026 03:40:00 GMT")) as server:
        transport = line(server.address)
        assert transport.pull("token", 3).cursor == 7
        transport.close()
    assert (transport.traffic.requests, transport.traffic.down) == (1, len(PAGE))
    assert transport.clock_offset == dt.timedelta(minutes=10)
    head = server.requests[0].decode()
    assert head.startswith("GET /api/v1/pull?cursor=3 HTTP/1.1\r\n")
    assert "\r\nFieldapp-Protocol: 1\r\n" in head
    assert "\r\nAuthorization: Bearer token\r\n" in head


def test_a_large_push_goes_compressed_and_is_counted_as_it_travels() -> None:
    event = json.loads((GOLDEN / "event.visit.recorded.json").read_text(encoding="utf-8"))
    push = Push((event,) * 20)
    with scripted(answer("200 OK", b'{"answers":[]}', OURS)) as server:
        transport = line(server.address)
        transport.push("token", push)
        transport.close()
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert b"Content-Encoding: gzip" in head
    assert codec.decode(Push, gzip.decompress(body)) == push
    assert transport.traffic.up == len(body) < 2_000


def test_a_token_follows_no_upload_to_another_server() -> None:
    created = answer("201 Created", b"", OURS, "Location: http://elsewhere.example/uploads/9?x=1", "Upload-Offset: 2")
    with scripted(created, answer("204 No Content", b"", OURS, "Upload-Offset: 4")) as server:
        transport = line(server.address)
        standing = transport.begin_photo("token", PHOTO, b"ab")
        assert standing.upload == f"{server.address}/uploads/9?x=1"
        assert transport.send_photo("token", standing.upload, 2, b"cd") == replace(standing, offset=4)
        transport.close()
    begun, continued = (request.decode() for request in server.requests)
    assert "Upload-Length: 4\r\n" in begun and begun.endswith("\r\n\r\nab")
    assert "Upload-Metadata: photo_id MDE5MGEwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDQw,sha256 " in begun
    assert continued.startswith("PATCH /uploads/9?x=1 ")
    assert "Upload-Offset: 2\r\n" in continued and continued.endswith("\r\n\r\ncd")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("kalasin3.example.go.th", "https://kalasin3.example.go.th"),
        (" https://kalasin3.example.go.th:443/ ", "https://kalasin3.example.go.th"),
        ("https://example.go.th:8443/khet3/", "https://example.go.th:8443/khet3"),
        ("http://127.0.0.1:8460", "http://127.0.0.1:8460"),
        ("http://localhost:8460/", "http://localhost:8460"),
        ("http://[::1]:8460", "http://[::1]:8460"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://kalasin3.example.go.th", "offline.insecure"),
        ("http://192.168.1.7:8460", "offline.insecure"),
        ("http://localhost.example.com", "offline.insecure"),
        ("ftp://example.go.th", "offline.unreachable"),
        ("https://", "offline.unreachable"),
        ("https://user:secret@example.go.th", "offline.unreachable"),
        ("https://example.go.th:port", "offline.unreachable"),
        ("", "offline.unreachable"),
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Offline) as caught:
        HttpTransport(typed, now=lambda: NOW)
    assert caught.value.code == code
