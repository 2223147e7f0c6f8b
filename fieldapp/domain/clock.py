"""What time it really is, from a clock that may be years off and from what the district's clock said at the last contact."""

import datetime as dt
from dataclasses import dataclass

# A small step back is a clock being set, not a proof of anything.
_JITTER = dt.timedelta(minutes=5)
# A clock that lags further than this has lost its battery; less is someone's mistake.
_LOST = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Measured:
    """`offset`: the district's clock minus this one's; `at`: what the district's clock said then, None where that was not kept."""

    offset: dt.timedelta
    at: dt.datetime | None = None


def real_time(here: dt.datetime, measured: Measured | None) -> dt.datetime:
    """The best guess of the real time when this computer's clock says `here`.

    Somebody may have set the clock right since the offset was measured. Then the corrected time lies before the last contact, or so long
    after it that the offset must have been added twice; and `here` is believed as it is.
    """
    if measured is None:
        return here
    corrected = here + measured.offset
    if measured.at is None:
        return corrected
    if corrected < measured.at - _JITTER:
        return max(here, corrected)
    if measured.offset > _LOST and corrected - measured.at >= measured.offset:
        return here
    return corrected
