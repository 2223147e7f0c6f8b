"""How a laptop finds its district: the office's file, the text of a QR, the words of a slip."""

import json
from dataclasses import replace

import pytest

from fieldapp.wire.connection import Connection, as_address, as_file, fingerprint, from_file, from_text, looks_like_code

KNOWN = Connection("https://ksn3.example.go.th", "สพป.กาฬสินธุ์ เขต 3", "0123456789abcdef" * 2, "kru.mai")


def test_a_file_says_what_was_put_into_it() -> None:
    assert from_file(as_file(KNOWN)) == KNOWN
    assert from_text(as_file(KNOWN).decode()) == KNOWN


def test_a_one_time_code_is_never_in_a_file_or_a_qr() -> None:
    told = replace(KNOWN, code="ABCD-EFGH-JKMN")
    assert b"ABCD" not in as_file(told)
    assert "ABCD" not in as_address(told)


def test_the_text_of_a_qr_names_server_account_and_key() -> None:
    assert from_text(as_address(KNOWN)) == replace(KNOWN, district_name="")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'{"fieldapp": "bundle"}',
        b'{"fieldapp": "connection"}',
        b"\xff\xfe\x00",
        b'{"fieldapp": ["connection"]}',
    ],
)
def test_what_is_no_connection_file_is_none(data: bytes) -> None:
    assert from_file(data) is None


def test_a_key_that_is_none_is_left_out() -> None:
    values = json.loads(as_file(KNOWN)) | {"key": "../../etc"}
    found = from_file(json.dumps(values).encode())
    assert found is not None
    assert found.key == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://a.example.th", Connection("https://a.example.th")),
        ("ที่อยู่ https://a.example.th/ksn3/office/welcome บัญชี: kru.mai", Connection("https://a.example.th/ksn3", account="kru.mai")),
        (
            "Server https://a.example.th:8443 Account kru_2 Code abcd-efgh-jkmn",
            Connection("https://a.example.th:8443", "", "", "kru_2", "ABCD-EFGH-JKMN"),
        ),
        ("ลองดูที่ https://a.example.th.", Connection("https://a.example.th")),
        ("ไม่มีที่อยู่", None),
        ("https://[bad", None),
    ],
)
def test_words_that_were_pasted_are_searched_for_what_is_needed(text: str, found: Connection | None) -> None:
    assert from_text(text) == found


@pytest.mark.parametrize(
    ("typed", "is_code"),
    [("abcd-efgh-jkmn", True), ("ABCD EFGH JKMN", True), ("abcdefghjkmn", True), ("รหัสผ่าน", False), ("abcd-efgh", False)],
)
def test_a_code_is_told_from_a_password(typed: str, is_code: bool) -> None:
    assert looks_like_code(typed) is is_code


def test_another_key_has_another_fingerprint() -> None:
    assert fingerprint("00" * 32) != fingerprint("01" * 32)
    assert len(fingerprint("00" * 32)) == len(KNOWN.key)
