"""Likely duplicates: what makes two cards one child, and what does not."""

import datetime as dt

import pytest

from fieldapp.domain.names import sound_all
from fieldapp.domain.twins import Card, Likeness, Trait, Twins, likely_twins
from tests.support.national_ids import an_id

BORN = dt.date(2014, 7, 9)


def _pairs(*cards: Card) -> list[Twins]:
    found = likely_twins(cards)
    assert found == likely_twins(tuple(reversed(cards)))
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ศุภกร", "สุภกร"),
        ("ณัฐวุฒิ", "นัฐวุฒิ"),
        ("ด.ช.ธนกร", "ธนกร"),
        ("เด็กชายธนกร", "ธน กร"),
        ("น้ำฝน", "นำฝน"),
        ("ใจดี", "ไจดี"),
        ("พิมพ์ลภัส", "พิมพลภัส"),
        ("เเสงดาว", "แสงดาว"),
        ("ภัทร", "พัทร"),
        ("ญาณี", "ยานี"),
    ],
)
def test_spellings_of_one_name_sound_the_same(one: str, other: str) -> None:
    assert sound_all([one]) == sound_all([other])


@pytest.mark.parametrize(("one", "other"), [("กานดา", "กันดา"), ("วิชัย", "วิชิต"), ("นก", "นค"), ("ปอ", "ฟอ"), ("สมชาย", "สมหญิง")])
def test_other_names_sound_different(one: str, other: str) -> None:
    assert sound_all([one]) != sound_all([other])


def test_the_same_id_is_enough() -> None:
    (pair,) = _pairs(Card("b", "ธนกร", "พิมพ์สวัสดิ์", an_id(1)), Card("a", "สมหญิง", "คำมูล", an_id(1)))
    assert (pair.first, pair.second) == ("a", "b")
    assert (Trait.NATIONAL_ID, Likeness.SAME) in pair.traits
    assert (Trait.GIVEN_NAME, Likeness.OTHER) in pair.traits


def test_the_same_g_code_with_the_same_name_is_enough() -> None:
    (pair,) = _pairs(Card("a", "ธนกร", "ศรี", g_code="G694600000012"), Card("b", "ธนกร", "สี", g_code="G694600000012"))
    assert (Trait.G_CODE, Likeness.SAME) in pair.traits


def test_one_name_in_two_spellings_with_one_birthday_is_likely() -> None:
    (pair,) = _pairs(Card("a", "ศุภกร", "พิมพ์สวัสดิ์", birth_on=BORN), Card("b", "ด.ช.สุภกร", "พิมพสวัสดิ์", birth_on=BORN))
    assert dict(pair.traits)[Trait.GIVEN_NAME] is Likeness.ALIKE


def test_a_slip_in_a_long_name_with_birthday_and_guardian_is_likely() -> None:
    one = Card("a", "กมลชนก", "ไชยทองศรี", birth_on=BORN, kin=("นางบุญมี ไชยทองศรี",))
    assert _pairs(one, Card("b", "กมลชนค", "ไชยทองศรี", birth_on=BORN, kin=("บุญมี ไชยทองศรี",)))


def test_a_name_alone_is_not_enough() -> None:
    assert _pairs(Card("a", "ธนกร", "ศรีสุข"), Card("b", "ธนกร", "ศรีสุข")) == []
    other_day = BORN.replace(year=2010, month=1)
    assert _pairs(Card("a", "ธนกร", "ศรีสุข", birth_on=BORN), Card("b", "ธนกร", "ศรีสุข", birth_on=other_day)) == []


def test_without_birthday_the_name_with_the_guardian_is_enough() -> None:
    assert _pairs(Card("a", "ธนกร", "ศรีสุข", kin=("ยายบุญมี",)), Card("b", "ธนกร", "ศรีสุข", birth_on=BORN, kin=("ยายบุญมี",)))


def test_day_and_month_that_changed_places_are_alike() -> None:
    (pair,) = _pairs(
        Card("a", "ธนกร", "ศรีสุข", birth_on=dt.date(2014, 7, 9), place="461601 4"),
        Card("b", "ธนกร", "ศรีสุข", birth_on=dt.date(2014, 9, 7), place="461601 4"),
    )
    assert dict(pair.traits)[Trait.BIRTH] is Likeness.ALIKE


def test_children_born_together_with_numbers_of_their_own_are_two_children() -> None:
    one = Card("a", "กิตติพงษ์", "ศรีสุข", an_id(1), birth_on=BORN, kin=("ยายบุญมี",), place="461601 4")
    other = Card("b", "กิตติพันธ์", "ศรีสุข", an_id(2), birth_on=BORN, kin=("ยายบุญมี",), place="461601 4")
    assert _pairs(one, other) == []


def test_brother_and_sister_of_one_day_without_numbers_are_two_children() -> None:
    one = Card("a", "ธนกร", "ศรีสุข", birth_on=BORN, kin=("ยายบุญมี",), place="461601 4", sex="male")
    assert _pairs(one, Card("b", "ปวีณา", "ศรีสุข", birth_on=BORN, kin=("ยายบุญมี",), place="461601 4", sex="female")) == []


def test_what_is_on_every_card_finds_nobody() -> None:
    """A placeholder: thousands of cards with one ID are no pairs, and take no time."""
    cards = [Card(f"{number:05}", f"ชื่อ{number}", f"สกุล{number}", "0000000000000", birth_on=dt.date(2012, 1, 1)) for number in range(3_000)]
    assert likely_twins(cards) == []
