"""Every word a person reads has its Thai, and the Thai fits the English it stands for."""

import ast
import re
import string
from pathlib import Path

from extract_texts import KEYWORDS, missing, thai_words, words_in_source

import fieldapp

# English that is the same in Thai: names, formats, and numbers.
SAME_IN_BOTH = re.compile(r"[^A-Za-z]*|fieldapp.*|.*\.xlsx.*|QR|PDF|Qt.*")


def test_no_message_is_without_thai() -> None:
    assert missing(words_in_source(), thai_words()) == []


def test_no_message_stands_inside_an_f_string() -> None:
    """The collector does not look into them, so such a text would stay English."""
    hidden = []
    for path in sorted(Path(fieldapp.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            calls = [one for one in ast.walk(node) if isinstance(one, ast.Call)] if isinstance(node, ast.JoinedStr) else []
            for call in calls:
                named = isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
                if named and call.args and isinstance(call.args[0], ast.Constant):
                    hidden.append(f"{path.name}:{node.lineno} {call.args[0].value}")
    assert hidden == []


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
