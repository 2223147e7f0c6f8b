"""XLSForms for tests as real .xlsx bytes."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

VISIT: Mapping[str, Rows] = {
    "survey": (
        ("type", "name", "label::ไทย (th)", "required", "relevant", "constraint", "calculation", "bind::app:field"),
        ("select_one yes_no", "met", "พบผู้ปกครองหรือไม่", "yes", "", "", "", ""),
        ("text", "phone", "เบอร์โทรศัพท์ผู้ปกครอง", "", "${met} = 'yes'", "regex(., '^0[0-9]{8,9}$')", "", "child.guardian_phone"),
        ("begin repeat", "member", "สมาชิกในบ้าน", "", "", "", "", ""),
        ("integer", "income", "รายได้ต่อเดือน (บาท)", "", "", ". >= 0", "", ""),
        ("end repeat", "", "", "", "", "", "", ""),
        ("calculate", "total", "", "", "", "", "sum(${income})", ""),
    ),
    "choices": (("list_name", "name", "label::ไทย (th)"), ("yes_no", "yes", "พบ"), ("yes_no", "no", "ไม่พบ")),
    "settings": (
        ("form_id", "form_title", "version", "default_language", "namespaces", "attribute::app:about"),
        ("home_visit", "บันทึกการเยี่ยมบ้าน", "2569.1", "ไทย (th)", 'app="urn:fieldapp:forms"', "child"),
    ),
}


# One that asks for pictures: of the house, from outside and from inside where one came in, a signature, and a paper.
PICTURED: Mapping[str, Rows] = {
    "survey": (
        ("type", "name", "label::ไทย (th)", "required", "relevant", "appearance", "body::accept"),
        ("select_one yes_no", "came_in", "ได้เข้าบ้านหรือไม่", "yes", "", "", ""),
        ("image", "outside", "ภาพนอกบ้าน", "", "", "", ""),
        ("image", "inside", "ภาพในบ้าน", "", "${came_in} = 'yes'", "", ""),
        ("image", "signed", "ลายมือชื่อผู้ปกครอง", "", "", "signature", ""),
        ("file", "paper", "ใบรับรอง", "", "", "", ".pdf"),
    ),
    "choices": VISIT["choices"],
    "settings": (
        ("form_id", "form_title", "version", "default_language", "namespaces", "attribute::app:about"),
        ("house", "บันทึกบ้าน", "2569.1", "ไทย (th)", 'app="urn:fieldapp:forms"', "household"),
    ),
}


def xlsform(sheets: Mapping[str, Rows] = VISIT) -> bytes:
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def changed(sheet: str, row: int, column: str, value: object, *, of: Mapping[str, Rows] = VISIT) -> dict[str, Rows]:
    """The same form with one cell changed; `row` as the spreadsheet counts (1 is the header)."""
    rows = [list(cells) for cells in of[sheet]]
    rows[row - 1][rows[0].index(column)] = value
    return {**of, sheet: rows}


def about_school(form_id: str, by: str = "") -> dict[str, Rows]:
    """The same form about a school; `by` says whose it is to fill."""
    sheets = changed("settings", 2, "attribute::app:about", "school", of=changed("settings", 2, "form_id", form_id))
    header, values = sheets["settings"]
    sheets["settings"] = [[*header, "attribute::app:by"], [*values, by]] if by else [header, values]
    survey = [list(row) for row in VISIT["survey"]]
    survey[2][-1] = ""  # a card has nothing to do with it
    return {**sheets, "survey": survey}
