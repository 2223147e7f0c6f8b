"""Small photos in one request: one line of JSON that names them, then their bytes, one picture after the other.

Half of what a photo of 200 KB costs either end is the request around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.wire import codec
from fieldapp.wire.bundle_parts import PhotoHead
from fieldapp.wire.codec import Unreadable

CONTENT_TYPE = "application/octet-stream"
# What a server takes, the line that names them included.
MAX_TOGETHER_BYTES = 4_000_000
MAX_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class PhotoGroup:
    """Whose bytes follow, in this order."""

    photos: tuple[PhotoHead, ...]


def pack(photos: Sequence[PhotoHead], pictures: Sequence[bytes]) -> bytes:
    return b"".join((codec.encode(PhotoGroup(tuple(photos))), b"\n", *pictures))


def unpack(body: bytes) -> list[tuple[PhotoHead, memoryview]]:
    """Each photo with its bytes, which are not copied. Raises Unreadable where they are not as long as they are said to be."""
    end = body.find(b"\n")
    line = body[:end] if end >= 0 else body
    photos = codec.decode(PhotoGroup, line).photos
    start = end + 1
    if end < 0 or any(photo.size < 0 for photo in photos) or start + sum(photo.size for photo in photos) != len(body):
        raise Unreadable("wrong_value", "size")
    found = []
    content = memoryview(body)
    for photo in photos:
        found.append((photo, content[start : start + photo.size]))
        start += photo.size
    return found
