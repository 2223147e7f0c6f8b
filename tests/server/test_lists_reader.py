"""A list is read by what it contains, whatever its name says."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import pytest

from fieldapp.errors import ListError
from fieldapp.server.lists import reader
from fieldapp.server.lists.reader import read_sheets
from tests.support.lists import HEADER, WHOLE, csv_bytes, xlsx

# A spreadsheet's dates have no zone; this one was typed in BE.
_TYPED = dt.datetime(2557, 7, 9)  # noqa: DTZ001


def code_of(data: bytes) -> str:
    with pytest.raises(ListError) as raised:
        read_sheets(data)
    return raised.value.code


def test_rows_of_a_workbook_keep_their_numbers_and_types() -> None:
    (sheet,) = read_sheets(xlsx(("บัญชี",), (), ("a", 1.5, _TYPED)))
    assert [row.number for row in sheet.rows] == [1, 3]
    assert sheet.rows[1].cells == ("a", 1.5, _TYPED)


def test_rows_beyond_the_size_that_a_sheet_claims_are_read() -> None:
    """Many programs write a wrong one."""
    (sheet,) = read_sheets(_with_sheet(xlsx(HEADER, WHOLE), lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B1"', xml)))
    assert [len(row.cells) for row in sheet.rows] == [len(HEADER), len(WHOLE)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp874", "utf-16"])
def test_text_lists_are_read_in_every_encoding_that_offices_use(encoding: str) -> None:
    (sheet,) = read_sheets(csv_bytes(HEADER, WHOLE, encoding=encoding))
    assert sheet.rows[0].cells == HEADER
    assert sheet.rows[1].cells[3] == "ธนกร"


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_text_lists_are_read_with_other_delimiters(delimiter: str) -> None:
    (sheet,) = read_sheets(csv_bytes(HEADER, WHOLE, delimiter=delimiter))
    assert len(sheet.rows[1].cells) == len(WHOLE)


def test_an_old_excel_file_is_refused_by_name() -> None:
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "list.old_excel"


def test_a_file_with_a_password_is_refused_by_name() -> None:
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")) == "list.encrypted"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n\x00\x01 binary",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"<html><table><tr><td>1,2</td></tr></table></html>",
        b'{"rows": [1, 2]}',
        b"PK\x03\x04 and then nothing of a package",
        "คำเดียวไม่มีคอลัมน์".encode(),
    ],
)
def test_other_files_are_refused_as_unreadable(data: bytes) -> None:
    assert code_of(data) == "list.unreadable"


def test_a_package_of_another_program_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert code_of(packed.getvalue()) == "list.unreadable"


def test_half_a_workbook_is_refused() -> None:
    whole = xlsx(HEADER, WHOLE)
    assert code_of(whole[: len(whole) // 2]) == "list.unreadable"


@pytest.mark.parametrize("data", [b"", b"  \r\n ", xlsx()])
def test_an_empty_file_is_refused_as_empty(data: bytes) -> None:
    assert code_of(data) == "list.empty"


def test_a_package_that_would_unpack_to_gigabytes_is_refused_before_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_UNPACKED_BYTES", 2_000)
    assert code_of(xlsx(HEADER, WHOLE)) == "list.too_large"


def test_more_rows_than_any_list_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    assert code_of(xlsx(HEADER, WHOLE, WHOLE, WHOLE)) == "list.too_large"


def test_formulas_without_their_results_are_refused_since_their_rows_would_be_lost() -> None:
    with pytest.raises(ListError) as error:
        read_sheets(xlsx(HEADER, WHOLE, (*WHOLE[:3], "=D2", *WHOLE[4:])))
    assert error.value.code == "list.not_reckoned"


@pytest.mark.parametrize("cell", [b'<c r="A2"><f>1+1</f><v>2</v></c>', b'<c r="A2" t="str"><f>""</f><v></v></c>'])
def test_formulas_with_their_results_are_read(cell: bytes) -> None:
    def reckoned(xml: bytes) -> bytes:
        return xml[: xml.find(b'<c r="A2"')] + cell + xml[xml.rfind(b"</c>") + len(b"</c>") :]

    assert read_sheets(_with_sheet(xlsx(("ชื่อ",), ("=1+1",)), reckoned))[0].rows[0].cells == ("ชื่อ",)


def _with_sheet(workbook: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of its sheets as another program might have written it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(written, "w") as changed_file:
        for name in given.namelist():
            content = given.read(name)
            changed_file.writestr(name, change(content) if name.startswith("xl/worksheets/") else content)
    return written.getvalue()
