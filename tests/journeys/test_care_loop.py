"""Care from a web site to the follow-up, with the real window, HTTP and database: a pupil at risk comes in with the export of a screening
and goes on the committee's plan; its house is visited in one go with its brother, who is back at school; the pupil is screened, helped,
and referred with consent; the letter is printed, the agency's reply comes in, the referral ends, the brother is looked after; and the
indicator of the year says so."""

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pypdfium2
import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from sqlalchemy import Engine

from fieldapp import texts
from fieldapp.client import Client
from fieldapp.domain.care.consent import ConsentPurpose
from fieldapp.domain.care.referral import Referral, ReferralState, Shared
from fieldapp.domain.care.risk import RiskSource
from fieldapp.domain.care.support import SupportArea
from fieldapp.domain.follow_up import Attendance, FollowUpReason, FollowUpState
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, NextStep, Outcome, ReturnLevel, Whereabouts
from fieldapp.gui.demo.hands import button, click, wait_until
from fieldapp.gui.letters.pdf import as_pdf
from fieldapp.gui.letters.referral import set_referral
from fieldapp.gui.navigation import OpenChild, RecordVisit
from fieldapp.gui.screens.card.attendance_dialog import AttendanceDialog
from fieldapp.gui.screens.card.caring.consent_dialog import ConsentDialog
from fieldapp.gui.screens.card.caring.support_dialog import SupportDialog
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.referrals.draft_dialog import DraftDialog
from fieldapp.gui.screens.card.referrals.letter_dialog import LetterDialog
from fieldapp.gui.screens.card.referrals.step_dialog import StepDialog
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.visit.answers import Part
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.screens.visit.whole_house import WholeHouseDialog
from fieldapp.server.thai_day import thai_day
from fieldapp.texts import _
from tests.support.district import engine
from tests.support.form_day import FormDay, form_day
from tests.support.lists import xlsx
from tests.support.office_lists import accept, check, upload
from tests.support.risk_lists import SCHOOL, SCREENING, care, cases

__all__ = ["engine"]

# What the pictures' platform says of lists that open over a field.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

AGENCY = "บ้านพักเด็กและครอบครัวจังหวัด"
FOLLOW_UPS, REFERRALS, CARE = 2, 4, 5
D = TypeVar("D", bound=QWidget)


def test_from_the_risk_list_to_the_follow_up(engine: Engine, tmp_path: Path, qapp: QApplication) -> None:
    texts.use_language("th")
    with form_day(engine, tmp_path, ["aspects"], qapp) as day:
        Loop(day).go()


