"""Cuts an expression into tokens. Must not know the grammar beyond what a `*` or the word `div` depends on."""

import re
from dataclasses import dataclass

from fieldapp.forms.problems import FormError

MAX_LENGTH = 100_000

# XML's name characters: Thai vowels and tone marks among them, blanks that look like spaces and curly quotes not.
_BEYOND_ASCII = (
    "\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u200c\u200d\u203f\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_NAME = f"[A-Za-z_{_BEYOND_ASCII}][A-Za-z0-9_.\\-{_BEYOND_ASCII}]*"
_BLANK = " \t\r\n"
_TOKEN = re.compile(
    rf"""[ \t\r\n]*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    | (?P<sign>\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>*$])
    )""",
    re.VERBOSE,
)
_OPERATOR_WORDS = frozenset(("and", "or", "div", "mod"))
_OPERATOR_SIGNS = frozenset(("/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "*"))
# After one of these something must begin, so a `*` there is a wildcard and `div` a name (XPath 1.0, §3.7).
_BEGINNERS = frozenset(("@", "::", "(", "[", ","))


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: number, text, name, sign or operator; `at`: offset in the expression."""

    kind: str
    text: str
    at: int


def tokens(expression: str) -> list[Token]:
    """All tokens of `expression`. Raises FormError xpath.character, xpath.string_not_closed, xpath.too_long."""
    if len(expression) > MAX_LENGTH:
        raise FormError("xpath.too_long", length=len(expression), limit=MAX_LENGTH)
    found: list[Token] = []
    at, end = 0, len(expression.rstrip(_BLANK))
    while at < end:
        match = _TOKEN.match(expression, at)
        if match is None:
            at += len(expression[at:]) - len(expression[at:].lstrip(_BLANK))
            code = "xpath.string_not_closed" if expression[at] in "'\"" else "xpath.character"
            raise FormError(code, at=at, character=expression[at])
        group = kind = match.lastgroup or ""
        text = match.group(group)
        between = _may_be_operator(found)
        if (text in _OPERATOR_SIGNS and (between or text not in ("*", "-"))) or (text in _OPERATOR_WORDS and between):
            kind = "operator"
        found.append(Token(kind, text, match.start(group)))
        at = match.end()
    return found


def _may_be_operator(before: list[Token]) -> bool:
    # A string that holds "(" only looks like a beginner.
    return bool(before) and before[-1].kind != "operator" and (before[-1].kind == "text" or before[-1].text not in _BEGINNERS)
