"""What a sync tells while it runs and when it has ended. The windows read these through `usecases.syncing`."""

from dataclasses import dataclass, field
from enum import StrEnum

from fieldapp.errors import FieldappError
from fieldapp.store.changes import Changes

# How the list of runs calls an answer that came in a file.
BY_FILE = "by_file"


class SyncStage(StrEnum):
    PUSHING = "pushing"
    PULLING = "pulling"
    PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """`total` is 0 where it is not known yet."""

    stage: SyncStage
    done: int
    total: int
    bytes_done: int = 0
    bytes_total: int = 0


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What moved. `conflicts`, `held` and `rejected` count the answers that need a person. `error` is what ended the run or marred it, None
    where everything went through; what is counted here has happened either way. `farewell`: why the district has ended this
    laptop's access for good, by its signed word and after it took in what was unsent. `anew`: why everything is read from the district
    again (pull.forgotten, pull.new_scope), '' if it is not; `sent_again`: how many records the district had forgotten."""

    pushed: int = 0
    pulled: int = 0
    photos: int = 0
    receipts_verified: int = 0
    conflicts: int = 0
    held: int = 0
    rejected: int = 0
    changes: Changes = field(default_factory=Changes)
    bytes_up: int = 0
    bytes_down: int = 0
    error: FieldappError | None = None
    cancelled: bool = False
    farewell: str = ""
    anew: str = ""
    sent_again: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """What a file for the district carries; `events` without the photos' records, which nobody counts. `photos_missing`: photos that wait
    but whose bytes are not on this laptop."""

    bundle_id: str
    events: int
    photos: int
    photos_missing: int
    size: int
