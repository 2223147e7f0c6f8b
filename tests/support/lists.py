"""Received lists made in a test: rows in, bytes of a real file out."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from fieldapp.domain.received_list import ListType
from fieldapp.server.lists.importer import Imported, ListFile, import_list
from fieldapp.server.lists.rows import ListedRow
from tests.support.district import TestDistrict

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 10, 20)
HEADER = ("ที่", "เลขประจำตัวประชาชน", "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "เพศ", "วัน/เดือน/ปีเกิด", "บ้านเลขที่", "หมู่ที่", "ตำบล", "อำเภอ")
WHOLE = (1, "1103700000003", "ด.ช.", "ธนกร", "พิมพ์สวัสดิ์", "ช", "9/7/2557", "112", "4", "นาคู", "นาคู")


def xlsx(*rows: Sequence[Any], sheet: str = "Sheet1") -> bytes:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv_bytes(*rows: Sequence[Any], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def changed(**values: Any) -> tuple[Any, ...]:
    """The whole row with some cells changed: id, title, given, family, sex, birth, house, moo, tambon, amphoe."""
    names = ("place", "id", "title", "given", "family", "sex", "birth", "house", "moo", "tambon", "amphoe")
    return tuple(values.get(name, cell) for name, cell in zip(names, WHOLE, strict=True))


def a_list(data: bytes, **values: Any) -> ListFile:
    given = {"name": "list.xlsx", "list_type": ListType.NEVER_ENROLLED, "round": "1/2569", "as_of": AS_OF, **values}
    return ListFile(data, **given)


def take(district: TestDistrict, data: bytes, **values: Any) -> Imported:
    """Import a file into the district as its officer."""
    with district.engine.begin() as connection:
        return import_list(connection, district.id, a_list(data, **values), by=district.officer.id, now=NOW)


def codes(row: ListedRow) -> set[str]:
    return {finding.code for finding in row.findings}
