"""The key of a profile's files: random, wrapped by the passphrase, and sealed a second time to the district.

The second copy is why a forgotten passphrase does not lose unsent work: only the district can open it. This module knows no
database. The passphrase itself is never kept.
"""

import json
import os
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from nacl.secret import SecretBox

from fieldapp.errors import StoreError
from fieldapp.store.profiles import write_whole
from fieldapp.store.tries import Tries

KEY_BYTES = 32
_FILE = "key.json"
# Without its key a profile is lost, so it lies there twice. Written after the first, read where that is gone or unreadable.
_COPY = "key-copy.json"
# What is left of it where the district has ended this laptop's access and something was still unsent.
_SEALED = "sealed-key"
_SALT_BYTES = 16
_WRAPPED_BYTES = SecretBox.NONCE_SIZE + KEY_BYTES + SecretBox.MACBYTES


_NEEDED = frozenset({"derivation", "salt", "wrapped", "sealed"})


@dataclass(frozen=True, slots=True)
class Derivation:
    """Argon2id's parameters. They are kept beside each wrapped key, so that they can be raised for new ones."""

    time_cost: int = 3
    memory_kib: int = 65_536
    parallelism: int = 1


def create_key(folder: Path, passphrase: str, sealing_key: str, derivation: Derivation | None = None) -> bytes:
    """A new random key, wrapped in `folder`. `sealing_key` is the district's X25519 public key in hex."""
    key = secrets.token_bytes(KEY_BYTES)
    sealed = SealedBox(PublicKey(bytes.fromhex(sealing_key))).encrypt(key)
    _write(folder, _wrapped(key, passphrase, derivation or Derivation()) | {"sealed": b64encode(sealed).decode()})
    return key


def unlock_key(folder: Path, passphrase: str, now: Callable[[], datetime]) -> bytes:
    """The key, if the passphrase is right. Raises store.wrong_passphrase (tries_left), store.too_many_tries (seconds), store.damaged,
    store.access_ended."""
    if (folder / _SEALED).is_file():
        raise StoreError("store.access_ended")
    tries = Tries(folder, now)
    tries.check()
    values = _read(folder)
    # Counted before it is tried: pulling the plug must not make a guess free.
    tries.count()
    key = _unwrapped(values, passphrase)
    if key is None:
        tries.refuse()
    tries.forget()
    return key


def change_passphrase(folder: Path, old: str, new: str, now: Callable[[], datetime], derivation: Derivation | None = None) -> None:
    """Wrap the same key anew. The file is replaced whole: after a power cut the old or the new passphrase holds, never neither."""
    key = unlock_key(folder, old, now)
    _write(folder, _read(folder) | _wrapped(key, new, derivation or Derivation()))


def sealed_key(folder: Path) -> bytes:
    """The copy that only the district can open."""
    left = folder / _SEALED
    return b64decode(left.read_bytes() if left.is_file() else _read(folder)["sealed"])


def destroy_keys(folder: Path, *, keep_sealed: bool) -> None:
    """After this no passphrase opens the profile or its backups any more; with `keep_sealed` the district still can."""
    if keep_sealed:
        write_whole(folder / _SEALED, _read(folder)["sealed"].encode())
    for name in (_FILE, _COPY):
        path = folder / name
        if path.is_file():
            # Over the old bytes first: what is only unlinked still lies on the disk.
            with path.open("rb+") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()


def _wrapped(key: bytes, passphrase: str, derivation: Derivation) -> dict[str, Any]:
    salt = secrets.token_bytes(_SALT_BYTES)
    box = SecretBox(_derive(passphrase, salt, derivation))
    return {
        "format": 1,
        "derivation": asdict(derivation),
        "salt": b64encode(salt).decode(),
        "wrapped": b64encode(box.encrypt(key)).decode(),
    }


def _unwrapped(values: dict[str, Any], passphrase: str) -> bytes | None:
    try:
        derivation = Derivation(**values["derivation"])
        box = SecretBox(_derive(passphrase, b64decode(values["salt"]), derivation))
        wrapped = b64decode(values["wrapped"])
    except (KeyError, TypeError, ValueError, HashingError) as error:
        raise StoreError("store.damaged", part="key") from error
    if len(wrapped) != _WRAPPED_BYTES:
        # No passphrase would open it, and a person must not be told to look for another one.
        raise StoreError("store.damaged", part="key")
    try:
        return box.decrypt(wrapped)
    except CryptoError:
        return None


def _derive(passphrase: str, salt: bytes, derivation: Derivation) -> bytes:
    return hash_secret_raw(
        # Keyboards compose letters differently; what looks the same is the same.
        unicodedata.normalize("NFC", passphrase).encode(),
        salt,
        time_cost=derivation.time_cost,
        memory_cost=derivation.memory_kib,
        parallelism=derivation.parallelism,
        hash_len=SecretBox.KEY_SIZE,
        type=Type.ID,
    )


def _read(folder: Path) -> dict[str, Any]:
    for name in (_FILE, _COPY):
        try:
            values = json.loads((folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(values, dict) and values.keys() >= _NEEDED:
            return values
    raise StoreError("store.damaged", part="key")


def _write(folder: Path, values: dict[str, Any]) -> None:
    data = json.dumps(values, indent=1).encode()
    write_whole(folder / _FILE, data)
    try:
        write_whole(folder / _COPY, data)
    except StoreError:
        # The disk is full, and the change holds all the same; a copy that still knew the old passphrase must not stay.
        (folder / _COPY).unlink(missing_ok=True)
