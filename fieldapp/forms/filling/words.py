"""Labels, hints, messages and choices as they read now: in a language, with answers in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.forms.evaluating import find
from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError
from fieldapp.forms.xform.model import Choice, Control, ItemSet, Piece, Place, Words
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import to_text

if TYPE_CHECKING:
    from fieldapp.forms.filling.surroundings import SessionSurroundings

# Translated texts that name each other go no deeper.
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Option:
    """`media`: form ("image", "audio", …) -> file name."""

    value: str
    label: str
    media: tuple[tuple[str, str], ...] = ()


class WordsOf:
    """`language` may be changed at any time; "" means the form's own default."""

    def __init__(self, surroundings: SessionSurroundings, top: Node, language: str) -> None:
        self._surroundings, self._top, self.language = surroundings, top, language
        self._depth = 0

    def read(self, words: Words | None, node: Node, language: str | None = None, form: str = "") -> str:
        """Never raises: what cannot be worked out in a label is left out."""
        if words is None:
            return ""
        if words.text_id:
            return self._pieces(self._forms(words.text_id, language).get(form, ()), node)
        return self._pieces(words.pieces, node) if not form else ""

    def media(self, words: Words | None, node: Node, language: str | None = None) -> tuple[tuple[str, str], ...]:
        if words is None or not words.text_id:
            return ()
        return tuple((form, self._pieces(pieces, node)) for form, pieces in self._forms(words.text_id, language).items() if form)

    def _forms(self, text_id: str, language: str | None) -> dict[str, tuple[Piece, ...]]:
        definition = self._surroundings.definition
        for name in (language, self.language, definition.default_language):
            texts = definition.translations.get(name or "")
            if texts is not None and text_id in texts:
                return dict(texts[text_id].forms)
        return {}

    def _pieces(self, pieces: Sequence[Piece], node: Node) -> str:
        if self._depth > _DEEPEST:
            return ""
        self._depth += 1
        try:
            return "".join(piece if isinstance(piece, str) else self._worked_out(piece.run, node) for piece in pieces).strip()
        finally:
            self._depth -= 1

    def _worked_out(self, run: object, node: Node) -> str:
        try:
            return to_text(run(Context(node, self._surroundings)))  # type: ignore[operator]
        except FormError:
            return ""

    def translated(self, text_id: str) -> str:
        return self._pieces(self._forms(text_id, None).get("", ()), self._top.children[0])

    def choice_label(self, value: str, question: str, context: Node) -> str:
        place = self._surroundings.definition.places.get(question)
        if place is None or place.control is None:
            return value
        node = _near(self._top, place, context)
        options = self.options(place.control, node if node is not None else context)
        return next((option.label for option in options if option.value == value), "")

    def options(self, control: Control, node: Node, language: str | None = None) -> list[Option]:
        """Raises FormError where the choices' filter cannot be worked out."""
        if control.itemset is not None:
            return self._rows(control.itemset, node, language)
        return [self._option(choice, node, language) for choice in control.choices]

    def _option(self, choice: Choice, node: Node, language: str | None) -> Option:
        return Option(choice.value, self.read(choice.words, node, language), self.media(choice.words, node, language))

    def _rows(self, itemset: ItemSet, node: Node, language: str | None) -> list[Option]:
        rows = itemset.nodes.run(Context(node, self._surroundings))
        found = []
        for row in rows if isinstance(rows, list) else ():
            context = Context(row, self._surroundings, node)
            value, label = to_text(itemset.value(context)), to_text(itemset.label(context))
            if itemset.translated:
                words = Words(label)
                found.append(Option(value, self.read(words, node, language), self.media(words, node, language)))
            else:
                found.append(Option(value, label))
        return found


def _near(top: Node, place: Place, context: Node) -> Node | None:
    """The node of `place` nearest to `context`: in the same instances of repeats."""
    chain = context.chain()
    node = top
    for depth, name in enumerate(place.path.strip("/").split("/"), 1):
        own = chain[depth] if depth < len(chain) and chain[depth].name == name and chain[depth].parent is node else None
        following = own if own is not None else find(node, f"/{name}")
        if following is None:
            return None
        node = following
    return node
