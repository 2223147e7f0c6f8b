"""The keys of the golden bundles in tests/wire/golden: invented, and open on purpose."""

from nacl.public import PrivateKey
from nacl.signing import SigningKey

DISTRICT_SIGNING = SigningKey(bytes(range(32)))
DISTRICT_SEALING = PrivateKey(bytes(range(32, 64)))
LAPTOP_SIGNING = SigningKey(bytes(range(64, 96)))
LAPTOP_SEALING = PrivateKey(bytes(range(96, 128)))


def public(key: SigningKey | PrivateKey) -> str:
    return bytes(key.verify_key if isinstance(key, SigningKey) else key.public_key).hex()
