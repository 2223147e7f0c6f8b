"""Places are known by their TIS 1099 codes."""

from collections import Counter

import pytest

from fieldapp.reports.places import amphoe_codes, place_name, tambon_codes

# Tambon in each amphoe of Kalasin, 4601 to 4618.
_COUNTS = (17, 5, 8, 3, 12, 6, 15, 9, 8, 6, 6, 9, 8, 4, 4, 5, 5, 5)


def test_the_province_is_whole() -> None:
    assert amphoe_codes() == tuple(str(code) for code in range(4601, 4619))
    assert tuple(len(tambon_codes(code)) for code in amphoe_codes()) == _COUNTS


@pytest.mark.parametrize(
    ("code", "name"),
    [("4605", "กุฉินารายณ์"), ("4616", "นาคู"), ("461601", "นาคู"), ("460611", "กุดปลาค้าว"), ("460203", "สงเปลือย"), ("460602", "สงเปลือย")],
)
def test_a_code_has_its_name(code: str, name: str) -> None:
    assert place_name(code) == name


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert (place_name("999999"), place_name("")) == ("999999", "")


def test_names_repeat_and_so_are_no_keys() -> None:
    assert Counter(place_name(code) for code in tambon_codes())["สงเปลือย"] == 2
