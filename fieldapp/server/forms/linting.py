"""What our own engine and our own rules say of a form: faults that laptops would stumble over, and what other engines read otherwise."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from fieldapp.domain.child import EDITABLE_FIELDS
from fieldapp.domain.form import FormAbout
from fieldapp.forms import FormDefinition, FormError, FormRefused
from fieldapp.forms.xform.model import Control, Kind, Place
from fieldapp.forms.xpath.lexer import tokens
from fieldapp.server.forms.findings import Finding, Weight
from fieldapp.server.forms.source import Source

NAMESPACE = "urn:fieldapp:forms"
ABOUT = f"{{{NAMESPACE}}}about"
_FORM_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}\Z")
_VERSION = re.compile(r"[A-Za-z0-9_.-]{1,40}\Z")
_CHILD_FIELD = "child."
# JavaRosa, the engine of ODK's phones, has no such functions (https://docs.getodk.org/form-operators-functions/).
_NOT_ON_PHONES = frozenset({"last", "floor", "ceiling", "substring"})
_SIGNS_NOT_ON_PHONES = frozenset({"//", "|", "::"})
_NOT_SHOWN = frozenset({"geotrace", "geoshape", "barcode"})
_MEDIA_NOT_SHOWN = ("audio/", "video/")
_COLUMN = {
    Kind.RELEVANT: "relevant",
    Kind.CALCULATE: "calculation",
    Kind.COUNT: "repeat_count",
    Kind.READONLY: "readonly",
    Kind.REQUIRED: "required",
    Kind.CONSTRAINT: "constraint",
}


def about_of(xform: str) -> str:
    """Whom the form says that it is about; 'child' where it says nothing."""
    try:
        root = ElementTree.fromstring(xform)
    except ElementTree.ParseError:
        # pyxform writes a prefix down whether or not the settings declare it; the engine's finding says what is broken.
        return FormAbout.CHILD.value
    for element in root.iter():
        if element.tag.endswith("}instance"):
            return next(iter(element)).get(ABOUT, FormAbout.CHILD.value)
    return FormAbout.CHILD.value


def setting_findings(source: Source) -> Iterator[Finding]:
    form_id, version = source.settings.get("form_id", "").strip(), source.settings.get("version", "").strip()
    if not _FORM_ID.match(form_id):
        yield Finding("settings.form_id", sheet="settings", column="form_id", data={"value": form_id})
    if not _VERSION.match(version):
        yield Finding("settings.version", sheet="settings", column="version", data={"value": version})
    if not source.settings.get("form_title", "").strip():
        yield Finding("settings.form_title", sheet="settings", column="form_title")


def engine_findings(xform: str, attachments: Mapping[str, str], source: Source) -> tuple[FormDefinition | None, tuple[Finding, ...]]:
    """The form as laptops will read it, or why they would not."""
    try:
        definition = FormDefinition.from_xml(xform, {name: text.encode() for name, text in attachments.items()})
    except FormRefused as refused:
        return None, tuple(
            Finding(problem.code, sheet="survey", row=problem.row or source.row_of(problem.where), data=_facts(problem.data, problem.where))
            for problem in refused.problems
        )
    except FormError as error:
        return None, (Finding(error.code, data=_facts(error.data, error.where)),)
    # The engine opens a form whose list is lost; nobody shall publish one.
    return definition, tuple(
        Finding(problem.code, sheet="survey", data=_facts(problem.data, problem.where)) for problem in definition.warnings
    )


def rule_findings(definition: FormDefinition, about: str, source: Source) -> Iterator[Finding]:
    if about not in set(FormAbout):
        yield Finding("settings.about", sheet="settings", column="attribute::app:about", data={"value": about})
    for path, place in definition.places.items():
        row = source.row_of(path)
        field = place.bind.extra.get("app:field", "")
        if field and not (field.startswith(_CHILD_FIELD) and field.removeprefix(_CHILD_FIELD) in EDITABLE_FIELDS):
            yield Finding("lint.unknown_field", Weight.ERROR, "survey", row, "bind::app:field", {"value": field})
        if _is_not_shown(place):
            yield Finding("lint.not_shown", Weight.WARNING, "survey", row, "type", {"name": place.name})
        for kind, rule in place.bind.rules.items():
            yield from _expression_findings(rule.source, row, _COLUMN.get(kind, ""))


def _expression_findings(expression: str, row: int, column: str) -> Iterator[Finding]:
    found = tokens(expression)
    for place, token in enumerate(found):
        following = found[place + 1].text if place + 1 < len(found) else ""
        if (token.text in _NOT_ON_PHONES and following == "(") or (token.kind != "text" and token.text in _SIGNS_NOT_ON_PHONES):
            yield Finding("lint.not_on_phones", Weight.WARNING, "survey", row, column, {"value": token.text})
    for pattern in re.findall(r"regex\([^,]+,\s*(?:'([^']*)'|\"([^\"]*)\")", expression):
        text = pattern[0] or pattern[1]
        if not (text.startswith("^") and text.endswith("$")):
            yield Finding("lint.regex_open", Weight.WARNING, "survey", row, column, {"value": text})


def _is_not_shown(place: Place) -> bool:
    control: Control | None = place.control
    if control is None:
        return False
    return place.bind.type in _NOT_SHOWN or control.attributes.get("mediatype", "").startswith(_MEDIA_NOT_SHOWN)


def _facts(data: Mapping[str, str | int], where: str) -> dict[str, str]:
    return {**{name: str(value) for name, value in data.items()}, **({"path": where} if where else {})}
