"""Referrals and transfers on the card, over a real store; the letter on the screen and in a file."""

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.care.consent import Consent, ConsentPurpose
from fieldapp.domain.care.referral import ReferralKind, ReferralState, Shared
from fieldapp.domain.care.transfer import TransferState
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.payloads import care_payload
from fieldapp.domain.reference import Agency, AgencyKind, School
from fieldapp.gui.letters.pdf import as_pdf
from fieldapp.gui.letters.referral import set_referral
from fieldapp.gui.screens.card.referrals.draft_dialog import DraftDialog
from fieldapp.gui.screens.card.referrals.letter_dialog import LetterDialog
from fieldapp.gui.screens.card.referrals.step_dialog import StepDialog
from fieldapp.gui.screens.card.referrals.transfer_dialog import TransferDialog
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.store.recording import Act, record
from fieldapp.usecases.referrals_read import ReferralLine
from tests.support.children_window import a_children_screen, over, settle
from tests.support.laptop import ME, TODAY, Laptop, fill
from tests.support.letters import a_letter

pytestmark = pytest.mark.usefixtures("english")

HOME = Agency("children_home", "บ้านพักเด็กและครอบครัว", AgencyKind.WELFARE.value)


@pytest.fixture
def laptop(laptop: Laptop) -> Laptop:
    laptop.put(HOME, School("46030009", "โรงเรียนบ้านใหม่", "461602"))
    fill(laptop, 1)
    return laptop


def a_screen(qtbot: QtBot, laptop: Laptop) -> ChildrenScreen:
    screen = a_children_screen(qtbot, over(laptop), laptop.clock)
    screen.card.open_tab(4)
    return screen


def press(parent: QWidget, text: str) -> None:
    next(each for each in parent.findChildren(QPushButton) if each.text() == text and each.isVisibleTo(parent)).click()


def consented(laptop: Laptop, screen: ChildrenScreen) -> None:
    case = laptop.children.card(screen.list.current_case).case
    consent = Consent(new_id(), case.id, case.child_id, ConsentPurpose.SHARING, True, "ยายบุญมี", "ยาย", TODAY, ME)
    screen.changes.publish(record(laptop.store, [Act(care_payload(consent), consent.id)], laptop.clock()))
    settle(screen)


def the_one(laptop: Laptop, screen: ChildrenScreen) -> ReferralLine:
    (line,) = laptop.referring.of_case(screen.list.current_case).referrals
    return line


def a_dialog(screen: ChildrenScreen) -> DraftDialog:
    press(screen.card.referrals, "Refer the child")
    dialog = screen.findChild(DraftDialog)
    assert dialog is not None
    return dialog


def write(screen: ChildrenScreen) -> None:
    dialog = a_dialog(screen)
    dialog.receiver.set_words(HOME.name)
    dialog.reason.setPlainText("ไม่มีผู้ดูแล")
    dialog.reply_by.set_value(TODAY + dt.timedelta(days=14))
    press(dialog, "Keep the draft")
    settle(screen)


