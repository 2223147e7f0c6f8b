"""ค้นหาใน web site ใส่ใจออกติดตาม, in a real Chromium and on a teacher's laptop: an export of the individual screening comes in, a child of
it goes on the committee's trip and to a teacher, who finds it still at school; the office helps; Q1 says so and OBEC's figures do not."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Outcome
from fieldapp.server.thai_day import thai_day
from tests.support.browser import signed_in
from tests.support.district import district, engine
from tests.support.risk_lists import cases, pupil, screening
from tests.support.running import serving
from tests.support.world import World

__all__ = ["district", "engine"]

AMORN, BOON, CHAI = "1103700000003", "1103700000011", "1103700000020"


@pytest.fixture
def world(district, tmp_path: Path) -> Iterator[World]:  # type: ignore[no-untyped-def]
    with serving(district, tmp_path / "photos") as address, ExitStack() as opened:
        yield World(district, address, tmp_path / "laptops", opened)


def test_from_a_web_site_to_the_help_that_a_child_was_given(world: World, browser: Browser, tmp_path: Path) -> None:
    somying = world.teacher("somying")
    page = signed_in(browser, world.address)
    _take_in(page, world.address, tmp_path)
    page.goto(f"{world.address}/office/risks")
    assert page.locator("tbody tr").count() == 2

    _tick(page, "อมร")
    page.click("button[value=ticked]:not([formaction])")
    page.fill("input[name=on_date]", "1/12/2569")
    page.fill("input[name=name]", "เยี่ยมนักเรียนกลุ่มเสี่ยง")
    page.click("form:has(input[name=on_date]) button")
    assert "อมร" in page.inner_text("main") and "/office/trips/" in page.url

    page.goto(f"{world.address}/office/risks")
    _tick(page, "อมร")
    page.click("button[formaction='/office/assign/to']")
    page.select_option("select[name=to]", page.locator("select[name=to] option:has-text('ครู somying')").get_attribute("value"))
    page.click("form:has(input[value=one]) button.primary")
    page.click("form:not([action$='/drop']) button.primary")

    assert somying.sync().error is None
    (case,) = cases(world.district, "อมร")
    today = thai_day(dt.datetime.now(dt.UTC))
    somying.visit(case.id, outcome=Outcome.STILL_AT_SCHOOL, visited_on=today)
    assert somying.sync().error is None
    (case,) = cases(world.district, "อมร")
    assert case.state == CaseState.FOUND

    page.goto(f"{world.address}/office/cases/{case.id}/care")
    assert "ยังเรียนอยู่" in page.inner_text("section[aria-labelledby=know]")
    helping = page.locator("section[aria-labelledby=help]")
    helping.locator("summary:has-text('บันทึกการช่วยเหลือ')").click()
    helping.locator("input[name=what]").fill("ทุนอาหารกลางวัน")
    helping.locator("form[action$='/support'] button").click()
    assert "ทุนอาหารกลางวัน" in page.inner_text("section[aria-labelledby=help]")

    page.goto(f"{world.address}/office/year/indicators")
    assert page.inner_text("section[aria-labelledby=q1] .figure") == "50.00 %"
    page.goto(f"{world.address}/office/risks?helped=no")
    assert set(re.findall("อมร|บุญ", page.inner_text("tbody"))) == {"บุญ"}
    page.goto(f"{world.address}/office/")
    assert set(page.locator(".figure").all_inner_texts()) == {"0"}
    page.close()


def _take_in(page: Page, address: str, folder: Path) -> None:
    """Upload, take the columns as proposed, accept what is good."""
    export = folder / "คัดกรองรายบุคคล.xlsx"
    today = thai_day(dt.datetime.now(dt.UTC))
    on = f"{today.day}/{today.month}/{today.year + 543}"
    found = [pupil(AMORN, "อมร", "ใจดี", "เสี่ยง", on=on), pupil(BOON, "บุญ", "ใจดี", "ปกติ", "มีปัญหา", on=on)]
    export.write_bytes(screening(*found, pupil(CHAI, "ชัย", "ใจดี", on=on)))
    page.goto(f"{address}/office/lists")
    page.set_input_files("input[name=file]", export)
    page.select_option("select[name=list_type]", "screening_site")
    page.fill("input[name=round]", "1/2569")
    page.fill("input[name=as_of]", on)
    page.click("main form[enctype] button.primary")
    page.wait_for_url("**/columns")
    page.click("form[action$='/columns'] button.primary")
    page.click("form[action$='/accept'] button.primary", timeout=60_000)
    page.wait_for_selector("a[href$='/undo']", timeout=60_000)


def _tick(page: Page, name: str) -> None:
    page.locator(f"tr:has-text('{name}') input[name=case]").check()
