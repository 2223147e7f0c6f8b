"""The pages of the year before a person: by keyboard alone, on paper, on a phone."""

import re

from playwright.sync_api import Browser

from tests.support.browser import PHONE, signed_in
from tests.support.office import OfficeVisitor

_LANDSCAPE = (842, 595)


def test_an_activity_is_written_and_found_again_by_keyboard_alone(office: OfficeVisitor, browser: Browser) -> None:
    page = signed_in(browser, office.running.url)
    page.goto(f"{office.running.url}/office/year/plan/new")
    page.keyboard.type("ลงพื้นที่ร่วมกับภาคีเครือข่าย")
    for typed in ("T6", "ทีมทำ", "20/11/2569"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/office/year/plan?year=2569")
    row = page.inner_text("table.entries tbody tr")
    assert "T6 ลงพื้นที่ร่วมกับ" in row
    assert "20 พ.ย. 2569" in row


def test_after_a_mistake_the_cursor_stands_in_the_first_field_to_mend(office: OfficeVisitor, browser: Browser) -> None:
    page = signed_in(browser, office.running.url)
    page.goto(f"{office.running.url}/office/year/plan/new")
    page.fill("[name=name]", "ประชุม")
    page.fill("[name=owner]", "ทีมนำ")
    page.fill("[name=from_on]", "31/2/2569")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert page.evaluate("document.activeElement.name") == "from_on"
    assert page.input_value("[name=owner]") == "ทีมนำ"


def test_the_calendar_of_a_month_is_one_sheet_of_paper_lying_on_its_side(office: OfficeVisitor, browser: Browser) -> None:
    page = signed_in(browser, office.running.url)
    page.goto(f"{office.running.url}/office/year/calendar")
    printed = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [(round(float(width)), round(float(height))) for width, height in sheets] == [_LANDSCAPE]


def test_on_a_phone_the_calendar_is_a_list(office: OfficeVisitor, browser: Browser) -> None:
    page = signed_in(browser, office.running.url, size=PHONE)
    page.goto(f"{office.running.url}/office/year/calendar")
    assert not page.is_visible("table.month")
    assert page.is_visible("#month-list")
