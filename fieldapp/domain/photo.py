"""A photo of a visit, one that answers a question of a filled form, or one of a paper that came back signed. The record travels with
that; the bytes travel on their own, named by their SHA-256."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CareId, CaseId, PhotoId, SubmissionId, VisitId


class PhotoKind(StrEnum):
    OUTSIDE = "outside"
    INSIDE = "inside"
    CHILD_WITH_SCHOOL_SIGN = "child_with_school_sign"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Photo:
    """Belongs to a visit, to a submission or to a paper, to one of them; `case_id` is that one's, None where a form is about a school.
    `sha256` (hex) and `size` (bytes) are of the picture as kept: downscaled, without EXIF. `stored` is the district's word that it holds
    the bytes."""

    id: PhotoId
    visit_id: VisitId | None
    case_id: CaseId | None
    sha256: str
    size: int
    media_type: str
    width: int
    height: int
    kind: PhotoKind
    taken_at: dt.datetime | None = None
    caption: str = ""
    stored: bool = False
    version: int = 1
    submission_id: SubmissionId | None = None
    paper_id: CareId | None = None

    @property
    def belongs_to(self) -> str:
        """The id of the record without which it would mean nothing."""
        return self.visit_id or self.submission_id or self.paper_id or ""


_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_NAME = re.compile(r"\b([0-9a-f]{64})\.(?:jpg|png|webp)\b")


def file_name(photo: Photo) -> str:
    """What a form's answer calls the picture. By its hash, so that copies of one form that share a picture are answered alike."""
    return f"{photo.sha256}.{_ENDINGS.get(photo.media_type, 'jpg')}"


def naming_only(answers: str, kept: Collection[str]) -> str:
    """The same answers, but nothing where a picture is named whose SHA-256 is not among `kept`."""
    return _NAME.sub(lambda found: found[0] if found[1] in kept else "", answers)


def hashes_named_in(answers: str) -> frozenset[str]:
    """SHA-256 of the pictures that an answer, or all answers of an instance, name."""
    return frozenset(_NAME.findall(answers))
