"""A line between the laptop's HTTP client and its district that fails as told, byte by byte. Works above a real socket and without one.

The faults of `tests.support.faults` strike a named call of the transport; these strike the n-th request, whatever it is, so that schedules
can be drawn.
"""

import datetime as dt
import re
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import requests

from fieldapp.sync.http import HttpTransport
from fieldapp.wire.line import PROBLEM_TYPE, RECEIPT_HEADER
from tests.support.asgi import answer

_SIGNATURE = re.compile(rb'("signature":")([0-9a-f]+)(")')


class LineFault(StrEnum):
    CUT_BEFORE = "the request never arrives"
    CUT_DURING = "half of the request arrives"
    CUT_AFTER = "the server has done it, and its answer is lost"
    TIMEOUT_AFTER = "the server has done it, and its answer takes too long"
    HALF_ANSWER = "the line breaks in the middle of the answer"
    HALF_JSON = "the answer is half a JSON and says it is whole"
    ERROR_BEFORE = "500 instead of doing it"
    ERROR_AFTER = "the server has done it, and says 500"
    PROBLEM_AFTER = "the server has done it, and says so as a problem of its own"
    FALSE_RECEIPTS = "the server has done it, and something in between changes its signatures"
    BUSY = "503 from something in front of the server"
    PUSHES_FAIL = "from here to the end of the sync the server stumbles over every push"
    CAPTIVE_PORTAL = "something else answers 200 with HTML"
    TWICE = "the request arrives twice, and the second answer comes back"
    LATE = "the request seems lost, and arrives when nobody waits for it any more"
    AGAIN_LATER = "the request is answered, and arrives once more later"
    WHAT_WAS_LATE_ARRIVES = "all that was delayed arrives just before this request"
    SLOW = "the answer takes minutes"
    # Not the line's own, but what may happen at the moment of any request.
    KILLED_BEFORE = "the laptop's program is killed before the request leaves"
    KILLED_AFTER = "the laptop's program is killed while the server does it"
    KILLED_BETWEEN_WRITES = "some of what this sync has still to write is on the laptop's disk when its program is killed"
    LAPTOP_DISK_FULL = "from here on the laptop's disk is full"
    CLOCK_JUMPS = "the laptop's clock jumps by years"
    SERVER_DISK_FULL = "the server has no room for photos at this request"
    DATABASE_LOST = "the server loses its database connection in the middle of this request"


class Killed(BaseException):
    """The laptop's program is gone: nothing catches this."""


class Carry(Protocol):
    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, arriving: int | None = None
    ) -> requests.Response: ...


@dataclass(frozen=True, slots=True)
class _Sent:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


Moment = Callable[[], AbstractContextManager[None]]


@dataclass
class FaultyLine:
    """`moments` are what happens around a request at the faults that are not the line's own; `page_limit` makes pull pages small."""

    carry: Carry
    moments: Mapping[LineFault, Moment] = field(default_factory=dict)
    page_limit: int | None = None
    passed: int = 0
    struck: list[LineFault] = field(default_factory=list)
    _faults: dict[int, LineFault] = field(default_factory=dict)
    _pushes_fail: bool = False
    _late: list[_Sent] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def strike(self, faults: Mapping[int, LineFault]) -> None:
        """The faults meet the requests of these numbers, counted from 1 now; what was told before is forgotten."""
        with self._lock:
            self._faults = {self.passed + number: fault for number, fault in faults.items()}
            self._pushes_fail = False

    def deliver_late(self) -> None:
        """What was delayed arrives now, and nobody hears the answers."""
        with self._lock:
            late, self._late = self._late, []
        for sent in late:
            self._pass(sent)

    def request(self, method: str, url: str, *, data: Any, headers: Mapping[str, str], **_how: Any) -> requests.Response:
        """What `requests.Session.request` is to the client."""
        if self.page_limit and "/pull?" in url:
            url = f"{url}&limit={self.page_limit}"
        sent = _Sent(method, url, headers, data.read() if hasattr(data, "read") else data or b"")
        with self._lock:
            self.passed += 1
            fault = self._faults.pop(self.passed, None)
        self._pushes_fail = self._pushes_fail or fault is LineFault.PUSHES_FAIL
        if self._pushes_fail and url.endswith("/push"):
            return answer(500, {"Content-Type": "text/plain"}, b"Internal Server Error")
        if fault is None:
            return self._pass(sent)
        self.struck.append(fault)
        with self.moments.get(fault, nullcontext)():
            return self._strike(fault, sent)

    def _pass(self, sent: _Sent, *, arriving: int | None = None) -> requests.Response:
        return self.carry(sent.method, sent.url, sent.headers, sent.body, arriving=arriving)

    def _strike(self, fault: LineFault, sent: _Sent) -> requests.Response:
        match fault:
            case LineFault.CUT_BEFORE:
                raise requests.ConnectionError
            case LineFault.LATE:
                self._late.append(sent)
                raise requests.ReadTimeout
            case LineFault.CUT_DURING:
                self._pass(sent, arriving=len(sent.body) // 2)
                raise requests.ConnectionError
            case LineFault.KILLED_BEFORE:
                raise Killed
            case LineFault.ERROR_BEFORE:
                return answer(500, {"Content-Type": "text/plain"}, b"Internal Server Error")
            case LineFault.BUSY:
                return answer(503, {"Content-Type": "text/html"}, b"<h1>Service Unavailable</h1>")
            case LineFault.CAPTIVE_PORTAL:
                return answer(200, {"Content-Type": "text/html"}, b"<html><body>Welcome to free Wi-Fi</body></html>")
            case LineFault.WHAT_WAS_LATE_ARRIVES:
                self.deliver_late()
            case LineFault.TWICE:
                self._pass(sent)
        response = self._pass(sent)
        match fault:
            case LineFault.CUT_AFTER:
                raise requests.ConnectionError
            case LineFault.TIMEOUT_AFTER:
                raise requests.ReadTimeout
            case LineFault.HALF_ANSWER:
                raise requests.exceptions.ChunkedEncodingError
            case LineFault.KILLED_AFTER:
                raise Killed
            case LineFault.HALF_JSON:
                return answer(response.status_code, response.headers, response.content[: len(response.content) // 2])
            case LineFault.ERROR_AFTER:
                return answer(500, {"Content-Type": "text/plain"}, b"Internal Server Error")
            case LineFault.PROBLEM_AFTER:
                return answer(500, {"Content-Type": PROBLEM_TYPE}, b'{"type":"x","title":"x","status":500,"code":"server_failed"}')
            case LineFault.AGAIN_LATER:
                self._late.append(sent)
            case LineFault.FALSE_RECEIPTS:
                return _falsified(response)
        return response


def _falsified(response: requests.Response) -> requests.Response:
    headers = dict(response.headers)
    if receipt := headers.get(RECEIPT_HEADER):
        said = urlsafe_b64decode(receipt + "=" * (-len(receipt) % 4))
        headers[RECEIPT_HEADER] = urlsafe_b64encode(_SIGNATURE.sub(_reversed, said)).decode().rstrip("=")
    return answer(response.status_code, headers, _SIGNATURE.sub(_reversed, response.content))


def _reversed(found: re.Match[bytes]) -> bytes:
    return found[1] + found[2][::-1] + found[3]


class LineTransport(HttpTransport):
    """The laptop's own HTTP transport over such a line."""

    def __init__(self, address: str, line: FaultyLine, *, now: Callable[[], dt.datetime]) -> None:
        super().__init__(address, now=now)
        self._line = line

    def _session(self) -> FaultyLine:  # type: ignore[override]
        return self._line
