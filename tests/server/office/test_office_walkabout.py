"""Every page that links lead to, and those behind forms, in a real Chromium before an administrator of the sample district: no dead link,
nothing that the browser complains of, nothing wider than its window, and no serious fault in the eyes of axe-core (WCAG 2.1 AA)."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, FilePayload, Page
from sqlalchemy import Engine

from fieldapp.server.sample.build import build_sample_district
from fieldapp.server.sample.people import PASSWORD
from tests.support.browser import LAPTOP, PHONE, signed_in
from tests.support.district import make_district
from tests.support.district_server import server_of
from tests.support.node import node

__all__ = ["node"]

# One page of each kind is looked at: what differs only in an id, a code or its filter is of one kind.
_IDS = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}|/\d+|(?<=/agencies/)(?!new)\w+|(?<=/causes/)(?!new)\w+")
_DOWNLOADS = ("/xlsx", "/public", "/csv", "/photos/", "/pictures/", "/static/", "/language/", "/template", "/mend", "/connection")
# Who may open every page.
WALKER = "admin"
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
    page = signed_in(browser, address, WALKER, PASSWORD)
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
    page = signed_in(browser, address, WALKER, PASSWORD, size)
    wide = [path for path in walked.pages if _goto(page, address + path) and page.evaluate(_TOO_WIDE)]
    page.close()
    assert wide == []


_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def test_no_page_has_a_serious_fault_for_people_with_disabilities(browser: Browser, address: str, walked: Walked, node: Path) -> None:
    judge = _judge(node)
    page = signed_in(browser, address, WALKER, PASSWORD)
    faults: list[str] = []
    for path in walked.pages:
        _goto(page, address + path)
        faults += _faults(page, judge, path)
    page.close()
    assert faults == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_pages_behind_forms_are_no_worse(browser: Browser, address: str, node: Path, size: tuple[int, int]) -> None:
    judge = _judge(node)
    page = signed_in(browser, address, WALKER, PASSWORD, size)
    faults: list[str] = []
    for name, go in _BEHIND_FORMS.items():
        go(page, address)
        faults += _faults(page, judge, name)
        faults += [f"{name}: too wide"] if page.evaluate(_TOO_WIDE) else []
    page.close()
    assert faults == []


def _judge(node: Path) -> str:
    return (node / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def _faults(page: Page, judge: str, name: str) -> list[str]:
    page.evaluate(judge)
    result = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [f"{name}: {fault['id']} at {fault['nodes'][0]['html'][:120]}" for fault in result["violations"] if fault["impact"] in _GRAVE]


def _a_new_person_refused(page: Page, address: str) -> None:
    page.goto(f"{address}/office/people/new")
    page.fill("input[name=name]", "ครูสมหญิง ศักดิ์สิทธิ์วรโชติพิพัฒนกุลชัยเจริญสุขสวัสดิ์มงคล")
    page.fill("input[name=account]", "kru01")
    page.click("main form button.primary")
    page.wait_for_selector(".problem")


def _sign_in_slips(page: Page, address: str) -> None:
    page.goto(f"{address}/office/people?q=kru0")
    for box in page.query_selector_all("input[name=person]"):
        box.check()
    page.click("form[action='/office/people/slips'] button")
    page.wait_for_selector(".slip")


def _people_that_are_no_table(page: Page, address: str) -> None:
    page.goto(f"{address}/office/people/bulk")
    page.set_input_files("input[type=file]", {"name": "people.xlsx", "mimeType": "application/zip", "buffer": b"no spreadsheet"})
    page.click("main form button.primary")
    page.wait_for_selector(".problem")


def _people_to_be_added(page: Page, address: str) -> None:
    page.goto(f"{address}/office/people/bulk")
    with page.expect_download() as template:
        page.click("a[href$=template]")
    page.set_input_files("input[type=file]", _filled_in(template.value.path()))
    page.click("main form button.primary")
    page.wait_for_selector("text=เด่นชัย")


def _a_trip_refused(page: Page, address: str) -> None:
    page.goto(f"{address}/office/trips")
    form = "form[action='/office/trips']"
    page.fill(f"{form} input[name=on_date]", "31/2/2569")
    page.fill(f"{form} input[name=name]", "ลงพื้นที่บ้านนาคู")
    page.click(f"{form} button.primary")
    page.wait_for_selector("[aria-invalid=true]")


def _a_team_with_a_member(page: Page, address: str) -> None:
    page.goto(f"{address}/office/teams")
    page.fill("form[action='/office/teams'] input[name=name]", "ทีมเขาวง")
    page.click("form[action='/office/teams'] button.primary")
    page.select_option("#member select[name=person]", index=1)
    page.check("#member input[name=carries]")
    page.click("#member button.primary")
    page.wait_for_selector("table tbody tr")


def _a_plan_of_an_assignment(page: Page, address: str) -> None:
    page.goto(f"{address}/office/assign?sort=name")
    for box in page.query_selector_all("input[name=case]")[:3]:
        box.check()
    page.click("button[value=ticked]")
    page.select_option("select[name=to]", index=1)
    page.click("main form[action*=plans] button.primary")
    page.wait_for_selector("form[action$=drop]")


def _a_round_of_the_report(page: Page, address: str) -> None:
    page.goto(f"{address}/office/reports/rounds")
    page.fill("main input[name=name]", "1/2569")
    page.fill("main input[name=due_on]", "30/11/2569")
    page.click("main form button.primary")
    page.wait_for_selector("form[action$=submit]")


def _an_entry_of_the_year_refused(page: Page, address: str) -> None:
    page.goto(f"{address}/office/year/plan/new")
    page.fill("input[name=name]", "ประชุม")
    page.fill("input[name=owner]", "ทีมนำ")
    page.fill("input[name=from_on]", "1/13/2569")
    page.select_option("select[name=status]", "planned")
    page.click("main form button.primary")
    page.wait_for_selector("[aria-invalid=true]")


def _nothing_at_this_address(page: Page, address: str) -> None:
    page.goto(f"{address}/office/nowhere")


def _not_for_a_head(page: Page, address: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/office/")
    page.fill("input[name=account]", "head01")
    page.fill("input[name=password]", PASSWORD)
    page.click("button.primary")
    page.wait_for_selector("form[action='/office/sign-out']")


def _filled_in(template: Path) -> FilePayload:
    """The template with one line that is right and one that is not."""
    book = load_workbook(io.BytesIO(template.read_bytes()))
    sheet = book.worksheets[0]
    heading = next(row for row in range(1, 11) if sum(cell.value is not None for cell in sheet[row]) > 2)
    for at, (name, account) in enumerate((("เด่นชัย ตั้งใจ", "kru98"), ("", "kru01")), start=1):
        for column, cell in enumerate(sheet[heading], start=1):
            said = str(cell.value)
            sheet.cell(heading + at, column).value = name if column == 1 else account if "บัญชี" in said else None
    file = io.BytesIO()
    book.save(file)
    return {"name": "people.xlsx", "mimeType": "application/zip", "buffer": file.getvalue()}


_BEHIND_FORMS: Mapping[str, Callable[[Page, str], None]] = {
    "a new person, refused": _a_new_person_refused,
    "sign-in slips": _sign_in_slips,
    "people that are no table": _people_that_are_no_table,
    "people to be added": _people_to_be_added,
    "a trip, refused": _a_trip_refused,
    "a team with a member": _a_team_with_a_member,
    "a plan of an assignment": _a_plan_of_an_assignment,
    "a round of the report": _a_round_of_the_report,
    "an entry of the year, refused": _an_entry_of_the_year_refused,
    "nothing at this address": _nothing_at_this_address,
    "not for a head": _not_for_a_head,
}


def _goto(page: Page, where: str) -> bool:
    page.goto(where)
    return True
