"""What stands before several server processes: a balancer that gives each request to the next of them, whoever sends it."""

import http.client
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import urlsplit

_OF_THE_LINE = {"connection", "keep-alive", "transfer-encoding"}


@dataclass
class Balancer:
    """`requests` by server; `asked` by who asked (the token), in the order in which they came in; `failed` are answers of 500 and more."""

    address: str = ""
    requests: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    # The servers that had a part in one upload, by its address.
    uploads: dict[str, set[str]] = field(default_factory=dict)


@contextmanager
def balancer(servers: Sequence[str]) -> Iterator[Balancer]:
    seen = Balancer()
    turn = count()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server = servers[next(turn) % len(servers)]
            line = self._line(server)
            line.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in _OF_THE_LINE:
                    line.putheader(name, value)
            line.endheaders(body)
            answer = line.getresponse()
            content = answer.read()
            with lock:
                seen.requests[server] += 1
                seen.asked[self.headers.get("Authorization", "")] += 1
                seen.failed += answer.status >= 500
                upload = answer.headers.get("Location") if self.command == "POST" else self.path
                if upload and "/photos/" in upload:
                    seen.uploads.setdefault(upload, set()).add(server)
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.headers.items():
                if name.lower() not in {*_OF_THE_LINE, "content-length"}:
                    self.send_header(name, value)
            if answer.status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_HEAD = do_DELETE = do_OPTIONS = _pass_on  # noqa: N815 - as http.server calls them

        def setup(self) -> None:
            super().setup()
            self._lines: dict[str, http.client.HTTPConnection] = {}

        def finish(self) -> None:
            super().finish()
            for line in self._lines.values():
                line.close()

        def _line(self, server: str) -> http.client.HTTPConnection:
            """One for each client's connection and server."""
            if server not in self._lines:
                self._lines[server] = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
            return self._lines[server]

        def log_message(self, *_what: object) -> None:
            pass

    class Front(ThreadingHTTPServer):
        daemon_threads = False
        request_queue_size = 256

    with Front(("127.0.0.1", 0), Handler) as front:
        seen.address = f"http://127.0.0.1:{front.server_port}"
        serving = threading.Thread(target=front.serve_forever, args=(0.05,))
        serving.start()
        try:
            yield seen
        finally:
            front.shutdown()
            serving.join()
