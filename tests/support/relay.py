"""A wire that breaks in the middle of a request or of an answer: passes bytes between a laptop and its district, and cuts as told."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_BLOCK = 4_096


@dataclass
class Relay:
    """`up_left` and `down_left` are how many bytes may still pass each way before both ends are cut; None is a whole wire."""

    address: str
    up_left: int | None = None
    down_left: int | None = None
    passed_up: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cut_request_after(self, size: int) -> None:
        self.up_left = size

    def cut_answer_after(self, size: int) -> None:
        self.down_left = size

    def mend(self) -> None:
        self.up_left = self.down_left = None

    def _take_up(self, size: int) -> int:
        with self._lock:
            allowed = size if self.up_left is None else min(size, self.up_left)
            self.up_left = None if self.up_left is None else self.up_left - allowed
            self.passed_up += allowed
            return allowed

    def _take_down(self, size: int) -> int:
        with self._lock:
            allowed = size if self.down_left is None else min(size, self.down_left)
            self.down_left = None if self.down_left is None else self.down_left - allowed
            return allowed


@contextmanager
def relay(target: str) -> Iterator[Relay]:
    """A relay to the server at this address; its own is `Relay.address`."""
    place = urlsplit(target)
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        wire = Relay(f"http://127.0.0.1:{listening.getsockname()[1]}")

        def accept() -> None:
            while True:
                try:
                    near, _ = listening.accept()
                except OSError:
                    return
                try:
                    far = socket.create_connection((place.hostname or "", place.port or 0))
                except OSError:
                    near.close()  # nobody is at home behind this wire
                    continue
                opened.extend((near, far))
                for source, sink, take in ((near, far, wire._take_up), (far, near, wire._take_down)):
                    thread = threading.Thread(target=_pass_on, args=(source, sink, take))
                    threads.append(thread)
                    thread.start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield wire
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for end in opened:
                _cut(end)
            for thread in threads:
                thread.join()
            for end in opened:
                end.close()


def _pass_on(source: socket.socket, sink: socket.socket, take: Callable[[int], int]) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(_BLOCK):
            allowed = take(len(block))
            sink.sendall(block[:allowed])
            if allowed < len(block):
                break
    _cut(sink)
    _cut(source)


def _cut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
