"""What every handler needs, and the one wrapper that authorises it and owns its transaction.

A handler is a plain function `(work, …) -> Response`: the wrapper opens the transaction, finds out who calls, and commits when the handler
returns. A raised refusal rolls back. Knows nothing of any resource.
"""

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from sqlalchemy import Connection, Engine
from starlette.requests import ClientDisconnect

from fieldapp.domain.reference import Role
from fieldapp.server import audit
from fieldapp.server.access import auth
from fieldapp.server.access.scope import Caller
from fieldapp.server.district import District
from fieldapp.server.photos.store import PhotoStore
from fieldapp.server.photos.taking import Intake
from fieldapp.server.problems import Refused
from fieldapp.wire import codec

EVERYONE = frozenset(Role)

Handler = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Server:
    """One process of the district server. It keeps nothing of its own between two requests; any number of them may run."""

    engine: Engine
    district: District
    photos: PhotoStore
    intake: Intake
    clock: Callable[[], dt.datetime]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For questions of which each stands for itself: no transaction is begun or ended around them."""
        with self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


@dataclass(frozen=True, slots=True)
class Work:
    """One authorised request in its transaction."""

    server: Server
    connection: Connection
    caller: Caller
    now: dt.datetime
    # Why the caller may do nothing any more but leave what was not sent; '' for everyone else.
    held_as: str = ""

    @property
    def district_id(self) -> str:
        return self.server.district.id

    def note(self, action: audit.Action, subject: str, detail: dict[str, Any] | None = None) -> None:
        """What the caller did or saw, for the audit."""
        audit.note(
            self.connection,
            self.district_id,
            action,
            [(subject, detail or {})],
            person_id=self.caller.person_id,
            device_id=self.caller.device_id,
            at=self.now,
        )


def server_of(request: Request) -> Server:
    server: Server = request.app.state.server
    return server


async def _this_server(request: Request) -> Server:
    # Not a plain function: for those FastAPI goes through a thread, which costs more than the answer.
    return server_of(request)


ThisServer = Annotated[Server, Depends(_this_server)]


def handler(roles: frozenset[Role] = EVERYONE, *, last_word: bool = False) -> Callable[[Handler], Handler]:
    """Make a route of a function whose first parameter is its `Work`. `last_word`: also for who was barred, with `Work.held_as`."""

    def make(act: Handler) -> Handler:
        @wraps(act)
        def run(request: Request, **given: Any) -> Response:
            server = server_of(request)
            now = server.clock()
            with server.engine.begin() as connection:
                caller, held_as = _caller(connection, server, bearer_token(request), now, last_word=last_word)
                if caller.role not in roles:
                    raise Refused("not_allowed")
                return act(Work(server, connection, caller, now, held_as), **given)

        own = list(inspect.signature(act).parameters.values())[1:]
        first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
        run.__signature__ = inspect.Signature([first, *own], return_annotation=Response)  # type: ignore[attr-defined]
        return run

    return make


def _caller(connection: Connection, server: Server, token: str, now: dt.datetime, *, last_word: bool) -> tuple[Caller, str]:
    try:
        return auth.authenticate(connection, server.district.id, token, now), ""
    except Refused:
        found = auth.barred(connection, server.district.id, token) if last_word else None
        if found is None:
            raise
        return found


def bearer_token(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("sign_in.session_ended")
    return token


def caller_of(server: Server, request: Request) -> Caller:
    """Who calls, without a transaction: for handlers that must not hold one while they move bytes."""
    with server.reading() as connection:
        return auth.authenticate(connection, server.district.id, bearer_token(request), server.clock())


def reply(message: Any, status: int = 200) -> Response:
    """A message of `wire.messages` as an answer."""
    return Response(codec.encode(message), status, media_type="application/json")


@dataclass(frozen=True, slots=True)
class Body:
    """A request's bytes; `cut` where the line broke before all of them came."""

    content: bytes
    cut: bool


async def whole_body(request: Request) -> bytes:
    return await request.body()


async def body_so_far(request: Request) -> Body:
    """What arrived, even where the line broke: an upload goes on from there."""
    parts: list[bytes] = []
    try:
        async for part in request.stream():
            parts.append(part)
    except ClientDisconnect:
        return Body(b"".join(parts), cut=True)
    return Body(b"".join(parts), cut=False)


RawBody = Annotated[bytes, Depends(whole_body)]
ArrivedBody = Annotated[Body, Depends(body_so_far)]
