"""Room on the disk, and a little of it kept back so that a visit can still be saved when everything else is full."""

import contextlib
import os
import shutil
from pathlib import Path

# Below it nothing is fetched or copied any more; a day's visits with photos still fit.
LOW_BYTES = 300_000_000
# Originals of photos are no work that would be lost: they leave so much more free, and take no more than that in all.
BESIDE_ORIGINALS_BYTES = 700_000_000
ORIGINALS_BYTES = 2_000_000_000
RESERVE_BYTES = 8_000_000
_FILE = "reserve"


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def keep_reserve(folder: Path) -> None:
    """Take the reserve; the caller has seen that there is plenty."""
    path = folder / _FILE
    if path.exists() and path.stat().st_size >= RESERVE_BYTES:
        return
    with contextlib.suppress(OSError), path.open("wb") as file:
        # Random, since a disk that packs would give nothing back for zeros.
        file.write(os.urandom(RESERVE_BYTES))
        file.flush()
        os.fsync(file.fileno())


def give_reserve(folder: Path) -> bool:
    """Let the reserve go; False where there was none."""
    try:
        (folder / _FILE).unlink()
    except OSError:
        return False
    return True
