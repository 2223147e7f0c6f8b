"""From the start of the process to the unlock screen, and from the passphrase to a usable list of 10,000 children, beside a bare window."""

import sqlite3
import tempfile
from pathlib import Path

from tests.bench.measure import child, take_turns, tell
from tests.support.laptop import a_listed_child
from tests.support.profiles import PASSPHRASE, a_seat

CHILDREN = 10_000
RUNS = 7


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        a_seat(data_dir, CHILDREN)
        plain = _plain_database(Path(folder) / "plain.db")
        _start(data_dir)
        _list(data_dir, plain)


def _start(data_dir: Path) -> None:
    ours, limit = take_turns(
        lambda: child("tests.bench.app_window", "unlock", str(data_dir)).seconds, lambda: child("tests.bench.bare_window").seconds, RUNS
    )
    tell("start_to_unlock_screen_s", ours=ours, limit=limit, budget="<= 1.3 x a bare Qt window")


def _list(data_dir: Path, plain: Path) -> None:
    memory: list[tuple[int, int]] = []

    def ours() -> float:
        said = child("tests.bench.app_window", "list", str(data_dir), PASSPHRASE).said
        assert said["rows"] == CHILDREN
        memory.append((said["rss"], bare.said["rss"]))
        return said["seconds"]

    def limit() -> float:
        return child("tests.bench.bare_window", str(plain)).seconds

    bare = child("tests.bench.bare_window", str(plain))
    seconds, whole_start = take_turns(ours, limit, RUNS)
    tell(
        f"unlock_to_list_of_{CHILDREN}_s", ours=seconds, limit=whole_start, budget="<= 0.5 x the whole start of a bare window with the rows"
    )
    mebibytes = [(own / 2**20, other / 2**20) for own, other in memory]
    tell("memory_with_that_list_MiB", ours=max(mebibytes)[0], limit=max(mebibytes)[1], budget="<= 1.5 x that bare window")


def _plain_database(path: Path) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE child (given TEXT, family TEXT)")
        children = (a_listed_child(number)[0] for number in range(CHILDREN))
        connection.executemany("INSERT INTO child VALUES (?, ?)", ((one.given_name, one.family_name) for one in children))
    connection.close()
    return path
