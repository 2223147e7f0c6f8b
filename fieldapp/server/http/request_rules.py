"""Rules for every request, before any handler: the size of a body, its encoding, the protocol's version. ASGI, no FastAPI."""

import gzip
import io
import zlib
from collections.abc import Callable

import zstandard
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fieldapp.server.problems import Refused, response
from fieldapp.wire import version
from fieldapp.wire.line import API
from fieldapp.wire.messages import MAX_BATCH_BYTES, MAX_PHOTO_BYTES
from fieldapp.wire.photo_group import MAX_TOGETHER_BYTES

_PHOTOS = f"{API}/photos"
_TOGETHER = f"{_PHOTOS}/together"
# What a frame may ask of memory to be decoded; the standard recommends that every decoder takes this much, and more is for special uses.
_MAX_WINDOW = 8 * 1024 * 1024
_OFFICE = "/office/"
# Twenty thousand rows of a received list, with the colours that spreadsheets carry.
_MAX_UPLOAD = 25_000_000


class BodyRules:
    """No body larger than its address may take, before and after decoding; gzip and zstd bodies are decoded here."""

    def __init__(self, app: ASGIApp, refuse: Callable[[Scope, Refused], Response]) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = _limit_of(scope["path"])
        try:
            if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
                raise Refused("wrong_request")  # PostgreSQL's text cannot hold the character 0, so nothing is called so
            if _announced(headers) > limit:
                raise Refused("too_large", limit=limit)
            receive = _limited(receive, limit)
            encoding = headers.get("content-encoding", "identity").strip().lower()
            if encoding != "identity":
                content = _decode(encoding, await _read_all(receive), limit)
                scope = _plain(scope, len(content))
                receive = _replay(content, receive)
        except Refused as refused:
            await self._refuse(scope, refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class ProtocolRule:
    """Everything under /api/v1 speaks a known version, and says so in every answer. Only `hello` may be asked without one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[version.HEADER] = str(version.NEWEST)
            await send(message)

        spoken = Headers(scope=scope).get(version.HEADER)
        may_be_silent = scope["path"] == f"{API}/hello" or scope["method"] == "OPTIONS"
        if _is_known(spoken) or (spoken is None and may_be_silent):
            await self._app(scope, receive, marked)
        else:
            refused = Refused("protocol_unsupported", oldest=version.OLDEST, newest=version.NEWEST)
            await response(refused)(scope, receive, marked)


def _limit_of(path: str) -> int:
    if path.startswith(_OFFICE):
        return _MAX_UPLOAD
    if path == _TOGETHER:
        return MAX_TOGETHER_BYTES
    return MAX_PHOTO_BYTES if path.startswith(_PHOTOS) else MAX_BATCH_BYTES


def _is_known(spoken: str | None) -> bool:
    return spoken is not None and spoken.isascii() and spoken.isdigit() and version.OLDEST <= int(spoken[:9]) <= version.NEWEST


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0


def _limited(receive: Receive, limit: int) -> Receive:
    received = 0

    async def limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise Refused("too_large", limit=limit)
        return message

    return limited


async def _read_all(receive: Receive) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused("wrong_request")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _decode(encoding: str, content: bytes, limit: int) -> bytes:
    """The decoded body, never more than `limit` of it: a few bytes may be made to unfold into gigabytes."""
    try:
        match encoding:
            case "gzip":
                with gzip.GzipFile(fileobj=io.BytesIO(content)) as reader:
                    decoded = reader.read(limit + 1)
            case "zstd":
                with zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(content, read_across_frames=True) as stream:
                    decoded = stream.read(limit + 1)
            case _:
                raise Refused("wrong_encoding", "Content-Encoding")
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise Refused("wrong_encoding", "Content-Encoding") from error
    if len(decoded) > limit:
        raise Refused("too_large", limit=limit)
    return decoded


def _plain(scope: Scope, length: int) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"content-encoding", b"content-length")]
    return {**scope, "headers": [*kept, (b"content-length", str(length).encode())]}


def _replay(content: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": content, "more_body": False}

    return replay
