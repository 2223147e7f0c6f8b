"""The same steps on JavaRosa and on our engine, and where the two disagree.

JavaRosa goes first: it does a step only where a person could, and ours does exactly those. After each step all nodes are compared.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from fieldapp.forms import FormDefinition, FormError, Session
from tests.support.corpus import Form
from tests.support.on_javarosa import TODAY, ZONE
from tests.support.walks import Step, Walker

State = dict[str, tuple[str, bool, bool, bool, bool]]
KINDS = ("value", "relevance", "required", "readonly", "constraint")
# As Pinned.java says of the phone.
_DEVICE = dict.fromkeys(("deviceid", "username", "email", "phonenumber", "subscriberid", "simserial"), "pinned")
_SURROUNDINGS: dict[str, Any] = {"today": dt.date.fromisoformat(TODAY), "timezone": ZONE, "metadata": _DEVICE}
# What differs from run to run by its nature.
_CHANCE = re.compile(r"(?<![\w-])(random|uuid|once|now|version|pulldata)\s*\(")


@dataclass
class Tally:
    """How often both said the same, and the first example of each place where they did not."""

    agreed: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    examples: dict[tuple[str, str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    forms: set[str] = field(default_factory=set)
    both_refused: set[str] = field(default_factory=set)
    only_theirs_refused: dict[str, str] = field(default_factory=dict)

    def count(self, kind: str, form: str, path: str, theirs: object, ours: object, where: str) -> None:
        self.total[kind] += 1
        if theirs == ours:
            self.agreed[kind] += 1
        else:
            self.examples[kind, form, _plain(path)].append(f"{where} {path}: JavaRosa {theirs!r}, ours {ours!r}")

    def share(self, kind: str) -> float:
        return self.agreed[kind] / max(1, self.total[kind])

    def report(self) -> str:
        """The shares, and each disagreeing place with how often and its first example."""
        lines = [f"{len(self.forms)} forms, {self.total['relevance']:,} node states"]
        lines += [f"{kind}: {self.share(kind):.4%} of {self.total[kind]:,}" for kind in sorted(self.total)]
        for (kind, form, path), seen in sorted(self.examples.items(), key=lambda item: -len(item[1])):
            lines.append(f"  {kind} x{len(seen)} {form} {path}: {seen[0]}")
        return "\n".join(lines)


class Ours:
    """One filling by our engine, told as JavaRosa's is."""

    def __init__(self, form: Form) -> None:
        self._definition = FormDefinition.from_xml(form.xform, form.attached())
        self.session = Session(self._definition, **_SURROUNDINGS)
        self._repeats = set(Walker(form.xform).repeats)

    def apply(self, step: Step) -> None:
        operation, path, value = (*step, "")[:3]
        if operation == "set":
            self.session.set(path, value)
        elif operation == "add_repeat":
            self.session.add_repeat(path)
        else:
            self.session.remove_repeat(path)

    def resumed(self) -> State:
        """The state of a filling that goes on with the draft of this one, worked out afresh."""
        again = Ours.__new__(Ours)
        again._repeats = self._repeats
        again.session = Session.from_xml(self._definition, self.session.to_xml(), **_SURROUNDINGS)
        return again.state()

    def state(self) -> State:
        root = ElementTree.fromstring(self.session.to_xml())
        state: State = {}
        self._collect(root, f"/{_local(root)}", f"/{_local(root)}", state)
        return state

    def _collect(self, element: ElementTree.Element, path: str, plain: str, state: State) -> None:
        session = self.session
        text = "" if len(element) else element.text or ""
        state[path] = (text, session.is_relevant(path), session.is_required(path), session.is_readonly(path), session.is_valid(path))
        seen: Counter[str] = Counter()
        for child in element:
            name = _local(child)
            seen[name] += 1
            below = f"{plain}/{name}"
            self._collect(child, f"{path}/{name}[{seen[name]}]" if below in self._repeats else f"{path}/{name}", below, state)


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _by_chance(xform: str) -> set[str]:
    """The paths of nodes whose calculation differs from run to run."""
    root = ElementTree.fromstring(xform.encode())
    found = set()
    for element in root.iter():
        expression = f"{element.get('calculate', '')} {element.get('value', '')}"
        if _CHANCE.search(expression) or element.get("{http://openrosa.org/javarosa}preload"):
            found.add(re.sub(r"/[\w.-]+:", "/", element.get("nodeset", element.get("ref", ""))))
    return found


