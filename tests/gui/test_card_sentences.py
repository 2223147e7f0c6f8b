"""What a card says, from records to words."""

import datetime as dt
from dataclasses import replace

import pytest

from fieldapp.domain.compulsory_age import eligibility
from fieldapp.domain.thai_dates import PartialDate, Precision
from fieldapp.domain.visit import Met
from fieldapp.gui.screens.card import sentences
from fieldapp.gui.theme.tokens import Tone
from fieldapp.texts import use_language
from fieldapp.usecases.children import Delivery
from tests.support.views import TODAY, card, child, timeline, visit

pytestmark = pytest.mark.usefixtures("english")


def test_a_visit_tells_who_was_met_what_came_of_it_and_its_way_to_the_district() -> None:
    said = sentences.entry(timeline()[0])
    assert (said.what, said.rest) == ("Home visit", "15 Nov 2026 · met Grandparent, not the child")
    assert said.detail.endswith("2 photos")
    assert (said.delivery, said.delivery_tone) == ("Received by the district", Tone.GOOD)


def test_an_urgent_visit_says_so_first() -> None:
    item = replace(timeline()[0], visit=visit(urgent=True), delivery=Delivery.WAITING)
    said = sentences.entry(item)
    assert said.detail.startswith("urgent")
    assert said.tone is Tone.DANGER
    assert said.delivery_tone is Tone.WARNING


def test_an_assignment_tells_to_whom_by_whom_and_until_when() -> None:
    said = sentences.entry(timeline()[1])
    assert (said.what, said.detail) == ("Assigned to ครูสมหญิง", "by ศูนย์ประสานงาน · due 22 Nov 2026")
    assert said.delivery == ""


def test_people_met_are_listed_in_thai_as_spoken() -> None:
    use_language("th")
    seen = replace(timeline()[0], visit=visit(met=(Met.CHILD, Met.MOTHER)))
    assert sentences.entry(seen).rest == "15 พ.ย. 2569 · พบเด็กและแม่"


@pytest.mark.parametrize(
    ("birth", "finished", "said"),
    [
        (PartialDate(dt.date(2014, 7, 9)), False, ("Inside until 31 Dec 2029", "counted from the year of birth 2014")),
        (PartialDate(dt.date(2008, 7, 9)), False, ("Past since 1 Jan 2024", "counted from the year of birth 2008")),
        (PartialDate(dt.date(2014, 7, 9)), True, ("Past compulsory education", "because grade 9 is finished")),
        (None, False, ("Not known", "because the birth date is not known")),
    ],
)
def test_compulsory_age_comes_with_its_reason(birth: PartialDate | None, finished: bool, said: tuple[str, str]) -> None:
    assert sentences.compulsory_age(eligibility(birth, TODAY, finished_grade_9=finished)) == said


def test_numbers_are_masked_until_asked_for() -> None:
    shown = card()
    assert sentences.identity(shown, shown=False) == "x-xxxx-xxxxx-41-1"
    assert sentences.identity(shown, shown=True) == "1-4699-00123-41-1"
    assert sentences.phone("081-234-5214", shown=False) == "08x-xxx-x214"
    assert sentences.phone("0812345214", shown=True) == "081-234-5214"


def test_a_wrong_check_digit_is_a_warning() -> None:
    assert sentences.id_warning(card()) == ""
    assert sentences.id_warning(card(child=child(national_id="1469900123412"))) != ""


def test_a_birth_date_known_by_year_says_what_is_not_known() -> None:
    by_year = card(child=child(birth_on=dt.date(2014, 1, 1), birth_precision=Precision.YEAR))
    assert sentences.born(by_year) == "born 2014 (day not known)"
