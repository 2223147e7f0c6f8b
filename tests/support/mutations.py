"""Forms and submissions as nobody should send them: torn, doubled, swapped, nested, poisoned."""

import random
import re
from collections.abc import Callable
from xml.etree import ElementTree

_BITS = [
    "<",
    ">",
    "&",
    "'",
    '"',
    "/",
    "(",
    ")",
    "[",
    "]",
    "..",
    "//",
    "instance('",
    "\x00",
    "\ufffd",
    "ก่",
    "&#0;",
    "<!-- ",
    "]]>",
    "<![CDATA[",
    "-",
    "9" * 400,
    " ",
]
_EXPRESSIONS = [
    *(
        "",
        " ",
        "(",
        "1 +",
        "..",
        "../" * 60 + "x",
        "/",
        "//",
        ".//*",
        "@id",
        "*",
        "1 div 0",
        "instance('nowhere')/root/item[name = 1]/label",
        "current()/.",
        "unknown(1)",
    ),
    *(
        "not(",
        "((((((((((1))))))))))",
        "(" * 3000 + "1" + ")" * 3000,
        "concat(" + "'a'," * 5000 + "'b')",
        "regex(., '(a+)+$')",
        "selected(., )",
        "1 = 2 = 3",
        "$x",
    ),
    *(
        "a/b[c/d[e = 1]]",
        "if(1, 2)",
        "substr('a')",
        "string-length(1, 2, 3)",
        "'unended",
        '"',
        "1.2.3",
        "position(..)[1]",
        "jr:itext('x')",
        "pow(10, 400)",
        "-" * 500 + "1",
    ),
    *(
        "date('31/12/2020')",
        "indexed-repeat(1, 2, 3)",
        "count(1)",
        "sum('a')",
        "round(1, 400)",
        "repeat",
        "format-date(., '%')",
        "once(.)",
        "randomize(1)",
        "99999999999999999999",
    ),
]
_TYPES = [
    "int",
    "decimal",
    "date",
    "dateTime",
    "time",
    "geopoint",
    "select",
    "select1",
    "string",
    "binary",
    "boolean",
    "nonsense",
    "xsd:int",
    "",
]
_VALUES = ["", "x", "-1", "1e400", "NaN", "2020-13-45", "25:61", "ก" * 5000, "1 2 3 4", "\n", "0.1.2", "true", "9" * 300]


def torn(draw: random.Random, text: str) -> str:
    """Some pieces of the text taken out, doubled, moved or put in."""
    for _ in range(draw.randint(1, 3)):
        start = draw.randrange(len(text) + 1)
        end = min(len(text), start + draw.choice((0, 1, 3, 20, 400)))
        piece = draw.choice(("", text[start:end] * 2, draw.choice(_BITS), text[start:end][::-1]))
        text = text[:start] + piece + text[end:]
    return text


def twisted(draw: random.Random, text: str) -> str:
    """Well-formed still: elements and attributes changed."""
    root = ElementTree.fromstring(text.encode())
    for _ in range(draw.randint(1, 4)):
        draw.choice(_TWISTS)(draw, root)
    return ElementTree.tostring(root, encoding="unicode")


def poisoned(draw: random.Random, text: str) -> str:
    """Made to hang or swell a reader."""
    return draw.choice(_POISONS)(draw, text)


def _parents(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [element for element in root.iter() if len(element)]


def _remove(draw: random.Random, root: ElementTree.Element) -> None:
    parent = draw.choice(_parents(root) or [root])
    if len(parent):
        parent.remove(draw.choice(list(parent)))


def _double(draw: random.Random, root: ElementTree.Element) -> None:
    parent = draw.choice(_parents(root) or [root])
    if len(parent):
        parent.append(draw.choice(list(parent)))


def _move(draw: random.Random, root: ElementTree.Element) -> None:
    # From below to the top, never into itself.
    parent = draw.choice(_parents(root) or [root])
    if len(parent) and parent is not root:
        moved = draw.choice(list(parent))
        parent.remove(moved)
        root.append(moved)


def _attribute(draw: random.Random, root: ElementTree.Element) -> None:
    element = draw.choice([element for element in root.iter() if element.attrib] or [root])
    name = draw.choice([*element.attrib, "relevant", "calculate", "constraint", "required", "readonly"])
    if name in {"relevant", "calculate", "constraint", "required", "readonly", "value", "nodeset", "ref"}:
        element.set(name, draw.choice(_EXPRESSIONS))
    elif name == "type":
        element.set(name, draw.choice(_TYPES))
    elif draw.random() < 0.3:
        element.attrib.pop(name, None)
    else:
        element.set(name, draw.choice(_VALUES))


def _crossed(draw: random.Random, root: ElementTree.Element) -> None:
    """An expression that was another's: circles come of it."""
    binds = [element for element in root.iter() if element.get("nodeset")]
    if binds:
        one, other = draw.choice(binds), draw.choice(binds)
        one.set(
            draw.choice(("calculate", "relevant", "nodeset", "constraint")), draw.choice((*other.attrib.values(), other.get("nodeset", "")))
        )


def _text(draw: random.Random, root: ElementTree.Element) -> None:
    draw.choice(list(root.iter())).text = draw.choice(_VALUES)


def _renamed(draw: random.Random, root: ElementTree.Element) -> None:
    names = [element.tag for element in root.iter()]
    draw.choice(list(root.iter())).tag = draw.choice((*names, "x", "{http://nowhere}y"))


_Twist = Callable[[random.Random, ElementTree.Element], None]
_TWISTS: list[_Twist] = [_remove, _double, _move, _attribute, _attribute, _attribute, _crossed, _text, _renamed]


def _entities(draw: random.Random, text: str) -> str:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    body = re.sub(r"<\?xml.*?\?>", "", text)
    return f'<!DOCTYPE x [<!ENTITY e0 "swell">{levels}]>{body.replace("</", "&e9;</", 1)}'


def _outside(draw: random.Random, text: str) -> str:
    body = re.sub(r"<\?xml.*?\?>", "", text)
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{body.replace("</", "&e;</", 1)}'


def _nested(draw: random.Random, text: str) -> str:
    deep = draw.choice((50, 500, 5000, 50000))
    return text.replace("</", "<n>" * deep + "</n>" * deep + "</", 1)


def _wide(draw: random.Random, text: str) -> str:
    return text.replace("</", "<n/>" * draw.choice((1000, 30000)) + "</", 1)


def _encoded(draw: random.Random, text: str) -> str:
    return f'<?xml version="1.0" encoding="{draw.choice(("utf-7", "nowhere", "utf-16", "ascii"))}"?>' + re.sub(r"<\?xml.*?\?>", "", text)


_POISONS: list[Callable[[random.Random, str], str]] = [_entities, _outside, _nested, _wide, _encoded]
