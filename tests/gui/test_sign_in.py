"""The first sign-in: what must be filled in, progress, and errors in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.errors import Offline, ServerProblem, SignInNeeded
from fieldapp.gui.demo.hands import drop_files
from fieldapp.gui.screens.introduction import IntroductionScreen
from fieldapp.gui.screens.sign_in import SignInScreen, is_address
from fieldapp.usecases.passphrases import Strength, strength
from fieldapp.usecases.signing_in import Asked, FirstSignIn, Found
from fieldapp.wire.connection import Connection, as_address, as_file


@pytest.fixture
def screen(qtbot: QtBot) -> SignInScreen:
    screen = SignInScreen()
    qtbot.addWidget(screen)
    screen.show()
    return screen


def fill(screen: SignInScreen, passphrase: str = "ข้าวเหนียวมะม่วง", again: str = "ข้าวเหนียวมะม่วง") -> None:
    screen.where.address.setText(" ksn3.example.go.th ")
    screen.where.account.setText("somying")
    screen.where.password.setText("secret")
    screen.secrets.passphrase.setText(passphrase)
    screen.secrets.repeated.setText(again)


def answered(screen: SignInScreen, *, is_code: bool = False) -> None:
    """The first page is sent, and the district says who it is."""
    screen.button.click()
    screen.show_found(Found("สพป.กาฬสินธุ์ เขต 3", "https://ksn3.example.go.th", is_code))


def test_what_was_filled_in_is_asked_for(qtbot: QtBot, screen: SignInScreen) -> None:
    fill(screen)
    with qtbot.waitSignal(screen.look_up_wanted) as asked:
        qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    assert asked.args == [Asked("ksn3.example.go.th", "somying", "secret")]
    screen.show_found(Found("สพป.กาฬสินธุ์ เขต 3", "https://ksn3.example.go.th", is_code=False))
    with qtbot.waitSignal(screen.sign_in_wanted) as wanted:
        qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    assert wanted.args is not None
    request = wanted.args[0]
    assert isinstance(request, FirstSignIn)
    assert (request.address, request.account, request.password) == ("https://ksn3.example.go.th", "somying", "secret")
    assert request.passphrase == "ข้าวเหนียวมะม่วง"
    assert request.device_name


@pytest.mark.parametrize(("passphrase", "again"), [("สั้น", "สั้น"), ("ข้าวเหนียวมะม่วง", "ข้าวเหนียวทุเรียน"), ("12345678", "12345678")])
def test_a_short_or_mistyped_passphrase_is_not_taken(qtbot: QtBot, screen: SignInScreen, passphrase: str, again: str) -> None:
    fill(screen, passphrase, again)
    answered(screen)
    with qtbot.assertNotEmitted(screen.sign_in_wanted):
        qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)


def test_the_first_field_that_lacks_something_gets_the_focus(qtbot: QtBot, screen: SignInScreen) -> None:
    qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    assert screen.where.address.hasFocus()
    screen.where.address.setText("https://ksn3.example.go.th")
    qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    assert screen.where.account.hasFocus()


@pytest.mark.parametrize("text", ["ksn3.example.go.th", "https://ksn3.example.go.th", "http://127.0.0.1:8460"])
def test_an_address_may_lack_https(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["", "  ", "โรงเรียน บ้านนาคู", "http://"])
def test_what_is_no_address_is_told_before_anything_is_sent(text: str) -> None:
    assert not is_address(text)


def test_the_download_shows_progress_and_can_be_cancelled(qtbot: QtBot, screen: SignInScreen) -> None:
    screen.show_progress("กำลังดาวน์โหลด", "512 จาก 1,519", 512, 1519)
    assert screen.progress.isVisible()
    assert not screen.button.isVisible()
    cancel = screen.progress.findChild(QPushButton)
    assert cancel is not None
    with qtbot.waitSignal(screen.cancelled):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert not cancel.isEnabled()
    screen.show_cancelled()
    assert screen.button.isVisible()
    assert "ยกเลิกแล้ว" in screen.message.text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Offline(), "ติดต่อเขตไม่ได้"),
        (Offline("offline.insecure"), "https://"),
        (SignInNeeded("sign_in.wrong_password"), "บัญชีหรือรหัสผ่านไม่ถูกต้อง"),
        (SignInNeeded("sign_in.account_expired"), "หมดอายุ"),
        (SignInNeeded("sign_in.wrong_code"), "บัญชีหรือรหัสใช้ครั้งเดียวไม่ถูกต้อง"),
        (SignInNeeded("sign_in.code_used"), "ถูกใช้ไปแล้ว"),
        (SignInNeeded("sign_in.code_expired"), "หมดอายุแล้ว"),
        (Offline("offline.other_district"), "ไม่ตรงกับไฟล์เชื่อมต่อ"),
        (ServerProblem("protocol_unsupported", 426), "ติดตั้งแอปรุ่นล่าสุด"),
        (Offline("offline.broken_answer"), "ลองใหม่"),
        (ServerProblem("server_failed", 500), "ลองใหม่"),
        (ServerProblem("not_found", 404), "ไม่ใช่เซิร์ฟเวอร์ของเขต"),
        (ServerProblem("wrong_value", 422, "account"), "บัญชีหรือรหัสผ่านไม่ถูกต้อง"),
    ],
)
def test_an_error_is_told_beside_what_was_typed(qtbot: QtBot, screen: SignInScreen, error: Exception, said: str) -> None:
    fill(screen)
    qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    screen.show_error(error)
    assert said in screen.message.text
    assert "ยังไม่ได้ตั้งค่าใดในเครื่องนี้" in screen.message.text
    # Nothing is recorded here yet, and nothing goes on by itself.
    assert not any(words in screen.message.text for words in ("ที่บันทึกไว้", "ซิงก์", "เอง", "ยังบันทึกได้"))
    assert screen.where.account.text() == "somying"
    assert screen.button.isVisible()


def test_with_a_one_time_code_a_password_of_ones_own_is_asked_for(qtbot: QtBot, screen: SignInScreen) -> None:
    fill(screen)
    screen.where.password.setText("ABCD-EFGH-JKMN")
    answered(screen, is_code=True)
    assert screen.secrets.own_password.isVisible()
    with qtbot.assertNotEmitted(screen.sign_in_wanted):
        screen.button.click()
    assert screen.secrets.own_password.hasFocus()
    screen.secrets.own_password.setText("รหัสของฉันเอง")
    screen.secrets.own_again.setText("รหัสของฉันเอง")
    with qtbot.waitSignal(screen.sign_in_wanted) as wanted:
        screen.button.click()
    assert wanted.args is not None
    assert (wanted.args[0].code, wanted.args[0].password) == ("ABCD-EFGH-JKMN", "รหัสของฉันเอง")


@pytest.mark.parametrize(
    ("passphrase", "judged"),
    [
        ("สั้นไป", Strength.TOO_SHORT),
        ("abcdefgh", Strength.EASY),
        ("กกกกกกกกกก", Strength.EASY),
        ("Kru.Somying", Strength.EASY),
        ("รหัสของบัญชี", Strength.LIKE_PASSWORD),
        ("ข้าวเหนียว", Strength.FAIR),
        ("ข้าวเหนียว ส้มตำ ฝนตก", Strength.GOOD),
    ],
)
def test_a_passphrase_is_judged_while_it_is_typed(passphrase: str, judged: Strength) -> None:
    assert strength(passphrase, "kru.somying", "รหัสของบัญชี") is judged


def test_after_back_nothing_typed_is_lost(screen: SignInScreen) -> None:
    fill(screen)
    answered(screen)
    screen._back.click()
    assert screen.where.isVisible()
    assert (screen.where.account.text(), screen.secrets.passphrase.text()) == ("somying", "ข้าวเหนียวมะม่วง")


FILE = Connection("https://ksn3.example.go.th", "สพป.กาฬสินธุ์ เขต 3", "ab" * 16)


def test_a_connection_file_that_is_dropped_fills_in_the_server(screen: SignInScreen, tmp_path: Path) -> None:
    (tmp_path / "4603.fieldapp").write_bytes(as_file(FILE))
    drop_files(screen, [tmp_path / "4603.fieldapp"])
    assert screen.where.asked() == Asked("https://ksn3.example.go.th", "", "", "ab" * 16)
    assert screen.where.account.hasFocus()


def test_another_address_than_that_of_the_file_is_not_bound_to_its_key(screen: SignInScreen) -> None:
    screen.where.take(FILE)
    screen.where.address.setText("https://elsewhere.example.th")
    assert screen.where.asked().key == ""


def test_a_file_that_is_no_connection_is_told_and_changes_nothing(screen: SignInScreen, tmp_path: Path) -> None:
    (tmp_path / "records.fieldapp").write_bytes(b"\x00FIELDAPP bundle")
    drop_files(screen, [tmp_path / "records.fieldapp"])
    assert "ไม่ใช่ไฟล์เชื่อมต่อ" in screen.message.text
    assert screen.where.address.text() == ""


def test_the_text_of_a_qr_that_is_pasted_fills_in_server_and_account(screen: SignInScreen) -> None:
    text = as_address(replace(FILE, account="kru.mai"))
    screen.where.address.setFocus()
    QApplication.clipboard().setText(text)
    screen.where.address.paste()
    assert screen.where.asked() == Asked("https://ksn3.example.go.th", "kru.mai", "", "ab" * 16)


def test_the_words_of_a_slip_that_are_pasted_fill_in_all_three(screen: SignInScreen) -> None:
    QApplication.clipboard().setText("เซิร์ฟเวอร์\nhttps://ksn3.example.go.th\nบัญชี\nkru.mai\nรหัสใช้ครั้งเดียว\nABCD-EFGH-JKMN\nใช้ได้ถึง 6 ธ.ค. 2569")
    screen.where.paste.click()
    assert screen.where.asked() == Asked("https://ksn3.example.go.th", "kru.mai", "ABCD-EFGH-JKMN")


def test_three_cards_lead_to_the_list_and_can_be_skipped(qtbot: QtBot) -> None:
    screen = IntroductionScreen()
    qtbot.addWidget(screen)
    with qtbot.assertNotEmitted(screen.finished):
        screen.button.click()
        screen.button.click()
    with qtbot.waitSignal(screen.finished):
        screen.button.click()
    with qtbot.waitSignal(screen.finished):
        screen.skip.click()
