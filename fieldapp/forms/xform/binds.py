"""<bind>: type, rules and messages of one node."""

from collections.abc import Mapping

from fieldapp.forms.reading import Element, attribute_name
from fieldapp.forms.xform.compiling import Compiler
from fieldapp.forms.xform.model import Bind, Kind, Rule
from fieldapp.forms.xform.translations import words_of

_JAVAROSA = "{http://openrosa.org/javarosa}"
_RULES = {
    "relevant": Kind.RELEVANT,
    "calculate": Kind.CALCULATE,
    "readonly": Kind.READONLY,
    "required": Kind.REQUIRED,
    "constraint": Kind.CONSTRAINT,
}
_KNOWN = frozenset(f"{_JAVAROSA}{name}" for name in ("preload", "preloadParams", "constraintMsg", "requiredMsg"))
# Other words for the same types.
_TYPES = {
    "integer": "int",
    "long": "int",
    "double": "decimal",
    "float": "decimal",
    "select1": "string",
    "select": "string",
    "datetime": "dateTime",
}


def read_bind(element: Element, path: str, compiler: Compiler, prefixes: Mapping[str, str]) -> Bind:
    given = element.attributes
    written = given.get("type", "string").rpartition(":")[2]
    rules: dict[Kind, Rule] = {}
    for name, kind in _RULES.items():
        source = given.get(name, "").strip()
        if source and not (kind in (Kind.REQUIRED, Kind.READONLY) and source == "false()"):
            rules[kind] = compiler.rule(kind, path, source)
    return Bind(
        path=path,
        type=_TYPES.get(written, written),
        rules=rules,
        constraint_message=words_of(given.get(_JAVAROSA + "constraintMsg"), path, compiler),
        required_message=words_of(given.get(_JAVAROSA + "requiredMsg"), path, compiler),
        preload=given.get(_JAVAROSA + "preload", ""),
        preload_parameters=given.get(_JAVAROSA + "preloadParams", ""),
        extra={attribute_name(key, dict(prefixes)): text for key, text in given.items() if key.startswith("{") and key not in _KNOWN},
    )
