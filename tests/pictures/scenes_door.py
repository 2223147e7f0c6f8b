"""Before anything is open: first sign-in, introduction, unlocking, repair."""

import datetime as dt

from fieldapp.errors import Offline, SignInNeeded, StoreError
from fieldapp.gui.screens.introduction import IntroductionScreen
from fieldapp.gui.screens.repair import RepairScreen
from fieldapp.gui.screens.sign_in import SignInScreen
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.texts import _
from fieldapp.usecases.repair import BackupView, Carried, Damage
from fieldapp.usecases.signing_in import Found
from tests.pictures.desk import Desk
from tests.pictures.scene import add, scene
from tests.pictures.seats import Filled
from tests.support.laptop import NOW

_DISTRICT = Found("สพป.กาฬสินธุ์ เขต 3", "https://office.example.th", is_code=False)
_DAMAGE = Damage(
    records=True,
    photos=False,
    backups=(
        BackupView(0, NOW - dt.timedelta(hours=20), 41, 3),
        BackupView(1, NOW - dt.timedelta(days=2), 41, 12),
        BackupView(2, NOW - dt.timedelta(days=3), None, None),
    ),
    can_begin_anew=True,
)


def sign_in(desk: Desk, *, filled: bool = True) -> SignInScreen:
    screen = SignInScreen()
    if filled:
        screen.where.address.setText("office.example.th")
        screen.where.account.setText("somying")
        screen.where.password.setText("ABCD-2345")
    desk.show_stage(screen)
    return screen


@scene("sign-in-where", SignInScreen)
def _where(desk: Desk) -> None:
    sign_in(desk)


@scene("sign-in-empty-fields", SignInScreen)
def _wrong_fields(desk: Desk) -> None:
    sign_in(desk, filled=False).button.click()


@scene("sign-in-offline", SignInScreen)
def _offline(desk: Desk) -> None:
    sign_in(desk).show_error(Offline())


@scene("sign-in-refused", SignInScreen)
def _refused(desk: Desk) -> None:
    sign_in(desk).show_error(SignInNeeded("sign_in.wrong_password"))


@scene("sign-in-asking", SignInScreen)
def _asking(desk: Desk) -> None:
    sign_in(desk).show_progress(_("Asking the district…"), "office.example.th", 0, 0)


def _at_secrets(desk: Desk) -> SignInScreen:
    screen = sign_in(desk)
    screen._asked = screen.where.asked()
    screen.show_found(_DISTRICT)
    return screen


@scene("sign-in-passphrase", SignInScreen)
def _passphrase(desk: Desk) -> None:
    screen = _at_secrets(desk)
    screen.secrets.passphrase.setText("ข้าวเหนียว")


@scene("sign-in-code", SignInScreen)
def _code(desk: Desk) -> None:
    screen = sign_in(desk)
    screen._asked = screen.where.asked()
    screen.show_found(Found(_DISTRICT.district_name, _DISTRICT.address, is_code=True))
    screen.button.click()


@scene("sign-in-downloading", SignInScreen)
def _downloading(desk: Desk) -> None:
    said = _("{done} of {total}").format(done="1,240", total="1,519")
    _at_secrets(desk).show_progress(_("Downloading your children"), said, 1_240, 1_519)


def _card(number: int) -> None:
    def pose(desk: Desk) -> None:
        screen = IntroductionScreen()
        desk.show_stage(screen)
        for _turn in range(number - 1):
            screen.button.click()

    add(f"introduction-{number}", pose, IntroductionScreen)


for _number in (1, 2, 3):
    _card(_number)


def unlocking(desk: Desk, filled: Filled = Filled.USUAL) -> UnlockScreen:
    screen = UnlockScreen([desk.seats.profiles(filled)[1]])
    desk.show_stage(screen)
    return screen


@scene("unlock", UnlockScreen)
def _unlock(desk: Desk) -> None:
    unlocking(desk)


@scene("unlock-two-people", UnlockScreen)
def _two(desk: Desk) -> None:
    desk.show_stage(UnlockScreen([desk.seats.profiles(filled)[1] for filled in (Filled.USUAL, Filled.LONG)]))


@scene("unlock-wrong", UnlockScreen)
def _wrong(desk: Desk) -> None:
    unlocking(desk).show_error(StoreError("store.wrong_passphrase", tries_left=2, seconds=0))


@scene("unlock-wait", UnlockScreen)
def _wait(desk: Desk) -> None:
    unlocking(desk).show_error(StoreError("store.too_many_tries", seconds=28))


@scene("unlock-newer-file", UnlockScreen)
def _newer(desk: Desk) -> None:
    unlocking(desk).show_error(StoreError("store.newer"))


@scene("unlock-access-ended", UnlockScreen)
def _ended(desk: Desk) -> None:
    unlocking(desk).message.show_warning(
        _("The district has ended this person's access on this computer."),
        _("What was not sent has been taken in by the district. The data here can no longer be opened."),
    )


@scene("repair", RepairScreen)
def _repair(desk: Desk) -> None:
    desk.show_stage(RepairScreen(_DAMAGE, NOW))


@scene("repair-done", RepairScreen)
def _repaired(desk: Desk) -> None:
    screen = RepairScreen(_DAMAGE, NOW)
    desk.show_stage(screen)
    screen.show_done(Carried(events=12, drafts=1))


@scene("repair-no-backup", RepairScreen)
def _no_backup(desk: Desk) -> None:
    desk.show_stage(RepairScreen(Damage(records=True, photos=True, backups=(), can_begin_anew=False), NOW))
