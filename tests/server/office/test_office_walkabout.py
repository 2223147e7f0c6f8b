"""Every page that links lead to, walked through in a real Chromium in the sample district: no dead link, nothing that the browser complains
of, nothing wider than its window, and no serious fault in the eyes of axe-core (WCAG 2.1 AA)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from fieldapp.server.sample.build import build_sample_district
from fieldapp.server.sample.people import OFFICER, PASSWORD
from tests.support.browser import LAPTOP, PHONE, signed_in
from tests.support.district import make_district
from tests.support.district_server import server_of
from tests.support.node import node

__all__ = ["node"]

# One page of each kind is looked at: what differs only in an id, a code or its filter is of one kind.
_IDS = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}|/\d{4,}")
_DOWNLOADS = ("/xlsx", "/public", "/csv", "/photos/", "/static/", "/language/", "/template", "/mend")
_GRAVE = ("serious", "critical")


@dataclass
class Walked:
    """What was found on the way, by address."""

    pages: list[str]
    refused: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def address(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the sample district."""
    district = make_district(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM account WHERE district_id = %s", (district.id,))
    build_sample_district(engine, district.id)
    with server_of(district, tmp_path_factory.mktemp("photos")) as running:
        yield running.url


@pytest.fixture(scope="module")
def walked(browser: Browser, address: str) -> Walked:
    page = signed_in(browser, address, OFFICER, PASSWORD)
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    found = Walked([], [], [])
    waiting, kinds = ["/office/"], {"/office/"}
    while waiting:
        path = waiting.pop(0)
        heard.clear()
        answer = page.goto(address + path)
        if answer is None or answer.status != 200:
            found.refused.append(f"{path}: {answer.status if answer else 'no answer'}")
            continue
        found.pages.append(path)
        found.complaints += [f"{path}: {one}" for one in heard]
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            kind = _kind(link)
            if link.startswith(f"{address}/office") and kind not in kinds and not any(part in kind for part in _DOWNLOADS):
                kinds.add(kind)
                waiting.append(link.removeprefix(address))
    page.close()
    return found


def _kind(link: str) -> str:
    return _IDS.sub("/…", urlsplit(link).path)


def test_links_lead_to_pages(walked: Walked) -> None:
    assert walked.refused == []
    assert len(walked.pages) > 10


def test_the_browser_has_nothing_to_complain_of(walked: Walked) -> None:
    assert walked.complaints == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_no_page_is_wider_than_its_window(browser: Browser, address: str, walked: Walked, size: tuple[int, int]) -> None:
    page = signed_in(browser, address, OFFICER, PASSWORD, size)
    wide = [path for path in walked.pages if _goto(page, address + path) and page.evaluate(_TOO_WIDE)]
    page.close()
    assert wide == []


_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def test_no_page_has_a_serious_fault_for_people_with_disabilities(browser: Browser, address: str, walked: Walked, node: Path) -> None:
    judge = (node / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page = signed_in(browser, address, OFFICER, PASSWORD)
    faults: list[str] = []
    for path in walked.pages:
        _goto(page, address + path)
        page.evaluate(judge)
        result = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
        faults += [
            f"{path}: {fault['id']} at {fault['nodes'][0]['html'][:120]}" for fault in result["violations"] if fault["impact"] in _GRAVE
        ]
    page.close()
    assert faults == []


def _goto(page: Page, where: str) -> bool:
    page.goto(where)
    return True
