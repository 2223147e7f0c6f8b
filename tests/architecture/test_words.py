"""Every word a person reads has its Thai, and the Thai fits the English it stands for."""

import re
import string

from extract_texts import missing, thai_words, words_in_source

# English that is the same in Thai: names, formats, and numbers.
SAME_IN_BOTH = re.compile(r"[^A-Za-z]*|fieldapp.*|.*\.xlsx.*|QR|PDF|Qt.*")


def test_no_message_is_without_thai() -> None:
    assert missing(words_in_source(), thai_words()) == []


def test_a_translation_fills_in_the_same_facts() -> None:
    wrong = []
    for message in thai_words():
        if not message.id:
            continue
        english = message.id[-1] if isinstance(message.id, tuple) else message.id
        thai = message.string[-1] if isinstance(message.string, tuple) else message.string
        if _fields(english) != _fields(thai):
            wrong.append(english)
    assert wrong == []


def test_thai_is_thai() -> None:
    leftovers = []
    for message in thai_words():
        thai = message.string[-1] if isinstance(message.string, tuple) else message.string
        if message.id and not re.search("[ก-๙]", thai) and not SAME_IN_BOTH.fullmatch(thai):
            leftovers.append(thai)
    assert leftovers == []


def _fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
