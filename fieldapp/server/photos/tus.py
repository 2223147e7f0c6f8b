"""The words of tus 1.0.0: headers in, headers out. Knows nothing of photos or of the database."""

import base64
import binascii
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from email.utils import format_datetime

from fieldapp.server.problems import Refused, require_text
from fieldapp.wire.messages import MAX_PHOTO_BYTES

VERSION = "1.0.0"
CONTENT_TYPE = "application/offset+octet-stream"
ALWAYS = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
ABILITIES = {
    **ALWAYS,
    "Tus-Version": VERSION,
    "Tus-Max-Size": str(MAX_PHOTO_BYTES),
    "Tus-Extension": "creation,creation-with-upload,expiration,termination,checksum",
    "Tus-Checksum-Algorithm": "sha256",
}
_NUMBER = re.compile(r"[0-9]{1,12}\Z")


def require_version(headers: Mapping[str, str]) -> None:
    if headers.get("Tus-Resumable") != VERSION:
        raise Refused("upload.wrong_version", headers={"Tus-Version": VERSION})


def require_bytes(headers: Mapping[str, str]) -> None:
    """A body is a piece of the upload only where it says so."""
    if headers.get("Content-Type") != CONTENT_TYPE:
        raise Refused("wrong_encoding", "Content-Type")


def length(headers: Mapping[str, str]) -> int:
    """Upload-Length, which no upload may exceed."""
    announced = number(headers, "Upload-Length")
    if announced > MAX_PHOTO_BYTES:
        raise Refused("too_large", "Upload-Length", limit=MAX_PHOTO_BYTES)
    return announced


def number(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "")
    if not _NUMBER.match(text):
        raise Refused("wrong_value", name)
    return int(text)


def metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """Upload-Metadata: pairs of a key and its value in base64."""
    found = {}
    for pair in filter(None, headers.get("Upload-Metadata", "").split(",")):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Refused("wrong_value", "Upload-Metadata") from error
        require_text("Upload-Metadata", found[key])
    return found


def metadata_line(values: Mapping[str, str]) -> str:
    """The same the other way round."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def check_checksum(headers: Mapping[str, str], content: bytes) -> None:
    """A part may come with its own hash. Raises Refused where the line changed it; the part is not kept then."""
    given = headers.get("Upload-Checksum")
    if given is None:
        return
    algorithm, _, value = given.partition(" ")
    if algorithm != "sha256":
        raise Refused("wrong_request", "Upload-Checksum")  # 400 is what tus asks for
    if base64.b64encode(hashlib.sha256(content).digest()).decode() != value:
        raise Refused("photo.wrong_hash", "Upload-Checksum")


def encoded(content: bytes) -> str:
    """Bytes as a header's value: base64url."""
    return base64.urlsafe_b64encode(content).decode()


def http_date(moment: dt.datetime) -> str:
    return format_datetime(moment.astimezone(dt.UTC), usegmt=True)
