"""What the district itself reported, read off the sample district's pages: the dashboard, the list behind each figure, the letter to OBEC
and its spreadsheet, in both ways of rounding; and the caption of the old report as a switch."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from fieldapp.server.sample import people
from fieldapp.server.sample.build import build_sample_district
from fieldapp.server.thai_day import thai_day
from tests.support.bare_district import make_bare_district
from tests.support.district import TestDistrict
from tests.support.district_server import server_of
from tests.support.office import OfficeVisitor

# Traced, still being traced, returned, not returned: of those listed, and the last two of those traced.
NEVER_ENROLLED = (1340, [916, 424, 95, 821])
DROPPED_OUT = (179, [134, 45, 82, 52])
ROUNDED = (["68.36", "31.64", "10.37", "89.63"], ["74.86", "25.14", "61.19", "38.81"])
TRUNCATED = (["68.35", "31.64", "10.37", "89.62"], ["74.86", "25.13", "61.19", "38.80"])
OLD_CAPTION, FOOTNOTE = "กลับมาเข้าเรียนในระบบ*", "* ชื่อแถวตามแบบรายงานเดิม"
_FIGURE = re.compile(r'<dd class="figure"><a href="([^"]+)">([\d,]+)</a></dd><dd class="muted small">\s*([\d.]+) %')
_TOTAL = re.compile(r'<h1>[^<]*<span class="muted">([\d,]+)</span>')
_SECTION = re.compile(r'aria-labelledby="ladder-\w+">.*?</section>', re.DOTALL)


@pytest.fixture(scope="module")
def sample(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeVisitor]:
    found = make_bare_district(engine)
    assert build_sample_district(engine, found.id, thai_day(dt.datetime.now(dt.UTC))).built
    district = TestDistrict(engine, found, None, None)  # type: ignore[arg-type]
    with server_of(district, tmp_path_factory.mktemp("photos")) as running:
        visitor = OfficeVisitor(running)
        assert visitor.sign_in(people.OFFICER, people.PASSWORD).status_code == 200
        yield visitor
        visitor.http.close()


@pytest.fixture
def set_to(sample: OfficeVisitor) -> Iterator[Any]:
    """Changes how the district counts, as its officer does; afterwards it is as before."""

    def change(**values: str) -> None:
        seen = re.search(r'action="/office/settings/ladder".*?name="seen" value="(\d+)"', sample.get("/office/settings").text, re.DOTALL)
        assert seen
        given = {"preset": "district", "rounding": "half-up", **values}
        assert sample.post("/office/settings/ladder", seen=seen[1], **given).status_code == 200

    yield change
    change()


@pytest.mark.parametrize(("rounding", "percents"), [("half-up", ROUNDED), ("truncate", TRUNCATED)])
def test_the_dashboard_shows_the_ladder_in_the_districts_way_of_rounding(
    sample: OfficeVisitor, set_to: Any, rounding: str, percents: tuple[list[str], list[str]]
) -> None:
    set_to(rounding=rounding)
    sections = _SECTION.findall(sample.get("/office/").text)
    for section, (listed, counts), said in zip(sections, (NEVER_ENROLLED, DROPPED_OUT), percents, strict=True):
        found = _FIGURE.findall(section)
        assert f"{listed:,}" in section
        assert [int(count.replace(",", "")) for _, count, _ in found] == counts
        assert [percent for *_, percent in found] == said
        for path, count, _ in found:
            total = _TOTAL.search(sample.get(unescape(path)).text)
            assert total
            assert total[1] == count


@pytest.mark.parametrize(("rounding", "percents"), [("half-up", ROUNDED), ("truncate", TRUNCATED)])
def test_the_report_and_its_spreadsheet_show_the_same_ladder(
    sample: OfficeVisitor, rounding: str, percents: tuple[list[str], list[str]]
) -> None:
    lines = _letter(sample.get("/office/reports/overall", rounding=rounding).text)
    sheet = load_workbook(io.BytesIO(sample.get("/office/reports/overall/xlsx", rounding=rounding).content)).worksheets[0]
    cells = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert [lines["เป้าหมาย"][0], lines["เป้าหมาย"][2]] == ["1,340", "179"]
    assert (cells["เป้าหมาย"][0], cells["เป้าหมาย"][2]) == (1340, 179)
    for at, caption in enumerate(("ติดตามพบแล้ว", "อยู่ระหว่างการติดตาม", "กลับเข้าระบบ", "ไม่กลับเข้าระบบ")):
        shown = [f"{NEVER_ENROLLED[1][at]}", f"{percents[0][at]} %", f"{DROPPED_OUT[1][at]}", f"{percents[1][at]} %"]
        assert lines[caption][:4] == shown, caption
        assert [f"{float(cell):.2f}" for cell in cells[caption][:4]] == [f"{float(text.removesuffix(' %')):.2f}" for text in shown]


def test_the_old_caption_is_a_switch_of_the_report_and_of_the_district_and_never_without_its_footnote(
    sample: OfficeVisitor, set_to: Any
) -> None:
    plain, switched = (sample.get("/office/reports/overall", legacy=legacy).text for legacy in ("no", "yes"))
    for page, old in ((plain, False), (switched, True)):
        assert (OLD_CAPTION in page, FOOTNOTE in page) == (old, old)
        assert ("ติดตามพบแล้ว" in _letter(page)) is not old
    assert _letter(switched)[OLD_CAPTION][:2] == ["916", "68.36 %"]
    set_to(legacy_caption="yes")
    by_default = sample.get("/office/reports/overall").text
    assert (OLD_CAPTION in by_default, FOOTNOTE in by_default) == (True, True)
    assert OLD_CAPTION not in sample.get("/office/reports/overall", legacy="no").text


def _letter(page: str) -> dict[str, list[str]]:
    """The cells of each line by its caption."""
    table = page.split('class="letter-table"')[1].split("</table>")[0]
    lines = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL):
        caption = re.search(r'<th scope="row"[^>]*>([^<]*)', row)
        if caption:
            lines[unescape(caption[1]).strip()] = [unescape(cell).strip() for cell in re.findall(r'<td class="number">([^<]*)</td>', row)]
    return lines
