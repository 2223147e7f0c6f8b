"""A draft as XML and back. Everything is kept, so that what is hidden now is there again when an answer is taken back."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from fieldapp.forms.nodes import Node
from fieldapp.forms.problems import FormError
from fieldapp.forms.reading import read_xml, subtree
from fieldapp.forms.xform.model import Place
from fieldapp.forms.xform.reader import FormDefinition, copy


def to_xml(definition: FormDefinition, root: Node, keep: Callable[[Node], bool] = lambda _: True) -> str:
    """`root` as a document with the form's id, version and namespaces; only nodes for which `keep` holds."""
    used = {node.prefix for node in root.walk()}
    used |= {name.partition(":")[0] for node in root.walk() for name in node.attributes or () if ":" in name}
    spaces = "".join(
        f" xmlns:{prefix}={quoteattr(address)}"
        for address, prefix in definition.prefixes.items()
        if prefix and prefix in used and prefix != "xml"
    )
    return "<?xml version='1.0' encoding='UTF-8'?>" + _element(root, keep, spaces)


def _element(node: Node, keep: Callable[[Node], bool], more: str = "") -> str:
    attributes = "".join(f" {name}={quoteattr(text)}" for name, text in (node.attributes or {}).items())
    inner = "".join(_element(child, keep) for child in node.children if keep(child)) if node.children else escape(node.text)
    name = f"{node.prefix}:{node.name}" if node.prefix else node.name
    return f"<{name}{more}{attributes}>{inner}</{name}>" if inner else f"<{name}{more}{attributes}/>"


def taken_up(definition: FormDefinition, xml: str | bytes) -> Node:
    """The draft's answers in the form's own shape. Raises FormError form.not_this_form, xml.…"""
    document = read_xml(xml)
    place = definition.root
    drafted = subtree(document.root, document.prefixes)
    form_id = document.root.attributes.get("id", "")
    if drafted.name != place.name or (form_id and form_id != definition.form_id):
        raise FormError("form.not_this_form", form=form_id[:80])
    shape = copy(definition.top.children[0])
    _fill(shape, drafted, place)
    return shape


def _fill(shape: Node, drafted: Node, place: Place) -> None:
    if not drafted.children and not shape.children:
        shape.text = shape.typed = drafted.text
    named: dict[str, list[Node]] = {}
    for child in drafted.children:
        named.setdefault(child.name, []).append(child)
    for name, own in place.children.items():
        given = named.get(name, [])
        if own.repeat and own.template is not None:
            _repeat(shape, given, own)
        elif given and name in shape.named:
            _fill(shape.named[name][0], given[0], own)


def _repeat(shape: Node, given: list[Node], place: Place) -> None:
    for old in list(shape.named.get(place.name, ())):
        shape.remove(old)
    names = list(shape.place.children)
    following = set(names[names.index(place.name) + 1 :])
    at = next((number for number, child in enumerate(shape.children) if child.name in following), len(shape.children))
    assert place.template is not None
    made = []
    for drafted in given:
        instance = copy(place.template)
        _fill(instance, drafted, place)
        made.append(instance)
    for instance in made:
        shape.append(instance)
    if made:
        del shape.children[-len(made) :]
        shape.children[at:at] = made
