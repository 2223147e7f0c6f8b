"""A wire between a laptop and its district: passes bytes, cuts as told, strikes at a byte, and can be as slow as a village's."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_BLOCK = 4_096
# A slow wire takes little at once, and keeps little: what it has not passed on stays with who sends.
_BLOCKS_A_SECOND = 50
_SLOW_BUFFER = 4_096

Action = Callable[[], object]


@dataclass
class _Way:
    """One direction of the wire, all connections together. `left` is how many bytes may still pass before both ends are cut; None is a
    whole wire. At `strike_at` bytes `strike` is called once, and what is beyond it is lost."""

    passed: int = 0
    left: int | None = None
    strike_at: int | None = None
    strike: Action | None = None

    def take(self, size: int) -> tuple[int, Action | None]:
        """How many of these bytes pass now, and what to do after they have."""
        allowed = size if self.left is None else min(size, self.left)
        action = None
        if self.strike_at is not None and self.passed + allowed >= self.strike_at:
            allowed = max(0, self.strike_at - self.passed)
            action, self.strike, self.strike_at = self.strike, None, None
        if self.left is not None:
            self.left -= allowed
        self.passed += allowed
        return allowed, action

    def strike_after(self, size: int, action: Action) -> None:
        self.strike_at, self.strike = self.passed + size, action


@dataclass
class Relay:
    """`target` may change while it runs; who connects while nobody is there is cut. `rate` are bytes in a second, both ways and all
    connections together; `latency` are seconds that each block takes besides."""

    address: str
    target: str
    rate: int | None = None
    latency: float = 0.0
    up: _Way = field(default_factory=_Way)
    down: _Way = field(default_factory=_Way)
    connections: int = 0
    _lock: threading.Condition = field(default_factory=threading.Condition)
    _free_at: float = 0.0
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def passed_up(self) -> int:
        return self.up.passed

    def cut_request_after(self, size: int) -> None:
        self.up.left = size

    def cut_answer_after(self, size: int) -> None:
        self.down.left = size

    def mend(self) -> None:
        self.up.left = self.down.left = None

    def strike_up(self, size: int, action: Action) -> None:
        """After so many more bytes from the laptop `action` is called; the connection that carried the last of them is cut."""
        with self._lock:
            self.up.strike_after(size, action)

    def strike_down(self, size: int, action: Action) -> None:
        with self._lock:
            self.down.strike_after(size, action)

    def forget_strikes(self) -> None:
        with self._lock:
            self.up.strike_at = self.down.strike_at = None

    def take(self, way: _Way, size: int) -> tuple[int, Action | None]:
        with self._lock:
            self._lock.notify_all()
            return way.take(size)

    def wait_up(self, size: int) -> None:
        """Until so many bytes in all have passed from the laptop."""
        with self._lock:
            self._lock.wait_for(lambda: self.up.passed >= size)

    def delay(self, size: int) -> None:
        """As long as the wire needs for so many bytes: one wire, so whoever comes later waits longer."""
        if self.rate is None and not self.latency:
            return
        now = time.monotonic()
        with self._lock:
            self._free_at = max(now, self._free_at) + (size / self.rate if self.rate else 0.0)
            until = self._free_at + self.latency
        self._ended.wait(until - now)

    def end(self) -> None:
        self._ended.set()


@contextmanager
def relay(target: str, *, rate: int | None = None, latency: float = 0.0) -> Iterator[Relay]:
    """A relay to the server at this address; its own is `Relay.address`."""
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []
    with socket.socket() as listening:
        if rate is not None:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SLOW_BUFFER)
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        wire = Relay(f"http://127.0.0.1:{listening.getsockname()[1]}", target, rate, latency)

        def accept() -> None:
            while True:
                try:
                    near, _ = listening.accept()
                except OSError:
                    return
                wire.connections += 1
                place = urlsplit(wire.target)
                try:
                    far = socket.create_connection((place.hostname or "", place.port or 0))
                except OSError:
                    near.close()  # nobody is at home behind this wire
                    continue
                opened.extend((near, far))
                for source, sink, way in ((near, far, wire.up), (far, near, wire.down)):
                    thread = threading.Thread(target=_pass_on, args=(wire, source, sink, way))
                    threads.append(thread)
                    thread.start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield wire
        finally:
            wire.end()
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for end in opened:
                _cut(end)
            for thread in threads:
                thread.join()
            for end in opened:
                end.close()


def _pass_on(wire: Relay, source: socket.socket, sink: socket.socket, way: _Way) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(_BLOCK if wire.rate is None else max(1, wire.rate // _BLOCKS_A_SECOND)):
            wire.delay(len(block))
            allowed, action = wire.take(way, len(block))
            sink.sendall(block[:allowed])
            if action is not None:
                action()
            if action is not None or allowed < len(block):
                break
    _cut(sink)
    _cut(source)


def _cut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
