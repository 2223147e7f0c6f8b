"""The limit for everything over HTTP: a bare server from the standard library, as a process of its own.

GET answers with the file that it was started with; POST writes the body to a new file and syncs it to disk before it answers.
"""

import itertools
import os
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_NUMBERS = itertools.count()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    payload = b""
    folder = Path()

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        self._answer(200, self.payload)

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with (self.folder / str(next(_NUMBERS))).open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        self._answer(201, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Quiet: printing would be part of what is measured."""


def main() -> None:
    if len(sys.argv) > 1:
        Handler.payload = Path(sys.argv[1]).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        Handler.folder = Path(folder)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
