"""Refusals on the wire: one table of codes, one shape (RFC 9457), one place where an unexpected error ends.

An unexpected error is logged by an id, its type and the lines it passed; its message may hold a name or an answer and is not logged.
"""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fieldapp.domain.identifiers import new_id
from fieldapp.errors import SetupError
from fieldapp.server.photos.store import NoRoom
from fieldapp.wire import codec
from fieldapp.wire.codec import Unreadable
from fieldapp.wire.line import PROBLEM_TYPE
from fieldapp.wire.messages import ProblemDetails

_log = logging.getLogger("fieldapp.server")

_BUSY_SECONDS, _FULL_SECONDS = 5, 600
# PostgreSQL's codes for a full disk.
_NO_ROOM = frozenset({"53100"})


PROBLEMS: dict[str, tuple[int, str]] = {
    "not_json": (400, "The body is not JSON"),
    "wrong_request": (400, "The request cannot be understood"),
    "sign_in.wrong_password": (401, "Account or password is wrong"),
    "sign_in.session_ended": (401, "The session has ended"),
    "sign_in.wrong_code": (401, "Account or one-time code are wrong"),
    "sign_in.code_used": (403, "The one-time code was used before"),
    "sign_in.code_expired": (403, "The one-time code has run out"),
    "sign_in.short_password": (422, "The new password is too short"),
    "sign_in.account_expired": (403, "The account has expired"),
    "sign_in.account_closed": (403, "The account is closed"),
    "sign_in.device_revoked": (403, "The device was revoked"),
    "not_allowed": (403, "This role may not do this"),
    "not_yours": (403, "The record is not in your scope"),
    "unknown_record": (404, "There is no such record"),
    "not_found": (404, "There is nothing at this address"),
    "wrong_method": (405, "The method does not fit the address"),
    "pull.forgotten": (409, "The district was put back to a time before this cursor; data.known is the last number that both know"),
    "pull.new_scope": (409, "The caller's role or school changed; read again from 0"),
    "already_decided": (409, "Someone else decided this before"),
    "upload.wrong_offset": (409, "The upload stands at another offset"),
    "upload.gone": (410, "The upload has expired or was ended"),
    "upload.wrong_version": (412, "Only tus 1.0.0 is spoken here"),
    "too_large": (413, "The body is too large"),
    "batch_too_large": (413, "Too many events in one batch"),
    "photo.unreadable": (415, "The bytes are not a picture of an accepted kind"),
    "wrong_encoding": (415, "The encoding of the body is not understood"),
    "wrong_value": (422, "A value is not what it should be"),
    "mismatch": (422, "Two values that must agree do not"),
    "protocol_unsupported": (426, "The protocol version is not spoken here"),
    "rate_limited": (429, "Too many tries; wait"),
    "photo.wrong_hash": (460, "The bytes are not those that were announced"),
    "server_failed": (500, "The server failed"),
    "server_busy": (503, "The server cannot answer now"),
    "server_full": (503, "The server has no room left"),
}


class Refused(Exception):
    """A request that is refused: one of PROBLEMS' codes. `data` are facts for the person's sentence."""

    def __init__(self, code: str, field: str = "", *, headers: dict[str, str] | None = None, **data: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.headers = headers or {}
        self.data = {name: str(value) for name, value in data.items()}


def require_text(field: str, *values: str | None) -> None:
    """PostgreSQL's text cannot hold the character 0. Raises Refused."""
    if any(value and "\x00" in value for value in values):
        raise Refused("wrong_value", field)


def response(refused: Refused) -> Response:
    """The refusal as an answer."""
    status, title = PROBLEMS[refused.code]
    details = ProblemDetails(f"urn:fieldapp:problem:{refused.code}", title, status, refused.code, field=refused.field, data=refused.data)
    headers = dict(refused.headers)
    if status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    if "seconds" in refused.data:
        headers.setdefault("Retry-After", refused.data["seconds"])
    return Response(codec.encode(details), status, headers, PROBLEM_TYPE)


def install(app: FastAPI) -> None:
    """Known errors, from wherever they come, become problems."""
    app.add_exception_handler(Refused, lambda request, error: response(error))
    app.add_exception_handler(Unreadable, _unreadable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(SetupError, _bad_value)
    app.add_exception_handler(NoRoom, _full)
    app.add_exception_handler(OperationalError, _database)
    app.add_exception_handler(PoolTimeout, _busy)


def _unreadable(request: Request, error: Any) -> Response:
    return response(Refused("not_json" if error.code == "not_json" else "wrong_value", error.field))


def _invalid(request: Request, error: Any) -> Response:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return response(Refused("not_json"))
    return response(Refused("wrong_value", ".".join(str(part) for part in first["loc"][1:])))


def _http(request: Request, error: Any) -> Response:
    code = {404: "not_found", 405: "wrong_method"}.get(error.status_code, "wrong_request")
    return response(Refused(code, headers=dict(error.headers or {})))


def _bad_value(request: Request, error: Any) -> Response:
    """The office gave a value that the code beneath cannot take."""
    field = str(error.data.get("field", ""))
    return response(Refused("wrong_value", field, reason=str(error.data.get("reason", ""))))


def _database(request: Request, error: Any) -> Response:
    return response(database_refusal(error))


def database_refusal(error: OperationalError) -> Refused:
    """What a database that cannot do its work means for who asks."""
    if getattr(error.orig, "sqlstate", None) in _NO_ROOM:
        return server_full()
    _log.error("database does not answer: %s", type(error).__name__)
    return Refused("server_busy", seconds=_BUSY_SECONDS)


def server_full() -> Refused:
    _log.error("no room left on the disk")
    return Refused("server_full", seconds=_FULL_SECONDS)


def _full(request: Request, error: Any) -> Response:
    return response(server_full())


def _busy(request: Request, error: Any) -> Response:
    _log.error("database does not answer: %s", type(error).__name__)
    return response(Refused("server_busy", seconds=_BUSY_SECONDS))


class LastResort:
    """Around everything: an unexpected error becomes an answer with a number, and a line in the log that holds no one's data."""

    def __init__(self, app: ASGIApp, answer: Callable[[Scope, str], Response]) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            _log.info("a request was cut on its way")  # an everyday thing in the field; nobody is left to answer
        except Exception as error:  # noqa: BLE001 - the one place: whatever it is, the client gets an answer and the log a trace
            failure = new_id()
            where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[-6:]))
            _log.error("failure %s: %s at %s", failure, type(error).__name__, where)
            if not started:
                await self._answer(scope, failure)(scope, receive, send)
