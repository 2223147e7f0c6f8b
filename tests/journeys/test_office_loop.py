"""The office's whole loop in a real Chromium, against the real server, PostgreSQL and a teacher's laptop: a dirty list comes in, its
columns are named, its findings worked; a child is assigned, visited, moved while the laptop is offline; the held visit is decided; the
dashboard and the report say so."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from fieldapp.domain.visit import Outcome
from fieldapp.server.thai_day import thai_day
from tests.support.browser import signed_in
from tests.support.district import district, engine
from tests.support.lists import WHOLE, changed, xlsx
from tests.support.running import serving
from tests.support.world import World

__all__ = ["district", "engine"]

# Nothing in the header tells the child's ID and birth date: only their cells do, and a person.
_HEADER = ("ลำดับ", "รหัส 13 หลัก", "คำนำหน้า", "ชื่อเด็ก", "สกุลเด็ก", "เพศ", "เกิด", "บ้าน", "หมู่", "ตำบล", "อำเภอ")
_FIELDS = ("", "national_id", "title", "given_name", "family_name", "sex", "birth", "house_no", "moo", "tambon", "amphoe")
_DIRTY = xlsx(
    _HEADER,
    WHOLE,
    changed(id="1103700000011", given="กมลชนก", title="ด.ญ.", sex="ญ"),  # a wrong check digit
    changed(id="1.1037E+12", given="ปวีณา", title="ด.ญ.", sex="ญ"),  # what Excel made of it
    changed(),  # the first row once more
    ("รวม", None, None, None, None, None, None, None, None, None, None),
)
_FIGURE = re.compile(r"[\d,]+")


@pytest.fixture
def world(district, tmp_path: Path) -> Iterator[World]:  # type: ignore[no-untyped-def]
    with serving(district, tmp_path / "photos") as address, ExitStack() as opened:
        yield World(district, address, tmp_path / "laptops", opened)


def test_from_the_list_that_came_to_the_report_that_goes_up(world: World, browser: Browser, tmp_path: Path) -> None:
    somying, wichai = world.teacher("somying"), world.teacher("wichai")
    page = signed_in(browser, world.address)

    _take_in(page, world.address, tmp_path)
    _assign(page, world.address, "ครู somying", unassigned=True)
    assert somying.sync().error is None
    (case_id,) = [case_id for case_id in somying.case_ids() if _name(somying, case_id) == "ธนกร"]

    # The child is moved while the first teacher is at the house without a signal.
    visit = somying.visit(case_id, outcome=Outcome.RETURNED, visited_on=thai_day(dt.datetime.now(dt.UTC)))
    _assign(page, world.address, "ครู wichai", of_case=case_id)
    assert somying.sync().held == 1
    assert somying.status(visit.id)[:2] == ("held", "no_longer_yours")

    page.goto(f"{world.address}/office/inbox")
    page.click("tr:has-text('ด.ช. ธนกร') a[href^='/office/inbox/']")
    page.fill("[name=note]", "ครูสมหญิงไปถึงบ้านก่อนย้ายผู้รับผิดชอบ")
    page.click("button[value=take]")
    assert wichai.sync().error is None
    assert wichai.visit_here(visit.id) is not None

    page.goto(f"{world.address}/office/")
    traced, in_progress, returned, not_returned = (int(text.replace(",", "")) for text in page.locator(".figure").all_inner_texts()[:4])
    listed = int(_FIGURE.findall(page.locator(".card-head a").first.inner_text())[0])
    assert (traced, returned, not_returned) == (1, 1, 0)
    assert traced + in_progress == listed

    page.goto(f"{world.address}/office/reports/overall")
    with page.expect_download() as download:
        page.click("a[href*='/overall/xlsx']")
    lines = list(load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0].iter_rows(values_only=True))
    said = {line[0]: line[1] for line in lines if line[0]}
    assert (said["เป้าหมาย"], said["ติดตามพบแล้ว"], said["กลับเข้าระบบ"]) == (listed, 1, 1)
    page.close()


def _take_in(page: Page, address: str, folder: Path) -> None:
    """Upload, name the columns, accept what is good, mend a row and drop the rest."""
    (folder / "บัญชีจาก สพฐ.xlsx").write_bytes(_DIRTY)
    page.goto(f"{address}/office/lists")
    page.set_input_files("input[name=file]", folder / "บัญชีจาก สพฐ.xlsx")
    page.select_option("select[name=list_type]", "never_enrolled")
    page.fill("input[name=round]", "1/2569")
    page.fill("input[name=as_of]", "20/10/2569")
    page.click("main form[enctype] button.primary")
    page.wait_for_url("**/columns")
    for number, field in enumerate(_FIELDS):
        page.select_option(f"select[name={chr(ord('A') + number)}]", field)
    page.click("form[action$='/columns'] button.primary")
    # The rows are read, then taken in, in the background; the page looks again by itself.
    page.click("form[action$='/accept'] button.primary", timeout=60_000)
    preview = page.url.partition("?")[0]
    page.wait_for_selector("a[href$='/undo']", timeout=60_000)
    # The damaged ID is mended from the paper.
    _open_row(page, preview, "ปวีณา")
    page.fill("input[name=national_id]", "1103700000020")
    page.click("form[action$='/correct'] button")
    page.click("button[formaction$='/accept']")


def _open_row(page: Page, preview: str, name: str) -> None:
    page.goto(f"{preview}?q={name}")
    page.click(f"table a:has-text('{name}')")


def _assign(page: Page, address: str, to: str, *, unassigned: bool = False, of_case: str = "") -> None:
    if of_case:
        page.goto(f"{address}/office/assign/to?of=ticked&case={of_case}")
    else:
        page.goto(f"{address}/office/assign?unassigned=yes" if unassigned else f"{address}/office/assign")
        page.click("button[name=of][value=all]")
    page.select_option("select[name=to]", page.locator(f"select[name=to] option:has-text('{to}')").get_attribute("value"))
    page.click("form:has(input[value=one]) button.primary")
    page.click("form:not([action$='/drop']) button.primary")


def _name(laptop, case_id: str) -> str:  # type: ignore[no-untyped-def]
    child = laptop.child_of(case_id)
    return child.given_name if child else ""
