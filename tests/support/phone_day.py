"""A day of visits on the laptop, and a phone with pictures of it: folders as cameras make them, with times and bytes of their own."""

import datetime as dt
import os
from pathlib import Path

from fieldapp.domain.identifiers import CaseId, VisitId, new_id
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.domain.visit import Met, Outcome, Position, PositionSource, Visit
from tests.support.laptop import ME, TODAY, Laptop, fill
from tests.support.pictures import a_jpeg

# The pauses differ, so that a clock that is off can be told from them.
BEGUN = ("09:00", "09:50", "11:10", "13:10", "14:25")


def moment(clock: str, day: dt.date = TODAY) -> dt.datetime:
    hour, minute = clock.split(":")
    return dt.datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=THAI_TIME)


def begin_visits(laptop: Laptop, count: int = len(BEGUN), *, finish: int = 0) -> list[Visit]:
    """So many visits of today, begun at BEGUN, of which the first `finish` are finished."""
    laptop.clock.at = moment("18:30")
    visits = []
    for number, case in enumerate(fill(laptop, count)):
        begun = moment(BEGUN[number])
        visit = Visit(
            VisitId(new_id(int(begun.timestamp() * 1_000))),
            CaseId(case.id),
            case.child_id,
            visited_on=TODAY,
            by=ME,
            met=(Met.GRANDPARENT,),
            outcome=Outcome.WANTS_RETURN,
            position=Position(16_700_000 + 20_000 * number, 104_000_000, PositionSource.TYPED),
        )
        laptop.clock.at = begun + dt.timedelta(minutes=15)
        laptop.visits.save(visit)
        if number < finish:
            laptop.visits.finish(visit.case_id)
        visits.append(visit)
    laptop.clock.at = moment("18:30")
    return visits


def a_phone(folder: Path, off: dt.timedelta = dt.timedelta(), *, visits: int = len(BEGUN), each: int = 2) -> list[Path]:
    """`each` pictures of each visit, as a phone whose clock is `off` writes them."""
    camera = folder / "DCIM" / "Camera"
    camera.mkdir(parents=True, exist_ok=True)
    written = []
    for number in range(visits * each):
        at = moment(BEGUN[number // each]) + dt.timedelta(minutes=2 + 4 * (number % each)) + off
        path = camera / f"IMG_{number:04d}.jpg"
        # No two of the same size, as with real cameras.
        put(path, a_jpeg(320, 240, taken=f"{at:%Y:%m:%d %H:%M:%S}") + bytes(number), at)
        written.append(path)
    return written


def put(path: Path, data: bytes, at: dt.datetime) -> Path:
    """A file as it was written at that time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def state_of(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Everything by which a phone would notice that its files were touched: bytes, time of change, mode."""
    return {
        str(path.relative_to(folder)): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns, path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
    }
