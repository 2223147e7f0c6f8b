"""Invented staff and their demo accounts. One password for all, known to everyone: these accounts are for the sample only."""

from dataclasses import dataclass
from functools import cache

from fieldapp.domain.reference import Role
from fieldapp.server.sample.schools import schools

PASSWORD = "demo-1234"
FIRST_TEACHER = "kru01"
OFFICER = "officer"
COORDINATOR = "coordinator"
_TEACHER_COUNT = 40
_WOMEN = (
    "สมหญิง", "วันเพ็ญ", "อรุณี", "พิกุล", "มาลี", "จินตนา", "สุนิสา", "รัชนี", "บุษบา", "นงลักษณ์", "ทิพวรรณ", "ปราณี", "กาญจนา", "ละออ",
    "วิไลพร", "ดารุณี", "สายสมร", "ยุพิน", "อัมพร", "เพ็ญศรี", "สุดารัตน์", "จงกล",
)  # fmt: skip
_MEN = (
    "สมชาย", "ประเสริฐ", "วิชัย", "บุญส่ง", "อำนาจ", "สุรชัย", "ธวัชชัย", "ไพโรจน์", "มานพ", "เกรียงไกร", "สุพจน์", "วีระ", "ชูชาติ", "นิคม",
    "ถาวร", "สมพร", "ปรีชา", "อนันต์", "วินัย", "โกศล", "ณรงค์", "เฉลิม",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoPerson:
    account: str
    name: str
    role: Role
    school_code: str = ""


@cache
def people() -> tuple[DemoPerson, ...]:
    """The office first, then a head for each school, then the teachers: the first two at the school of tambon Na Khu."""
    codes = [school.code for school in schools()]
    na_khu = next(school.code for school in schools() if school.tambon_code == "461601")
    others = [code for code in codes if code != na_khu]
    names = [name for pair in zip(_WOMEN, _MEN, strict=True) for name in pair]
    teachers = [
        DemoPerson(
            f"kru{number:02d}",
            f"ครู{names[number - 1]} (ตัวอย่าง)",
            Role.TEACHER,
            na_khu if number <= 2 else others[(number - 3) % len(others)],
        )
        for number in range(1, _TEACHER_COUNT + 1)
    ]
    heads = [
        DemoPerson(f"head{number:02d}", f"ผอ.{names[-number]} (ตัวอย่าง)", Role.SCHOOL_HEAD, code)
        for number, code in enumerate([na_khu, *others], start=1)
    ]
    office = (
        DemoPerson(OFFICER, "ศน.นภา (ตัวอย่าง)", Role.OFFICER),
        DemoPerson(COORDINATOR, "คุณธิดา ศูนย์ประสานงาน (ตัวอย่าง)", Role.COORDINATOR),
        DemoPerson("admin", "คุณกานต์ ผู้ดูแลระบบ (ตัวอย่าง)", Role.ADMIN),
        DemoPerson("partner", "คุณอารี ภาคีเครือข่าย (ตัวอย่าง)", Role.PARTNER),
    )
    return (*office, *heads, *teachers)
