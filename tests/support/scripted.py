"""A server that answers with given bytes, whatever they are: for what may stand between a laptop and its district."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Scripted:
    """`answers` are sent one a connection, in order; None leaves the request without one until the end. `requests` are as they came."""

    address: str
    answers: list[bytes | None]
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def scripted(*answers: bytes | None) -> Iterator[Scripted]:
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        script = Scripted(f"http://127.0.0.1:{listening.getsockname()[1]}", list(answers))
        thread = threading.Thread(target=_serve, args=(listening, script, held))
        thread.start()
        try:
            yield script
        finally:
            # Whoever has fewer requests than answers frees the waiting accept.
            while thread.is_alive():
                with socket.create_connection(listening.getsockname()) as last:
                    last.shutdown(socket.SHUT_WR)
                thread.join(0.1)
            for connection in held:
                connection.close()


def answer(status: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    """An HTTP answer; `length` is what it claims to be long."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _serve(listening: socket.socket, script: Scripted, held: list[socket.socket]) -> None:
    for content in script.answers:
        connection, _ = listening.accept()
        script.requests.append(_request(connection))
        if content is None:
            held.append(connection)
            continue
        connection.sendall(content)
        connection.close()


def _request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65_536)
        if not part:
            return received
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while lengths and len(body) < lengths[0]:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body
