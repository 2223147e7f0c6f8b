"""ODK Validate, the judge that ODK's own phones trust. It needs Java, so it is asked only where there is one."""

import re
import shutil
import tempfile
from pathlib import Path

from pyxform.validators.odk_validate import ODKValidateError, check_xform

from fieldapp.server.forms.findings import Finding, Weight

_MENTIONED = re.compile(r"/data(?:/[\w.-]+)+")


def has_java() -> bool:
    return shutil.which("java") is not None


def odk_findings(xform: str) -> tuple[Finding, ...]:
    """What it says against the form; nothing where there is no Java."""
    if not has_java():
        return ()
    with tempfile.TemporaryDirectory(prefix="fieldapp-form-") as folder:
        path = Path(folder) / "form.xml"
        path.write_text(xform, encoding="utf-8")
        try:
            warned = check_xform(str(path))
        except ODKValidateError as error:
            return (Finding("odk_validate.refused", data={"said": _said(str(error)), "path": _path_in(str(error))}),)
    return tuple(Finding("odk_validate.warning", Weight.WARNING, data={"said": _said(text)}) for text in warned)


def _said(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith(("at ", "java."))]
    return " ".join(lines)[:500]


def _path_in(text: str) -> str:
    found = _MENTIONED.search(text)
    return found[0] if found else ""
