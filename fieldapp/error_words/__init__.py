"""Words for every known error: what happened, what is safe, what to do next. Used by the windows and by the command line; no Qt.

The words come from the error's code; its data fill the placeholders. A code that is not listed (a server of a newer version may send one)
gets the words of its family. One module a side: `district`, `laptop`, `office`.
"""

from collections import defaultdict
from collections.abc import Mapping

from fieldapp.error_words import district, laptop, office
from fieldapp.error_words.guide import guide_place
from fieldapp.error_words.sentences import ErrorWords
from fieldapp.errors import FieldappError
from fieldapp.texts import _

__all__ = ["WORDS", "ErrorWords", "words_for", "words_for_code"]

WORDS: Mapping[str, ErrorWords] = {**laptop.WORDS, **district.WORDS, **office.WORDS}

# What stands in for a code that is not listed.
_FAMILIES = {"offline": "offline.unreachable", "sign_in": "sign_in.session_ended", "photo": "photo.unreadable", "list": "list.unreadable"}


def words_for(error: BaseException) -> ErrorWords:
    """The words in the language of the app, with the error's facts filled in."""
    if not isinstance(error, FieldappError):
        return words_for_code("unexpected")
    return words_for_code(error.code, error.data)


def words_for_code(code: str, data: Mapping[str, str | int] | None = None) -> ErrorWords:
    """The same for a code that came in a record, such as the reason why the district set something aside."""
    family = _FAMILIES.get(code.partition(".")[0], "unexpected")
    known = code if code in WORDS else family
    words = WORDS[known]
    # A fact that an older or newer part of the program did not give must not turn one error into another.
    facts = defaultdict(lambda: "…", data or {})
    happened, safe, next_step = (_(text).format_map(facts) if text else "" for text in (words.happened, words.safe, words.next_step))
    return ErrorWords(happened, safe, next_step, guide_place(known))
