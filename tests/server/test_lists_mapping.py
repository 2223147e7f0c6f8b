"""Columns are known by their words and by what stands in them."""

import pytest

from fieldapp.errors import ListError
from fieldapp.server.lists.fields import Field
from fieldapp.server.lists.header import Header, find_header
from fieldapp.server.lists.mapping import ColumnMapping, given, propose
from fieldapp.server.lists.reader import read_sheets
from tests.support.lists import HEADER, WHOLE, csv_bytes, xlsx


def proposed(data: bytes) -> tuple[Header, ColumnMapping]:
    sheet, header = find_header(read_sheets(data))
    return header, propose(header, [row for row in sheet.rows if row.number > header.last_row])


def test_the_header_is_found_below_titles() -> None:
    header, mapping = proposed(xlsx(("บัญชีรายชื่อเด็กตกหล่น",), ("ข้อมูล ณ วันที่ ๒๐ ตุลาคม ๒๕๖๙",), (), HEADER, WHOLE))
    assert header.last_row == 4
    assert mapping.columns[Field.NATIONAL_ID] == 1


def test_the_national_id_of_a_dmc_export_is_the_column_with_thirteen_digits() -> None:
    header = ("รหัสโรงเรียน", "เลขประจำตัวนักเรียน", "ชั้น", "เลขประจำตัวนักเรียน", "ชื่อ", "นามสกุล", "วันเกิด")
    row = ("46030001", "3121", "ป.4", "1103700000003", "ธนกร", "พิมพ์สวัสดิ์", "09/07/2557")
    assert proposed(csv_bytes(header, row, row))[1].columns[Field.NATIONAL_ID] == 3
    swapped = ("46030001", "1103700000003", "ป.4", "3121", "ธนกร", "พิมพ์สวัสดิ์", "09/07/2557")
    assert proposed(csv_bytes(header, swapped, swapped))[1].columns[Field.NATIONAL_ID] == 1


def test_a_column_full_of_ids_is_found_under_any_heading() -> None:
    header = ("ที่", "รหัส", "ชื่อ-สกุล", "วันเกิด", "ชั้น")
    assert proposed(xlsx(header, (1, "1103700000003", "ด.ช.ธนกร พิมพ์สวัสดิ์", "9/7/2557", "ป.4")))[1].columns[Field.NATIONAL_ID] == 1


def test_a_header_in_two_rows_names_columns_by_both() -> None:
    upper = ("ที่", "เลขประจำตัวประชาชน", "ชื่อ", "นามสกุล", "ที่อยู่", None, None, "ผู้ปกครอง", None)
    lower = (None, None, None, None, "บ้านเลขที่", "หมู่ที่", "ตำบล", "ชื่อ", "นามสกุล")
    header, mapping = proposed(xlsx(upper, lower, (1, "1103700000003", "ธนกร", "พิมพ์สวัสดิ์", "112", "4", "นาคู", "บุญมี", "ดีใจ")))
    assert header.last_row == 2
    assert mapping.columns[Field.GIVEN_NAME] == 2
    assert (mapping.columns[Field.MOO], mapping.columns[Field.TAMBON]) == (5, 6)
    assert (mapping.columns[Field.GUARDIAN_NAME], mapping.columns[Field.GUARDIAN_FAMILY_NAME]) == (7, 8)


def test_the_second_of_two_name_columns_is_the_family_name() -> None:
    columns = proposed(xlsx(("เลขบัตรประชาชน", "ชื่อ", "ชื่อสกุล"), ("1103700000003", "ธนกร", "พิมพ์สวัสดิ์")))[1].columns
    assert (columns[Field.GIVEN_NAME], columns[Field.FAMILY_NAME]) == (1, 2)


@pytest.mark.parametrize(
    "rows", [(("ชื่อ", "นามสกุล"), ("ก", "ข")), (("จังหวัด", "อำเภอ", "ตำบล", "หมู่"), ("ก", "ข", "ค", "1")), (("งบ", 1, 2), ("ก", 1, 2))]
)
def test_a_table_that_is_no_list_of_children_is_refused(rows: tuple[tuple[object, ...], ...]) -> None:
    with pytest.raises(ListError) as raised:
        find_header(read_sheets(xlsx(*rows)))
    assert raised.value.code == "list.no_header"


def test_a_mapping_by_hand_takes_letters_and_labels() -> None:
    header = Header(("ก", "ข", "ชื่อเล่น"), 1)
    assert given({"national_id": "B", "given_name": "ชื่อเล่น"}, header).columns == {Field.NATIONAL_ID: 1, Field.GIVEN_NAME: 2}


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"given_name": "A", "shoe_size": "B"}, "list.unknown_field"),
        ({"given_name": "ไม่มีคอลัมน์นี้"}, "list.unknown_column"),
        ({"national_id": "A"}, "list.no_name_column"),
    ],
)
def test_a_mapping_by_hand_that_cannot_be_is_refused(mapping: dict[str, str], code: str) -> None:
    with pytest.raises(ListError) as raised:
        given(mapping, Header(("ก", "ข"), 1))
    assert raised.value.code == code
