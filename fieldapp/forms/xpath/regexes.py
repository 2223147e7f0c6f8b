"""Regular expressions of forms: Java's words made Python's, the whole value matched, and none that could run for minutes.

Python's matcher goes back and forth without a time limit. Patterns it could lose itself in are given to an automaton instead, which cannot.
"""

import re
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from fieldapp.forms.problems import FormError
from fieldapp.forms.xpath.automaton import Automaton

LONGEST_PATTERN = 1_000
LONGEST_VALUE = 5_000
# Where one repetition follows another, ways multiply: with so many of them a short value is the limit.
_FEW = 1
_SHORT = 60
_JAVA_CLASSES = {
    r"\p{L}": r"[^\W\d_]", r"\p{IsThai}": r"[\u0e00-\u0e7f]", r"\p{InThai}": r"[\u0e00-\u0e7f]", r"\p{Alpha}": "[A-Za-z]",
    r"\p{Digit}": "[0-9]", r"\p{Alnum}": "[A-Za-z0-9]", r"\p{Upper}": "[A-Z]", r"\p{Lower}": "[a-z]", r"\p{N}": r"\d",
    r"\p{Punct}": r"[!-/:-@\[-`{-~]", r"\p{Space}": r"\s",
}  # fmt: skip


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> Callable[[str], bool]:
    """Whether the whole of a value matches. Raises FormError xpath.regex (broken) or xpath.regex_costly (nothing can match it safely)."""
    if len(pattern) > LONGEST_PATTERN:
        raise FormError("xpath.regex_costly", length=len(pattern), limit=LONGEST_PATTERN)
    ours = pattern.replace(r"\Z", r"\z").replace(r"\z", r"\Z")
    for java, python in _JAVA_CLASSES.items():
        ours = ours.replace(java, python)
    try:
        tree = sre.parse(ours)
        made = re.compile(ours)
    except (re.error, OverflowError, RecursionError, ValueError) as wrong:
        raise FormError("xpath.regex", pattern=pattern[:80]) from wrong
    nested, following = _repetitions(tree, inside=False)
    if not nested and following <= _FEW:
        return lambda value: made.fullmatch(value) is not None
    if tree.state.flags & re.IGNORECASE == 0:
        try:
            return Automaton(tree).matches
        except FormError:
            if nested or following > 3:
                raise
    elif nested or following > 3:
        raise FormError("xpath.regex_costly", pattern=pattern[:80])
    return lambda value: len(value) <= _SHORT and made.fullmatch(value) is not None


def matches(pattern: str, value: str) -> bool:
    """As `compiled`; a value longer than LONGEST_VALUE raises FormError xpath.regex_costly."""
    if len(value) > LONGEST_VALUE:
        raise FormError("xpath.regex_costly", length=len(value), limit=LONGEST_VALUE)
    return compiled(pattern)(value)


def _repetitions(items: Iterable[Any], inside: bool) -> tuple[bool, int]:
    """(whether a choice of ways lies inside a repetition, how many repetitions of unsettled length there are)."""
    nested, count = False, 0
    for operation, argument in items:
        name = str(operation)
        parts: list[Any] = []
        within = inside
        if name.endswith("_REPEAT"):
            least, most, inner = argument
            unsettled = least != most
            nested = nested or (inside and unsettled)
            count += unsettled
            parts, within = [inner], inside or most != 1
        elif name == "SUBPATTERN":
            parts = [argument[3]]
        elif name == "BRANCH":
            nested, parts = nested or inside, argument[1]
            count += 1
        elif name in ("ASSERT", "ASSERT_NOT"):
            parts = [argument[1]]
        elif name == "ATOMIC_GROUP":
            parts = [argument]
        elif name.startswith("GROUPREF"):
            count += 1
        for part in parts:
            deeper, more = _repetitions(part, within)
            nested, count = nested or deeper, count + more
    return nested, count
