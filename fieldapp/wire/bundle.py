"""The file that carries messages where there is no network: sealed to one reader, signed by one writer, read block by block.

Knows how bytes lie in the file and who can open it, not what the blocks mean; that is `wire.bundle_parts`. PROTOCOL.md §7.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from nacl import bindings as sodium
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from fieldapp.domain.canonical import canonical_bytes

MAGIC = b"FIELDAPP-BUNDLE\n"
FORMAT = 1
MAX_PRELUDE_BYTES = 4_096
# A reader must not be made to reserve more than this for one block, whatever the file says.
MAX_BLOCK_BYTES = 16_000_000

_SIGNATURE = b"S"
_LENGTH = 4
_OVERHEAD = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_STREAM_HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL


class Direction(StrEnum):
    TO_DISTRICT = "to_district"
    ANSWER = "answer"


class BundleBroken(Exception):
    """`code`: not_a_bundle · newer · damaged · not_for_you (sealed to another key) · wrong_signature"""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Prelude:
    """What everyone who holds the file can read. `recipient` is the X25519 key it is sealed to, hex."""

    direction: Direction
    district_id: str
    recipient: str
    sealed_key: str


class BundleWriter:
    """Blocks go straight into the file; nothing is kept but a hash."""

    def __init__(self, out: BinaryIO, direction: Direction, district_id: str, recipient: str, signer: SigningKey) -> None:
        self._out = out
        self._signer = signer
        key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        sealed = SealedBox(PublicKey(bytes.fromhex(recipient))).encrypt(key).hex()
        prelude = canonical_bytes({"direction": direction.value, "district_id": district_id, "recipient": recipient, "sealed_key": sealed})
        head = MAGIC + bytes([FORMAT]) + len(prelude).to_bytes(_LENGTH) + prelude
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        out.write(head + sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, key))
        self._said = hashlib.sha256(head)

    def put(self, kind: bytes, body: bytes) -> None:
        """One block; `kind` is one byte."""
        block = kind + body
        self._said.update(len(block).to_bytes(_LENGTH) + block)
        self._write(block, _MESSAGE)

    def end(self) -> None:
        """The signature over everything, last. A file without it is cut."""
        self._write(_SIGNATURE + self._signer.sign(_signed_bytes(self._said.hexdigest())).signature, _FINAL)

    def _write(self, block: bytes, tag: int) -> None:
        sealed = sodium.crypto_secretstream_xchacha20poly1305_push(self._state, block, None, tag)
        self._out.write(len(sealed).to_bytes(_LENGTH) + sealed)


class BundleReader:
    """One walk through a file, from where it stands. What it yields is genuine only after `require_signature`: whoever acts on blocks walks
    twice, first to the end for the signature, then with the `marks` of that walk, so that nobody exchanges the file in between."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        head = source.read(len(MAGIC) + 1 + _LENGTH)
        if not head.startswith(MAGIC):
            raise BundleBroken("not_a_bundle")
        if len(head) < len(MAGIC) + 1 + _LENGTH:
            raise BundleBroken("damaged")
        if head[len(MAGIC)] != FORMAT:
            raise BundleBroken("newer")
        length = int.from_bytes(head[-_LENGTH:])
        if length > MAX_PRELUDE_BYTES:
            raise BundleBroken("damaged")
        prelude = self._exactly(length)
        self.prelude = _prelude(prelude)
        self._said = hashlib.sha256(head + prelude)
        self._signature: bytes | None = None
        self.marks: list[bytes] = []

    def blocks(self, key: PrivateKey, same_as: Sequence[bytes] | None = None) -> Iterator[tuple[bytes, bytes]]:
        """(kind, body) of each block but the signature. `same_as`: the marks of an earlier walk that this one must repeat."""
        state = self._open(key)
        while True:
            block, tag = self._block(state)
            self.marks.append(hashlib.sha256(block).digest())
            if same_as is not None and self.marks[-1:] != list(same_as[len(self.marks) - 1 : len(self.marks)]):
                raise BundleBroken("damaged")
            if tag == _FINAL:
                break
            self._said.update(len(block).to_bytes(_LENGTH) + block)
            yield block[:1], block[1:]
        if block[:1] != _SIGNATURE or self._source.read(1):
            raise BundleBroken("damaged")
        self._signature = block[1:]

    def require_signature(self, signing_key: str) -> None:
        """After the last block: whether the holder of this Ed25519 key (hex) wrote all of it."""
        try:
            if self._signature is None:
                raise BundleBroken("damaged")
            VerifyKey(bytes.fromhex(signing_key)).verify(_signed_bytes(self._said.hexdigest()), self._signature)
        except (BadSignatureError, ValueError, TypeError) as error:
            raise BundleBroken("wrong_signature") from error

    def _open(self, key: PrivateKey) -> sodium.crypto_secretstream_xchacha20poly1305_state:
        if bytes(key.public_key).hex() != self.prelude.recipient:
            raise BundleBroken("not_for_you")
        state = sodium.crypto_secretstream_xchacha20poly1305_state()
        header = self._exactly(_STREAM_HEADER)
        try:
            stream_key = SealedBox(key).decrypt(bytes.fromhex(self.prelude.sealed_key))
            sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, stream_key)
        except (CryptoError, ValueError, TypeError) as error:
            raise BundleBroken("damaged") from error
        return state

    def _block(self, state: sodium.crypto_secretstream_xchacha20poly1305_state) -> tuple[bytes, int]:
        length = int.from_bytes(self._exactly(_LENGTH))
        if not _OVERHEAD < length <= MAX_BLOCK_BYTES + _OVERHEAD:
            raise BundleBroken("damaged")
        try:
            block, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, self._exactly(length), None)
        except (CryptoError, ValueError, TypeError) as error:
            raise BundleBroken("damaged") from error
        if tag not in (_MESSAGE, _FINAL):
            raise BundleBroken("damaged")
        return block, tag

    def _exactly(self, size: int) -> bytes:
        data = self._source.read(size)
        if len(data) != size:
            raise BundleBroken("damaged")
        return data


def _signed_bytes(sha256: str) -> bytes:
    return b"fieldapp bundle 1\n" + sha256.encode()


def _prelude(data: bytes) -> Prelude:
    try:
        values = json.loads(data)
        texts = [values[name] for name in ("district_id", "recipient", "sealed_key")]
        if not all(isinstance(text, str) for text in texts):
            raise BundleBroken("damaged")
        return Prelude(Direction(values["direction"]), *texts)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BundleBroken("damaged") from error
