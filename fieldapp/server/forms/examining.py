"""Everything that is known of an uploaded form before it is published: one look, all findings."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.domain.form import FormAbout
from fieldapp.forms import FormDefinition
from fieldapp.server.forms import linting
from fieldapp.server.forms.converting import to_xform
from fieldapp.server.forms.findings import Finding, forbids
from fieldapp.server.forms.validating import odk_findings


@dataclass(frozen=True, slots=True)
class Examined:
    """`xform` and `definition` are there where laptops could fill the form; `findings` may still forbid publishing it."""

    form_id: str
    form_version: str
    title: str
    about: str
    xform: str
    definition: FormDefinition | None
    findings: tuple[Finding, ...]

    @property
    def may_be_published(self) -> bool:
        return self.definition is not None and not forbids(self.findings)


def examine(data: bytes, attachments: Mapping[str, str]) -> Examined:
    """`attachments` are the CSV files that the form reads, text by file name. Takes seconds where there is Java."""
    converted = to_xform(data)
    source = converted.source
    if source is None:
        return Examined("", "", "", FormAbout.CHILD.value, "", None, converted.findings)
    findings = [*linting.setting_findings(source), *converted.findings]
    definition, about = None, FormAbout.CHILD.value
    if converted.xform:
        about = linting.about_of(converted.xform)
        definition, problems = linting.engine_findings(converted.xform, attachments, source)
        findings += problems
        if definition is not None:
            findings += linting.rule_findings(definition, about, source)
            findings += odk_findings(converted.xform)
    said = source.settings
    return Examined(
        said.get("form_id", "").strip(),
        said.get("version", "").strip(),
        said.get("form_title", "").strip(),
        about,
        converted.xform,
        definition,
        tuple(findings),
    )
