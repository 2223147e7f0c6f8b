"""XForms that nobody would write: random structure and random expressions, so that an engine meets what no corpus holds.

Only what JavaRosa knows is drawn, and a node refers to nodes before it, so that nothing goes in circles.
"""

import random
import re
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from tests.support.corpus import FOLDER, Form

_LITERALS = ["a", "b", "c", "ab", "1", "2", "10", ""]
_PLACES = {"a": "", "b": "", "ab": "a", "c": "a", "ba": "b", "cc": "c"}
_TABLE = "".join(
    f"<item><name>{name}</name><label>Place {name}</label><parent>{parent}</parent></item>" for name, parent in _PLACES.items()
)
_PATTERNS = ["[a-c]+", "^[0-9]{1,3}$", "a|b", ".*b"]


@dataclass(frozen=True)
class _Node:
    path: str
    kind: str
    repeats: tuple[str, ...]


class DrawnForm:
    """One form: `xform` is its text."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._nodes: list[_Node] = []
        self._binds: list[str] = []
        self._repeats: list[str] = []
        # What a count may be: JavaRosa reads it also where it is hidden.
        self._always: list[str] = []
        self._number = 0
        instance, body = self._section("/data", (), depth=0)
        self.xform = (
            '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">'
            f'<h:head><h:title>drawn</h:title><model><instance><data id="drawn">{instance}</data></instance>'
            f'<instance id="places"><root>{_TABLE}</root></instance>'
            f"{''.join(self._binds)}</model></h:head>"
            f"<h:body>{body}</h:body></h:html>"
        )

    def _section(self, path: str, repeats: tuple[str, ...], depth: int) -> tuple[str, str]:
        instance, body = "", ""
        for _ in range(self._draw.randint(3, 7)):
            kind = self._draw.choices(("question", "calculate", "group", "repeat"), (8, 6, 2 if depth < 2 else 0, 2 if depth < 2 else 0))[0]
            self._number += 1
            name = f"{kind[0]}{self._number}"
            below = f"{path}/{name}"
            made = getattr(self, f"_{kind}")(name, below, repeats, depth)
            instance, body = instance + made[0], body + made[1]
        return instance, body

    def _question(self, name: str, path: str, repeats: tuple[str, ...], depth: int) -> tuple[str, str]:
        kind = self._draw.choice(("int", "int", "decimal", "string", "select1", "select1", "select", "date"))
        attributes = {"type": {"select1": "string", "select": "string"}.get(kind, kind)}
        if self._draw.random() < 0.5:
            attributes["relevant"] = self._bool(path, repeats, 2)
        if self._draw.random() < 0.3:
            own = _Node(".", kind, repeats)
            attributes["constraint"] = self._draw.choice(
                (self._compared(own, "."), f"{self._compared(own, '.')} or {self._bool(path, repeats, 1)}")
            )
        if self._draw.random() < 0.2:
            attributes["required"] = self._bool(path, repeats, 1)
        if self._draw.random() < 0.1:
            attributes["readonly"] = self._bool(path, repeats, 1)
        self._bind(path, attributes)
        self._nodes.append(_Node(path, kind, repeats))
        if kind == "int" and "relevant" not in attributes and path.count("/") == 2:
            self._always.append(path)
        default = self._default(kind) if self._draw.random() < 0.2 else ""
        inside = self._label(path, repeats) + self._set_at_change(path, repeats)
        if kind in {"select", "select1"}:
            inside += self._choices(path, repeats)
        control = kind if kind in {"select", "select1"} else "input"
        return f"<{name}>{default}</{name}>", f'<{control} ref="{path}">{inside}</{control}>'

    def _choices(self, path: str, repeats: tuple[str, ...]) -> str:
        if self._draw.random() < 0.5:
            return "".join(f"<item><label>{value}</label><value>{value}</value></item>" for value in ("a", "b", "c", "ab"))
        above = self._single(repeats, {"select1"})
        filters = ["", "[parent != '']", "[string-length(name) = 1]"]
        if above is not None:
            # In a predicate the path starts at the row; current() is the question.
            bound = f"current()/{self._relative(above, path)}"
            filters += [
                f"[parent = {above.path}]",
                f"[parent = {bound}]",
                f"[parent = {bound} or name = 'a']",
                f"[selected({above.path}, parent)]",
            ]
        table = f"instance('places')/root/item{self._draw.choice(filters)}"
        return f'<itemset nodeset="{table}"><value ref="name"/><label ref="label"/></itemset>'

    def _label(self, path: str, repeats: tuple[str, ...]) -> str:
        if self._draw.random() < 0.6:
            return "<label>asked</label>"
        return f"<label>asked <output value={quoteattr(self._text(path, repeats, 1))}/> now</label>"

    def _set_at_change(self, path: str, repeats: tuple[str, ...]) -> str:
        """Another answer is given when this one is."""
        target = self._single(repeats, {"string", "int"})
        # One that is worked out, or sets itself, is nobody's to set.
        if target is None or target.path == path or "/q" not in target.path[target.path.rindex("/") :] or self._draw.random() < 0.8:
            return ""
        value = self._text(path, repeats, 1) if target.kind == "string" else self._whole(path, repeats, 1)
        return f'<setvalue event="xforms-value-changed" ref="{target.path}" value={quoteattr(value)}/>'

    def _default(self, kind: str) -> str:
        return {"int": "3", "decimal": "1.5", "string": "ab", "select1": "b", "select": "a c", "date": "2020-02-29"}[kind]

    def _calculate(self, name: str, path: str, repeats: tuple[str, ...], depth: int) -> tuple[str, str]:
        kind = self._draw.choice(("string", "int", "decimal", "bool", "number in a string", "date"))
        expression = {
            "string": self._text,
            "int": self._whole,
            "decimal": self._number_of,
            "bool": self._bool,
            "number in a string": self._number_of,
            "date": self._day,
        }[kind](path, repeats, 2)
        attributes = {"type": kind if kind in {"int", "decimal", "date"} else "string", "calculate": expression}
        if self._draw.random() < 0.25:
            attributes["relevant"] = self._bool(path, repeats, 1)
        self._bind(path, attributes)
        kept = {"int": "int", "decimal": "decimal", "number in a string": "decimal", "date": "date"}.get(kind, "string")
        self._nodes.append(_Node(path, kept, repeats))
        return f"<{name}/>", ""

    def _group(self, name: str, path: str, repeats: tuple[str, ...], depth: int) -> tuple[str, str]:
        if self._draw.random() < 0.7:
            self._bind(path, {"relevant": self._bool(path, repeats, 2)})
        instance, body = self._section(path, repeats, depth + 1)
        return f"<{name}>{instance}</{name}>", f'<group ref="{path}">{body}</group>'

    def _repeat(self, name: str, path: str, repeats: tuple[str, ...], depth: int) -> tuple[str, str]:
        count = ""
        if self._always and self._draw.random() < 0.3:
            count = f' jr:count="{self._draw.choice(self._always)}" jr:noAddRemove="true()"'
        if self._draw.random() < 0.4:
            self._bind(path, {"relevant": self._bool(path, repeats, 1)})
        self._repeats.append(path)
        instance, body = self._section(path, (*repeats, path), depth + 1)
        # A template stands only in templates, as pyxform writes it.
        plain = re.sub(r'<(\w+) jr:template="">.*?</\1>', "", instance)
        first = "" if self._draw.random() < 0.3 else f"<{name}>{plain}</{name}>"
        inside = f'<group ref="{path}"><repeat nodeset="{path}"{count}>{body}</repeat></group>'
        return f'<{name} jr:template="">{instance}</{name}>{first}', inside

    def _bind(self, path: str, attributes: dict[str, str]) -> None:
        told = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
        self._binds.append(f'<bind nodeset="{path}" {told}/>')

    # References

    def _single(self, repeats: tuple[str, ...], kinds: set[str] | None = None) -> _Node | None:
        """A node of which the place sees one: outside of repeats, or in one that is also around the place."""
        seen = [node for node in self._nodes if node.repeats == repeats[: len(node.repeats)] and (kinds is None or node.kind in kinds)]
        return self._draw.choice(seen) if seen else None

    def _set(self, repeats: tuple[str, ...], kinds: set[str]) -> str | None:
        seen = [node.path for node in self._nodes if node.kind in kinds and node.repeats and node.repeats != repeats[: len(node.repeats)]]
        return self._draw.choice(seen) if seen else None

    def _ref(self, node: _Node, path: str) -> str:
        return node.path if self._draw.random() < 0.5 else self._relative(node, path)

    def _relative(self, node: _Node, path: str) -> str:
        here, there = path.split("/"), node.path.split("/")
        same = 0
        while same < min(len(here), len(there)) and here[same] == there[same]:
            same += 1
        return "/".join([".."] * (len(here) - same) + there[same:]) or "."

    # Expressions

    def _compared(self, node: _Node, ref: str) -> str:
        draw = self._draw
        if node.kind in {"int", "decimal"}:
            return f"{ref} {draw.choice(('=', '!=', '<', '>', '<=', '>='))} {draw.choice((0, 1, 2, 3, 10, 17, 1.5))}"
        if node.kind == "select":
            return draw.choice(
                (f"selected({ref}, '{draw.choice('abc')}')", f"count-selected({ref}) > {draw.randrange(3)}", f"not(selected({ref}, 'ab'))")
            )
        if node.kind == "date":
            other = draw.choice(("today()", "date('2020-01-01')", "today() - 365"))
            return f"{ref} {draw.choice(('<', '>', '<=', '>='))} {other}"
        return draw.choice(
            (
                f"{ref} {draw.choice(('=', '!='))} '{draw.choice(_LITERALS)}'",
                f"string-length({ref}) > {draw.randrange(3)}",
                f"regex({ref}, '{draw.choice(_PATTERNS)}')",
                f"starts-with({ref}, 'a')",
                f"contains({ref}, 'b')",
            )
        )

    def _bool(self, path: str, repeats: tuple[str, ...], deep: int) -> str:
        draw = self._draw
        node = self._single(repeats)
        if node is None:
            return draw.choice(("true()", "1 = 1", "'a' = 'a'"))
        if deep and draw.random() < 0.4:
            joined = f" {draw.choice(('and', 'or'))} ".join(self._bool(path, repeats, deep - 1) for _ in range(2))
            return f"({joined})" if draw.random() < 0.7 else f"not({joined})"
        if draw.random() < 0.15:
            ref = self._ref(node, path)
            return draw.choice((ref, f"boolean({ref})", f"{ref} != ''", f"string({ref}) = ''"))
        if draw.random() < 0.15:
            return f"{self._number_of(path, repeats, 1)} > {draw.randrange(4)}"
        return self._compared(node, self._ref(node, path))

    def _number_of(self, path: str, repeats: tuple[str, ...], deep: int) -> str:
        draw = self._draw
        pieces = [str(draw.choice((0, 1, 2, 3, 7, 1.5, 100)))]
        for _ in range(2):
            if (node := self._single(repeats, {"int", "decimal"})) is not None:
                pieces.append(self._ref(node, path))
        if (many := self._set(repeats, {"int", "decimal"})) is not None:
            pieces += [f"sum({many})", f"max({many})", f"min({many})", f"count({many})", f"count-non-empty({many})"]
        if (text := self._single(repeats, {"string", "select1"})) is not None:
            pieces += [f"string-length({self._ref(text, path)})", f"number({self._ref(text, path)})"]
        if (select := self._single(repeats, {"select"})) is not None:
            pieces.append(f"count-selected({self._ref(select, path)})")
        if repeats:
            inside = len(path.split("/")) - len(repeats[-1].split("/"))
            pieces.append(f"position({'/'.join(['..'] * inside)})")
        if self._repeats:
            pieces.append(f"count({draw.choice(self._repeats)})")
        piece = draw.choice(pieces)
        if not deep:
            return piece
        left, right = piece, self._number_of(path, repeats, deep - 1)
        return draw.choice(
            (
                piece,
                f"{left} {draw.choice('+-*')} {right}",
                f"({left} + {right}) {draw.choice(('div', 'mod'))} {draw.choice((2, 3, 7))}",
                f"round({left}{draw.choice(('', ' * 1.25', ', 1'))})",
                f"int({left} * 1.7)",
                f"if({self._bool(path, repeats, 0)}, {left}, {right})",
                f"coalesce({left}, {right})",
                f"abs({left} - {right})",
                f"pow({left}, 2)",
            )
        )

    def _whole(self, path: str, repeats: tuple[str, ...], deep: int) -> str:
        return f"{self._draw.choice(('int', 'round'))}({self._number_of(path, repeats, deep)})"

    def _text(self, path: str, repeats: tuple[str, ...], deep: int) -> str:
        draw = self._draw
        pieces = [f"'{draw.choice(_LITERALS)}'"]
        for _ in range(3):
            if (node := self._single(repeats)) is not None:
                pieces.append(self._ref(node, path))
        if (many := self._set(repeats, {"string", "int", "select1"})) is not None:
            pieces += [f"join('-', {many})", f"concat({many})"]
            (repeat, *inner) = next(node.repeats for node in self._nodes if node.path == many)
            if not inner:
                pieces.append(f"indexed-repeat({many}, {repeat}, {draw.randrange(1, 4)})")
        if (select := self._single(repeats, {"select"})) is not None:
            pieces.append(f"selected-at({self._ref(select, path)}, {draw.randrange(2)})")
        if (choice := self._single(repeats, {"select1"})) is not None:
            pieces.append(f"instance('places')/root/item[name = {choice.path}]/label")
        if (day := self._single(repeats, {"date"})) is not None:
            pieces.append(f"format-date({self._ref(day, path)}, '%Y/%n/%e')")
        piece = draw.choice(pieces)
        if not deep:
            return piece
        return draw.choice(
            (
                piece,
                f"concat({piece}, '|', {self._text(path, repeats, deep - 1)})",
                f"if({self._bool(path, repeats, 1)}, {piece}, {self._text(path, repeats, deep - 1)})",
                f"coalesce({piece}, {self._text(path, repeats, deep - 1)})",
                f"substr({piece}, {draw.randrange(2)}, {draw.randrange(1, 4)})",
                f"translate({piece}, 'ab', 'xy')",
                f"normalize-space({piece})",
                f"string({piece})",
            )
        )

    def _day(self, path: str, repeats: tuple[str, ...], deep: int) -> str:
        node = self._single(repeats, {"date"})
        own = (
            ("today()", "date('2021-05-31')")
            if node is None
            else (self._ref(node, path), f"date({self._ref(node, path)})", f"coalesce({self._ref(node, path)}, today())")
        )
        return self._draw.choice(own)


def drawn(number: int) -> Form:
    """The form of this number, always the same."""
    return Form(f"drawn {number}", DrawnForm(random.Random(number)).xform, FOLDER)
