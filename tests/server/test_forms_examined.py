"""A form from Excel is looked at before anybody gets it: every fault with its row, and what laptops will read."""

import pytest

from fieldapp.server.forms import words
from fieldapp.server.forms.examining import Examined, examine
from fieldapp.server.forms.findings import Weight
from fieldapp.server.forms.outline import outline
from tests.support import xlsforms
from tests.support.xlsforms import Rows, changed, xlsform


def faults(examined: Examined) -> set[tuple[str, str, int]]:
    return {(finding.code, finding.sheet, finding.row) for finding in examined.findings if finding.weight is Weight.ERROR}


def test_a_sound_form_may_be_published() -> None:
    examined = examine(xlsform(), {})
    assert (examined.form_id, examined.form_version, examined.title, examined.about) == ("home_visit", "2569.1", "บันทึกการเยี่ยมบ้าน", "child")
    assert (faults(examined), examined.may_be_published) == (set(), True)


def test_it_reads_as_laptops_will_show_it() -> None:
    definition = examine(xlsform(), {}).definition
    assert definition is not None
    met, phone, member, income = outline(definition)
    assert (met.label, met.options, met.required) == ("พบผู้ปกครองหรือไม่", ("พบ", "ไม่พบ"), True)
    assert (phone.conditional, phone.feeds) == (True, "child.guardian_phone")
    assert (member.label, income.label, income.depth > met.depth) == ("สมาชิกในบ้าน", "รายได้ต่อเดือน (บาท)", True)


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        (changed("survey", 3, "relevant", "${mett} = 'yes'"), ("pyxform.PYREF_003", "survey", 3)),
        (changed("survey", 5, "type", "integr"), ("pyxform.unknown_type", "survey", 5)),
        (changed("survey", 2, "type", "select_one yesno"), ("pyxform.no_list", "survey", 2)),
        (changed("survey", 3, "name", "met"), ("pyxform.NAMES_001", "survey", 3)),
        (changed("survey", 6, "type", ""), ("pyxform.SURVEY_002", "survey", 4)),
        (changed("survey", 2, "name", ""), ("pyxform.no_name", "survey", 2)),
        (changed("survey", 2, "label::ไทย (th)", ""), ("pyxform.no_label", "survey", 2)),
        (changed("survey", 3, "constraint", "regexp(., '^0$')"), ("xpath.unknown_function", "survey", 3)),
        (changed("survey", 3, "constraint", r"regex(., '^(0+)+\1$')"), ("xpath.regex_costly", "survey", 3)),
        (changed("survey", 7, "calculation", "${total} + 1"), ("form.cycle", "survey", 7)),
        (changed("survey", 3, "bind::app:field", "child.telephone"), ("lint.unknown_field", "survey", 3)),
        (changed("settings", 2, "version", ""), ("settings.version", "settings", 0)),
        (changed("settings", 2, "form_id", "แบบเยี่ยมบ้าน"), ("settings.form_id", "settings", 0)),
        (changed("settings", 2, "attribute::app:about", "village"), ("settings.about", "settings", 0)),
        (changed("survey", 3, "calculation", "pulldata('schools', 'name', 'code', '1')"), ("form.file_missing", "survey", 0)),
    ],
)
def test_a_fault_is_named_with_its_row(sheets: dict[str, Rows], fault: tuple[str, str, int]) -> None:
    examined = examine(xlsform(sheets), {})
    assert fault in faults(examined)
    assert not examined.may_be_published


@pytest.mark.parametrize(
    ("sheets", "code", "row"),
    [
        (changed("survey", 3, "constraint", "regex(., '0[0-9]+')"), "lint.regex_open", 3),
        (changed("survey", 2, "type", "audio"), "lint.not_shown", 2),
    ],
)
def test_what_is_only_odd_does_not_forbid_it(sheets: dict[str, Rows], code: str, row: int) -> None:
    examined = examine(xlsform(sheets), {})
    assert (code, Weight.WARNING, row) in {(finding.code, finding.weight, finding.row) for finding in examined.findings}
    assert examined.may_be_published


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"hello", "file.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.old_excel"),
        (b"PK\x03\x04 no zip", "file.unreadable"),
        (xlsform({"sheet 1": (("type",), ("text",))}), "file.no_survey"),
        (xlsform({"survey": (("type", "name", "label"),)}), "file.no_survey"),
        (b"x" * 5_000_001, "file.too_large"),
    ],
)
def test_a_file_that_is_no_form_is_said_to_be_none(data: bytes, code: str) -> None:
    examined = examine(data, {})
    assert [finding.code for finding in examined.findings if finding.weight is Weight.ERROR][-1:] == [code]
    assert not examined.may_be_published


def test_every_finding_has_its_sentence() -> None:
    for sheets in (changed("survey", 3, "relevant", "${mett} = 'yes'"), changed("survey", 7, "calculation", "${total} + 1")):
        for finding in examine(xlsform(sheets), {}).findings:
            sentence = words.sentence(finding)
            assert sentence and "{" not in sentence and "…" not in sentence, sentence


def test_a_list_that_the_form_reads_is_used() -> None:
    sheets = changed("survey", 7, "calculation", "pulldata('schools', 'name', 'code', '46030001')")
    examined = examine(xlsform(sheets), {"schools.csv": "code,name\n46030001,บ้านนาคู\n"})
    assert (faults(examined), examined.may_be_published) == (set(), True)


def test_what_nobody_sees_is_no_line_of_its_own_and_what_holds_for_it_holds_for_what_is_in_it() -> None:
    """A table of questions: pyxform puts a question around its captions, and the group has no caption."""
    rows = xlsforms.VISIT["survey"]
    table = [
        ("begin group", "things", "", "", "${met} = 'yes'", "", "", "", "table-list"),
        ("select_one yes_no", "roof", "หลังคา", "", "", "", "", "", ""),
        ("select_one yes_no", "wall", "ฝา", "", "", "", "", "", ""),
        ("end group", "", "", "", "", "", "", "", ""),
    ]
    survey: Rows = [(*rows[0], "appearance"), *((*row, "") for row in rows[1:]), *table]
    definition = examine(xlsform({**xlsforms.VISIT, "survey": survey}), {}).definition
    assert definition is not None
    roof, wall = outline(definition)[-2:]
    assert [(one.label, one.depth, one.conditional) for one in (roof, wall)] == [("หลังคา", 0, True), ("ฝา", 0, True)]
    assert len(outline(definition)) == 6
