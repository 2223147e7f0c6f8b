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
