"""What a page says when something is refused: what happened, what is safe, what to do. The laptop has its own words for the same codes,
since there other things are safe."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.error_words.sentences import NOTHING_CHANGED, ErrorWords
from fieldapp.server.problems import Refused
from fieldapp.texts import _, mark


@dataclass(frozen=True, slots=True)
class Word:
    """What is said above the form, and beside one field. With `on_record` each field also shows what the page holds by now."""

    above: str
    field: str = ""
    beside: str = ""
    on_record: str = ""


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
# Teachers and school heads have accounts, but not for these pages.
_OUTSIDE = ErrorWords(
    mark("These pages are for the staff of the district office."),
    NOTHING_CHANGED,
    mark("Your account works in the app on your laptop: sign in there. To use these pages with another account, sign out here first."),
)
_FIELDS: Mapping[str, str] = {
    "day": mark("There is no such day. Type day/month/year, for example 22/11/2569."),
    "number": mark("Type a number, in digits only."),
    "long": mark("This is too long: at most {longest} letters."),
    "letters": mark("There is a letter in it that cannot be stored. Delete it and type it again."),
    "file": mark(
        "This is not a spreadsheet that can be read. Choose a file .xlsx or .csv; one of the old kind (.xls): open it in Excel and save it"
        " as .xlsx."
    ),
    "no_file": mark("Choose a file."),
    "no_table": mark("The file can be read, but it has no table with the columns of the template, or no row below them."),
}
_SIGNED_IN_AGAIN = mark("Not saved yet: you had been signed out. What you typed is still here. Look at it and send it again.")
_ABOVE: Mapping[str, str] = {
    "wrong_value": mark("Not saved yet: please look at the marked field. What you typed is still here."),
    "too_large": mark(
        "The file is too large. Nothing was changed. Split it into smaller files, or take pictures and colours out of the sheet."
    ),
    "mismatch": mark(
        "Not saved: someone changed this while you were looking at it. What you typed is still here, with what is on record now below it."
        " Look at it, then save again if yours is to stand."
    ),
    "form_old": mark(
        "Not saved yet: you signed in again after this page was opened. What you typed is still here. Look at it and send it again."
    ),
}
_ANY = ErrorWords(mark("The server did not understand this request."), NOTHING_CHANGED, mark("Go back and try again."))


def words_for(refused: Refused) -> ErrorWords:
    """Translated sentences, with the facts of the refusal in them."""
    said = _OUTSIDE if "token" in refused.data else _WORDS.get(refused.code, _ANY)
    facts = {"seconds": "…", **refused.data}
    return ErrorWords(_(said.happened).format(**facts), _(said.safe), _(said.next_step).format(**facts))


def form_word(refused: Refused) -> Word | None:
    """What is said of a refused form on the form itself; None where the form is not what has to be put right."""
    why = refused.data.get("why", "")
    above = _ABOVE.get("form_old" if why == "form_old" else refused.code)
    if above is None:
        return None
    beside = _(_FIELDS[why]).format(**refused.data) if why in _FIELDS else _("This is missing or cannot be right.")
    return Word(_(above), refused.field, beside, _("On record now: {value}") if refused.code == "mismatch" else "")


def carried_word() -> Word:
    """What is said of a form that came after the session had ended."""
    return Word(_(_SIGNED_IN_AGAIN))
