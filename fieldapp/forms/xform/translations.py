"""Labels, hints and messages: <itext> with its languages and forms, and texts written in place with <output> in them."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.forms.problems import FormError
from fieldapp.forms.reading import Element
from fieldapp.forms.xform.compiling import Compiler
from fieldapp.forms.xform.model import Kind, Media, Piece, Place, Words
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.syntax import Call, Text


def read_translations(model: Element, compiler: Compiler, places: Mapping[str, Place]) -> tuple[dict[str, dict[str, Media]], str]:
    """(language -> text id -> its forms, the default language: the one marked so, else the first)."""
    itext = model.first("itext")
    languages: dict[str, dict[str, Media]] = {}
    default = ""
    for translation in itext.every("translation") if itext is not None else ():
        language = translation.attributes.get("lang", "")
        if "default" in translation.attributes:
            default = default or language
        texts: dict[str, Media] = {}
        for text in translation.every("text"):
            text_id = text.attributes.get("id", "")
            path = text_id.partition(":")[0]
            context = path if path in places else next(iter(places))
            texts[text_id] = Media({value.attributes.get("form", ""): pieces(value, context, compiler) for value in text.every("value")})
        languages[language] = texts
    return languages, default or next(iter(languages), "")


def words_in(element: Element | None, path: str, compiler: Compiler) -> Words | None:
    """A <label> or <hint>: by reference to a translated text, or as written."""
    if element is None:
        return None
    reference = element.attributes.get("ref")
    if reference is not None:
        text_id = text_id_of(reference)
        if text_id is not None:
            return Words(text_id)
        return Words(pieces=(compiler.rule(Kind.LABEL, path, reference),))
    return Words(pieces=pieces(element, path, compiler))


def words_of(written: str | None, path: str, compiler: Compiler) -> Words | None:
    """A message from an attribute: jr:itext('id') or the text itself."""
    if not written:
        return None
    text_id = text_id_of(written) if written.startswith("jr:itext(") else None
    return Words(text_id) if text_id is not None else Words(pieces=(written,))


def text_id_of(expression: str) -> str | None:
    """The id in jr:itext('id'); None for anything else."""
    try:
        tree = parse(expression.strip())
    except FormError:
        return None
    if isinstance(tree, Call) and tree.name == "jr:itext" and len(tree.arguments) == 1 and isinstance(tree.arguments[0], Text):
        return tree.arguments[0].value
    return None


def pieces(element: Element, path: str, compiler: Compiler) -> tuple[Piece, ...]:
    """The text of `element` with its <output>s; other marks (bold, links) count as their text."""
    found: list[Piece] = []
    for part in element.content:
        if isinstance(part, str):
            found.append(part)
        elif part.local == "output":
            source = part.attributes.get("value") or part.attributes.get("ref") or "''"
            found.append(compiler.rule(Kind.LABEL, path, source))
        else:
            found.extend(pieces(part, path, compiler))
    return tuple(found)
