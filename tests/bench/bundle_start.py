"""From the start of the process to its window on a display: the bundle of `make package` beside the same program from its source.

Seen from outside, since nothing of ours can be put into the bundle: an X server of its own is asked until it shows the window."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import take_turns, tell
from tests.support.profiles import a_seat

BUNDLE = Path(__file__).resolve().parents[2] / "dist" / "fieldapp" / "fieldapp"
RUNS = 7
_PATIENCE = 60


def run() -> None:
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing or not BUNDLE.exists():
        why = f"needs {', '.join(missing)}" if missing else "no bundle in dist/: make package"
        print(f"bundle_to_window_s: left out, {why}", file=sys.stderr)  # noqa: T201 - the bench's output
        return
    with tempfile.TemporaryDirectory() as folder, _display() as display:
        data_dir = Path(folder) / "data"
        a_seat(data_dir, 10)
        arguments = ("--data-dir", str(data_dir))
        ours, limit = take_turns(
            lambda: _seconds_to_window((str(BUNDLE), *arguments), display),
            lambda: _seconds_to_window((sys.executable, "-m", "fieldapp", *arguments), display),
            RUNS,
        )
    tell("bundle_to_window_s", ours=ours, limit=limit, budget="the same program from its source")


@contextmanager
def _display() -> Iterator[str]:
    """A display that no other program uses; Xvfb chooses its number and says it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _seconds_to_window(command: Sequence[str], display: str) -> float:
    hidden = ("QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | {"DISPLAY": display}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment)
    try:
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]
        while subprocess.run(search, env=environment, capture_output=True).returncode:
            if process.poll() is not None or time.perf_counter() - began > _PATIENCE:
                raise RuntimeError(f"{command[0]} showed no window")
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()
