"""The office's pages in a real Chromium: by keyboard, at the width of a laptop and of a phone."""

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import LAPTOP, PHONE, signed_in
from tests.support.district import PASSWORD
from tests.support.office import PAGES, OfficeVisitor


def _complaints(page: Page) -> list[str]:
    """What the browser says of a page while it loads: refused styles, missing files, broken scripts."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def test_signing_in_goes_by_keyboard_alone(office: OfficeVisitor, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{office.running.url}/office/")
    # The browser gives the first field the keyboard with the first picture that it draws, which may come after the page is loaded.
    page.wait_for_selector("input[name=account]:focus")
    page.keyboard.type("officer")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{office.running.url}/office/")
    assert "ภาพรวม" in page.inner_text("h1")


def _tab_to(page: Page, name: str) -> None:
    """As someone without a mouse gets to a field."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_a_trip_is_planned_corrected_and_saved_by_keyboard_alone(office: OfficeVisitor, browser: Browser) -> None:
    page = signed_in(browser, office.running.url)
    page.goto(f"{office.running.url}/office/trips")
    _tab_to(page, "on_date")
    page.keyboard.type("31/2/2569")
    _tab_to(page, "name")
    page.keyboard.type("ลงพื้นที่บ้านนาคู")
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-invalid=true]")
    # The field that is wrong has the focus, and its word is read along with it.
    assert page.evaluate("document.activeElement.name") == "on_date"
    assert "ไม่มีวันที่นี้" in page.inner_text("#wrong-field")
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "wrong-field"
    page.keyboard.press("Control+A")
    page.keyboard.type("1/12/2569")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 ธันวาคม 2569")
    assert "ลงพื้นที่บ้านนาคู" in page.inner_text("main")
    page.close()


def test_children_are_chosen_and_a_plan_is_reached_by_keyboard_alone(office: OfficeVisitor, browser: Browser) -> None:
    office.district.add_person("somying")
    office.district.add_case()
    page = signed_in(browser, office.running.url)
    page.goto(f"{office.running.url}/office/assign")
    _tab_to(page, "case")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.value") == "ticked"
    page.keyboard.press("Enter")
    page.wait_for_selector("select[name=to]")
    page.close()


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_the_browser_has_nothing_to_complain_of(
    office: OfficeVisitor, browser: Browser, path: str, size: tuple[int, int]
) -> None:
    page = signed_in(browser, office.running.url, size=size)
    heard = _complaints(page)
    page.goto(office.running.url + path)
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
