"""Tables on a phone: rows as cards, cells beside the word of their column."""

import re

from markupsafe import Markup
from playwright.sync_api import Browser

from fieldapp.domain.reference import Role
from fieldapp.server.office.narrow import cards
from tests.support.browser import LAPTOP, PHONE, signed_in
from tests.support.office import OfficeVisitor

TABLE = """<div class="table-wrap"><table class="entries">
<thead><tr><th class="pick"><span class="unseen">Choose</span></th><th>Name &amp; <b>more</b></th><th></th></tr></thead>
<tbody><tr class="group"><th colspan="3">A group</th></tr>
<tr><td class="pick"></td><td class="nowrap">a &lt;td&gt;</td><td>b</td></tr></tbody></table></div>"""


def test_each_cell_has_the_word_of_its_column() -> None:
    made = cards(Markup(TABLE))
    assert '<table class="cards entries">' in made
    assert '<td class="nowrap" data-label="Name &amp; more">a &lt;td&gt;</td>' in made
    assert re.findall(r"<t[hd][^>]*>", made.partition("<tbody>")[2]) == [
        '<th colspan="3">',
        '<td class="pick">',
        '<td class="nowrap" data-label="Name &amp; more">',
        "<td>",
    ]


def test_nothing_but_the_labels_is_changed() -> None:
    made = re.sub(r' data-label="[^"]*"', "", cards(Markup(TABLE))).replace('"cards entries"', '"entries"')
    assert made == TABLE


def test_on_a_phone_a_row_is_a_card_that_needs_no_scrolling_to_the_side(office: OfficeVisitor, browser: Browser) -> None:
    teacher = office.district.add_person("somying")
    office.district.add_case(teacher)
    for size, shown in ((PHONE, "block"), (LAPTOP, "table-cell")):
        page = signed_in(browser, office.running.url, size=size)
        page.goto(f"{office.running.url}/office/cases")
        assert page.eval_on_selector("table.cards tbody td", "cell => getComputedStyle(cell).display") in (shown, "flow-root")
        if size == PHONE:
            assert page.eval_on_selector(".table-wrap", "wrap => wrap.scrollWidth <= wrap.clientWidth")
            assert (
                page.eval_on_selector("table.cards tbody td:nth-child(2)", "cell => getComputedStyle(cell, '::before').content")
                == '"เลขประจำตัว"'
            )
        page.close()


def test_all_places_to_go_are_in_sight_on_a_phone(office: OfficeVisitor, browser: Browser) -> None:
    page = signed_in(browser, office.running.url, size=PHONE)
    rights = page.eval_on_selector_all(".bar nav a", "links => links.map(link => link.getBoundingClientRect().right)")
    assert len(rights) >= 9
    assert max(rights) <= PHONE[0]
    page.close()


def test_sign_in_slips_are_printed_whole(office: OfficeVisitor, browser: Browser) -> None:
    office.district.add_person("keeper", role=Role.ADMIN)
    office.district.add_person("kru41")
    page = signed_in(browser, office.running.url, "keeper")
    page.goto(f"{office.running.url}/office/people/new")
    page.fill("input[name=name]", "นางสาวปุณยวีร์ณัฐกานต์ ศักดิ์สิทธิ์วรโชติพิพัฒนกุลชัยเจริญสุขสวัสดิ์มงคล")
    page.fill("input[name=account]", "kru42")
    page.select_option("select[name=role]", "teacher")
    page.select_option("select[name=school_code]", index=1)
    page.click("main form button.primary")
    page.goto(f"{office.running.url}/office/people?q=kru4")
    for box in page.query_selector_all("input[name=person]"):
        box.check()
    page.click("form[action='/office/people/slips'] button")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 733, "height": 1060})  # A4 less its margins
    clipped = "slips => slips.filter(slip => slip.scrollHeight > slip.clientHeight + 1 || slip.scrollWidth > slip.clientWidth + 1).length"
    assert page.eval_on_selector_all(".slip", "slips => slips.length") == 2
    assert page.eval_on_selector_all(".slip", clipped) == 0
    page.close()
