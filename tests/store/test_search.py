"""The two ways of looking for a word agree with the plain one, whatever is typed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.store.search import SearchText, words_of

LETTERS = "กขคงจ12 \n"


def plainly(texts: list[str], words: list[str]) -> list[int]:
    return [place for place, text in enumerate(texts) if all(word in text for word in words)]


@given(st.lists(st.text(LETTERS, max_size=8), max_size=30), st.lists(st.text("กขค1", min_size=1, max_size=3), min_size=1, max_size=4))
def test_every_word_is_found_where_it_stands(texts: list[str], typed: list[str]) -> None:
    search = SearchText(texts)
    for word in typed:
        assert list(search.find([word])) == plainly(texts, [word])
    assert list(search.find(typed)) == plainly(texts, typed)


@pytest.mark.parametrize("word", ["ก", "กข", "จจจจจ", "1", "ง9"])
def test_common_and_rare_words_are_found_in_many_texts(word: str) -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choices("กขคง1", k=chance.randint(0, 9))) for _ in range(20_000)]
    assert list(SearchText(texts).find([word])) == plainly(texts, [word])


def test_a_match_does_not_run_over_two_texts() -> None:
    assert list(SearchText(["กข", "คง"]).find(["ขค"])) == []


def test_what_folds_to_nothing_is_no_word() -> None:
    assert words_of("  . ่ ") == []
    assert words_of("แก้ว ม.4 แก้ว") == ["แกว", "ม4"]
