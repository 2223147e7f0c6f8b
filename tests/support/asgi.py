"""The district server without a socket: a request goes straight into the application as bytes, and the answer comes back as bytes.

Everything above and below the socket is the real thing: the server's rules, handlers and transactions on the one side, what the laptop's
own HTTP client makes of an answer on the other.
"""

import asyncio
import io
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import requests
from requests.structures import CaseInsensitiveDict
from starlette.types import ASGIApp, Message


class InProcess:
    """An application in an event loop of its own. Requests may come from several threads at once."""

    def __init__(self, app: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, arriving: int | None = None) -> requests.Response:
        """The answer to one request; `arriving`: only so many bytes of its body arrive, then the line is gone."""
        answering = self._answer(method, url, headers, body, arriving)
        status, fields, content = asyncio.run_coroutine_threadsafe(answering, self._loop).result()
        return answer(status, fields, b"" if method == "HEAD" else content)

    async def _answer(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, arriving: int | None
    ) -> tuple[int, dict[str, str], bytes]:
        place = urlsplit(url)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": place.path,
            "raw_path": place.path.encode(),
            "root_path": "",
            "query_string": place.query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        coming: list[Message] = [{"type": "http.request", "body": body[:arriving], "more_body": arriving is not None}]
        status, fields, parts = 0, {}, []

        async def receive() -> Message:
            return coming.pop() if coming else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal status, fields
            if message["type"] == "http.response.start":
                status = message["status"]
                fields = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                parts.append(message.get("body", b""))

        await self._app(scope, receive, send)
        return status, fields, b"".join(parts)


def answer(status: int, headers: Mapping[str, str], content: bytes) -> requests.Response:
    """An answer as `requests` gives it, read to its end."""
    made = requests.Response()
    made.status_code = status
    made.headers = CaseInsensitiveDict(headers)
    made._content = content
    made.raw = io.BytesIO(content)
    made.raw.seek(0, io.SEEK_END)
    return made


@contextmanager
def in_process(app: ASGIApp) -> Iterator[InProcess]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="district server")
    thread.start()
    try:
        yield InProcess(app, loop)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
