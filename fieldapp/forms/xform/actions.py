"""<setvalue>: values set when a form is begun, a repeat is added or an answer changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldapp.forms.problems import Problem
from fieldapp.forms.reading import Element
from fieldapp.forms.xform.compiling import Compiler
from fieldapp.forms.xform.model import Action, Kind, Place

_XML_EVENTS = "{http://www.w3.org/2001/xml-events}"
# What older forms call them.
_SAME = {"jr-insert": "odk-new-repeat", "xforms-ready": "odk-instance-first-load"}
EVENTS = frozenset(("odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed", "xforms-revalidate"))


def read_actions(model: Element, places: Mapping[str, Place], compiler: Compiler, inside: Sequence[tuple[Element, str]]) -> list[Action]:
    """Those of the model, and those `inside` questions and repeats with the generic path they stand in."""
    found = []
    for element, source in [*((element, "") for element in model.every("setvalue")), *inside]:
        written = element.attributes.get("ref") or element.attributes.get("bind") or ""
        target = compiler.absolute(written, source)
        if target not in places:
            compiler.problems.append(Problem("form.action", target or source, {"line": element.line}))
            continue
        names = (element.attributes.get("event") or element.attributes.get(_XML_EVENTS + "event") or "").split()
        events = frozenset(_SAME.get(name, name) for name in names)
        if not events or not events <= EVENTS:
            compiler.problems.append(Problem("form.action", target, {"line": element.line, "event": " ".join(names)[:80]}))
            continue
        value = element.attributes.get("value", "").strip()
        rule = compiler.rule(Kind.CALCULATE, target, value, watched=False) if value else None
        around = places.get(source)
        while around is not None and not around.repeat:
            around = around.parent
        # A value that is written but empty empties, whatever text stands inside.
        text = element.text.strip() if "value" not in element.attributes else ""
        found.append(Action(events, target, rule, text, source, around.path if around is not None else ""))
    return found
