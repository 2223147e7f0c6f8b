"""Taking pictures into the draft of a visit or a form, and showing them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import CaseId, PhotoId, SubmissionId, VisitId, new_id
from fieldapp.domain.payloads import PhotoAdded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.errors import PhotoError, StoreError
from fieldapp.store import drafts, form_drafts, originals, photos, pictures_seen
from fieldapp.store.case_facts import case_and_child
from fieldapp.store.changes import Changes
from fieldapp.store.drafts import DraftPhoto
from fieldapp.store.engine import Store
from fieldapp.store.form_drafts import FormDraft
from fieldapp.store.originals import Original
from fieldapp.store.recording import Act, record_in
from fieldapp.usecases import pictures, stamping
from fieldapp.usecases.blurring import Region, blurred
from fieldapp.usecases.drafting import begun_visit, fresh_visit
from fieldapp.usecases.pictures import Picture
from fieldapp.usecases.stamping import DrawStamp

__all__ = ["DraftPhoto", "Original", "Photos"]


class Photos:
    def __init__(self, store: Store, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._now = now
        # How the stamp of a photo is drawn, where a window can; without it none is.
        self.draw_stamp: DrawStamp | None = None

    def add(self, visit_id: str, case_id: str, source: Path | bytes, kind: PhotoKind, taken_at: dt.datetime | None = None) -> DraftPhoto:
        """Take a picture into the draft of a visit, which is begun by it if it was not. `taken_at` where the camera's clock is known to
        be off. Raises PhotoError; the draft is then as it was."""
        original = pictures.read_bytes(source) if isinstance(source, Path) else source
        picture = self._stamped(_taken(pictures.take_in(original), taken_at), case_id, kind)
        sha256, whole = self._kept_with_original(picture, original)
        with self._store.writing() as connection:
            photo = _photo(picture, sha256, case_id, kind, visit_id=self._begun(connection, visit_id, case_id))
            added = DraftPhoto(photo, picture.position, original_dropped=not whole)
            drafts.add_photo(connection, added)
            self._remember(connection, original, photo)
        return added

    def add_to_finished(self, visit_id: str, case_id: str, source: bytes, kind: PhotoKind, taken_at: dt.datetime | None = None) -> Changes:
        """Take a picture into a visit that is finished: it goes to the district as a fact of its own. Raises PhotoError; EventRefused
        where the visit is not here any more."""
        picture = self._stamped(_taken(pictures.take_in(source), taken_at), case_id, kind)
        photo = _photo(picture, self._kept_with_original(picture, source)[0], case_id, kind, visit_id=VisitId(visit_id))
        with self._store.writing() as connection:
            changes = record_in(connection, self._store.identity, [Act(PhotoAdded(photo), photo.id)], self._now())
            self._remember(connection, source, photo)
        self._store.announce(changes)
        return changes

    def answer(self, draft: FormDraft, source: Path | bytes) -> Photo:
        """Take a picture into a form that is being filled, which is begun by it if it was not; the answer is then to be `file_name` of it.
        If none is, it goes when the form is opened again. Raises PhotoError; the draft is then as it was."""
        original = pictures.read_bytes(source) if isinstance(source, Path) else source
        picture = pictures.take_in(original)
        self._kept_with_original(picture, original)
        return self._answered(draft, picture, PhotoKind.OTHER)

    def sign(self, draft: FormDraft, png: bytes) -> Photo:
        """The same for what was drawn here."""
        return self._answered(draft, pictures.drawn(png), PhotoKind.DOCUMENT)

    def _answered(self, draft: FormDraft, picture: Picture, kind: PhotoKind) -> Photo:
        sha256 = self._kept(picture)
        with self._store.writing() as connection:
            there = next((one.photo for one in drafts.photos_of(connection, draft.id) if one.photo.sha256 == sha256), None)
            if there is not None:
                return there
            if form_drafts.read(connection, draft.id) is None:
                form_drafts.write(connection, draft)
            photo = _photo(picture, sha256, draft.case_id, kind, submission_id=SubmissionId(draft.id))
            drafts.add_photo(connection, DraftPhoto(photo, None))
        return photo

    def _stamped(self, picture: Picture, case_id: str, kind: PhotoKind) -> Picture:
        """With day and place, where the person wants them on photos of this kind."""
        if self.draw_stamp is None or not stamping.fits(kind):
            return picture
        with self._store.reading() as connection:
            if not stamping.is_on(connection):
                return picture
            child = case_and_child(connection, self._store.district_id, case_id)[1]
        lines = stamping.lines(child, picture.taken_at)
        return pictures.stamped(picture, self.draw_stamp(picture.width, picture.height, lines)) if lines else picture

    def _kept(self, picture: Picture) -> str:
        """The bytes are in the encrypted file before anything names them; returns their hash."""
        sha256 = sha256_hex(picture.data)
        with self._store.photo_writing() as connection:
            photos.put_picture(connection, sha256, picture.data, picture.thumbnail)
        return sha256

    def _kept_with_original(self, picture: Picture, source: bytes) -> tuple[str, bool]:
        """The same with the file that it was made of, where there is room for that: a photo is never refused for its original. Returns the
        hash and whether the original is kept, too."""
        sha256 = self._kept(picture)
        if not originals.there_is_room(self._store, len(source)):
            return sha256, False
        try:
            with self._store.photo_writing() as connection:
                originals.keep(connection, sha256, sha256_hex(source), Original(source, picture.ending), self._now())
        except StoreError as error:
            if error.code != "store.disk_full":
                raise
            return sha256, False
        return sha256, True

    def original(self, sha256: str) -> Original | None:
        """The file that this picture was made of, while it is kept."""
        with self._store.photo_reading() as connection:
            return originals.find(connection, sha256)

    def original_ending(self, sha256: str) -> str | None:
        """What its name ends with, without the dot; None where it is not kept. Reads no picture."""
        with self._store.photo_reading() as connection:
            return originals.ending_of(connection, sha256)

    def _remember(self, connection: Connection, original: bytes, photo: Photo) -> None:
        """So that the same file is not offered again when the phone is plugged in."""
        pictures_seen.remember(connection, sha256_hex(original), len(original), photo.id, self._now())

    def remove(self, photo_id: str) -> None:
        """Out of the draft; photos of finished visits stay."""
        with self._store.writing() as connection:
            stored = drafts.read_photo(connection, photo_id)
            drafts.remove_photo(connection, photo_id)
            pictures_seen.forget_photos(connection, [photo_id])
        if stored is not None:
            photos.drop_unused(self._store, [stored.photo.sha256])

    def blur(self, photo_id: str, regions: Sequence[Region]) -> DraftPhoto:
        """Put in the place of a draft's photo one in which these parts cannot be recognised; what was there before goes. Raises
        photo.finished where it is in no draft of a visit any more, PhotoError where its picture cannot be read."""
        with self._store.reading() as connection:
            before = drafts.read_photo(connection, photo_id)
        if before is None or before.photo.visit_id is None:
            raise PhotoError("photo.finished")
        old = before.photo.sha256
        data = self.picture(old)
        if data is None:
            raise PhotoError("photo.missing")
        picture = blurred(data, regions)
        sha256 = self._kept(picture)
        with self._store.photo_writing() as connection:
            source = originals.hash_of(connection, old)
            if source:
                originals.link(connection, sha256, source)
        with self._store.writing() as connection:
            now = drafts.read_photo(connection, photo_id)
            if now is not None:
                size, kind = len(picture.data), picture.media_type
                photo = replace(now.photo, sha256=sha256, size=size, media_type=kind, width=picture.width, height=picture.height)
                now = replace(now, photo=photo)
                drafts.add_photo(connection, now)
        photos.drop_unused(self._store, [old, sha256])
        if now is None:
            raise PhotoError("photo.finished")
        return now

    def set_kind(self, photo_id: str, kind: PhotoKind) -> None:
        with self._store.writing() as connection:
            drafts.set_kind(connection, photo_id, kind)

    def thumbnail(self, sha256: str) -> bytes | None:
        """A JPEG of at most 240 px; None where the picture is on another device."""
        with self._store.photo_reading() as connection:
            return photos.thumbnail(connection, sha256)

    def picture(self, sha256: str) -> bytes | None:
        with self._store.photo_reading() as connection:
            return photos.picture(connection, sha256)

    def _begun(self, connection: Connection, visit_id: str, case_id: str) -> VisitId:
        """The id of the case's draft. A picture may come before the first answer is saved, and must survive a crash all the same."""
        visit = begun_visit(connection, case_id)
        if visit is None:
            case, _ = case_and_child(connection, self._store.district_id, case_id)
            visit = fresh_visit(self._store.identity, visit_id, case_id, case.child_id, self._now())
            drafts.write_draft(connection, visit, self._now())
        return visit.id


def _taken(picture: Picture, at: dt.datetime | None) -> Picture:
    return replace(picture, taken_at=at) if at else picture


def _photo(picture: Picture, sha256: str, case_id: str, kind: PhotoKind, **owner: Any) -> Photo:
    return Photo(
        id=PhotoId(new_id()),
        **{"visit_id": None, **owner},
        case_id=CaseId(case_id) if case_id else None,
        sha256=sha256,
        size=len(picture.data),
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        kind=kind,
        taken_at=picture.taken_at,
    )
