"""One cell becomes one value; what is certain is mended, what is not is said."""

import datetime as dt

import pytest

from fieldapp.domain.child import Sex
from fieldapp.domain.national_id import check_digit
from fieldapp.domain.thai_dates import Precision
from fieldapp.server.lists import addresses, values
from fieldapp.server.lists.reader import Cell

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("cell", "national_id", "g_code", "code"),
    [
        ("1103700000003", "1103700000003", "", None),
        ("๑๑๐๓๗๐๐๐๐๐๐๐๓", "1103700000003", "", None),
        ("1-1037-00000-00-3", "1103700000003", "", None),
        (1103700000003, "1103700000003", "", None),
        (1103700000003.0, "1103700000003", "", None),
        (int("010370000000" + str(check_digit("010370000000"))), "010370000000" + str(check_digit("010370000000")), "", "id.zero_restored"),
        ("1.1037E+12", "", "", "id.damaged"),
        (1103700000000.0, "", "", "id.damaged"),
        ("1103700000004", "1103700000004", "", "id.wrong_check_digit"),
        ("11037000", "11037000", "", "id.wrong_length"),
        ("g644200000001", "", "G644200000001", None),
        ("G6442001", "G6442001", "", "id.wrong_g_code"),
        ("-", "", "", "id.missing"),
        (None, "", "", "id.missing"),
    ],
)
def test_an_id_is_read_and_what_is_wrong_with_it_is_named(cell: Cell, national_id: str, g_code: str, code: str | None) -> None:
    read_id, read_g_code, findings = values.identity(cell)
    assert (read_id, read_g_code, [finding.code for finding in findings]) == (national_id, g_code, [code] if code else [])


@pytest.mark.parametrize(
    "cell",
    [
        "9/7/2557", "๙/๗/๒๕๕๗", "09-07-2557", "9 ก.ค. 2557", "9 กรกฎาคม 2557", "9/7/57", "2014-07-09", "25570709",
        dt.date(2557, 7, 9), dt.date(2014, 7, 9), 41829, 240156, "41829",
    ],
)  # fmt: skip
def test_a_birth_date_is_read_however_it_was_written(cell: Cell) -> None:
    birth, findings = values.birth(cell, today=TODAY)
    assert birth is not None
    assert (birth.on, birth.precision, findings) == (dt.date(2014, 7, 9), Precision.DAY, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/2/2556", "birth.unreadable"),
        ("ไม่แน่ชัด", "birth.unreadable"),
        ("1/1/2590", "birth.unreadable"),
        ("23/11/2569", "birth.impossible"),
        ("1/1/2500", "birth.impossible"),
        ("00/00/0000", "birth.missing"),
        ("-", "birth.missing"),
    ],
)
def test_a_birth_date_that_cannot_be_is_left_out_and_named(cell: Cell, code: str) -> None:
    birth, (finding,) = values.birth(cell, today=TODAY)
    assert (birth, finding.code) == (None, code)


def test_a_bare_year_of_birth_is_kept_as_a_year() -> None:
    birth, (finding,) = values.birth(2557, today=TODAY)
    assert birth is not None
    assert (birth.on.year, birth.precision, finding.code) == (2014, Precision.YEAR, "birth.imprecise")


@pytest.mark.parametrize(("cell", "sex"), [("ช", Sex.MALE), ("หญิง", Sex.FEMALE), ("M", Sex.MALE), ("", Sex.FEMALE), (None, Sex.FEMALE)])
def test_sex_comes_from_its_column_or_the_title(cell: Cell, sex: Sex) -> None:
    assert values.sex(cell, "ด.ญ." if sex is Sex.FEMALE else "")[0] is sex


def test_sex_against_the_title_is_named() -> None:
    sex, (finding,) = values.sex("ช", "น.ส.")
    assert (sex, finding.code) == (Sex.MALE, "sex.contradicts_title")


@pytest.mark.parametrize(("cell", "moo"), [(4, "4"), ("04", "4"), ("ม.4", "4"), ("หมู่ที่ ๔", "4"), ("4.0", "4.0"), (4.0, "4"), ("-", "")])
def test_a_village_number_is_a_number(cell: Cell, moo: str) -> None:
    assert values.moo(cell) == moo


@pytest.mark.parametrize(
    ("cell", "grade"),
    [("ป4", "ป.4"), ("ประถมศึกษาปีที่ ๔", "ป.4"), ("ชั้น ม. 2", "ม.2"), ("ป.4/2", "ป.4/2"), ("ปวช.1", "ปวช.1"), ("จบ ม.3", "จบ ม.3")],
)
def test_a_grade_has_one_spelling(cell: str, grade: str) -> None:
    assert values.grade(cell) == grade


def test_a_telephone_number_gets_its_zero_back() -> None:
    assert values.phone(812345678) == "081-234-5678"
    assert values.phone("๐๘๑ ๒๓๔ ๕๖๗๘") == "081-234-5678"
    assert values.phone("ถามเพื่อนบ้าน") == "ถามเพื่อนบ้าน"


def test_a_tambon_is_known_only_within_its_amphoe() -> None:
    assert addresses.place("สงเปลือย", "นามน", "", "")[0].tambon_code == "460203"
    assert addresses.place("ต.สงเปลือย", "อ.เขาวง", "จ.กาฬสินธุ์", "")[0].tambon_code == "460602"


def test_an_unknown_place_keeps_what_the_list_said() -> None:
    found, (finding,) = addresses.place("สงเปลือย", "", "", "")
    assert (found.tambon_code, found.unknown, finding.code) == ("", "ต.สงเปลือย", "place.unknown")


def test_an_address_in_one_cell_is_taken_apart() -> None:
    address = addresses.taken_apart("112/1 หมู่ ๔ บ้านนาคูพัฒนา ต.นาคู อ.นาคู จ.กาฬสินธุ์")
    assert (address.house_no, address.moo, address.village, address.tambon, address.amphoe) == ("112/1", "4", "บ้านนาคูพัฒนา", "นาคู", "นาคู")


def test_invisible_signs_are_no_part_of_a_name() -> None:
    assert values.text_of("\u202eสม\u200bชาย\u2066 \ufeff") == "สมชาย"
