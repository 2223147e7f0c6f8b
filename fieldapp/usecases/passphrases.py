"""What makes a passphrase good enough to lock a computer with. Standard library only: it is judged while it is typed."""

import unicodedata
from enum import StrEnum

SHORTEST = 8
_GOOD_FROM = 14
_FEWEST_LETTERS = 4
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ")


class Strength(StrEnum):
    TOO_SHORT = "too_short"
    EASY = "easy"
    LIKE_PASSWORD = "like_password"
    FAIR = "fair"
    GOOD = "good"


USABLE = frozenset({Strength.LIKE_PASSWORD, Strength.FAIR, Strength.GOOD})


def strength(passphrase: str, account: str = "", password: str = "") -> Strength:
    """`account` is what others know: the passphrase must be another. The `password` of the account had better be."""
    typed = unicodedata.normalize("NFC", passphrase).casefold()
    if len(typed) < SHORTEST:
        return Strength.TOO_SHORT
    letters = "".join(typed.split())
    in_a_row = any(letters in row or letters in row[::-1] for row in _ROWS)
    if len(set(letters)) < _FEWEST_LETTERS or in_a_row or letters == account.strip().casefold():
        return Strength.EASY
    if password and passphrase == password:
        return Strength.LIKE_PASSWORD
    return Strength.GOOD if len(typed) >= _GOOD_FROM else Strength.FAIR
