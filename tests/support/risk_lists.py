"""Exports of the three web sites, as they may look, and what is known of them afterwards."""

from typing import Any

from sqlalchemy import select

from fieldapp.records import tables
from fieldapp.records.care import Care, care_of
from tests.support.district import TestDistrict
from tests.support.lists import xlsx
from tests.support.office import OfficeVisitor
from tests.support.office_lists import upload

SCREENING = (
    "ที่", "รหัสโรงเรียน", "ชื่อโรงเรียน", "ชั้น", "เลขประจำตัวประชาชน", "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล",
    "การเรียน", "สุขภาพ", "เศรษฐกิจ", "สารเสพติด", "วันที่คัดกรอง",
)  # fmt: skip
SCHOOL = "46030001"


def pupil(number: str, given: str, family: str, *aspects: str, on: str = "1/11/2569", school: str = SCHOOL) -> tuple[Any, ...]:
    """A line of the individual screening."""
    said = (*aspects, *["ปกติ"] * (4 - len(aspects)))
    return (1, school, "โรงเรียนหนึ่ง", "ป.5", number, "ด.ช.", given, family, *said, on)


def screening(*pupils: tuple[Any, ...]) -> bytes:
    return xlsx(("แบบคัดกรองนักเรียนรายบุคคล",), SCREENING, *pupils)


def upload_screening(office: OfficeVisitor, *pupils: tuple[Any, ...], **fields: str) -> str:
    return upload(office, screening(*pupils), "คัดกรอง.xlsx", **{"list_type": "screening_site", **fields})


def cases(district: TestDistrict, given_name: str) -> list[Any]:
    """The cases of children of this name, as the database has them."""
    case, child = tables.case, tables.child
    query = (
        select(case)
        .join(child, (child.c.district_id == case.c.district_id) & (child.c.id == case.c.child_id))
        .where(case.c.district_id == district.id, child.c.given_name == given_name)
        .order_by(case.c.id)
    )
    with district.engine.connect() as connection:
        return list(connection.execute(query))


def care(district: TestDistrict, *case_ids: str) -> Care:
    with district.engine.connect() as connection:
        return care_of(connection, district.id, case_ids)
