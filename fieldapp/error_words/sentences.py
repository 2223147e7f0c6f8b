"""The three sentences that make up the words for an error, and those that many errors share."""

from dataclasses import dataclass

from fieldapp.texts import mark


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """Three sentences; `safe` and `next_step` may be empty. `guide` is the place in the user guide that says more, '' for none."""

    happened: str
    safe: str = ""
    next_step: str = ""
    guide: str = ""


STAYS_HERE = mark("Everything you recorded is safe on this computer.")
NOTHING_CHANGED = mark("Nothing was changed.")
ASK_DISTRICT = mark("Please ask the district office.")
