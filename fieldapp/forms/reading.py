"""XML text -> nodes, for what comes from outside: no document types, no entities, bounded in size, depth and number of nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError

LARGEST = 20_000_000
DEEPEST = 60
MOST_NODES = 400_000


@dataclass(slots=True)
class Element:
    """An element as written. Names are "{namespace}local", local alone without a namespace. `content`: texts and elements in order."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list[str | Element] = field(default_factory=list)

    @property
    def local(self) -> str:
        return self.name.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        return self.name.partition("}")[0][1:] if self.name.startswith("{") else ""

    @property
    def children(self) -> list[Element]:
        return [part for part in self.content if isinstance(part, Element)]

    @property
    def text(self) -> str:
        return "".join(part for part in self.content if isinstance(part, str))

    def first(self, local: str) -> Element | None:
        return next((child for child in self.children if child.local == local), None)

    def every(self, local: str) -> list[Element]:
        return [child for child in self.children if child.local == local]


@dataclass(slots=True)
class Document:
    """`prefixes`: namespace -> the prefix the document calls it by ("" for the default one)."""

    root: Element
    prefixes: dict[str, str]


def read_xml(text: str | bytes) -> Document:
    """Raises FormError xml.broken (line, column), xml.doctype, xml.too_big, xml.too_deep, xml.too_many_nodes."""
    if len(text) > LARGEST:
        raise FormError("xml.too_big", size=len(text), limit=LARGEST)
    reading = _Reading()
    parser = expat.ParserCreate("utf-8" if isinstance(text, str) else None, namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    parser.StartNamespaceDeclHandler = reading.namespace
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    reading.line_of = lambda: parser.CurrentLineNumber
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, True)
    except expat.ExpatError as wrong:
        raise FormError("xml.broken", line=wrong.lineno, column=wrong.offset + 1) from wrong
    except (ValueError, LookupError) as wrong:
        raise FormError("xml.broken", line=1, column=1) from wrong
    if reading.root is None:
        raise FormError("xml.broken", line=1, column=1)
    return Document(reading.root, reading.prefixes)


def _refuse_doctype(*_: object) -> None:
    raise FormError("xml.doctype")


class _Reading:
    line_of: Callable[[], int]

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.prefixes: dict[str, str] = {}

    def namespace(self, prefix: str | None, address: str | None) -> None:
        self.prefixes.setdefault(address or "", prefix or "")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_NODES:
            raise FormError("xml.too_many_nodes", limit=MOST_NODES)
        if len(self.open) >= DEEPEST:
            raise FormError("xml.too_deep", limit=DEEPEST)
        if "}" in name:
            name = "{" + name
        named = {("{" + key if "}" in key else key): value for key, value in attributes.items()} if attributes else {}
        element = Element(name, named, self.line_of())
        if self.open:
            self.open[-1].content.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].content.append(text)


def node_of(document: Document) -> Node:
    """The document as a tree for expressions: a node without a name above the outermost element; prefixes as written."""
    top = Node("")
    top.append(subtree(document.root, document.prefixes))
    return top


def subtree(element: Element, prefixes: dict[str, str]) -> Node:
    prefix = prefixes.get(element.namespace, "")
    attributes = {attribute_name(name, prefixes): text for name, text in element.attributes.items()} if element.attributes else None
    children = element.children
    node = Node(element.local, element.text if not children else "", attributes, prefix)
    for child in children:
        node.append(subtree(child, prefixes))
    return node


def attribute_name(name: str, prefixes: dict[str, str]) -> str:
    """ "{namespace}local" as "prefix:local"."""
    if not name.startswith("{"):
        return name
    address, _, local = name[1:].partition("}")
    prefix = prefixes.get(address, "")
    return f"{prefix}:{local}" if prefix else local
