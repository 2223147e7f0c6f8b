"""The limits of the sync workloads: the same bytes over plain HTTP, and one SQLCipher transaction."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
import sqlcipher3.dbapi2 as sqlcipher

_KEY = "00" * 32


def download(address: str, database: Path) -> None:
    """Fetch JSON records, one a line, read them, and keep each as it came in one encrypted transaction."""
    lines = requests.get(address, timeout=60).content.splitlines()
    keep(database, [(json.loads(line).get("id", str(number)), line.decode()) for number, line in enumerate(lines)])


def upload(address: str, database: Path, records: list[bytes], pictures: list[bytes], lanes: int = 4) -> None:
    """Send records in one request and each picture in its own, some at a time, durable at both ends."""
    keep(database, [(str(number), record.decode()) for number, record in enumerate(records)])
    with requests.Session() as session:
        session.post(address, data=b"\n".join(records), timeout=60).raise_for_status()
    shares = [pictures[lane::lanes] for lane in range(lanes)]
    with ThreadPoolExecutor(lanes) as pool:
        list(pool.map(lambda share: _post_all(address, share), shares))


def keep(database: Path, rows: list[tuple[str, str]]) -> None:
    connection = sqlcipher.connect(str(database), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{_KEY}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS record (id TEXT PRIMARY KEY, body TEXT)")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT OR REPLACE INTO record VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()


def _post_all(address: str, pictures: list[bytes]) -> None:
    with requests.Session() as session:
        for picture in pictures:
            session.post(address, data=picture, timeout=60).raise_for_status()
