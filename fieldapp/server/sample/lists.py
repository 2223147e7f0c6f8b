"""The two received lists of the sample as .xlsx files, laid out and soiled like real ones.

The never enrolled come as an office types a list; the dropped out as a DMC export, with its two columns of one name.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from fieldapp.domain import thai_dates
from fieldapp.domain.national_id import check_digit, is_g_code
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.states import CaseState
from fieldapp.reports.places import place_name
from fieldapp.server.sample import dirt
from fieldapp.server.sample.children import SampleChild
from fieldapp.server.sample.dirt import Row
from fieldapp.server.sample.schools import school_of

FILE_NAMES = {ListType.NEVER_ENROLLED: "รายชื่อเด็กตกหล่น.xlsx", ListType.DROPPED_OUT: "รายชื่อเด็กออกกลางคัน-DMC.xlsx"}
_HARMLESS_SHARE = 0.25
_DOUBTFUL_AND_ASSIGNED = {ListType.NEVER_ENROLLED: 30, ListType.DROPPED_OUT: 4}
_TWICE = {ListType.NEVER_ENROLLED: 14, ListType.DROPPED_OUT: 5}
_NAMELESS = {ListType.NEVER_ENROLLED: 6, ListType.DROPPED_OUT: 2}
_ON_BOTH_LISTS = 4
_PAGE = 400


@dataclass(frozen=True, slots=True)
class WrittenList:
    """The file, and which child stands in which row."""

    path: Path
    list_type: ListType
    child_by_row: dict[int, SampleChild]


def write_lists(folder: Path, children: Sequence[SampleChild], today: dt.date, random: Random) -> tuple[WrittenList, WrittenList]:
    folder.mkdir(parents=True, exist_ok=True)
    never_enrolled, dropped_out = ([one for one in children if one.list_type is list_type] for list_type in OBEC_LISTS)
    twice_listed = random.sample([one for one in never_enrolled if not one.account], _ON_BOTH_LISTS)
    return (
        _write(folder, ListType.NEVER_ENROLLED, never_enrolled, [], today, random),
        _write(folder, ListType.DROPPED_OUT, dropped_out, twice_listed, today, random),
    )


def _write(
    folder: Path, list_type: ListType, children: list[SampleChild], from_other: list[SampleChild], today: dt.date, random: Random
) -> WrittenList:
    order = children[:]
    random.shuffle(order)
    doubtful = _doubtful(order, list_type, random)
    rows = [(child, _row(child, today, random, doubtful=child.number in doubtful)) for child in order]
    whole = [child for child in order if child.number not in doubtful]
    extra: Entries = [(None, _clean_row(child, today)) for child in (*random.sample(whole, _TWICE[list_type]), *from_other)]
    extra += [(None, _nameless_row(place, today)) for place in range(_NAMELESS[list_type])]
    entries: Entries = [*rows]
    middle = len(entries) // 2
    # What repeats an earlier row stands behind it: in the second half only rows of the first half may come again.
    firsts = {child.number for child in order[:middle]}
    for entry in extra:
        early = entry[1][dirt.ID] in firsts
        entries.insert(random.randint(middle, len(entries)) if early else len(entries), entry)
    path = folder / FILE_NAMES[list_type]
    layout = _office_layout if list_type is ListType.NEVER_ENROLLED else _dmc_layout
    lines, child_by_row = layout(entries, today)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for line in lines:
        sheet.append(line)
    book.save(path)
    return WrittenList(path, list_type, child_by_row)


def _doubtful(children: list[SampleChild], list_type: ListType, random: Random) -> set[str]:
    """Whose rows get a fault that a person must look at: all that are still only listed, none that counts as checked, and some others."""
    fit = [one for one in children if not one.account and one.fate is not CaseState.CHECKED and not is_g_code(one.number)]
    listed = {one.number for one in children if one.fate is CaseState.LISTED}
    return listed | {one.number for one in random.sample(fit, _DOUBTFUL_AND_ASSIGNED[list_type])}


def _row(child: SampleChild, today: dt.date, random: Random, *, doubtful: bool) -> Row:
    row = _clean_row(child, today)
    if is_g_code(child.number):
        if doubtful:
            row[dirt.BIRTH] = None
    elif doubtful:
        random.choice(dirt.DOUBTFUL)(row, random)
    elif child.number.startswith("0"):
        dirt.id_as_number(row, random)
    elif random.random() < _HARMLESS_SHARE:
        random.choice(dirt.HARMLESS)(row, random)
    return row


def _clean_row(child: SampleChild, today: dt.date) -> Row:
    home, tambon = child.household, child.household.tambon_code
    return {
        dirt.ID: child.number, dirt.TITLE: child.title(today), dirt.NAME: child.given_name, "family_name": child.family_name,
        dirt.SEX: "ช" if child.boy else "ญ", dirt.BIRTH: thai_dates.slashed(child.birth_on),
        "house_no": home.house_no, "moo": home.moo, dirt.TAMBON: place_name(tambon), "amphoe": place_name(tambon[:4]),
        "guardian": home.guardian_name or "-", "relation": home.guardian_relation or "-", "phone": home.guardian_phone or "-",
        "grade": child.last_grade or "-", "year": child.last_year or "-", "school": school_of(tambon), "age": child.age(today),
    }  # fmt: skip


def _nameless_row(place: int, today: dt.date) -> Row:
    twelve = f"14698{place:07d}"
    return {dirt.ID: twelve + str(check_digit(twelve)), dirt.BIRTH: f"{place + 1}/6/{thai_dates.buddhist_year(today) - 10}", dirt.SEX: "ช"}


Entries = list[tuple[SampleChild | None, Row]]
Lines = tuple[list[list[Any]], dict[int, SampleChild]]
Layout = Callable[[Entries, dt.date], Lines]


def _office_layout(entries: Entries, today: dt.date) -> Lines:
    header = [
        "ที่", "เลขประจำตัวประชาชน", "คำนำหน้าชื่อ", "ชื่อ", "ชื่อสกุล", "เพศ", "วัน/เดือน/ปีเกิด", "บ้านเลขที่", "หมู่ที่", "ตำบล", "อำเภอ", "จังหวัด",
        "ชื่อ-สกุลผู้ปกครอง", "ความเกี่ยวข้อง", "เบอร์โทรศัพท์", "ชั้นสุดท้าย", "ปีการศึกษา", "หมายเหตุ",
    ]  # fmt: skip
    lines: list[list[Any]] = [
        ["บัญชีรายชื่อเด็กตกหล่น ตามโครงการพาน้องกลับมาเรียน"],
        [f"สพป.กาฬสินธุ์ เขต ๓ ข้อมูล ณ วันที่ {dirt.thai_digits(thai_dates.long(today))} (ข้อมูลสมมติ)"],
        [],
        header,
    ]
    child_by_row: dict[int, SampleChild] = {}
    for place, (child, row) in enumerate(entries, start=1):
        if place % _PAGE == 0:
            lines.append(header)
        lines.append([
            place, row[dirt.ID], row.get(dirt.TITLE), row.get(dirt.NAME), row.get("family_name"), row[dirt.SEX], row[dirt.BIRTH],
            row.get("house_no"), row.get("moo"), row.get(dirt.TAMBON), row.get("amphoe"), "กาฬสินธุ์",
            row.get("guardian"), row.get("relation"), row.get("phone"), row.get("grade"), row.get("year"), None,
        ])  # fmt: skip
        if child:
            child_by_row[len(lines)] = child
    lines += [["รวมทั้งสิ้น", f"{len(entries)} ราย"], [], ["ลงชื่อ ........................................ ผู้รายงาน"]]
    return lines, child_by_row


def _dmc_layout(entries: Entries, today: dt.date) -> Lines:
    lines: list[list[Any]] = [
        [f"วันและเวลาที่สร้างรายงาน {today.isoformat()} 08:15:02.118000"],
        [
            "รหัสโรงเรียน", "ชื่อโรงเรียน", "เลขประจำตัวนักเรียน", "ชั้น", "ห้อง", "เลขประจำตัวนักเรียน", "เพศ", "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "วันเกิด",
            "อายุ(ปี)", "สัญชาติ", "บ้านเลขที่", "หมู่", "ถนน/ซอย", "ตำบล", "อำเภอ", "จังหวัด", "ชื่อผู้ปกครอง", "นามสกุลผู้ปกครอง",
            "อาชีพของผู้ปกครอง", "ความเกี่ยวข้องของผู้ปกครองกับนักเรียน", "เบอร์โทรผู้ปกครอง", "ปีการศึกษา", "ความด้อยโอกาส",
        ],
    ]  # fmt: skip
    child_by_row: dict[int, SampleChild] = {}
    for place, (child, row) in enumerate(entries, start=1):
        school = row.get("school")
        guardian = str(row.get("guardian", "-")).split(" ", 1)
        lines.append([
            school.code if school else None, school.name if school else None, row[dirt.ID], row.get("grade"), 1, 3100 + place,
            row[dirt.SEX], row.get(dirt.TITLE), row.get(dirt.NAME), row.get("family_name"), row[dirt.BIRTH], row.get("age"), "ไทย",
            row.get("house_no"), row.get("moo"), "-", row.get(dirt.TAMBON), row.get("amphoe"), "กาฬสินธุ์",
            guardian[0], guardian[1] if len(guardian) > 1 else "-", "รับจ้างทั่วไป", row.get("relation"), row.get("phone"),
            row.get("year"), "เด็กยากจน" if place % 3 == 0 else "-",
        ])  # fmt: skip
        if child:
            child_by_row[len(lines)] = child
    return lines, child_by_row
