"""`make pictures`: every scene in every look, into build/pictures/LOOK/SCENE.png, with contact sheets and an index.html.

    python -m tests.pictures [--only PREFIX …] [--look PART …] [--folder FOLDER]

`--only today visit-` takes the scenes whose names begin so; `--look dark 125` the looks whose names hold all of these. A look is drawn by a
process of its own, since Qt reads its scale once; as many at a time as there are processors.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.pictures.looks import LOOKS, Look, environment

_FOLDER = Path("build") / "pictures"
# A look takes a minute or two; what takes longer hangs.
_LONGEST_SECONDS = 600


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], metavar="PREFIX")
    parser.add_argument("--look", nargs="*", default=[], metavar="PART")
    parser.add_argument("--folder", type=Path, default=_FOLDER)
    parser.add_argument("--draw", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.draw:
        return _draw(next(look for look in LOOKS if look.name == given.draw), given.folder, given.only)
    began = time.monotonic()
    chosen = [look for look in LOOKS if all(part in look.name.split("-") for part in given.look)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        failed = [look.name for look, code in zip(chosen, workers.map(lambda look: _start(look, given), chosen), strict=True) if code]
    _bind(given.folder, chosen)
    sys.stdout.write(f"{given.folder / 'index.html'}: {len(chosen)} looks in {time.monotonic() - began:.0f} s\n")
    if failed:
        sys.stdout.write(f"not whole: {', '.join(failed)}\n")
    return int(bool(failed))


def _start(look: Look, given: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "tests.pictures", "--draw", look.name, "--folder", str(given.folder), "--only", *given.only]
    return subprocess.run(command, env=environment(look, given.folder), timeout=_LONGEST_SECONDS, check=False).returncode


def _draw(look: Look, folder: Path, only: list[str]) -> int:
    # Qt reads its environment when it is loaded.
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    from tests.pictures.album import Album, names

    def say(kind: QtMsgType, _context: object, words: str) -> None:
        if "propagateSizeHints" not in words:  # the offscreen platform has none
            sys.stderr.write(f"{look.name}: {kind.name} {words}\n")

    qInstallMessageHandler(say)
    failed = 0
    with Album(folder / look.name) as album:
        for name in names():
            if only and not any(name.startswith(prefix) for prefix in only):
                continue
            try:
                album.take(name, look.theme, look.language, look.size)
            except (AssertionError, LookupError, StopIteration, AttributeError) as error:
                # The others are still worth looking at.
                sys.stderr.write(f"{look.name} {name}: {type(error).__name__} {error}\n")
                failed += 1
    return int(bool(failed))


def _bind(folder: Path, looks: list[Look]) -> None:
    from tests.pictures.sheets import contact_sheets, index

    for look in looks:
        taken = sorted((folder / look.name).glob("*.png"))
        if taken:
            contact_sheets(folder / look.name, taken)
    index(folder, [look.name for look in looks])


if __name__ == "__main__":
    raise SystemExit(main())
