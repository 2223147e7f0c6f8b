"""Whether an answer may stand: its type, its constraint, whether it is missing, whether it is among the choices."""

from fieldapp.forms import answers
from fieldapp.forms.filling.cascade import exact_path
from fieldapp.forms.filling.surroundings import SessionSurroundings
from fieldapp.forms.filling.words import WordsOf
from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError, Problem
from fieldapp.forms.xform.model import Place


class Judge:
    def __init__(self, surroundings: SessionSurroundings, words: WordsOf) -> None:
        self._surroundings, self._words = surroundings, words

    def fits(self, node: Node) -> bool:
        return answers.fits(node.place.bind.type, node.text, self._surroundings.zone)

    def is_valid(self, node: Node) -> bool:
        if not node.relevant or not node.text:
            return True
        return self.fits(node) and (node.state is None or bool(node.state.valid))

    def problem(self, node: Node, language: str | None = None) -> Problem | None:
        if not node.relevant or node.children:
            return None
        self._surroundings.work = 0
        place: Place = node.place
        exact = exact_path(node)
        if not node.text:
            if node.state is None or not node.state.required:
                return None
            message = self._words.read(place.bind.required_message, node, language)
            return Problem("answer.required", exact, {"message": message} if message else {})
        if not self.fits(node):
            return Problem("answer.type", exact, {"type": place.bind.type})
        if node.state is not None and not node.state.valid:
            message = self._words.read(place.bind.constraint_message, node, language)
            return Problem("answer.constraint", exact, {"message": message} if message else {})
        if place.control is not None and place.control.kind in ("select", "select1", "rank") and not self._is_offered(node):
            return Problem("answer.not_a_choice", exact)
        return None

    def _is_offered(self, node: Node) -> bool:
        control = node.place.control
        chosen = [node.text] if control.kind == "select1" else node.text.split()
        try:
            values = {option.value for option in self._words.options(control, node)}
        except FormError:
            return True
        return all(value in values for value in chosen)
