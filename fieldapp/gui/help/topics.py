"""The pages of the guide: Markdown files in `resources/help/<language>/`, in the order of their names. Knows nothing of Qt.

A heading may end in `{#name}`: errors lead to it by that name, the same in every language. Pictures lie in
`resources/help/<language>/pictures`; they are made from the real windows by `make guide`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fieldapp.config import resources_dir
from fieldapp.domain.names import fold
from fieldapp.texts import DEFAULT_LANGUAGE

_MARKS = re.compile(r"^\s*(?:[#>\-|]+|\d+\.)|\*\*|\|[-|]*|!\[[^\]]*\]\([^)]*\)")
_NAMED = re.compile(r"^(#+ +)(.*?) *\{#([a-z-]+)\}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Topic:
    """`key` names the page in every language; `text` is the Markdown without the names of its sections; `sections` has them with their
    headings; `folded` is what a search compares with; `folder` is where its pictures lie below."""

    key: str
    title: str
    text: str
    folded: str
    sections: Mapping[str, str]
    folder: Path

    def __hash__(self) -> int:
        return hash((self.folder, self.key))


@dataclass(frozen=True, slots=True)
class Found:
    """A topic that a search found, with the words around the first place; empty where only the title holds it."""

    topic: Topic
    excerpt: str


@cache
def topics(language: str) -> tuple[Topic, ...]:
    """All pages in this language, or the Thai ones where it has none."""
    folder = resources_dir() / "help"
    chosen = folder / language if (folder / language).is_dir() else folder / DEFAULT_LANGUAGE
    return tuple(_read(path) for path in sorted(chosen.glob("*.md")))


def topic_of(language: str, place: str) -> tuple[Topic, str] | None:
    """The page and the heading that a place, `page` or `page#section`, names; the heading is '' for the page's beginning. None where there
    is no such page."""
    key, _hash, section = place.partition("#")
    topic = next((one for one in topics(language) if one.key == key), None)
    return (topic, topic.sections.get(section, "")) if topic else None


def search(language: str, words: str) -> tuple[Found, ...]:
    """Topics that hold every word asked for, in their own order; all of them where nothing is asked."""
    asked = [fold(word) for word in words.split() if fold(word)]
    return tuple(
        Found(topic, _excerpt(topic.text, words.split()[0]) if asked else "")
        for topic in topics(language)
        if all(word in topic.folded for word in asked)
    )


def _read(path: Path) -> Topic:
    written = path.read_text(encoding="utf-8")
    sections = {name: heading for _level, heading, name in _NAMED.findall(written)}
    text = _NAMED.sub(r"\1\2", written)
    title = text.splitlines()[0].lstrip("# ").strip()
    return Topic(path.stem.partition("-")[2], title, text, fold(_MARKS.sub(" ", text)), sections, path.parent)


def _excerpt(text: str, word: str) -> str:
    """The phrase that holds the word: Thai has a space where a phrase ends, and cutting anywhere else tears a word."""
    body = text.split("\n", 1)[1]
    for line in body.splitlines():
        plain = re.sub(r"\s+", " ", _MARKS.sub(" ", line)).strip()
        if fold(word) in fold(plain):
            at = max(plain.lower().find(word.lower()), 0)
            start = plain.rfind(" ", 0, at) + 1
            return ("…" if start else "") + plain[start:]
    return ""
