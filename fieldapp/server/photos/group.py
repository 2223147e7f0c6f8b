"""Photos that came together, in one request or one bundle: each is answered for itself, with a receipt or the code of its problem."""

from collections.abc import Mapping, Sequence

from fieldapp.domain.photo import Photo
from fieldapp.server.photos.taking import Brought, Held, Intake
from fieldapp.server.problems import PROBLEMS, Refused
from fieldapp.wire.bundle_parts import PhotoAnswer, PhotoHead
from fieldapp.wire.messages import MAX_PHOTO_BYTES

Content = bytes | memoryview


def answers(
    intake: Intake, expected: Mapping[str, Photo | Refused], brought: Sequence[tuple[PhotoHead, Content]]
) -> tuple[PhotoAnswer, ...]:
    """In their order. `expected` are the records that announced them. Holds no transaction while bytes move."""
    found = [_found(expected[head.photo_id], head, content) for head, content in brought]
    taken = iter(intake.take_each([one for one in found if not isinstance(one, Refused)]))
    results = [one if isinstance(one, Refused) else next(taken) for one in found]
    return tuple(
        PhotoAnswer(head.photo_id, None, one.code, PROBLEMS[one.code][0]) if isinstance(one, Refused) else PhotoAnswer(head.photo_id, one)
        for (head, _), one in zip(brought, results, strict=True)
    )


def _found(photo: Photo | Refused, head: PhotoHead, content: Content) -> Brought | Held | Refused:
    if isinstance(photo, Refused):
        return photo
    if head.sha256 != photo.sha256:
        return Refused("mismatch", "sha256")
    if head.size != photo.size:
        return Refused("mismatch", "size")
    if photo.stored:
        return Held(photo.id, photo.sha256, photo.size, photo.media_type)
    if len(content) > MAX_PHOTO_BYTES:
        return Refused("too_large")
    return Brought(photo.id, photo.sha256, content)
