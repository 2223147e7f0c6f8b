"""<body>: groups, repeats and questions in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fieldapp.forms.problems import FormError, Problem
from fieldapp.forms.reading import Element, attribute_name
from fieldapp.forms.xform.compiling import Compiler
from fieldapp.forms.xform.model import Choice, Control, ItemSet, Kind, Place, Words
from fieldapp.forms.xform.translations import text_id_of, words_in
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.paths import Closure
from fieldapp.forms.xpath.refs import Reference
from fieldapp.forms.xpath.syntax import Call

QUESTIONS = frozenset(("input", "select", "select1", "rank", "range", "upload", "trigger", "secret"))
_JAVAROSA = "{http://openrosa.org/javarosa}"
_NO_WORDS = Words(pieces=("",))


class BodyReader:
    """`actions`: <setvalue>s found inside, with the generic path of the question or repeat they stand in."""

    def __init__(self, compiler: Compiler, places: Mapping[str, Place], prefixes: Mapping[str, str]) -> None:
        self.compiler, self.places, self.prefixes = compiler, places, dict(prefixes)
        self.actions: list[tuple[Element, str]] = []

    def controls(self, parent: Element, base: str = "") -> Iterator[Control]:
        for element in parent.children:
            if element.local == "group":
                yield self.group(element, base)
            elif element.local == "repeat":
                yield self.repeat(element, base)
            elif element.local in QUESTIONS:
                yield from self.question(element, base)
            elif element.local == "setvalue":
                self.actions.append((element, base))

    def _path(self, element: Element, base: str) -> str:
        written = element.attributes.get("ref") or element.attributes.get("nodeset") or ""
        if not written and (bound := element.attributes.get("bind")):
            written = bound
        return self.compiler.absolute(written, base) if written else ""

    def _known(self, path: str, element: Element) -> bool:
        if path in self.places:
            return True
        self.compiler.problems.append(Problem("form.no_control_target", path, {"line": element.line, "control": element.local}))
        return False

    def _attributes(self, element: Element) -> dict[str, str]:
        left = ("ref", "nodeset", "appearance", "bind")
        return {attribute_name(key, self.prefixes): text for key, text in element.attributes.items() if key not in left}

    def group(self, element: Element, base: str) -> Control:
        path = self._path(element, base)
        if path and not self._known(path, element):
            path = ""
        context = path or base or next(iter(self.places))
        control = Control(
            kind="group",
            path=path,
            label=words_in(element.first("label"), context, self.compiler),
            hint=words_in(element.first("hint"), context, self.compiler),
            appearance=element.attributes.get("appearance", ""),
            attributes=self._attributes(element),
            controls=tuple(self.controls(element, path or base)),
        )
        if path:
            own = self.places[path].control
            # A repeat's words stand on the group around it.
            self.places[path].control = replace(own, label=own.label or control.label, hint=own.hint or control.hint) if own else control
        return control

    def repeat(self, element: Element, base: str) -> Control:
        path = self._path(element, base)
        known = self._known(path, element)
        if known:
            place = self.places[path]
            place.repeat = True
            count = element.attributes.get(_JAVAROSA + "count", "").strip()
            if count:
                place.count = self.compiler.rule(Kind.COUNT, path, count, besides=(Reference(path, place.depth - 1, soft=True),))
        control = Control(
            kind="repeat",
            path=path if known else "",
            label=words_in(element.first("label"), path, self.compiler) if known else None,
            appearance=element.attributes.get("appearance", ""),
            attributes=self._attributes(element),
            controls=tuple(self.controls(element, path)),
        )
        if known:
            self.places[path].control = control
        return control

    def question(self, element: Element, base: str) -> Iterator[Control]:
        path = self._path(element, base)
        if not self._known(path, element):
            return
        for action in element.every("setvalue"):
            self.actions.append((action, path))
        itemset = element.first("itemset")
        control = Control(
            kind=element.local,
            path=path,
            label=words_in(element.first("label"), path, self.compiler),
            hint=words_in(element.first("hint"), path, self.compiler),
            appearance=element.attributes.get("appearance", ""),
            attributes=self._attributes(element),
            choices=tuple(self._choice(item, path) for item in element.every("item")),
            itemset=self._itemset(itemset, path) if itemset is not None else None,
        )
        self.places[path].control = control
        yield control

    def _choice(self, item: Element, path: str) -> Choice:
        value, label = item.first("value"), words_in(item.first("label"), path, self.compiler)
        text = value.text.strip() if value is not None else ""
        if label is None:
            self.compiler.problems.append(Problem("form.itemset", path, {"line": item.line, "missing": "label"}))
        return Choice(text, label or words_in(value, path, self.compiler) or _NO_WORDS)

    def _itemset(self, element: Element, path: str) -> ItemSet | None:
        value, label = element.first("value"), element.first("label")
        nodeset = element.attributes.get("nodeset", "")
        if not nodeset or value is None:
            self.compiler.problems.append(
                Problem("form.itemset", path, {"line": element.line, "missing": "nodeset" if value is not None else "value"})
            )
            return None
        label_source = label.attributes.get("ref", "") if label is not None else value.attributes.get("ref", "")
        translated, inner = _translated(label_source)
        return ItemSet(
            nodes=self.compiler.rule(Kind.OPTIONS, path, nodeset),
            value=self._column(value.attributes.get("ref", ""), path),
            label=self._column(inner, path),
            translated=translated,
        )

    def _column(self, source: str, path: str) -> Closure:
        return self.compiler.closure(source or "''", path)


def _translated(source: str) -> tuple[bool, str]:
    """Whether a label is jr:itext(column), and the column."""
    try:
        tree = parse(source.strip() or "''")
    except FormError:
        return False, source
    if isinstance(tree, Call) and tree.name == "jr:itext" and len(tree.arguments) == 1 and text_id_of(source) is None:
        return True, source.strip().removeprefix("jr:itext(").removesuffix(")")
    return False, source
