"""XLSForm to XForm with pyxform, and its complaints as findings with their place. The only file that knows pyxform."""

import io
import re
from dataclasses import dataclass
from string import Formatter

from pyxform.errors import ErrorCode, PyXFormError
from pyxform.xls2xform import convert

from fieldapp.errors import ListError
from fieldapp.server.forms.findings import Finding, Weight
from fieldapp.server.forms.source import ROOT, Source, read_source

MAX_SOURCE_BYTES = 5_000_000
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet")
# What it says without a code, by our own.
_SAID = {
    "pyxform.unknown_type": re.compile(r"Unknown question type '(?P<type>.*)'"),
    "pyxform.no_list": re.compile(r"List name not in choices sheet: (?P<list>.*)"),
    "pyxform.no_name": re.compile(r"Question or group with no name"),
    "pyxform.no_label": re.compile(r"The survey element named '(?P<name>.*)' has no label or hint"),
}


def _pattern(template: str) -> re.Pattern[str]:
    """What a sentence of pyxform looks like when its facts are in it."""
    seen: set[str] = set()

    def fact(name: str) -> str:
        group = f"(?P<{name}>.*?)" if name not in seen else f"(?P={name})"
        seen.add(name)
        return group

    parts = [re.escape(text) + (fact(name) if name else "") for text, name, _spec, _how in Formatter().parse(template)]
    return re.compile("".join(parts) + r"\Z", re.DOTALL)


# Its errors mostly come as finished sentences; their codes are read off again.
_CODED = {f"pyxform.{code.name}": _pattern(code.value.msg) for code in ErrorCode}


@dataclass(frozen=True, slots=True)
class Converted:
    """`xform` is '' where the findings forbid it."""

    source: Source | None
    xform: str
    findings: tuple[Finding, ...]


def to_xform(data: bytes) -> Converted:
    """Never raises for what is in the file."""
    if len(data) > MAX_SOURCE_BYTES:
        return Converted(None, "", (Finding("file.too_large", data={"limit_mb": str(MAX_SOURCE_BYTES // 1_000_000)}),))
    try:
        source = read_source(data)
    except ListError as error:
        return Converted(None, "", (Finding(f"file.{error.code.partition('.')[2]}"),))
    if not source.survey:
        return Converted(source, "", (Finding("file.no_survey"),))
    said: list[str] = []
    try:
        result = convert(io.BytesIO(data), warnings=said, form_name=ROOT, file_type=".xlsx")
    except PyXFormError as error:
        return Converted(source, "", (_refused(error, source),))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        # It meets some sheets with an error of Python; what it was about is only in its words.
        return Converted(source, "", (Finding("pyxform.other", data={"said": f"{type(error).__name__}: {error}"[:300]}),))
    return Converted(source, result.xform, tuple(_warned(text) for text in said))


def _refused(error: PyXFormError, source: Source) -> Finding:
    text = str(error).strip()
    code, facts = _recognised(text)
    row = facts.pop("row", "") or (match[1] if (match := _ROW.search(text)) else "")
    sheet = facts.pop("sheet", "") or facts.pop("sheet_name", "") or (match[1] if (match := _SHEET.search(text)) else "survey")
    column = facts.pop("column", "")
    number = int(row) if row.isdecimal() else source.row_with(facts)
    return Finding(code, Weight.ERROR, sheet, number, column, {**facts, "said": _plain(text)})


def _recognised(text: str) -> tuple[str, dict[str, str]]:
    for code, pattern in (*_CODED.items(), *_SAID.items()):
        if match := pattern.search(text):
            return code, {name: value for name, value in match.groupdict().items() if value}
    return "pyxform.other", {}


def _warned(text: str) -> Finding:
    row, sheet = _ROW.search(text), _SHEET.search(text)
    return Finding("pyxform.warning", Weight.WARNING, sheet[1] if sheet else "", int(row[1]) if row else 0, data={"said": _plain(text)})


def _plain(text: str) -> str:
    return _ROW.sub("", text).strip()[:400]
