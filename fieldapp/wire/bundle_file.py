"""A bundle's place on a disk or stick: written beside it and put there whole, so that half a file is never carried away."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

ENDING = ".fieldapp"


@contextmanager
def written_whole(file: Path) -> Iterator[BinaryIO]:
    """Raises OSError where it cannot be; an older file of this name is then as it was."""
    part = file.with_name(file.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            # A stick is pulled out as soon as the window says it is done.
            os.fsync(out.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
