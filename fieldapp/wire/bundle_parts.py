"""What the blocks of a bundle say (PROTOCOL.md §7): their kinds, and the messages that no request has."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, StrEnum

from fieldapp.domain.receipt import Receipt

# Bytes of a photo in one block.
PIECE_BYTES = 256 * 1024
# Changes in one block of an answer.
PAGE_CHANGES = 500


class Part(bytes, Enum):
    """Unknown kinds are skipped: a newer writer may say more."""

    HEAD = b"H"
    EVENTS = b"E"
    FORMER = b"F"
    PHOTO = b"P"
    PIECE = b"B"
    ANSWERS = b"A"
    PHOTO_ANSWERS = b"R"
    PAGE = b"C"
    SET_ASIDE = b"X"
    SET_ASIDE_PIECE = b"Y"


@dataclass(frozen=True, slots=True)
class BundleHead:
    """The first block of a bundle to the district: whose it is, which registered key signs it, and from where news is wanted (`cursor`,
    `mark` and `proofs` as in a pull). `reading`: how often the client has begun to read from the beginning."""

    bundle_id: str
    district_id: str
    person_id: str
    device_id: str
    signing_key: str
    made_at: dt.datetime
    cursor: int
    mark: str = ""
    proofs: tuple[str, ...] = ()
    reading: int = 0


@dataclass(frozen=True, slots=True)
class FormerReceipts:
    """As in `Push.former`, for the EVENTS block that follows."""

    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class PhotoHead:
    """The bytes follow in PIECE blocks, unless the same bytes were in this bundle before."""

    photo_id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """The first block of an answer: which bundle it answers, and the cursor from which its pages go on, with the bundle's `reading`.
    `kept`: those of the bundle's proofs that hold. `anew`: there are no pages, since the client must read from the beginning:
    pull.forgotten (`known` is the last common number) or pull.new_scope."""

    bundle_id: str
    district_id: str
    person_id: str
    device_id: str
    made_at: dt.datetime
    cursor: int
    reading: int = 0
    kept: tuple[str, ...] = ()
    anew: str = ""
    known: int = 0


@dataclass(frozen=True, slots=True)
class PhotoAnswer:
    """A receipt, or the problem's code and status as the network would have given it."""

    photo_id: str
    receipt: Receipt | None = None
    code: str = ""
    status: int = 0


@dataclass(frozen=True, slots=True)
class PhotoAnswers:
    answers: tuple[PhotoAnswer, ...]


class SetAsideKind(StrEnum):
    """An event that the district refused, a photo whose bytes it could not take, or a visit that was begun and not finished."""

    EVENT = "event"
    PHOTO = "photo"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class SetAsidePicture:
    """`size` bytes of the pieces that follow are this picture's, in the order in which the pictures are named."""

    photo_id: str
    sha256: str
    size: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What stays on a laptop and waits for a person, told to the district: `body` is the event (of a photo its `photo.added`, of a draft
    the visit) exactly as it lies there. `code` and `field` say why it was refused. Nobody asks for an answer, and there is none."""

    id: str
    kind: SetAsideKind
    body: str
    case_id: str = ""
    code: str = ""
    field: str = ""
    refused_at: dt.datetime | None = None
    app_version: str = ""
    system: str = ""
    pictures: tuple[SetAsidePicture, ...] = ()
    pictures_missing: int = 0
