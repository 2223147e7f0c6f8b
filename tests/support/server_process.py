"""`fieldapp server` as it is run: a process of its own, which can be killed and started again at the same address."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.support.district import TestDistrict

_READY = "fieldapp server ready on "


class ServerProcess:
    """`options` as on the command line. What it writes to standard error, of all its lives, is `log()`."""

    def __init__(self, data_dir: Path, *options: str) -> None:
        self._command = [sys.executable, "-m", "fieldapp", "--data-dir", str(data_dir), "server", *options]
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process: subprocess.Popen[str] | None = None
        self._port = "0"
        self.address = ""

    def start(self) -> None:
        """Starts it, and waits until it says that it is ready."""
        assert self._process is None
        self._process = subprocess.Popen([*self._command, "--port", self._port], stdout=subprocess.PIPE, stderr=self._errors, text=True)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith(_READY), self.log()
        self.address = line.removeprefix(_READY).strip()
        self._port = self.address.rpartition(":")[2]

    def kill(self) -> None:
        """SIGKILL. Safe to call from any thread; nothing answers when it has returned."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)
        self._errors.close()

    def log(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode()

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        process.wait(timeout=60)
        assert process.stdout is not None
        process.stdout.close()


@contextmanager
def server_process(data_dir: Path, *options: str) -> Iterator[ServerProcess]:
    server = ServerProcess(data_dir, *options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def on_database_of(district: TestDistrict, photos: Path) -> tuple[str, ...]:
    """The options of a server of this district: any number may run beside each other."""
    address = district.engine.url.render_as_string(hide_password=False)
    return ("--database-url", address, "--photos", str(photos), "--district-id", district.id)
