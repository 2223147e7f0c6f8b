"""One filling of a form: answers in, change sets out. Must not know how anything is shown or stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from fieldapp.forms import answers
from fieldapp.forms.evaluating import find, zone_of
from fieldapp.forms.filling import drafts, finishing
from fieldapp.forms.filling.cascade import Cascade, Standing, exact_path
from fieldapp.forms.filling.changes import ChangeSet
from fieldapp.forms.filling.events import concerns, targets
from fieldapp.forms.filling.judging import Judge
from fieldapp.forms.filling.preload import preloaded
from fieldapp.forms.filling.surroundings import SessionSurroundings
from fieldapp.forms.filling.words import Option, WordsOf
from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError, Problem
from fieldapp.forms.xform.model import Action, Place, Rule
from fieldapp.forms.xform.reader import FormDefinition, copy
from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.values import unpack

MOST_INSTANCES = 1_000
# And that one answer may bring about: counts in counted repeats multiply.
MOST_MADE = 2_000
# Events that one answer may bring about: actions that set each other off in a circle end here.
_MOST_EVENTS = 5_000


def _system_clock() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Session:
    """A form being filled in.

    Paths are absolute; inside repeats they carry positions (/data/member[2]/age), without one the first is meant. `metadata`: what the
    device knows, by the names of the ODK specification (deviceid, username, email, phonenumber). `today` fixes the day, else `clock`
    (an aware datetime) tells it; `timezone` is where days begin, default the clock's. `draft`: what to_xml() gave; what the form does not
    know in it is left out, what it lacks is there empty. `started`: the change set of the beginning.
    """

    def __init__(
        self,
        definition: FormDefinition,
        *,
        today: dt.date | None = None,
        clock: Callable[[], dt.datetime] | None = None,
        timezone: dt.tzinfo | str | None = None,
        language: str | None = None,
        metadata: Mapping[str, str] | None = None,
        draft: str | bytes | None = None,
    ) -> None:
        clock = clock or _system_clock
        zone = zone_of(timezone) if timezone is not None else clock().tzinfo or dt.UTC
        self.definition = definition
        self._surroundings = SessionSurroundings(definition, zone, clock, today, metadata or {})
        self._top = Node("")
        self._words = self._surroundings.words = WordsOf(self._surroundings, self._top, language or "")
        self._judge = Judge(self._surroundings, self._words)
        root = copy(definition.top.children[0]) if draft is None else drafts.taken_up(definition, draft)
        self._top.append(root)
        self._read_types(root, given=draft is None)
        cascade = self._cascade()
        if draft is None:
            self._preload(root)
            # Before anything is reckoned, when everything still counts as relevant: so does ODK Collect.
            self._after(cascade, [("odk-instance-first-load", root)])
        cascade.appeared(root)
        self.started = self._after(cascade, [("odk-instance-load", root)])

    @classmethod
    def from_xml(
        cls,
        definition: FormDefinition,
        xml: str | bytes,
        *,
        today: dt.date | None = None,
        clock: Callable[[], dt.datetime] | None = None,
        timezone: dt.tzinfo | str | None = None,
        language: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Session:
        """Goes on with a draft. Raises FormError form.not_this_form, xml.…"""
        return cls(definition, today=today, clock=clock, timezone=timezone, language=language, metadata=metadata, draft=xml)

    # Answers

    def set(self, path: str, value: object) -> ChangeSet:
        """Puts an answer in: text as it is stored (choices with blanks between), or a number, date, time, list, bool, None for nothing.

        An answer that its type cannot hold is kept and not valid. Raises FormError form.no_such_node, form.read_only (a node with
        nodes under it), xpath.too_much_work.
        """
        node = self._node(path)
        if node.children:
            raise FormError("form.read_only", path)
        cascade = self._cascade()
        kind, zone = node.place.bind.type, self._surroundings.zone
        text = answers.text_of(value, kind, zone)
        fitted = self._judge.fits(node)
        changed = self._put(node, answers.normal(kind, text, self._surroundings.today(), zone) or text, cascade)
        changes = self._after(cascade, [("xforms-value-changed", node)] if changed else [])
        if self._judge.fits(node) != fitted:
            changes.validity[exact_path(node)] = self._judge.is_valid(node)
        return changes

    def _put(self, node: Node, text: str, cascade: Cascade) -> bool:
        if text == node.text:
            return False
        node.text = text
        node.typed = answers.typed(node.place.bind.type, text, self._surroundings.today(), self._surroundings.zone)
        cascade.value_changed(node)
        return True

    def value(self, path: str) -> str:
        """The stored text, "" for none. Raises FormError form.no_such_node, as everything here that takes a path."""
        return self._node(path).text

    # What holds of a node

    def is_relevant(self, path: str) -> bool:
        return self._node(path).relevant

    def is_required(self, path: str) -> bool:
        return self._standing(path).required

    def is_readonly(self, path: str) -> bool:
        node: Node | None = self._node(path)
        while node is not None:
            if node.state is not None and node.state.readonly:
                return True
            node = node.parent
        return False

    def is_valid(self, path: str) -> bool:
        """Whether the answer fits its type and its constraint. Nothing, and what is not relevant, is valid."""
        return self._judge.is_valid(self._node(path))

    def _standing(self, path: str) -> Standing:
        return self._node(path).state or Standing()

    def problem(self, path: str, language: str | None = None) -> Problem | None:
        """What keeps this answer from being finished: answer.required, answer.type, answer.constraint, answer.not_a_choice;
        `data["message"]` is the form's own message where it has one."""
        return self._judge.problem(self._node(path), language)

    def validate(self, paths: Iterable[str] | None = None, language: str | None = None) -> list[Problem]:
        """Everything that is missing or wrong, in document order: of the whole form, or of `paths` and what lies under them."""
        roots = [self._top.children[0]] if paths is None else [self._node(path) for path in paths]
        found = (self._judge.problem(node, language) for root in roots for node in root.walk())
        return [problem for problem in found if problem is not None]

    # Words

    @property
    def language(self) -> str:
        return self._words.language or self.definition.default_language

    @language.setter
    def language(self, language: str) -> None:
        self._words.language = language

    def label(self, path: str, language: str | None = None, form: str = "") -> str:
        """The words of the question, group or repeat, answers in them; `form` for another form of it ("image": a file name)."""
        node = self._node(path)
        control = node.place.control
        return self._words.read(control.label, node, language, form) if control is not None else ""

    def hint(self, path: str, language: str | None = None, form: str = "") -> str:
        """`form`: "guidance" for what only interviewers in training read."""
        node = self._node(path)
        control = node.place.control
        return self._words.read(control.hint, node, language, form) if control is not None else ""

    def options(self, path: str, language: str | None = None) -> list[Option]:
        """The choices as they are offered now. Raises FormError where their filter cannot be worked out."""
        node = self._node(path)
        control = node.place.control
        return self._words.options(control, node, language) if control is not None else []

    # Repeats

    def repeats(self, path: str) -> int:
        """How many instances: `path` names the repeat, positions only above it."""
        parent, place = self._repeat(path)
        return len(parent.named.get(place.name, ()))

    def add_repeat(self, path: str) -> ChangeSet:
        """One more instance behind the others. Raises FormError form.not_a_repeat, form.too_many_repeats."""
        parent, place = self._repeat(path)
        cascade = self._cascade()
        self._resize(parent, place, len(parent.named.get(place.name, ())) + 1, cascade)
        return self._after(cascade)

    def remove_repeat(self, path: str) -> ChangeSet:
        """Takes the instance at `path` (with its position) out. Raises FormError form.not_a_repeat, form.no_such_node."""
        node = self._node(path)
        place: Place = node.place
        if not place.repeat or node.parent is None:
            raise FormError("form.not_a_repeat", path)
        cascade = self._cascade()
        self._take(node, cascade)
        return self._after(cascade)

    def _repeat(self, path: str) -> tuple[Node, Place]:
        above, _, last = path.rpartition("/")
        parent = self._node(above) if above else self._top
        name = last.partition("[")[0]
        place = parent.place.children.get(name) if parent.place is not None else None
        if place is None or not place.repeat:
            raise FormError("form.not_a_repeat", path)
        return parent, place

    def _take(self, node: Node, cascade: Cascade) -> None:
        parent, place = node.parent, node.place
        assert parent is not None
        cascade.subtree_changed(node, instances=True)
        parent.remove(node)
        self._note_count(parent, place, cascade)

    def _note_count(self, parent: Node, place: Place, cascade: Cascade) -> None:
        cascade.changes.repeats[f"{exact_path(parent)}/{place.name}"] = len(parent.named.get(place.name, ()))

    def _resize(self, parent: Node, place: Place, wanted: int, cascade: Cascade) -> None:
        """Instances are added behind until there are as many as wanted. Raises FormError form.too_many_repeats.

        Never fewer: a number that was mistyped for a moment takes no answers away (ODK Collect keeps them, too).
        """
        if wanted > MOST_INSTANCES:
            raise FormError("form.too_many_repeats", place.path, limit=MOST_INSTANCES)
        assert place.template is not None
        while len(parent.named.get(place.name, ())) < wanted:
            self._surroundings.made += 1
            if self._surroundings.made > MOST_MADE:
                raise FormError("form.too_many_repeats", place.path, limit=MOST_MADE)
            made = copy(place.template)
            parent.insert(made, list(parent.place.children))
            self._read_types(made)
            if not parent.relevant:
                for node in made.walk():
                    node.relevant = False
            self._preload(made)
            cascade.subtree_changed(made, instances=True)
            cascade.appeared(made)
            cascade.made.extend(node for node in made.walk() if node.place.repeat)
            self._note_count(parent, place, cascade)

    # What happens by itself

    def _after(self, cascade: Cascade, events: Iterable[tuple[str, Node]] = ()) -> ChangeSet:
        """Runs the cascade, and the form's actions for `events` and for instances that were made, each as an answer of its own."""
        changes = cascade.run()
        waiting = [*events, *self._new(cascade)]
        for _ in range(_MOST_EVENTS):
            if not waiting:
                return changes
            event, node = waiting.pop(0)
            for action in self.definition.actions:
                if event not in action.events or not concerns(action, event, node):
                    continue
                for target in targets(action, node, self._top):
                    following = self._cascade(following=True)
                    if self._put(target, self._action_text(action, target, following), following):
                        waiting.append(("xforms-value-changed", target))
                    changes.take_in(following.run())
                    waiting.extend(self._new(following))
        raise FormError("xpath.too_much_work", limit=_MOST_EVENTS)

    def _new(self, cascade: Cascade) -> list[tuple[str, Node]]:
        """The events of the instances that a cascade made, where an action waits for them."""
        awaited = any("odk-new-repeat" in action.events for action in self.definition.actions)
        return [("odk-new-repeat", node) for node in cascade.made] if awaited else []

    def _action_text(self, action: Action, target: Node, cascade: Cascade) -> str:
        rule: Rule | None = action.rule
        if rule is None:
            return action.text
        try:
            value = unpack(rule.run(Context(target, self._surroundings)))
        except FormError as wrong:
            cascade.changes.problems.append(Problem(wrong.code, action.target, wrong.data))
            return target.text
        return answers.written(target.place.bind.type, value, self._surroundings.zone)[0]

    def _preload(self, root: Node) -> None:
        for node in root.walk():
            if node.place.bind.preload and not node.text:
                node.text = preloaded(node.place.bind, self._surroundings)
                node.typed = answers.typed(node.place.bind.type, node.text, self._surroundings.today(), self._surroundings.zone)

    def _read_types(self, root: Node, given: bool = True) -> None:
        """`given`: the texts are the form's own, so what does not fit its type is no answer."""
        day, zone = self._surroundings.today(), self._surroundings.zone
        for node in root.walk():
            if node.text and not node.children:
                kind = node.place.bind.type
                node.text = answers.normal(kind, node.text.strip(), day, zone) if given else node.text
                node.typed = answers.typed(kind, node.text, day, zone)

    def _cascade(self, following: bool = False) -> Cascade:
        """`following`: what it does belongs to the answer before, and so does its cost."""
        if not following:
            self._surroundings.work = self._surroundings.evaluations = self._surroundings.made = 0
        return Cascade(self.definition.graph, self._surroundings, self._top, self._resize)

    def _node(self, path: str) -> Node:
        node = find(self._top, path)
        if node is None or node is self._top:
            raise FormError("form.no_such_node", path)
        self._surroundings.work = 0
        return node

    # Out and in

    def to_xml(self) -> str:
        """The draft: everything kept, what is not relevant among it."""
        return drafts.to_xml(self.definition, self._top.children[0])

    def finalize(self) -> str:
        """The submission XML: end time and instanceID set, what is not relevant left out. Whether anything is missing, validate() says."""
        cascade = self._cascade()
        for node in self._top.children[0].walk():
            text = finishing.last_word(node.place.bind, node, self._surroundings)
            if text is not None:
                self._put(node, text, cascade)
        cascade.run()
        return finishing.submission(self.definition, self._top.children[0])
