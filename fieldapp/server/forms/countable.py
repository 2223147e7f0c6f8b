"""Which questions of a form are counted (`bind::app:sum` in its spreadsheet), and what one filled copy answers to them.

Read from the bare XML of both: it is done for each copy as it arrives, and again by the migration. Knows no database.
"""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

_XFORMS = "{http://www.w3.org/2002/xforms}"
_SUM = "{urn:fieldapp:forms}sum"
_SEVERAL = ("select", "rank")


def countable(xform: str) -> dict[str, bool]:
    """Path -> whether several may be chosen. Only questions with choices; of two that are named alike both count as one question."""
    root = ElementTree.fromstring(xform)
    wanted = {bind.get("nodeset", "") for bind in root.iter(f"{_XFORMS}bind") if bind.get(_SUM) == "yes"}
    found = {asked.get("ref", ""): kind in _SEVERAL for kind in (*_SEVERAL, "select1") for asked in root.iter(f"{_XFORMS}{kind}")}
    return {path: several for path, several in found.items() if path in wanted}


def counted(xml: str, questions: Mapping[str, bool]) -> str:
    """Lines `question=value`, each once, also where it was chosen in several instances of a repeat; '' where nothing was."""
    root = ElementTree.fromstring(xml)
    return "".join(sorted({line(*answer) for answer in _below(root, f"/{_local(root)}", questions) if answer[1]}))


def line(question: str, value: str) -> str:
    return f"{question}={value}\n"


def _below(element: ElementTree.Element, path: str, questions: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    for child in element:
        name = _local(child)
        at = f"{path}/{name}"
        if at in questions:
            text = (child.text or "").strip()
            for value in text.split() if questions[at] else [text]:
                yield name, value
        else:
            yield from _below(child, at, questions)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
