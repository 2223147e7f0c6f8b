"""The district server of the demo: a process of its own, as in real life, so that stopping it is really being offline."""

import contextlib
import hashlib
import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from fieldapp.errors import SetupError

_READY = "fieldapp server ready on "
_START_SECONDS = 180


class ServerProcess:
    """`fieldapp server --sample` in its own folder. `start` may be called again after `stop`; the address stays the same."""

    def __init__(self, data_dir: Path, port: int = 0) -> None:
        self._data_dir = data_dir
        self._process: subprocess.Popen[str] | None = None
        self._port = port
        self.address = ""

    def start(self) -> None:
        """Returns when the server answers; raises SetupError with the last line that it said where it does not."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        command = [*_fieldapp(self._data_dir), "server", "--sample", "--port", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        said: queue.Queue[str | None] = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(target=_listen, args=(self._process.stdout, said), daemon=True).start()
        last = ""
        while (line := _next(said)) is not None:
            if line.startswith(_READY):
                self.address = line.removeprefix(_READY).strip()
                self._port = int(self.address.rsplit(":", 1)[1])
                return
            last = line.strip() or last
        self.stop()
        raise SetupError("setup.server_did_not_start", said=last)

    def stop(self) -> None:
        """Ends the server as a service manager would; nothing that it acknowledged is lost."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def ladder(self, as_of: str) -> dict[str, Any]:
        """The district's own report, asked as the office asks for it."""
        report: dict[str, Any] = json.loads(self._office("report", "ladder", "--as-of", as_of, "--format", "json"))
        return report

    def accounts(self) -> str:
        """Everyone who may sign in, as the office lists them."""
        return self._office("list-accounts").rstrip()

    def stored_photos(self) -> dict[str, int]:
        """SHA-256 and size of every picture that lies in the server's folder, reckoned from the bytes that are there."""
        found = {}
        for file in (self._data_dir / "photos").glob("*/photos/*/*"):
            content = file.read_bytes()
            found[hashlib.sha256(content).hexdigest()] = len(content)
        return found

    def _office(self, *arguments: str) -> str:
        command = [*_fieldapp(self._data_dir), "office", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            raise SetupError("setup.server_did_not_start", said=done.stderr.strip())
        return done.stdout


def _fieldapp(data_dir: Path) -> list[str]:
    # In a bundle the program is fieldapp itself, and there is no Python to ask.
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "fieldapp"]
    return [*program, "--data-dir", str(data_dir)]


def _listen(stream: IO[str], said: "queue.Queue[str | None]") -> None:
    with contextlib.suppress(ValueError):  # the stream was closed under us: the process is gone
        for line in stream:
            said.put(line)
    said.put(None)


def _next(said: "queue.Queue[str | None]") -> str | None:
    try:
        return said.get(timeout=_START_SECONDS)
    except queue.Empty:
        return None
