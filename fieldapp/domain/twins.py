"""Likely duplicates: two cards that may be of one child. Pure: finds pairs and says what agrees and differs; a person decides.

Cards are compared only with those that share something rare with them (an ID, a G-code, a name, a birthday with half a name), so that the
work grows with the number of cards and not with its square.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from fieldapp.domain.names import sound_all
from fieldapp.domain.national_id import has_valid_check_digit


class Trait(StrEnum):
    NATIONAL_ID = "national_id"
    G_CODE = "g_code"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BIRTH = "birth_on"
    GUARDIAN = "guardian_name"
    PLACE = "place"
    SEX = "sex"


class Likeness(StrEnum):
    """SAME to the letter, ALIKE in sound or but for a slip, OTHER: plainly different. What one card does not say is not compared."""

    SAME = "same"
    ALIKE = "alike"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Card:
    """What is compared. `kin` are guardian, father and mother, as far as they are known; empty text is not known."""

    id: str
    given_name: str
    family_name: str
    national_id: str = ""
    g_code: str = ""
    birth_on: dt.date | None = None
    kin: tuple[str, ...] = ()
    place: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Twins:
    """`first` has the smaller id. `score` from 0 to 100 and more: an order, no probability."""

    first: str
    second: str
    score: int
    traits: tuple[tuple[Trait, Likeness], ...]


# An ID or G-code that is the same is enough alone, the whole name with the birthday or with the family too; a name alone is not.
LIKELY = 50
_POINTS = {
    (Trait.NATIONAL_ID, Likeness.SAME): 70,
    (Trait.NATIONAL_ID, Likeness.ALIKE): 20,
    (Trait.G_CODE, Likeness.SAME): 70,
    (Trait.GIVEN_NAME, Likeness.SAME): 20,
    (Trait.GIVEN_NAME, Likeness.ALIKE): 15,
    (Trait.GIVEN_NAME, Likeness.OTHER): -15,
    (Trait.FAMILY_NAME, Likeness.SAME): 20,
    (Trait.FAMILY_NAME, Likeness.ALIKE): 15,
    (Trait.BIRTH, Likeness.SAME): 25,
    (Trait.BIRTH, Likeness.ALIKE): 10,
    (Trait.BIRTH, Likeness.OTHER): -15,
    (Trait.GUARDIAN, Likeness.SAME): 15,
    (Trait.GUARDIAN, Likeness.ALIKE): 10,
    (Trait.PLACE, Likeness.SAME): 5,
    (Trait.SEX, Likeness.OTHER): -10,
    # Two numbers that are both right are two people, most of the time.
    (Trait.NATIONAL_ID, Likeness.OTHER): -40,
}
# A key that more cards share than this is not rare: a placeholder birthday with a common name, an ID of zeros.
_COMMON = 60


@dataclass(frozen=True, slots=True)
class _Sounds:
    given: str
    family: str
    kin: frozenset[str]


def likely_twins(cards: Sequence[Card]) -> list[Twins]:
    """The likeliest first."""
    sounds = _sounds(cards)
    found = (_compare(cards[one], cards[other], sounds[one], sounds[other]) for one, other in _candidates(cards, sounds))
    return sorted((pair for pair in found if pair.score >= LIKELY), key=lambda pair: (-pair.score, pair.first, pair.second))


def _sounds(cards: Sequence[Card]) -> list[_Sounds]:
    given, family = sound_all(card.given_name for card in cards), sound_all(card.family_name for card in cards)
    kin = iter(sound_all(name for card in cards for name in card.kin))
    return [_Sounds(given[at], family[at], frozenset(filter(None, (next(kin) for _ in card.kin)))) for at, card in enumerate(cards)]


def _candidates(cards: Sequence[Card], sounds: Sequence[_Sounds]) -> Iterable[tuple[int, int]]:
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        for key in _keys(card, sounds[at]):
            groups[key].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in groups.values():
        if 1 < len(members) <= _COMMON:
            pairs.update(combinations(members, 2))
    return sorted(pairs)


def _keys(card: Card, sound: _Sounds) -> Iterator[tuple[str, ...]]:
    if card.national_id:
        yield ("id", card.national_id)
    if card.g_code:
        yield ("g", card.g_code)
    yield ("name", sound.given, sound.family)
    if card.birth_on:
        yield ("given and birth", sound.given, card.birth_on.isoformat())
        yield ("family and birth", sound.family, card.birth_on.isoformat())
    for name in sound.kin:
        yield ("given and kin", sound.given, name)


def _compare(one: Card, other: Card, sound: _Sounds, other_sound: _Sounds) -> Twins:
    likeness = {
        Trait.NATIONAL_ID: _of_ids(one.national_id, other.national_id),
        Trait.G_CODE: _of_codes(one.g_code, other.g_code),
        Trait.GIVEN_NAME: _of_names(one.given_name, other.given_name, sound.given, other_sound.given),
        Trait.FAMILY_NAME: _of_names(one.family_name, other.family_name, sound.family, other_sound.family),
        Trait.BIRTH: _of_birthdays(one.birth_on, other.birth_on),
        Trait.GUARDIAN: _of_kin(sound.kin, other_sound.kin),
        Trait.PLACE: _of_codes(one.place, other.place),
        Trait.SEX: _of_codes(one.sex, other.sex),
    }
    traits = tuple((trait, found) for trait, found in likeness.items() if found is not None)
    first, second = sorted((one.id, other.id))
    return Twins(first, second, sum(_POINTS.get(each, 0) for each in traits), traits)


def _of_ids(one: str, other: str) -> Likeness | None:
    if not one or not other:
        return None
    if one == other:
        return Likeness.SAME
    if has_valid_check_digit(one) and has_valid_check_digit(other):
        return Likeness.OTHER
    return Likeness.ALIKE if _slip(one, other, 1) else None


def _of_codes(one: str, other: str) -> Likeness | None:
    if not one or not other:
        return None
    return Likeness.SAME if one == other else Likeness.OTHER


def _of_names(one: str, other: str, sound: str, other_sound: str) -> Likeness | None:
    if not sound or not other_sound:
        return None
    if one == other:
        return Likeness.SAME
    # A slip of the pen in a long name; in a short one it makes another name.
    slips = min(len(sound), len(other_sound)) // 5
    return Likeness.ALIKE if sound == other_sound or _slip(sound, other_sound, min(slips, 2)) else Likeness.OTHER


def _of_birthdays(one: dt.date | None, other: dt.date | None) -> Likeness | None:
    if one is None or other is None:
        return None
    if one == other:
        return Likeness.SAME
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    same_parts = sum((one.year == other.year, one.month == other.month, one.day == other.day))
    return Likeness.ALIKE if swapped or same_parts == 2 else Likeness.OTHER


def _of_kin(one: frozenset[str], other: frozenset[str]) -> Likeness | None:
    if not one or not other:
        return None
    if one & other:
        return Likeness.SAME
    near = any(_slip(name, another, min(len(name), len(another)) // 8) for name in one for another in other)
    return Likeness.ALIKE if near else Likeness.OTHER


def _slip(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters differ, are missing, or changed places with their neighbour."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        beyond, before, row = before, row, [i]
        for j, another in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                cost = min(cost, beyond[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most