def compare(javarosa: Any, form: Form, steps: list[Step], tally: Tally, where: str = "") -> None:
    """Replays the steps on both and counts; what JavaRosa refuses is only noted."""
    told = javarosa.walk(form.xform, steps, form.attached())
    if "refused" in told:
        tally.only_theirs_refused[form.name] = told["refused"]
        return
    tally.forms.add(form.name)
    ours = Ours(form)
    chance = _by_chance(form.xform)
    theirs: dict[str, Any] = {}
    for number, (step, state) in enumerate(zip([["load", "", ""], *steps], told["states"], strict=False)):
        if "error" in state:
            break
        if number and state["done"]:
            refused = _said(lambda step=step: ours.apply(step))
            tally.count("step", form.name, step[1], None, refused, f"{where} step {number} {step}")
            if refused is not None:
                break
        theirs.update(state["nodes"])
        for path in state["gone"]:
            del theirs[path]
        if number == 0 or state["done"]:
            _compare_states(theirs, ours.state(), tally, form.name, f"{where} step {number} {step}", chance)
    else:
        _compare_end(told, ours, tally, form.name, where, chance)


def _compare_states(theirs: dict[str, Any], ours: State, tally: Tally, form: str, where: str, chance: set[str]) -> None:
    for path in theirs.keys() | ours.keys():
        # An instance of a repeat that is not relevant may as well not be there: JavaRosa makes counted ones when a person comes by.
        value, relevant, required, readonly, constraint = theirs.get(path, _ABSENT)
        our_value, our_relevant, our_required, our_readonly, our_constraint = ours.get(path, _ABSENT)
        tally.count("relevance", form, path, relevant, our_relevant, where)
        if path in theirs and path in ours and _plain(path) not in chance:
            tally.count("value", form, path, _written(value), _written(our_value), where)
        if relevant and our_relevant:
            tally.count("required", form, path, required, our_required, where)
            tally.count("readonly", form, path, readonly, our_readonly, where)
            if constraint is not None:
                tally.count("constraint", form, path, constraint, our_constraint, where)


_ABSENT = ("", False, False, False, True)
_NUMBERS = re.compile(r"-?\d+(\.\d+)?([eE]-?\d+)?( -?\d+(\.\d+)?)*$")
_CLOCK = re.compile(r"(\d\d:\d\d:\d\d)(\.000)?(\+07:00)?$")


def _written(text: str) -> object:
    """The same for what only the writing tells apart: 2 and 2.0, also in places; 09:30:00 and 09:30:00.000+07:00."""
    if _NUMBERS.match(text) and len(text) < 60:
        return [round(float(part), 9) for part in text.split()]
    return _CLOCK.sub(r"\1", text)


def _plain(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


def _compare_end(told: dict[str, Any], ours: Ours, tally: Tally, form: str, where: str, chance: set[str]) -> None:
    """Labels, choices and what would be sent."""
    for path, label in told.get("labels", {}).items():
        tally.count("label", form, path, _words(label), _said(lambda path=path: _words(ours.session.label(path))), where)
    for path, values in told.get("options", {}).items():
        tally.count(
            "options", form, path, sorted(values), _said(lambda path=path: sorted(one.value for one in ours.session.options(path))), where
        )
    state, resumed = ours.state(), ours.resumed()
    for path in state.keys() | resumed.keys():
        if _plain(path) not in chance:
            tally.count("resumed", form, path, state.get(path), resumed.get(path), where)
    if "submission" in told:
        theirs, mine = (_answers(text, chance) for text in (told["submission"], ours.session.finalize()))
        for path in theirs.keys() | mine.keys():
            tally.count("submission", form, path, _written(theirs.get(path, "no node")), _written(mine.get(path, "no node")), where)


def _said(ask: Callable[[], Any]) -> Any:
    """What our engine says, or its complaint."""
    try:
        return ask()
    except FormError as problem:
        return str(problem)


def _words(label: str | None) -> str:
    return " ".join((label or "").split())


def _answers(xml: str | bytes, chance: set[str]) -> dict[str, str]:
    """Each leaf's text under its path with all positions."""
    found: dict[str, str] = {}

    def collect(element: ElementTree.Element, path: str, plain: str) -> None:
        seen: Counter[str] = Counter()
        for child in element:
            name = _local(child)
            seen[name] += 1
            collect(child, f"{path}/{name}[{seen[name]}]", f"{plain}/{name}")
        if not len(element) and plain not in chance and "/meta/" not in path.replace("[1]", ""):
            found[path] = element.text or ""

    root = ElementTree.fromstring(xml)
    collect(root, f"/{_local(root)}", f"/{_local(root)}")
    return found
