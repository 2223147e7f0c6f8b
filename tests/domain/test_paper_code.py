"""The short text on every printed sheet: what it says, how it may be typed, and that a wrong sign is noticed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fieldapp.wire
from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.paper_code import PaperCode, WrongCode, fingerprint, read

PROTOCOL = Path(fieldapp.wire.__file__).parent / "PROTOCOL.md"
CODE = PaperCode("4603", PaperOf.LETTER, "0190a000-0000-7000-8000-0000000000a4", "7K3M", 1, 2)

codes = st.builds(
    PaperCode,
    district_id=st.from_regex(r"[0-9]{2,8}", fullmatch=True),
    of_kind=st.sampled_from(PaperOf),
    of=st.uuids().map(str),
    version=st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=4),
    page=st.integers(1, 99),
    pages=st.integers(1, 99),
).filter(lambda code: code.page <= code.pages)


def test_the_text_is_what_the_protocol_says() -> None:
    example = PROTOCOL.read_text(encoding="utf-8").partition("<!-- paper code -->\n```text\n")[2].partition("\n")[0]
    assert example == CODE.text == "FA1:4603:L:01J2G00000E008000000000054:7K3M:1/2:CKP"
    assert CODE.printed == "FA1:4603:L:01J2G-00000-E0080-00000-00005-4:7K3M:1/2:CKP"


@given(codes)
def test_what_is_written_is_read(code: PaperCode) -> None:
    assert read(code.text) == code
    assert read(code.printed.lower().replace(":", " : ")) == code


def test_letters_that_look_like_digits_are_meant_as_digits() -> None:
    head, district, kind, record, *rest = CODE.text.split(":")
    assert read(":".join((head, district, kind, record.replace("0", "o").replace("1", "l"), *rest))) == CODE


@given(codes, st.data())
def test_one_wrong_sign_is_noticed_nearly_always(code: PaperCode, data: st.DataObject) -> None:
    text = code.text
    place = data.draw(st.integers(4, len(text) - 1))
    other = data.draw(st.sampled_from("23456789ABCDEFGHJKMNPQRSTVWXYZ"))
    wrong = text[:place] + other + text[place + 1 :]
    if wrong == text:
        return
    try:
        assert read(wrong) != code
    except WrongCode as error:
        assert error.code == "damaged"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("https://line.me/R/ti/g/abc", "foreign"),
        ("00020101021129370016A000000677010111", "foreign"),
        ("", "foreign"),
        (CODE.text.replace("FA1", "FA2"), "newer"),
        (CODE.text[:-1], "damaged"),
        (CODE.text[:20], "damaged"),
        ("FA1", "damaged"),
        (CODE.text.replace("1/2", "3/2"), "damaged"),
    ],
)
def test_what_is_no_code_says_why(text: str, why: str) -> None:
    with pytest.raises(WrongCode) as refused:
        read(text)
    assert refused.value.code == why


def test_the_version_is_another_where_a_text_is_another() -> None:
    assert fingerprint(["ab", "c"]) != fingerprint(["a", "bc"])
    assert len({fingerprint([new_id()]) for _number in range(200)}) > 195
