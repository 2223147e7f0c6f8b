"""XForm XML -> FormDefinition. Gathers every problem before it refuses, so that an author sees all at once."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError, FormRefused, Problem
from fieldapp.forms.reading import Document, Element, attribute_name, read_xml, subtree
from fieldapp.forms.xform.actions import read_actions
from fieldapp.forms.xform.binds import read_bind
from fieldapp.forms.xform.body import BodyReader
from fieldapp.forms.xform.compiling import Compiler
from fieldapp.forms.xform.graph import Graph, build_graph
from fieldapp.forms.xform.instances import read_instances
from fieldapp.forms.xform.model import Action, Bind, Control, Kind, Media, Place, Rule
from fieldapp.forms.xform.translations import read_translations

JAVAROSA = "{http://openrosa.org/javarosa}"


@dataclass(frozen=True, eq=False)
class FormDefinition:
    """A form that was read and found sound.

    `top` is the node above the primary instance as the form gives it, templates taken out; `places` every node by its generic path;
    `controls` what is shown, in order; `languages` in the form's order, "" where there are no translations; `warnings` what is wrong
    and does no harm.
    """

    form_id: str
    version: str
    title: str
    sha256: str
    top: Node
    places: Mapping[str, Place]
    controls: tuple[Control, ...]
    actions: tuple[Action, ...]
    instances: Mapping[str, Node]
    translations: Mapping[str, Mapping[str, Media]]
    default_language: str
    graph: Graph
    warnings: tuple[Problem, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.translations)

    @property
    def root(self) -> Place:
        return next(iter(self.places.values()))

    @classmethod
    def from_xml(cls, xform: str | bytes, attachments: Mapping[str, bytes] | None = None) -> FormDefinition:
        """Reads an ODK XForm with its attached tables (file name -> bytes). Raises FormRefused with everything that is wrong."""
        with _without_collecting():
            try:
                document = read_xml(xform)
            except FormError as wrong:
                raise FormRefused([wrong.problem()]) from wrong
            raw = xform.encode("utf-8", "surrogatepass") if isinstance(xform, str) else xform
            return _Reading(document, attachments or {}, hashlib.sha256(raw).hexdigest()).definition()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nearly everything that is made while a form is read stays, so looking for garbage meanwhile costs half of the time for nothing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Reading:
    def __init__(self, document: Document, attachments: Mapping[str, bytes], digest: str) -> None:
        self.document, self.attachments, self.digest = document, attachments, digest
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.places: dict[str, Place] = {}
        self.compiler = Compiler(self.problems)

    def definition(self) -> FormDefinition:
        head, body = self.document.root.first("head"), self.document.root.first("body")
        model = head.first("model") if head is not None else None
        if head is None or model is None:
            raise FormRefused([Problem("form.no_head")])
        primary = next((child for child in model.every("instance") if child.children), None)
        if primary is None:
            raise FormRefused([Problem("form.no_instance")])
        element = primary.children[0]
        top = Node("")
        top.append(subtree(element, self.document.prefixes))
        self.plant(top.children[0], None)
        self.bind(model)
        reader = BodyReader(self.compiler, self.places, self.document.prefixes)
        controls = tuple(reader.controls(body)) if body is not None else ()
        self.templates(top)
        actions = read_actions(model, self.places, self.compiler, reader.actions)
        translations, default = read_translations(model, self.compiler, self.places)
        instances = read_instances(model, primary, self.attachments, self.document.prefixes, self.problems, self.warnings)
        self.compiler.check_references(self.places, instances)
        if self.problems:
            raise FormRefused(self.problems)
        title = head.first("title")
        return FormDefinition(
            form_id=element.attributes.get("id", "") or element.namespace,
            version=element.attributes.get("version", "") or element.attributes.get("{http://openrosa.org/xforms}version", ""),
            title=title.text.strip() if title is not None else "",
            sha256=self.digest,
            top=top,
            places=self.places,
            controls=controls,
            actions=tuple(actions),
            instances=instances,
            translations=translations,
            default_language=default,
            graph=build_graph(self.places, self.compiler.rules),
            warnings=tuple(self.warnings),
            prefixes=self.document.prefixes,
        )

    def plant(self, node: Node, parent: Place | None) -> None:
        """A place for every node of the instance, templates included."""
        waiting = [(node, parent)]
        while waiting:
            node, parent = waiting.pop()
            name = node.name
            path = f"{parent.path if parent else ''}/{name}"
            place = self.places.get(path)
            if place is None:
                place = Place(path, name, parent.depth + 1 if parent else 1, parent, Bind(path))
                self.places[path] = place
                if parent is not None:
                    parent.children[name] = place
            waiting.extend((child, place) for child in reversed(node.children))

    def bind(self, model: Element) -> None:
        seen: set[str] = set()
        for element in model.every("bind"):
            path = self.compiler.absolute(element.attributes.get("nodeset", ""), "")
            place = self.places.get(path)
            if place is None:
                # ODK Collect passes over them, and many old forms have one.
                self.warnings.append(Problem("form.no_bind_target", path, {"line": element.line}))
            elif path in seen:
                self.problems.append(Problem("form.bind_twice", path, {"line": element.line}))
            else:
                seen.add(path)
                place.bind = read_bind(element, path, self.compiler, self.document.prefixes)

    def templates(self, top: Node) -> None:
        """Repeats keep a template (the one marked so, else their first instance) and lose it from the tree; nodes learn their places."""
        for place in self.places.values():
            place.repeats = (*(place.parent.repeats if place.parent else ()), *([place.path] if place.repeat else ()))
        template_mark = attribute_name(JAVAROSA + "template", self.document.prefixes)
        self._take_templates(top, None, template_mark)
        for place in self.places.values():
            if place.repeat and place.template is None:
                place.template = _without_repeats(copy(self._first_instance(top, place)), place)
        _put_places(top.children[0], self.root_place())
        for place in self.places.values():
            if place.template is not None:
                _put_places(place.template, place)

    def root_place(self) -> Place:
        return next(iter(self.places.values()))

    def _take_templates(self, above: Node, place: Place | None, mark: str) -> None:
        """In a template nested templates are gone too: what a new outer instance begins with is only what stands beside them."""
        for child in list(above.children):
            own = self.places[child.name and f"{place.path if place else ''}/{child.name}"]
            marked = child.attributes is not None and child.attributes.pop(mark, None) is not None and own.repeat
            self._take_templates(child, own, mark)
            if marked:
                own.template = own.template or copy(child)
                above.remove(child)

    def _first_instance(self, top: Node, place: Place) -> Node:
        """In the tree, else in the template of a repeat around it."""
        around = (self.places[path] for path in reversed(place.repeats[:-1]))
        templates = ((outer.template, place.path[len(outer.path) :]) for outer in around if outer.template is not None)
        return next(node for above, path in ((top, place.path), *templates) for node in _at(above, path))


def _put_places(node: Node, place: Place) -> None:
    node.place = place
    for child in node.children:
        _put_places(child, place.children[child.name])


def _without_repeats(node: Node, place: Place) -> Node:
    """A first instance that serves as template: a new one begins without what it repeats itself."""
    for child in list(node.children):
        own = place.children[child.name]
        if own.repeat:
            node.remove(child)
        else:
            _without_repeats(child, own)
    return node


def _at(top: Node, path: str) -> list[Node]:
    found = [top]
    for name in path.strip("/").split("/"):
        found = [child for node in found for child in node.named.get(name, ())]
    return found


def copy(node: Node) -> Node:
    """A node with everything below it, in no tree."""
    made = Node(node.name, node.text, dict(node.attributes) if node.attributes else None, node.prefix)
    made.place = node.place
    for child in node.children:
        made.append(copy(child))
    return made


__all__ = ["FormDefinition", "Kind", "Rule", "copy"]
