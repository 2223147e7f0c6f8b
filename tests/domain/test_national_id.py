"""The 13-digit ID and the G-code."""

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.national_id import check_digit, digits_of, has_valid_check_digit, is_g_code, masked, printed


def test_the_handbooks_number_is_valid_and_its_neighbours_are_not() -> None:
    assert has_valid_check_digit("1103700000003")
    assert [d for d in "0123456789" if has_valid_check_digit("110370000000" + d)] == ["3"]


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(twelve: str, place: int, shift: int) -> None:
    number = twelve + str(check_digit(twelve))
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    # 11 − r mod 10 gives 1 and 0 for two remainders each, so those few changes cannot be seen by any check.
    same = check_digit(wrong[:12]) == int(number[12])
    assert has_valid_check_digit(wrong) is same


def test_ids_are_read_from_how_they_are_written() -> None:
    assert digits_of("๑-๑๐๓๗-๐๐๐๐๐-๐๐-๓") == "1103700000003"
    assert not has_valid_check_digit("110370000000")
    assert not has_valid_check_digit("1.1037E+12")


def test_lists_do_not_tell_the_whole_number() -> None:
    assert masked("1103700000417") == "x-xxxx-xxxxx-41-7"
    assert printed("1103700000417") == "1-1037-00000-41-7"


def test_a_g_code_has_its_own_form() -> None:
    assert is_g_code("G644200000001")
    assert not is_g_code("G64420000000")
    assert not is_g_code("1644200000001")
