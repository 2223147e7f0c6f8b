"""The first sign-in: what must be filled in, progress, and errors in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.errors import Offline, ServerProblem, SignInNeeded
from fieldapp.gui.screens.sign_in import SignInScreen, is_address
from fieldapp.usecases.signing_in import FirstSignIn


@pytest.fixture
def screen(qtbot: QtBot) -> SignInScreen:
    screen = SignInScreen()
    qtbot.addWidget(screen)
    screen.show()
    return screen


def fill(screen: SignInScreen, passphrase: str = "ข้าวเหนียวมะม่วง", again: str = "ข้าวเหนียวมะม่วง") -> None:
    screen.address.setText(" ksn3.example.go.th ")
    screen.account.setText("somying")
    screen.password.setText("secret")
    screen.passphrase.setText(passphrase)
    screen.repeated.setText(again)


def test_what_was_filled_in_is_asked_for(qtbot: QtBot, screen: SignInScreen) -> None:
    fill(screen)
    with qtbot.waitSignal(screen.sign_in_wanted) as wanted:
        qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    assert wanted.args is not None
    request = wanted.args[0]
    assert isinstance(request, FirstSignIn)
    assert (request.address, request.account, request.password) == ("ksn3.example.go.th", "somying", "secret")
    assert request.passphrase == "ข้าวเหนียวมะม่วง"
    assert request.device_name


@pytest.mark.parametrize(("passphrase", "again"), [("สั้น", "สั้น"), ("ข้าวเหนียวมะม่วง", "ข้าวเหนียวทุเรียน")])
def test_a_short_or_mistyped_passphrase_is_not_taken(qtbot: QtBot, screen: SignInScreen, passphrase: str, again: str) -> None:
    fill(screen, passphrase, again)
    with qtbot.assertNotEmitted(screen.sign_in_wanted):
        qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)


def test_the_first_field_that_lacks_something_gets_the_focus(qtbot: QtBot, screen: SignInScreen) -> None:
    qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    assert screen.address.hasFocus()
    screen.address.setText("https://ksn3.example.go.th")
    qtbot.mouseClick(screen.button, Qt.MouseButton.LeftButton)
    assert screen.account.hasFocus()


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
    assert screen.account.text() == "somying"
    assert screen.button.isVisible()
