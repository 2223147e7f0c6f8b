"""Taking pictures into a visit's draft, and showing them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.visit import Position
from fieldapp.store.engine import Store


@dataclass(frozen=True, slots=True)
class DraftPhoto:
    """`offered_position`: where the picture says it was taken, until the person has taken it as the visit's place."""

    photo: Photo
    offered_position: Position | None


@dataclass(frozen=True, slots=True)
class AddedPhoto:
    photo: DraftPhoto
    offered_position: Position | None


class Photos:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now

    def add(self, visit_id: str, case_id: str, source: Path | bytes, kind: PhotoKind) -> AddedPhoto:
        raise NotImplementedError

    def remove(self, photo_id: str) -> None:
        raise NotImplementedError

    def set_kind(self, photo_id: str, kind: PhotoKind) -> None:
        raise NotImplementedError

    def thumbnail(self, sha256: str) -> bytes | None:
        raise NotImplementedError

    def picture(self, sha256: str) -> bytes | None:
        raise NotImplementedError
