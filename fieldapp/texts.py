"""Every word a person reads passes through here (gettext). Thai is the default; English is complete.

`_` and `ngettext` translate when they are called, so texts in tuples at module level are marked with `mark` and translated where they are
shown.
"""

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from fieldapp.config import resources_dir

LANGUAGES = {"th": "ไทย", "en": "English"}
DEFAULT_LANGUAGE = "th"
_DOMAIN = "fieldapp"

_Spoken = tuple[str, gettext.NullTranslations]

_everywhere: _Spoken = ("en", gettext.NullTranslations())
# A server speaks to several people at once, each in their language.
_here: ContextVar[_Spoken | None] = ContextVar("spoken here", default=None)


def use_language(code: str) -> None:
    """Speak this language from now on; unknown codes mean Thai. Texts already on a screen change when the screen is built anew."""
    global _everywhere
    _everywhere = _spoken(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """This language for what is done inside, on this thread only; unknown codes mean Thai."""
    before = _here.set(_spoken(code))
    try:
        yield
    finally:
        _here.reset(before)


def language() -> str:
    return (_here.get() or _everywhere)[0]


def _(message: str) -> str:
    return (_here.get() or _everywhere)[1].gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    return (_here.get() or _everywhere)[1].ngettext(singular, plural, count)


def _spoken(code: str) -> _Spoken:
    known = code if code in LANGUAGES else DEFAULT_LANGUAGE
    return known, gettext.translation(_DOMAIN, resources_dir() / "locale", [known], fallback=True)


mark: Callable[[str], str] = str