class Loop:
    """The day's own child is the brother; `self.pupil` is the case of the pupil at risk."""

    def __init__(self, day: FormDay) -> None:
        self.day = day
        self.today = thai_day(dt.datetime.now(dt.UTC))
        self.brother = day.case_id
        self.pupil = ""

    def go(self) -> None:
        self.take_in_the_export()
        self.plan_the_visit()
        assert self.day.sync() is None
        self.visit_the_house()
        self.screen_the_pupil()
        self.help_the_pupil()
        self.refer_the_pupil()
        assert self.day.sync() is None
        self.the_reply_comes()
        assert self.day.sync() is None
        self.end_the_referral()
        self.look_after_the_brother()
        assert self.day.sync() is None
        self.the_office_sees_it_all()

    # The office

    def take_in_the_export(self) -> None:
        office = self.day.office
        on = f"{self.today.day}/{self.today.month}/{self.today.year + 543}"
        header = (*SCREENING, "บ้านเลขที่", "หมู่ที่", "ตำบล", "อำเภอ")
        said = ("เสี่ยง", "ปกติ", "มีปัญหา", "ปกติ", on)
        line = (1, SCHOOL, "โรงเรียนหนึ่ง", "ป.5", "1103700000003", "ด.ช.", "อมร", "ศรีสุวรรณ", *said, "112", "4", "นาคู", "นาคู")
        path = upload(office, xlsx(("แบบคัดกรองนักเรียนรายบุคคล",), header, line), "คัดกรอง.xlsx", list_type="screening_site", as_of=on)
        check(office, path)
        accept(office, path)
        (case,) = cases(office.district, "อมร")
        assert case.list_type == ListType.AT_RISK
        self.pupil = case.id

    def plan_the_visit(self) -> None:
        """On the committee's plan, and to the teacher who has the brother."""
        office, district = self.day.office, self.day.office.district
        assert "อมร" in office.get("/office/risks").text
        office.get("/office/risks/plan", case=self.pupil, of="ticked")
        planned = office.post("/office/risks/plan", case=[self.pupil], on_date="1/12/2569", name="ใส่ใจออกติดตาม")
        assert "/office/trips/" in planned.url and "อมร" in planned.text
        district.assign(self.pupil, district.people["somying"])  # type: ignore[arg-type]

    def the_reply_comes(self) -> None:
        (referral, _stood) = self.stands(Referral)
        office = self.day.office
        assert AGENCY in office.get("/office/referrals").text
        assert "แบบตอบรับ" in office.get(f"/office/referrals/{referral.id}/letter").text
        office.get(f"/office/referrals/{referral.id}")
        # The laptop's own day: what comes after it cannot be dated before it, and this computer may lie west of Thailand.
        today = dt.datetime.now().astimezone().date()
        on = f"{today.day}/{today.month}/{today.year + 543}"
        answer = office.post(f"/office/referrals/{referral.id}/steps", state="result", on=on, note="รับเข้าพักแล้ว")
        assert answer.status_code == 200 and "รับเข้าพักแล้ว" in answer.text

    def the_office_sees_it_all(self) -> None:
        office = self.day.office
        page = office.get(f"/office/cases/{self.pupil}/care").text
        for told in ("การเรียน", "ค่าอุปกรณ์การเรียน", AGENCY):
            assert told in page, told
        (_referral, stood) = self.stands(Referral)
        assert stood.state is ReferralState.CLOSED
        indicators = office.get("/office/year/indicators").text
        q1 = indicators.split('aria-labelledby="q1"')[1].split("</section>")[0]
        assert re.search(r"100\.00\s*%", q1), q1
        brother = office.get(f"/office/cases/{self.brother}").text
        assert "มาเรียนสม่ำเสมอ" in brother

    # The house

    def visit_the_house(self) -> None:
        screen = self.visiting(self.brother)
        page = screen.page
        for widget in (page.met.grid.tile(Met.CHILD), page.met.grid.tile(Met.GRANDPARENT), page.foot.next):
            click(widget)
        for widget in (page.whereabouts.grid.tile(Whereabouts.THIS_HOUSE), page.foot.next, page.outcome.cards.tile(Outcome.RETURNED)):
            click(widget)
        click(page.outcome.schooling.levels[ReturnLevel.PRIMARY])
        self.to_the_end(screen)
        click(page.foot.finish)
        dialog = self.dialog(WholeHouseDialog)
        click(dialog.records[self.pupil])
        wait_until(lambda: screen.visit and screen.visit.case_id == self.pupil, "the visit of the next child")
        assert screen.visit is not None and screen.visit.met == (Met.GRANDPARENT,)
        page.open_part(Part.OUTCOME)
        click(page.outcome.at_risk_cards.tile(Outcome.STILL_AT_SCHOOL))
        self.to_the_end(screen)
        click(page.foot.finish)
        wait_until(lambda: isinstance(self.shell.current, ChildrenScreen), "the card after the visit")

    def visiting(self, case_id: str) -> VisitScreen:
        self.shell.go(RecordVisit(case_id))
        screen = self.shell.current
        assert isinstance(screen, VisitScreen)
        wait_until(lambda: screen.visit and screen.visit.case_id == case_id, "the draft of a visit")
        return screen

    def to_the_end(self, screen: VisitScreen) -> None:
        screen.page.open_part(Part.NEXT_STEP)
        click(screen.page.next_step.grid.tile(NextStep.FOLLOW_UP_AT_SCHOOL))

    # The pupil

    def screen_the_pupil(self) -> None:
        self.day.case_id = self.pupil
        hands = self.day.fill("aspects", lambda _page, _over: None)
        self.day.finish(hands)
        for box in self.boxes():
            box.reject()

    def help_the_pupil(self) -> None:
        card = self.card(self.pupil, CARE)
        risks = self.ask(lambda client: client.caring.of_case(self.pupil)).risks
        assert {line.fact.source for line in risks} == {RiskSource.SCREENING_SITE, RiskSource.FORM}
        self.press(card.care, _("Record a consent"))
        consent = self.dialog(ConsentDialog)
        consent.purposes.set_value(ConsentPurpose.SHARING)
        consent.answers.set_value(True)
        consent.giver.setText("ยายบุญมี")
        consent.relation.setText("ยาย")
        self.keep(consent)
        self.press(card.care, _("Record help"))
        help_given = self.dialog(SupportDialog)
        help_given.areas.set_value(SupportArea.FUNDS)
        help_given.what.setText("ค่าอุปกรณ์การเรียน")
        help_given.cost.setText("800")
        self.keep(help_given)
        supports = self.ask(lambda client: client.caring.of_case(self.pupil)).supports
        assert [line.fact.what for line in supports] == ["ค่าอุปกรณ์การเรียน"]

    def refer_the_pupil(self) -> None:
        card = self.card(self.pupil, REFERRALS)
        wait_until(lambda: card.referrals.shown and card.referrals.shown.consent, "the consent on the card")
        self.press(card.referrals, _("Refer the child"))
        draft = self.dialog(DraftDialog)
        draft.receiver.set_words(AGENCY)
        draft.reason.setPlainText("ครอบครัวไม่มีรายได้")
        draft.reply_by.set_value(self.today + dt.timedelta(days=14))
        assert draft.ticks[Shared.GUARDIAN].isChecked()
        self.keep(draft)
        self.press(card.referrals, _("Letter"))
        letter = self.dialog(LetterDialog)
        line = self.line()
        paper = pypdfium2.PdfDocument(as_pdf(set_referral(self.ask(lambda client: client.referring.letter(line.referral.id))), "letter"))
        text = "".join(paper[page].get_textpage().get_text_range() for page in range(len(paper)))
        assert all(told in text for told in ("อมร", AGENCY, "ครอบครัวไม่มีรายได้"))
        letter.reject()
        for state in (ReferralState.SIGNED, ReferralState.SENT):
            self.step(card, state)
        assert self.line().state is ReferralState.SENT

    def end_the_referral(self) -> None:
        card = self.card(self.pupil, REFERRALS)
        wait_until(lambda: self.line().state is ReferralState.RESULT, "the reply on the laptop")
        reminders = [one for one in self.follow_ups(self.pupil) if one.reason is FollowUpReason.REPLY]
        assert [one.state for one in reminders] == [FollowUpState.DONE]
        wait_until(
            lambda: card.referrals.shown and card.referrals.shown.referrals[0].state is ReferralState.RESULT, "the reply on the card"
        )
        self.step(card, ReferralState.CLOSED)

    def look_after_the_brother(self) -> None:
        card = self.card(self.brother, FOLLOW_UPS)
        assert card.card is not None and card.card.case.state is CaseState.RETURNED
        assert sum(one.reason is FollowUpReason.AFTER_RETURN for one in self.follow_ups(self.brother)) == 3
        self.press(card.follow_ups, _("Done"))
        dialog = self.dialog(AttendanceDialog)
        dialog.choices.set_value(Attendance.REGULAR)
        self.keep(dialog)
        seen = [one for one in self.follow_ups(self.brother) if one.attendance is not None]
        assert [one.attendance for one in seen] == [Attendance.REGULAR]

    # Hands and eyes

    @property
    def shell(self) -> Any:
        shell = self.day.application.shell
        assert shell is not None
        return shell

    def ask(self, work: Callable[[Client], Any]) -> Any:
        """What lies on the laptop, read beside the window's own thread, from which the store keeps away."""
        session = self.day.application.session
        assert session is not None
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(work, session.client).result()

    def card(self, case_id: str, tab: int) -> Any:
        self.shell.go(OpenChild(case_id))
        children = self.shell.current
        assert isinstance(children, ChildrenScreen)
        wait_until(lambda: children.card.card and children.card.card.row.case_id == case_id, "the card")
        children.card.open_tab(tab)
        return children.card

    def dialog(self, kind: type[D]) -> D:
        window = self.day.application.window

        def seen() -> list[D]:
            return [one for one in window.findChildren(kind) if one.isVisible()]

        wait_until(seen, kind.__name__)
        return seen()[-1]

    def press(self, inside: QWidget, words: str) -> None:
        """What a list is built anew of is shown in the window's next round."""

        def seen() -> bool:
            return any(one.isVisible() and one.text() == words for one in inside.findChildren(QAbstractButton))

        wait_until(seen, words)
        click(button(inside, words))

    def boxes(self) -> list[FormDialog]:
        return [one for one in self.day.application.window.findChildren(FormDialog) if one.isVisible()]

    def keep(self, dialog: FormDialog) -> None:
        gone: list[bool] = []
        dialog.accepted.connect(lambda: gone.append(True))
        dialog.keep()
        wait_until(lambda: gone or dialog.message.text, "the dialog kept")
        assert gone, dialog.message.text

    def step(self, card: Any, state: ReferralState) -> None:
        before = self.line().state
        wait_until(lambda: card.referrals.shown.referrals[0].state is before, "the list of referrals")
        # A sync reads the card anew, and a card that comes anew begins with its first part.
        card.open_tab(REFERRALS)
        self.press(card.referrals, _("Record what came next"))
        dialog = self.dialog(StepDialog)
        dialog.states.set_value(state)
        self.keep(dialog)

    def line(self) -> Any:
        (line,) = self.ask(lambda client: client.referring.of_case(self.pupil)).referrals
        return line

    def follow_ups(self, case_id: str) -> Any:
        return self.ask(lambda client: client.children.card(case_id)).follow_ups

    def stands(self, kind: type[Any]) -> Any:
        (found,) = care(self.day.office.district, self.pupil).of(kind)
        return found
