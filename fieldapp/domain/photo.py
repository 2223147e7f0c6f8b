"""A photo of a visit. The record travels with the visit; the bytes travel on their own, named by their SHA-256."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.identifiers import CaseId, PhotoId, VisitId


class PhotoKind(StrEnum):
    OUTSIDE = "outside"
    INSIDE = "inside"
    CHILD_WITH_SCHOOL_SIGN = "child_with_school_sign"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Photo:
    """`sha256` (hex) and `size` (bytes) are of the picture as kept: downscaled, without EXIF. `stored` is the district's word that it
    holds the bytes."""

    id: PhotoId
    visit_id: VisitId
    case_id: CaseId
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
