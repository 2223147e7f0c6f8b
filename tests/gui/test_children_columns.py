"""What the columns of the list say."""

import datetime as dt

import pytest

from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import PartialDate, Precision
from fieldapp.gui.screens.children import columns
from tests.support.views import TODAY, child_row

pytestmark = pytest.mark.usefixtures("english")


def days_from_today(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def test_a_passed_date_says_how_late_it_is() -> None:
    assert columns.due(child_row(due_on=days_from_today(-5)), TODAY) == "5 days late"
    assert columns.due(child_row(due_on=TODAY), TODAY) == "Today"
    assert columns.due(child_row(due_on=days_from_today(4)), TODAY) == "26 Nov"


@pytest.mark.parametrize("state", [CaseState.RETURNED, CaseState.NOT_RETURNED, CaseState.LIST_ERROR])
def test_nothing_is_late_once_the_case_is_settled(state: CaseState) -> None:
    row = child_row(state=state, due_on=days_from_today(-30))
    assert columns.due(row, TODAY) == "—"
    assert columns.overdue_days(row, TODAY) == 0


def test_an_age_known_only_by_year_says_so() -> None:
    assert columns.age(child_row(birth=PartialDate(dt.date(2014, 1, 1), Precision.YEAR)), TODAY) == "about 12"
    assert columns.age(child_row(birth=None), TODAY) == "—"


def test_a_row_is_spoken_whole_and_tells_what_is_unsent() -> None:
    spoken = columns.spoken(child_row(unsent=True), TODAY)
    assert spoken == "ด.ช. ธนกร พิมพ์สวัสดิ์, 12 y., นาคู M.4, Never enrolled, Being traced, Today, waiting to be sent"
