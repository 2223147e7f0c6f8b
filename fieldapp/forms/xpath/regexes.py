"""Regular expressions of forms: Java's words made Python's, the whole value matched, and none that could run for minutes.

Python's matcher has no time limit. So patterns in which something repeated is repeated again are refused, and so are long values.
"""

import re
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from fieldapp.forms.problems import FormError

LONGEST_PATTERN = 1_000
LONGEST_VALUE = 5_000
_JAVA_CLASSES = {
    r"\p{L}": r"[^\W\d_]", r"\p{IsThai}": r"[\u0e00-\u0e7f]", r"\p{InThai}": r"[\u0e00-\u0e7f]", r"\p{Alpha}": "[A-Za-z]",
    r"\p{Digit}": "[0-9]", r"\p{Alnum}": "[A-Za-z0-9]", r"\p{Upper}": "[A-Z]", r"\p{Lower}": "[a-z]", r"\p{N}": r"\d",
    r"\p{Punct}": r"[!-/:-@\[-`{-~]", r"\p{Space}": r"\s",
}  # fmt: skip
_MANY = 40


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """Raises FormError xpath.regex (broken) or xpath.regex_costly."""
    if len(pattern) > LONGEST_PATTERN:
        raise FormError("xpath.regex_costly", length=len(pattern), limit=LONGEST_PATTERN)
    ours = pattern.replace(r"\Z", r"\z").replace(r"\z", r"\Z")
    for java, python in _JAVA_CLASSES.items():
        ours = ours.replace(java, python)
    try:
        _refuse_costly(sre.parse(ours), 0)
        return re.compile(ours, re.ASCII if "\\u0e" not in ours and ours.isascii() and r"\W" not in ours else 0)
    except (re.error, OverflowError, RecursionError, ValueError) as wrong:
        raise FormError("xpath.regex", pattern=pattern[:80]) from wrong


def matches(pattern: str, value: str) -> bool:
    """Whether the whole of `value` matches. Raises FormError as `compiled`, and xpath.regex_costly for a value too long."""
    if len(value) > LONGEST_VALUE:
        raise FormError("xpath.regex_costly", length=len(value), limit=LONGEST_VALUE)
    return compiled(pattern).fullmatch(value) is not None


def _refuse_costly(items: Iterable[Any], repeated: int) -> int:
    """Counts unlimited repetitions that follow each other; `repeated`: how many of them this part lies in."""
    count = 0
    for operation, argument in items:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = argument
            many = most > _MANY
            if many and repeated:
                raise FormError("xpath.regex_costly", nested=1)
            inside = _refuse_costly(inner, repeated + many)
            count += many + inside * (most if not many else 1)
        elif name == "SUBPATTERN":
            count += _refuse_costly(argument[3], repeated)
        elif name == "BRANCH":
            if repeated:
                # (a|a)* doubles its ways at each letter; single letters side by side are made one class by the parser and do no harm.
                raise FormError("xpath.regex_costly", nested=1)
            count += max(_refuse_costly(way, repeated) for way in argument[1])
        elif name in ("ASSERT", "ASSERT_NOT"):
            count += _refuse_costly(argument[1], repeated)
        elif name == "ATOMIC_GROUP":
            count += _refuse_costly(argument, repeated)
        elif name == "GROUPREF":
            count += 1
    if count > 4:
        raise FormError("xpath.regex_costly", repetitions=int(count))
    return int(count)
