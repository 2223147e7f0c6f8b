"""Connections for slow lines: what is sent stays with us until the line has room for it, and a wait can be ended from outside.

A large send buffer takes a whole photo at once. Its bytes then need minutes on 5 KB/s, while the program believes them sent and counts how
long the district is silent. With a small one the time limits are about progress, block by block.
"""

import contextlib
import socket
import threading
from collections.abc import Mapping
from typing import Any
from weakref import WeakSet

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SEND_BUFFER = 32 * 1024
# Linux doubles what it is asked for.
_IN_FLIGHT = 2 * SEND_BUFFER
# A line that moves less in a second counts as broken. Photos share a line, several at a time.
_SLOWEST = 1_000


def patience(seconds: float, size: int) -> float:
    """How long to wait for the next sign of life where `seconds` are enough on a fast line, with a body of this size just handed over."""
    return seconds + min(size, _IN_FLIGHT) / _SLOWEST


class OpenSockets:
    """The sockets of one transport, to be shut from another thread than the one that waits on them."""

    def __init__(self) -> None:
        self._open: WeakSet[socket.socket] = WeakSet()
        self._lock = threading.Lock()

    def add(self, opened: socket.socket) -> None:
        with self._lock:
            self._open.add(opened)

    def shut(self) -> None:
        """Whoever waits on one of them gets an error at once."""
        with self._lock:
            for opened in self._open:
                with contextlib.suppress(OSError):
                    # Not the method of a TLS socket: that would take its encryption away before it is shut.
                    socket.socket.shutdown(opened, socket.SHUT_RDWR)


def pool_classes(sockets: OpenSockets, seconds: float) -> Mapping[str, type[HTTPConnectionPool]]:
    """urllib3's pools by scheme, with our connections in them."""
    options = [*HTTPConnection.default_socket_options, (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)]
    block_seconds = patience(seconds, _IN_FLIGHT)

    class Patient(HTTPConnection):
        default_socket_options = options

        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

        def send(self, data: Any) -> None:
            if self.sock is not None:
                self.sock.settimeout(block_seconds)
            super().send(data)

    class PatientTls(HTTPSConnection):
        default_socket_options = options

        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

        def send(self, data: Any) -> None:
            if self.sock is not None:
                self.sock.settimeout(block_seconds)
            super().send(data)

    class Pool(HTTPConnectionPool):
        ConnectionCls = Patient

    class PoolTls(HTTPSConnectionPool):
        ConnectionCls = PatientTls

    return {"http": Pool, "https": PoolTls}
