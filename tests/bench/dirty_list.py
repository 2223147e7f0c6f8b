"""A received list of 20,000 rows in the layout of DMC's export (36 columns), with the dirt of real lists: what has to be mended, what a
person has to look at, children who stand twice, and children whom the district knows from its other list."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from fieldapp.domain.child import Child
from fieldapp.domain.thai_dates import slashed
from fieldapp.server.sample import dirt
from fieldapp.server.sample.names import Names
from tests.support.lists import xlsx
from tests.support.national_ids import an_id

ROWS = 20_000
_DOUBTFUL, _HARMLESS, _TWICE, _KNOWN, _NEW_YEAR = 0.06, 0.2, 0.01, 0.05, 0.03
_HEADER = (
    "รหัสโรงเรียน", "ชื่อโรงเรียน", "เลขประจำตัวนักเรียน", "ชั้น", "ห้อง", "เลขประจำตัวนักเรียน", "เพศ", "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "วันเกิด",
    "อายุ(ปี)", "น้ำหนัก", "ส่วนสูง", "กลุ่มเลือด", "ศาสนา", "เชื้อชาติ", "สัญชาติ", "บ้านเลขที่", "หมู่", "ถนน/ซอย", "ตำบล", "อำเภอ", "จังหวัด",
    "ชื่อผู้ปกครอง", "นามสกุลผู้ปกครอง", "อาชีพของผู้ปกครอง", "ความเกี่ยวข้องของผู้ปกครองกับนักเรียน", "ชื่อบิดา", "นามสกุลบิดา", "อาชีพบิดา",
    "ชื่อมารดา", "นามสกุลมารดา", "อาชีพมารดา", "ความด้อยโอกาส", "ยังไม่สามารถจำหน่ายได้ (3.1.8)",
)  # fmt: skip
_PLACES = (("นาคู", "นาคู"), ("บ่อแก้ว", "นาคู"), ("ภูแล่นช้าง", "นาคู"), ("โนนนาจาน", "นาคู"), ("คุ้มเก่า", "เขาวง"), ("สงเปลือย", "เขาวง"))


def dirty_list(known: Sequence[Child], *, rows: int = ROWS, seed: int = 2569) -> bytes:
    """The .xlsx; some of its rows name children of `known`."""
    draw = random.Random(seed)
    names = Names(draw)
    lines: list[Sequence[Any]] = [("วันและเวลาที่สร้างรายงาน 2026-10-20 08:15:02.118000",), _HEADER]
    for place in range(rows):
        if place and draw.random() < _TWICE:
            lines.append(lines[draw.randrange(2, len(lines))])
            continue
        if known and draw.random() < _KNOWN:
            row = _of_known(draw.choice(known))
        else:
            row = _new(draw, names, seed * 100_000 % 9_000_000 + place)
            _spoil(row, draw)
        lines.append(_line(row, place, draw, names))
    return xlsx(*lines, ("รวม", f"{rows} ราย"))


def _new(draw: random.Random, names: Names, number: int) -> dict[str, Any]:
    boy = draw.random() < 0.55
    given_name, family_name = names.child(boy=boy)
    # Whose day of birth nobody knew stands in the register with 1 January. There is no 29 February of a Buddhist year in a spreadsheet.
    born = dt.date(draw.randrange(2010, 2020), *((1, 1) if draw.random() < _NEW_YEAR else (draw.randrange(1, 13), draw.randrange(1, 29))))
    return {
        dirt.ID: an_id(number), dirt.TITLE: "ด.ช." if boy else "ด.ญ.", dirt.NAME: given_name, "family_name": family_name,
        dirt.SEX: "ช" if boy else "ญ", dirt.BIRTH: slashed(born),
    }  # fmt: skip


def _of_known(child: Child) -> dict[str, Any]:
    return {
        dirt.ID: child.national_id, dirt.TITLE: "ด.ช.", dirt.NAME: child.given_name, "family_name": child.family_name,
        dirt.SEX: "ช", dirt.BIRTH: slashed(child.birth_on) if child.birth_on else "-",
    }  # fmt: skip


def _spoil(row: dict[str, Any], draw: random.Random) -> None:
    chance = draw.random()
    if chance < _DOUBTFUL:
        draw.choice(dirt.DOUBTFUL)(row, draw)
    elif chance < _DOUBTFUL + _HARMLESS:
        draw.choice(dirt.HARMLESS)(row, draw)


def _line(row: dict[str, Any], place: int, draw: random.Random, names: Names) -> tuple[Any, ...]:
    tambon, amphoe = draw.choice(_PLACES)
    family = row["family_name"]
    return (
        "46030001", "โรงเรียนหนึ่ง", row[dirt.ID], f"ป.{place % 6 + 1}", 1, 3100 + place, row[dirt.SEX], row[dirt.TITLE], row[dirt.NAME],
        family, row[dirt.BIRTH], 6 + place % 9, 20 + place % 30, 100 + place % 60, "-", "พุทธ", "ไทย", "ไทย", str(1 + place % 240),
        str(1 + place % 14), "-", row.get(dirt.TAMBON, tambon), amphoe, "กาฬสินธุ์", names.grown_up(woman=True), family, "รับจ้างทั่วไป", "ย่า",
        names.grown_up(woman=False), family, "รับจ้างทั่วไป", names.grown_up(woman=True), family, "เกษตรกร", "เด็กยากจน" if place % 3 else "-",
        "-",
    )  # fmt: skip
