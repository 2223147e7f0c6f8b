"""The answers of filled copies in words: for one copy as a list, for all copies of a form as tables.

Read from the XML alone, without filling the form again: thousands of copies go into one spreadsheet. A copy is read on its own version.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from fieldapp.domain.photo import hashes_named_in
from fieldapp.forms import FormDefinition
from fieldapp.forms.nodes import Node
from fieldapp.forms.sensitive import is_sensitive
from fieldapp.forms.xform.model import Control, Place, Words

_LIST = re.compile(r"instance\(\s*'([^']+)'\s*\)|instance\(\s*\"([^\"]+)\"\s*\)")
_SEVERAL = frozenset({"select", "rank"})
_CHOSEN = frozenset({"select", "select1", "rank"})


@dataclass(frozen=True, slots=True)
class Question:
    """`path` is generic (no positions); `repeat` the path of the repeat it lies in, '' for none; `part` the words of the group that names
    it. `choices`: value -> words. `urgent`: it asks for a sign of harm."""

    path: str
    name: str
    label: str
    part: str
    repeat: str
    several: bool
    sensitive: bool
    urgent: bool
    pictured: bool
    choices: Mapping[str, str]

    def shown(self, *, sensitive: bool, urgent: bool) -> bool:
        """To a person who may read what is sensitive, or what tells of harm."""
        return (sensitive or not self.sensitive) and (urgent or not self.urgent)


@dataclass(frozen=True, slots=True)
class Answer:
    """`part` names the groups around it; `number` is which instance of its repeat, 0 outside one. `picture`: the SHA-256 of one that it
    names, '' for none."""

    question: Question
    part: str
    number: int
    text: str
    picture: str = ""


class AnswerReader:
    """Reads copies of one version of a form."""

    def __init__(self, definition: FormDefinition) -> None:
        self._definition = definition
        self._words = _FixedWords(definition)
        self._parts = {
            place.path: self._words.of(place.control.label)
            for place in definition.places.values()
            if place.control is not None and place.control.kind in ("group", "repeat")
        }
        self.questions = tuple(self._questions(definition))
        self._by_path = {question.path: question for question in self.questions}

    def read(self, xml: str) -> Iterator[Answer]:
        """What was answered, in document order. The XML is that of a recorded submission."""
        root = ElementTree.fromstring(xml)
        yield from self._below(root, f"/{_local(root)}", "", 0)

    def _below(self, element: ElementTree.Element, path: str, part: str, number: int) -> Iterator[Answer]:
        seen: dict[str, int] = {}
        for child in element:
            at = f"{path}/{_local(child)}"
            seen[at] = seen.get(at, 0) + 1
            question = self._by_path.get(at)
            if question is not None:
                text = (child.text or "").strip()
                if text:
                    picture = next(iter(hashes_named_in(text)), "") if question.pictured else ""
                    yield Answer(question, part, number, self._in_words(question, text), picture)
            elif len(child):
                label = self._parts.get(at, "")
                repeats = any(one.repeat == at for one in self.questions)
                yield from self._below(child, at, label or part, seen[at] if repeats else number)

    def _in_words(self, question: Question, text: str) -> str:
        if not question.choices:
            return text
        values = text.split() if question.several else [text]
        return " · ".join(question.choices.get(value, value) for value in values)

    def _questions(self, definition: FormDefinition) -> Iterator[Question]:
        for path, place in definition.places.items():
            control: Control | None = place.control
            if control is None or control.kind in ("group", "repeat") or place.children:
                # What is reckoned and named for others stands among the answers too: an income a head, a level of risk.
                if control is None and not place.children and place.bind.rules and "/meta/" not in path:
                    yield self._question(place, None)
                continue
            yield self._question(place, control)

    def _question(self, place: Place, control: Control | None) -> Question:
        return Question(
            path=place.path,
            name=place.name,
            label=(self._words.of(control.label) if control else "") or place.name,
            part=self._part(place.path),
            repeat=place.repeats[-1] if place.repeats else "",
            several=control is not None and control.kind in _SEVERAL,
            sensitive=is_sensitive(self._definition, place.path),
            urgent=place.bind.extra.get("app:urgent") == "yes",
            pictured=control is not None and control.kind == "upload",
            choices=self._words.choices(control) if control is not None and control.kind in _CHOSEN else {},
        )

    def _part(self, path: str) -> str:
        while path:
            path = path.rpartition("/")[0]
            if words := self._parts.get(path):
                return words
        return ""


class _FixedWords:
    """Labels and choices without any answers in them, in the form's first language."""

    def __init__(self, definition: FormDefinition) -> None:
        self._definition = definition

    def of(self, words: Words | None) -> str:
        if words is None:
            return ""
        texts = self._definition.translations.get(self._definition.default_language, {})
        pieces = texts[words.text_id].forms.get("", ()) if words.text_id in texts else words.pieces
        return "".join(piece if isinstance(piece, str) else "…" for piece in pieces).strip()

    def choices(self, control: Control) -> dict[str, str]:
        """All of them, whatever filter stands before them."""
        if control.itemset is None:
            return {choice.value: self.of(choice.words) for choice in control.choices}
        found = _LIST.search(control.itemset.nodes.source)
        top = self._definition.instances.get((found[1] or found[2]) if found else "")
        if top is None or not top.children:
            return {}
        return dict(self._row(row) for row in top.children[0].children)

    def _row(self, row: Node) -> tuple[str, str]:
        cells = {cell.name: cell.text for cell in row.children}
        label = self.of(Words(cells["itextId"])) if "itextId" in cells else cells.get("label", "")
        return cells.get("name", ""), label or cells.get("name", "")


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
