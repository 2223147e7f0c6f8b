"""Every error that the program can raise has words in both languages."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import errors, texts
from fieldapp.error_words import WORDS, words_for, words_for_code
from fieldapp.errors import FieldappError, ServerProblem, StoreError

PACKAGE = Path(__file__).resolve().parents[2] / "fieldapp"
KNOWN = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, FieldappError)}


def raised_codes() -> Iterator[str]:
    """The codes written in calls of the error classes, anywhere in the laptop's and the server's code."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if name in KNOWN | {"EventRefused"} and isinstance(node.args[0].value, str):
                yield node.args[0].value


def documented_codes() -> Iterator[str]:
    for name in KNOWN:
        error = getattr(errors, name)
        yield error.code
        yield from re.findall(r"\b(?:offline|sign_in|store|photo|list|setup)\.\w+", error.__doc__ or "")


@pytest.fixture(params=list(texts.LANGUAGES))
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    texts.use_language(request.param)
    yield request.param
    texts.use_language("th")


def test_every_code_that_is_raised_or_documented_has_words() -> None:
    codes = set(raised_codes()) | set(documented_codes())
    assert len(codes) > 30
    assert codes - set(WORDS) == set()


@pytest.mark.parametrize("code", sorted(WORDS))
def test_an_error_says_what_happened_and_what_to_do(code: str, spoken: str) -> None:
    words = words_for_code(code)
    assert words.happened
    assert words.next_step
    if spoken == "th":
        assert all(re.search("[ก-๙]", text) for text in (words.happened, words.safe, words.next_step) if text)


@pytest.mark.parametrize("code", sorted(WORDS))
def test_the_thai_words_have_the_same_placeholders_as_the_english(code: str) -> None:
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english = WORDS[code]
    for text in (english.happened, english.safe, english.next_step):
        assert names(texts._(text)) == names(text)


def test_the_facts_of_an_error_are_in_its_words() -> None:
    assert "28" in words_for(StoreError("store.too_many_tries", seconds=28)).next_step


def test_a_fact_that_is_missing_does_not_hide_the_error() -> None:
    assert "…" in words_for(StoreError("store.too_many_tries")).next_step


def test_a_code_of_a_newer_server_gets_the_words_of_its_family() -> None:
    assert words_for(ServerProblem("brand_new", 409)) == words_for_code("unexpected")
    assert words_for_code("offline.brand_new") == words_for_code("offline.unreachable")


def test_a_fault_of_the_program_is_told_without_its_text() -> None:
    words = words_for(KeyError("ธนกร"))
    assert "ธนกร" not in f"{words.happened}{words.safe}{words.next_step}"
