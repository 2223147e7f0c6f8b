"""Every word a person reads passes through here (gettext). Thai is the default; English is complete.

`_` and `ngettext` translate when they are called, so texts in tuples at module level are marked with `mark` and translated where they are
shown.
"""

import gettext
from collections.abc import Callable

from fieldapp.config import resources_dir

LANGUAGES = {"th": "ไทย", "en": "English"}
DEFAULT_LANGUAGE = "th"
_DOMAIN = "fieldapp"

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use_language(code: str) -> None:
    """Speak this language from now on; unknown codes mean Thai. Texts already on a screen change when the screen is built anew."""
    global _current, _language
    _language = code if code in LANGUAGES else DEFAULT_LANGUAGE
    _current = gettext.translation(_DOMAIN, resources_dir() / "locale", [_language], fallback=True)


def language() -> str:
    return _language


def _(message: str) -> str:
    return _current.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    return _current.ngettext(singular, plural, count)


mark: Callable[[str], str] = str
