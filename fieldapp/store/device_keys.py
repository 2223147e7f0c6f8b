"""The private keys of a profile for what travels without a network: one signs bundles, the other opens the answers. Inside the encrypted
file; only their public parts leave it."""

import datetime as dt
import json
from dataclasses import dataclass

from nacl.public import PrivateKey
from nacl.signing import SigningKey
from sqlalchemy import Connection

from fieldapp.store import sync_state

_NAME = "device_keys"
_REGISTERED = "device_keys_registered_at"


@dataclass(frozen=True, slots=True)
class OwnKeys:
    signing: SigningKey
    sealing: PrivateKey

    @property
    def signing_public(self) -> str:
        return bytes(self.signing.verify_key).hex()

    @property
    def sealing_public(self) -> str:
        return bytes(self.sealing.public_key).hex()


def new_keys() -> OwnKeys:
    return OwnKeys(SigningKey.generate(), PrivateKey.generate())


def read(connection: Connection) -> OwnKeys | None:
    text = sync_state.read(connection, _NAME)
    if text is None:
        return None
    values = json.loads(text)
    return OwnKeys(SigningKey(bytes.fromhex(values["signing"])), PrivateKey(bytes.fromhex(values["sealing"])))


def keep(connection: Connection, keys: OwnKeys) -> None:
    values = {"signing": bytes(keys.signing).hex(), "sealing": bytes(keys.sealing).hex()}
    sync_state.write(connection, _NAME, json.dumps(values))


def registered_at(connection: Connection) -> dt.datetime | None:
    """When the district was last told of the keys; None: it does not know them."""
    text = sync_state.read(connection, _REGISTERED)
    return dt.datetime.fromisoformat(text) if text else None


def registered(connection: Connection, at: dt.datetime) -> None:
    sync_state.write(connection, _REGISTERED, at.isoformat())


def unregistered(connection: Connection) -> None:
    """The district may have forgotten them: they are told again."""
    sync_state.remove(connection, _REGISTERED)
