"""What a page says when something is refused: what happened, what is safe, what to do. The laptop has its own words for the same codes,
since there other things are safe."""

from collections.abc import Mapping

from fieldapp.error_words.sentences import NOTHING_CHANGED, ErrorWords
from fieldapp.server.problems import Refused
from fieldapp.texts import _, mark

_WORDS: Mapping[str, ErrorWords] = {
    "not_allowed": ErrorWords(
        mark("Your account may not do this."), NOTHING_CHANGED, mark("Go back, or ask who administers the accounts of the district.")
    ),
    "not_found": ErrorWords(
        mark("There is no such page."), NOTHING_CHANGED, mark("It may have been moved or removed. Begin again at the overview.")
    ),
    "unknown_record": ErrorWords(
        mark("What you are looking for is not there any more."),
        NOTHING_CHANGED,
        mark("Someone may have changed it meanwhile. Load the list again."),
    ),
    "wrong_value": ErrorWords(mark("Something that was entered cannot be right."), NOTHING_CHANGED, mark("Go back and correct it.")),
    "mismatch": ErrorWords(
        mark("This changed while you were looking at it."), NOTHING_CHANGED, mark("Go back, load the page again and look at it once more.")
    ),
    "already_decided": ErrorWords(
        mark("Someone else decided this while you were looking at it."),
        mark("Their decision stands; nothing of yours was stored."),
        mark("Look at the entry again: it says who decided what, and when."),
    ),
    "too_large": ErrorWords(
        mark("The file is too large."), NOTHING_CHANGED, mark("Split it into smaller files, or take pictures and colours out of the sheet.")
    ),
    "rate_limited": ErrorWords(
        mark("There were too many tries in a short time."), NOTHING_CHANGED, mark("Wait {seconds} seconds, then try again.")
    ),
    "server_busy": ErrorWords(mark("The database does not answer at the moment."), NOTHING_CHANGED, mark("Wait a moment, then try again.")),
    "server_full": ErrorWords(
        mark("The server's disk is full."), NOTHING_CHANGED, mark("Tell who looks after the server: it needs more room. Then try again.")
    ),
    "server_failed": ErrorWords(
        mark("The server had a fault."),
        NOTHING_CHANGED,
        mark("Try again. If it stays so, tell who looks after the server the number below."),
    ),
}
_ANY = ErrorWords(mark("The server did not understand this request."), NOTHING_CHANGED, mark("Go back and try again."))


def words_for(refused: Refused) -> ErrorWords:
    """Translated sentences, with the facts of the refusal in them."""
    said = _WORDS.get(refused.code, _ANY)
    facts = {"seconds": "…", **refused.data}
    return ErrorWords(_(said.happened).format(**facts), _(said.safe), _(said.next_step).format(**facts))
