"""The district server behind a real socket, for lines that fail as told: each request of a laptop goes through `requests` and uvicorn."""

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import requests
import uvicorn
from requests.adapters import HTTPAdapter
from starlette.types import ASGIApp

from fieldapp.server.command_line.server import listen

_SECONDS = (5.0, 30.0)


class Sockets:
    """Requests to one address, each thread over a connection of its own. `address` is where the server really listens."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._local = threading.local()
        self._sessions: list[requests.Session] = []

    def carry(self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, arriving: int | None = None) -> requests.Response:
        place = urlsplit(url)
        target = f"{place.path}?{place.query}" if place.query else place.path
        if arriving is not None:
            self._cut(method, target, headers, body, arriving)
            return requests.Response()
        return self._session().request(
            method, self.address + target, data=body, headers=dict(headers), timeout=_SECONDS, allow_redirects=False
        )

    def _cut(self, method: str, target: str, headers: Mapping[str, str], body: bytes, arriving: int) -> None:
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=_SECONDS[1])
        connection.putrequest(method, target)
        for name, value in headers.items():
            connection.putheader(name, value)
        # One more than there is: also of a request without a body some part never arrives.
        connection.putheader("Content-Length", str(len(body) + 1))
        connection.endheaders(body[:arriving])
        connection.close()

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            self._local.session.trust_env = False
            self._local.session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0))
            self._sessions.append(self._local.session)
        session: requests.Session = self._local.session
        return session

    def close(self) -> None:
        for session in self._sessions:
            session.close()


@contextmanager
def over_http(app: ASGIApp) -> Iterator[Sockets]:
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", ws="none", date_header=False, timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    listener = listen("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, args=([listener],), name="district server")
    thread.start()
    sockets = Sockets(f"http://127.0.0.1:{listener.getsockname()[1]}")
    try:
        yield sockets
    finally:
        sockets.close()
        server.should_exit = True
        thread.join()
        listener.close()
