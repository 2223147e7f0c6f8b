"""A disk that is really full: a small file system in memory, made larger when told. Only root may make one."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class SmallDisk:
    folder: Path

    def enlarge(self, kibibytes: int) -> None:
        subprocess.run(["mount", "-o", f"remount,size={kibibytes}k", str(self.folder)], check=True, capture_output=True)

    def used(self) -> int:
        state = os.statvfs(self.folder)
        return (state.f_blocks - state.f_bfree) * state.f_frsize


@contextmanager
def small_disk(kibibytes: int) -> Iterator[SmallDisk]:
    """Skips the test where none can be made."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    # Not under pytest's own folder: PostgreSQL, another user, must reach it.
    with tempfile.TemporaryDirectory(prefix="fieldapp-disk-") as name:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", name], check=False, capture_output=True)
        if made.returncode:
            pytest.skip(f"no small disk can be mounted here: {made.stderr.decode().strip()}")
        Path(name).parent.chmod(Path(name).parent.stat().st_mode | 0o111)
        Path(name).chmod(0o755)
        try:
            yield SmallDisk(Path(name))
        finally:
            subprocess.run(["umount", "--lazy", name], check=True, capture_output=True)
