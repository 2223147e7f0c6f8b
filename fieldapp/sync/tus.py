"""Photos by tus 1.0 (https://tus.io/protocols/resumable-upload): creation with upload, offset, patch. One method is one request."""

from base64 import b64encode, urlsafe_b64decode
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import requests

from fieldapp.domain.receipt import Receipt
from fieldapp.errors import Offline, ServerProblem
from fieldapp.sync.transport import PhotoStanding, PhotoToSend
from fieldapp.wire import codec
from fieldapp.wire.line import RECEIPT_HEADER

_RESUMABLE = {"Tus-Resumable": "1.0.0"}
_BYTES = {"Content-Type": "application/offset+octet-stream"}
_LONGEST_NUMBER = 15
_GONE = (requests.codes.not_found, requests.codes.gone)


class Exchange(Protocol):
    def __call__(
        self, method: str, url: str, *, token: str = "", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response: ...


class TusClient:
    def __init__(self, base: str, exchange: Exchange) -> None:
        self._photos = f"{base}/photos"
        self._exchange = exchange

    def begin(self, token: str, photo: PhotoToSend, first: bytes) -> PhotoStanding:
        metadata = {"photo_id": photo.photo_id, "sha256": photo.sha256, "filetype": photo.media_type}
        headers = {
            **_RESUMABLE,
            "Upload-Length": str(photo.size),
            "Upload-Metadata": ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in metadata.items()),
            **(_BYTES if first else {}),
        }
        answer = self._exchange("POST", self._photos, token=token, body=first, headers=headers)
        receipt = _receipt(answer)
        offset = photo.size if receipt else _offset(answer, 0)
        return PhotoStanding(self._own(answer.headers.get("Location", "")), offset, receipt)

    def offset(self, token: str, upload: str) -> int | None:
        try:
            answer = self._exchange("HEAD", upload, token=token, headers=_RESUMABLE)
        except ServerProblem as problem:
            if problem.status in _GONE:
                return None
            raise
        return _offset(answer, None)

    def send(self, token: str, upload: str, offset: int, chunk: bytes) -> PhotoStanding:
        headers = {**_RESUMABLE, **_BYTES, "Upload-Offset": str(offset)}
        answer = self._exchange("PATCH", upload, token=token, body=chunk, headers=headers)
        return PhotoStanding(upload, _offset(answer, None), _receipt(answer))

    def _own(self, location: str) -> str:
        """The upload's address on the server we speak with: a token must not follow a Location to another one."""
        path = urlsplit(urljoin(self._photos, location))
        return urljoin(self._photos, f"{path.path}?{path.query}" if path.query else path.path)


def _offset(answer: requests.Response, missing: int | None) -> int:
    text = answer.headers.get("Upload-Offset", "")
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    if missing is None:
        raise Offline("offline.broken_answer")
    return missing


def _receipt(answer: requests.Response) -> Receipt | None:
    text = answer.headers.get(RECEIPT_HEADER)
    if not text:
        return None
    try:
        return codec.decode(Receipt, urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, codec.Unreadable) as error:
        raise Offline("offline.broken_answer") from error
