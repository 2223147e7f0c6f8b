"""The district's telephone numbers of help, as a setting carries them."""

import json

import pytest

from fieldapp.domain.help_line import MOST, HelpLine, from_setting, to_setting

OWN = (HelpLine("043-000-000", "บ้านพักเด็ก (ตัวอย่าง)", "เด็กต้องมีที่พักคืนนี้"), HelpLine("1300", "พม."))


def test_what_was_written_is_read_in_its_order() -> None:
    assert from_setting(to_setting(OWN)) == OWN


@pytest.mark.parametrize("value", [{}, {"lines": ""}, {"lines": "{"}, {"lines": "7"}, {"lines": '["191"]'}, {"lines": '[{"name": "x"}]'}])
def test_what_cannot_be_read_is_no_number(value: dict[str, str]) -> None:
    assert from_setting(value) == ()


def test_one_spoilt_number_does_not_take_the_others() -> None:
    value = {"lines": json.dumps([{"number": "โทรหายาย", "name": "ยาย"}, {"number": "191", "name": "ตำรวจ", "newer": 1}])}
    assert from_setting(value) == (HelpLine("191", "ตำรวจ"),)


def test_a_list_that_nobody_reads_through_is_cut() -> None:
    assert len(from_setting(to_setting([HelpLine("191", "ตำรวจ")] * 99))) == MOST
