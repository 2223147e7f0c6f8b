"""Finding folded words anywhere in the texts of all children, by place in the list. Knows texts and numbers, no child and no file."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress, repeat
from operator import contains

from fieldapp.domain.names import fold

_BETWEEN = "\0"
# After so many hits it is known whether the word is rare or stands in every other text.
_SAMPLE = 2_000
_DENSE = 8


class SearchText:
    """`texts` are folded (`records.rows.search_text`). They are kept twice: joined, where the machine runs through memory in one go to a
    rare word, and apart, where each is asked for a word that most of them have. Either way 100,000 are searched in some milliseconds."""

    def __init__(self, texts: list[str]) -> None:
        self._joined = _BETWEEN.join(texts)
        # Cut out of the joined text the pieces lie in memory in the order in which they are walked through, which is three times as fast.
        self._texts = self._joined.split(_BETWEEN) if texts else []
        self._starts = array("L")
        start = 0
        for text in texts:
            self._starts.append(start)
            start += len(text) + 1
        self._before: tuple[list[str], Sequence[int]] = [], ()

    def find(self, words: list[str]) -> Sequence[int]:
        """Places of the texts that have all the words, ascending. Someone who types on can only lose hits, so the next letter is looked
        for among the hits of the last."""
        before, found = self._before
        if before and all(any(old in word for word in words) for old in before):
            found = self._having(words[0], found)
        else:
            found = self._first(words[0])
        for word in words[1:]:
            found = self._having(word, found)
        self._before = words, found
        return found

    def _having(self, word: str, places: Sequence[int]) -> list[int]:
        return list(compress(places, map(contains, map(self._texts.__getitem__, places), repeat(word))))

    def _first(self, word: str) -> list[int]:
        found: list[int] = []
        place, position = 0, self._joined.find(word)
        while position >= 0:
            place = bisect_right(self._starts, position, place)
            found.append(place - 1)
            if place == len(self._texts):
                break
            if len(found) == _SAMPLE and place < _SAMPLE * _DENSE:
                return list(compress(range(len(self._texts)), map(contains, self._texts, repeat(word))))
            position = self._joined.find(word, self._starts[place])
        return found


def words_of(typed: str) -> list[str]:
    """What was typed as folded words, the longest first: it leaves the fewest to look at for the others."""
    return sorted({folded for word in typed.split() if (folded := fold(word))}, key=lambda word: (-len(word), word))
