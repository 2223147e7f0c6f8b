"""Findings about forms in words: what an officer reads beside the row of the spreadsheet."""

from collections.abc import Mapping

from fieldapp.domain.form import FormAbout
from fieldapp.server.forms.findings import Finding, Weight
from fieldapp.texts import _, mark

_SENTENCES: Mapping[str, str] = {
    "file.too_large": mark("The file is larger than {limit_mb} MB."),
    "file.empty": mark("The file has nothing in it."),
    "file.old_excel": mark("This is a file of an old Excel (.xls). Open it in Excel and save it as .xlsx."),
    "file.encrypted": mark("The file is locked with a password. Save it without one."),
    "file.unreadable": mark("This file cannot be read as a spreadsheet."),
    "file.no_survey": mark("There is no sheet named survey, or it is empty."),
    "file.attachment": mark("The list {name} cannot be read as CSV text in UTF-8."),
    "settings.form_id": mark("The form needs a form_id of Latin letters, digits, _ or -, for example home_visit."),
    "settings.version": mark("The form needs a version, for example 2569.1; each change needs another one."),
    "settings.form_title": mark("The form needs a form_title, as teachers will read it."),
    "settings.about": mark("“{value}” is nothing a form can be about: child, household or school."),
    "publish.same": mark("This very form is published already under version {value}."),
    "publish.version_taken": mark("Version {value} is published already and stays as it is. Give the changed form another version."),
    "pyxform.HEADER_001": mark("The first row of the sheet must hold the names of the columns."),
    "pyxform.HEADER_002": mark("Two columns have the same meaning: {other} and {header}. Remove one."),
    "pyxform.HEADER_003": mark("The sheet lacks the column {missing}."),
    "pyxform.HEADER_004": mark("A column has no name, or a name with blanks in it: “{column}”."),
    "pyxform.LABEL_001": mark("This choice has no label."),
    "pyxform.NAMES_001": mark("The name “{value}” is given twice in one group."),
    "pyxform.NAMES_002": mark("The name “{value}” differs from another one only in capital letters."),
    "pyxform.NAMES_003": mark("A repeat cannot be named “{value}” like the form itself."),
    "pyxform.NAMES_004": mark("Two repeats are named “{value}”."),
    "pyxform.NAMES_005": mark("The name meta is taken by the form itself. Choose another one."),
    "pyxform.NAMES_006": mark("This choice has no name."),
    "pyxform.NAMES_007": mark("Two choices of one list have the same name."),
    "pyxform.NAMES_008": mark("A name begins with a letter or _, and holds only letters, digits, _, - and points."),
    "pyxform.NAMES_009": mark("“{name}” is no name: it begins with a letter or _, and holds only letters, digits, _, - and points."),
    "pyxform.NAMES_013": mark("Is one of the sheets {candidates} meant to be {sheet}?"),
    "pyxform.PYREF_001": mark("A question is named as ${{name}}; here a bracket is missing or too many."),
    "pyxform.PYREF_002": mark("Between two questions in a list a comma is missing."),
    "pyxform.PYREF_003": mark("There is no question named “{q}”."),
    "pyxform.PYREF_004": mark("More than one question is named “{q}”; it is not clear which is meant."),
    "pyxform.SURVEY_001": mark("An end_{type} has no begin_{type} before it."),
    "pyxform.SURVEY_002": mark("The begin_{type} “{name}” is never ended."),
    "pyxform.SURVEY_004": mark("Parameters are written as name=value, with blanks between."),
    "pyxform.SURVEY_005": mark("This type of question knows only the parameters {accepted}, not {rejected}."),
    "pyxform.unknown_type": mark("There is no type of question “{type}”."),
    "pyxform.no_list": mark("The sheet choices has no list named “{list}”."),
    "pyxform.no_name": mark("This question or group has no name."),
    "pyxform.no_label": mark("The question “{name}” has no label."),
    "odk_validate.refused": mark("ODK Validate refuses the form: {said}"),
    "odk_validate.warning": mark("ODK Validate says: {said}"),
    "xpath.unknown_function": mark("There is no function {name}."),
    "xpath.arguments": mark("The function {name} is given the wrong number of values."),
    "xpath.syntax": mark("The expression cannot be read; a bracket, a sign or a value is missing."),
    "xpath.string_not_closed": mark("A quotation mark is opened and not closed."),
    "xpath.character": mark("The expression holds a sign that has no meaning there; perhaps a curly quotation mark that Excel made."),
    "xpath.regex": mark("The pattern for regex() cannot be read."),
    "xpath.regex_costly": mark("The pattern for regex() could keep a computer busy for ever: no repetition inside a repetition, please."),
    "xpath.no_instance": mark("The expression reads a list that the form does not have."),
    "form.cycle": mark("Questions depend on each other in a circle: {path}."),
    "form.instance_missing": mark("The expression reads a list that the form does not have."),
    "form.file_missing": mark("The form reads the list {file}; upload it together with the form."),
    "form.csv_broken": mark("The list {file} cannot be read as CSV."),
    "form.no_bind_target": mark("A rule is about a question that does not exist: {path}."),
    "form.no_control_target": mark("A question is shown that does not exist: {path}."),
    "form.repeat_count": mark("The number of repetitions of {path} cannot be worked out."),
    "lint.unknown_field": mark("“{value}” is no field of a child's card."),
    "lint.not_shown": mark("Laptops cannot ask “{name}”: this kind of question is not in the program."),
    "lint.not_on_phones": mark("“{value}” works on laptops, but not in ODK Collect on phones."),
    "lint.regex_open": mark("Some programs compare only a part of the answer with “{value}”. Write ^ at its beginning and $ at its end."),
}
_OTHER = mark("The spreadsheet cannot be turned into a form: {said}")
_WARNED = mark("The converter remarks: {said}")
_NOT_RUN = mark("The form cannot be used on laptops ({code}): {path}")
_WEIGHTS = {Weight.ERROR: mark("To be mended"), Weight.WARNING: mark("To be looked at")}
_ABOUT = {
    FormAbout.CHILD: mark("each child"),
    FormAbout.HOUSEHOLD: mark("the household"),
    FormAbout.SCHOOL: mark("the school"),
}


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"


def sentence(finding: Finding) -> str:
    facts = _Facts({"code": finding.code, **finding.data})
    known = _SENTENCES.get(finding.code)
    if known is not None:
        return _(known).format_map(facts)
    if finding.code == "pyxform.warning":
        return _(_WARNED).format_map(facts)
    return _(_OTHER if finding.code.startswith("pyxform.") else _NOT_RUN).format_map(facts)


def place(finding: Finding) -> str:
    """Where in the spreadsheet, '' where that is not known."""
    if not finding.sheet:
        return ""
    if finding.row and finding.column:
        return _("sheet {sheet}, row {row}, column {column}").format(sheet=finding.sheet, row=finding.row, column=finding.column)
    if finding.row:
        return _("sheet {sheet}, row {row}").format(sheet=finding.sheet, row=finding.row)
    return _("sheet {sheet}").format(sheet=finding.sheet)


def weight(finding: Finding) -> str:
    return _(_WEIGHTS[finding.weight])


def about(form_about: str) -> str:
    known = {one.value: words for one, words in _ABOUT.items()}
    return _(known[form_about]) if form_about in known else form_about
