"""A real browser before the office's pages: Debian's Chromium, driven by Playwright. Skips with a reason where there is none.

Fixture: `browser` (one a test session); `office_page` opens a page that is signed in.
"""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.district import PASSWORD

LAPTOP = (1366, 768)
PHONE = (390, 844)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((found for found in map(shutil.which, _NAMES) if found), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


def signed_in(browser: Browser, address: str, account: str = "officer", password: str = PASSWORD, size: tuple[int, int] = LAPTOP) -> Page:
    """A window of its own (its own cookies) at the overview."""
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="th-TH").new_page()
    page.goto(f"{address}/office/")
    page.fill("input[name=account]", account)
    page.fill("input[name=password]", password)
    page.click("button.primary")
    return page
