"""Thai names: titles apart, folding for search, dictionary order."""

import pytest

from fieldapp.domain.names import fold, fold_all, initial, sort_key, split_title


@pytest.mark.parametrize(
    ("written", "title", "name"),
    [
        ("ด.ช.สมชาย", "ด.ช.", "สมชาย"),
        ("เด็กชาย  สมชาย", "ด.ช.", "สมชาย"),
        ("ด.ญ. กมลชนก", "ด.ญ.", "กมลชนก"),
        ("เด็กหญิงเอมอร", "ด.ญ.", "เอมอร"),
        ("นางสาวมะลิ", "น.ส.", "มะลิ"),
        ("น.ส.มะลิ", "น.ส.", "มะลิ"),
        ("นายพีรพัฒน์", "นาย", "พีรพัฒน์"),
        ("ดช สมชาย", "ด.ช.", "สมชาย"),
        ("นายิกา", "", "นายิกา"),
        ("พระพร", "", "พระพร"),
        ("สมชาย", "", "สมชาย"),
        ("นาย", "", "นาย"),
    ],
)
def test_a_title_is_taken_off_only_where_it_is_one(written: str, title: str, name: str) -> None:
    assert split_title(written) == (title, name)


def test_folding_forgives_spaces_tone_marks_thanthakhat_and_thai_digits() -> None:
    assert fold("พิมพ์ สวัสดิ์") == fold("พิมพสวัสดิ")
    assert fold("น้ำอ้อย") == fold("นำออย")
    assert fold("๑๑๒ ม.๔") == fold("112 ม4")


def test_many_texts_fold_together_as_they_do_alone() -> None:
    texts = ["พิมพ์ สวัสดิ์", "น้ำอ้อย", "๑๑๒ ม.๔", "1460300012345", "ABC-1", "...", ""]
    assert fold_all(texts) == [fold(text) for text in texts]
    assert fold_all([]) == [""]


def test_folding_keeps_different_names_different() -> None:
    assert fold("กานดา") != fold("กันดา")


def test_names_sort_as_the_dictionary_does() -> None:
    words = ["เอก", "แก้ว", "กานต์", "ขวัญ", "ไก่", "เกษม", "อนันต์", "กมล"]
    assert sorted(words, key=sort_key) == ["กมล", "กานต์", "เกษม", "แก้ว", "ไก่", "ขวัญ", "อนันต์", "เอก"]


def test_a_tone_mark_decides_only_between_words_that_are_otherwise_the_same() -> None:
    assert sorted(["ปาน", "ป้า", "ปา"], key=sort_key) == ["ปา", "ป้า", "ปาน"]


def test_the_initial_is_the_consonant() -> None:
    assert initial("เอกชัย") == "อ"
    assert initial("ธนกร") == "ธ"
    assert initial("") == ""