def test_a_referral_is_written_and_goes_its_way_on_the_card(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    write(screen)
    line = the_one(laptop, screen)
    assert (line.referral.agency_id, line.referral.reason, line.state) == (HOME.id, "ไม่มีผู้ดูแล", ReferralState.DRAFT)
    for state in ("Letter signed", "Sent"):
        press(screen.card.referrals, "Record what came next")
        dialog = next(one for one in screen.findChildren(StepDialog) if one.isVisible())
        assert next(chip.text() for chip in dialog.chips.values() if chip.isChecked()) == state
        press(dialog, "Record it")
        settle(screen)
    assert the_one(laptop, screen).state is ReferralState.SENT
    said = " ".join(label.text() for label in screen.card.referrals.findChildren(QLabel))
    assert "Waiting for the reply for 0 days" in said
    assert "Overdue" not in said
    laptop.clock.forward(days=15)
    screen.refresh()
    settle(screen)
    said = " ".join(label.text() for label in screen.card.referrals.findChildren(QLabel))
    assert "Waiting for the reply for 15 days · reply wanted by 6 Dec 2026 · Overdue" in said
    assert screen.card.tabs.words(4) == "Referrals 1"


def test_a_draft_is_changed_until_it_is_signed(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    write(screen)
    press(screen.card.referrals, "Change the draft")
    dialog = next(one for one in screen.findChildren(DraftDialog) if one.isVisible())
    assert (dialog.receiver.words(), dialog.reason.toPlainText()) == (HOME.name, "ไม่มีผู้ดูแล")
    dialog.reason.setPlainText("ถูกทอดทิ้ง")
    press(dialog, "Keep the draft")
    settle(screen)
    assert the_one(laptop, screen).referral.reason == "ถูกทอดทิ้ง"


def test_without_consent_nothing_can_be_ticked_for_an_agency(qtbot: QtBot, laptop: Laptop) -> None:
    dialog = a_dialog(a_screen(qtbot, laptop))
    assert not any(tick.isEnabled() or tick.isChecked() for tick in dialog.ticks.values())
    assert "only the name and the reason" in dialog.sharing_note.plain


def test_what_the_receiver_needs_is_ticked_until_the_person_ticks_otherwise(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    consented(laptop, screen)
    dialog = a_dialog(screen)
    dialog.receiver.set_words(HOME.name)
    ticked = {shared for shared, tick in dialog.ticks.items() if tick.isChecked()}
    assert ticked == {Shared.ADDRESS, Shared.GUARDIAN, Shared.PHONE, Shared.VISITS}
    dialog.ticks[Shared.VISITS].click()
    dialog.receiver.set_words("วัดในหมู่บ้าน")
    assert {shared for shared, tick in dialog.ticks.items() if tick.isChecked()} == {Shared.ADDRESS, Shared.GUARDIAN, Shared.PHONE}


@pytest.mark.parametrize(("receiver", "reason", "said"), [("", "x", "Say to whom."), ("x", "", "Say why.")])
def test_what_is_missing_is_said(qtbot: QtBot, laptop: Laptop, receiver: str, reason: str, said: str) -> None:
    dialog = a_dialog(a_screen(qtbot, laptop))
    dialog.receiver.set_words(receiver)
    dialog.reason.setPlainText(reason)
    with qtbot.assertNotEmitted(dialog.written):
        press(dialog, "Keep the draft")
    assert said in dialog.message.text


def test_a_transfer_is_asked_for_by_search_and_called_off(qtbot: QtBot, laptop: Laptop) -> None:
    screen = a_screen(qtbot, laptop)
    press(screen.card.referrals, "Ask for a transfer")
    dialog = screen.findChild(TransferDialog)
    assert dialog is not None
    assert dialog.place.findText("โรงเรียนบ้านนาคู") < 0  # the child's own
    dialog.place.set_words("โรงเรียนบ้านใหม่")
    dialog.reason.setText("ย้ายตามผู้ปกครอง")
    press(dialog, "Ask for it")
    settle(screen)
    (asked,) = laptop.referring.of_case(screen.list.current_case).transfers
    assert (asked.transfer.to_school, asked.state) == ("46030009", TransferState.ASKED)
    press(screen.card.referrals, "Call off the transfer")
    settle(screen)
    (asked,) = laptop.referring.of_case(screen.list.current_case).transfers
    assert asked.state is TransferState.CALLED_OFF


def test_the_dialog_says_what_the_file_holds_and_saves_it_where_the_person_says(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    dialog = LetterDialog(a_letter(), ask_where=lambda _parent: path)
    qtbot.addWidget(dialog)
    assert "Address · Guardian · Phone number" in dialog.holds.plain
    assert list(tmp_path.iterdir()) == []
    press(dialog, "Save as PDF")
    assert path.read_bytes().startswith(b"%PDF")
    assert "Saved: letter.pdf" in dialog.message.text


def test_a_file_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = LetterDialog(a_letter(), ask_where=lambda _parent: tmp_path)
    qtbot.addWidget(dialog)
    dialog.save()
    assert "could not be written" in dialog.message.text


def text_of(pdf: bytes) -> list[str]:
    """What another program copies from each page, without its line ends."""
    return [page.get_textpage().get_text_bounded().replace("\r\n", "") for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("kind", ReferralKind)
def test_thai_can_be_copied_from_the_letter(qtbot: QtBot, kind: ReferralKind) -> None:
    sheets = set_referral(a_letter(kind, thai_digits=True))
    first, slip = text_of(as_pdf(sheets, "x"))
    for said in ("เด็กชายธนกร พิมพ์สวัสดิ์", "มารดาทำงานต่างจังหวัด", "ขอให้ประเมินครอบครัวและพิจารณาที่พักชั่วคราว", "๒๒ พฤศจิกายน ๒๕๖๙"):
        assert said in first
    assert ("บันทึกข้อความ" in first, "ขอแสดงความนับถือ" in first) == ((kind is ReferralKind.INTERNAL), (kind is ReferralKind.EXTERNAL))
    assert "รับไว้ดำเนินการ" in slip
    assert "ไม่รับ" in slip


def test_a_long_letter_goes_on_on_another_sheet_and_loses_nothing(qtbot: QtBot) -> None:
    reason = " ".join(f"เหตุข้อที่ {number} บิดามารดาแยกทางและเด็กอยู่กับยาย" for number in range(80))
    sheets = set_referral(a_letter(reason=reason))
    assert len(sheets) == 4
    pages = text_of(as_pdf(sheets, "x"))
    whole = "".join("".join(pages).split())
    assert all(f"เหตุข้อที่{number}บิดา" in whole for number in range(80))


def test_no_copy_is_left_in_a_folder_for_temporary_files(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    dialog = LetterDialog(a_letter())
    qtbot.addWidget(dialog)
    assert dialog.pdf()
    assert list(tmp_path.iterdir()) == []
