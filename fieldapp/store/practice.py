"""Where practice lies: folders of their own, away from the profiles, with a key that is never written down. What is left of a program that
was killed in the middle can be opened by nobody, and goes at the next chance."""

import secrets
import shutil
from pathlib import Path

from fieldapp.domain.identifiers import new_id
from fieldapp.errors import StoreError
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.in_use import InUse
from fieldapp.store.keys import KEY_BYTES
from fieldapp.store.opening import create_store


def begin(data_dir: Path, identity: Identity) -> tuple[Store, InUse]:
    folder = _home(data_dir) / new_id()
    folder.mkdir(parents=True, mode=0o700)
    return create_store(folder, secrets.token_bytes(KEY_BYTES), identity), InUse(folder)


def sweep(data_dir: Path) -> None:
    """Remove what no window is practising with."""
    if not _home(data_dir).is_dir():
        return
    for folder in _home(data_dir).iterdir():
        try:
            InUse(folder).release()
        except StoreError:
            continue
        forget(folder)


def forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _home(data_dir: Path) -> Path:
    return data_dir / "practice"
