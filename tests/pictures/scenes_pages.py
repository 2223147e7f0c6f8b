"""The pages of the rail, usual, empty, with long names and with thousands of children."""

from dataclasses import replace

from PySide6.QtWidgets import QScrollArea, QWidget

from fieldapp.client import Client
from fieldapp.errors import Offline, ServerProblem, SignInNeeded, StoreError
from fieldapp.gui.help.dialog import GuideDialog
from fieldapp.gui.hiding.cover import Cover
from fieldapp.gui.navigation import (
    Destination,
    OpenAbout,
    OpenChildren,
    OpenHelp,
    OpenPhonePictures,
    OpenReports,
    OpenSchool,
    OpenSettings,
    OpenSync,
    OpenToday,
    OpenTrip,
)
from fieldapp.gui.screens.about import AboutScreen
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.help.numbers import NumbersDialog
from fieldapp.gui.screens.help.screen import HelpScreen
from fieldapp.gui.screens.phone.screen import PhoneScreen
from fieldapp.gui.screens.reports.paper_dialog import PaperDialog
from fieldapp.gui.screens.reports.screen import ReportsScreen
from fieldapp.gui.screens.school.screen import SchoolScreen
from fieldapp.gui.screens.settings import SettingsScreen
from fieldapp.gui.screens.sync.receipt_dialog import ReceiptDialog
from fieldapp.gui.screens.sync.screen import SyncScreen
from fieldapp.gui.screens.today.screen import TodayScreen
from fieldapp.gui.screens.trip.screen import TripScreen
from fieldapp.sync.progress import SyncProgress, SyncResult, SyncStage
from fieldapp.texts import _, language
from fieldapp.usecases import practice
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.updates import Offer
from tests.pictures.desk import Desk
from tests.pictures.scene import add, scene
from tests.pictures.seats import Filled
from tests.support.laptop import NOW

_KINDS = {Filled.USUAL: "", Filled.EMPTY: "-empty", Filled.LONG: "-long", Filled.MANY: "-many", Filled.OFFICE: "-office"}


def to_the_end(page: QWidget) -> None:
    """As far down as it goes, whatever scrolls."""
    for area in page.findChildren(QScrollArea):
        if area.isVisible():
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _pages(name: str, destination: Destination, shows: type[QWidget], *kinds: Filled, ends: bool = True) -> None:
    def one(kind: Filled, end: bool) -> None:
        def pose(desk: Desk) -> None:
            desk.sit_down(kind)
            page = desk.go(destination)
            if end:
                to_the_end(page)

        add(f"{name}{_KINDS[kind]}{'-end' if end else ''}", pose, shows)

    for kind in kinds:
        one(kind, end=False)
    if ends:
        one(Filled.USUAL, end=True)


_ALL = (Filled.USUAL, Filled.EMPTY, Filled.LONG, Filled.MANY)
_pages("today", OpenToday(), TodayScreen, *_ALL)
_pages("children", OpenChildren(), ChildrenScreen, *_ALL, ends=False)
_pages("sync", OpenSync(), SyncScreen, Filled.USUAL, Filled.EMPTY)
_pages("reports", OpenReports(), ReportsScreen, Filled.USUAL, Filled.EMPTY, Filled.MANY)
_pages("school", OpenSchool(), SchoolScreen, Filled.USUAL, Filled.LONG, Filled.OFFICE)
_pages("help", OpenHelp(), HelpScreen, Filled.USUAL)
_pages("settings", OpenSettings(), SettingsScreen, Filled.USUAL)
_pages("about", OpenAbout(), AboutScreen, Filled.USUAL)
_pages("trip", OpenTrip(), TripScreen, Filled.USUAL, Filled.EMPTY)


@scene("today-update", TodayScreen)
def _update(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenToday())
    assert isinstance(page, TodayScreen)
    page.set_view(replace(desk.client.today.view(page.today()), update=Offer("0.2.0", "https://office.example.th/app")))


@scene("error-on-a-page", TodayScreen)
def _error(desk: Desk) -> None:
    desk.sit_down()
    desk.go(OpenToday())
    assert desk.shell is not None
    desk.shell.message.show_error(StoreError("store.disk_full"), _("Close"))


@scene("children-no-match", ChildrenScreen)
def _no_match(desk: Desk) -> None:
    desk.sit_down()
    desk.go(OpenChildren("ไม่มีใครชื่อนี้"))


@scene("children-filtered", ChildrenScreen)
def _filtered(desk: Desk) -> None:
    desk.sit_down()
    desk.go(OpenChildren("", ListFilter(overdue=True)))


@scene("children-error", ChildrenScreen)
def _children_error(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenChildren())
    assert isinstance(page, ChildrenScreen)
    page.list.message.show_error(StoreError("store.busy"))


def syncing(desk: Desk) -> SyncScreen:
    desk.sit_down()
    page = desk.go(OpenSync())
    assert isinstance(page, SyncScreen)
    return page


@scene("sync-running", SyncScreen)
def _running(desk: Desk) -> None:
    page = syncing(desk)
    desk.session.sync.running = True
    desk.session.sync.started.emit()
    page.show_progress(SyncProgress(SyncStage.PHOTOS, 2, 8, 1_100_000, 2_400_000))


@scene("sync-offline", SyncScreen)
def _sync_offline(desk: Desk) -> None:
    syncing(desk).show_error(Offline())


@scene("sync-server-error", SyncScreen)
def _server_error(desk: Desk) -> None:
    syncing(desk).show_error(ServerProblem("server_failed", 500))


@scene("sync-password", SyncScreen)
def _password(desk: Desk) -> None:
    syncing(desk).show_error(SignInNeeded("sign_in.session_ended"))


@scene("sync-done", SyncScreen)
def _sync_done(desk: Desk) -> None:
    syncing(desk)._tell(SyncResult(pushed=3, pulled=12, photos=6, receipts_verified=9))


@scene("sync-paused", SyncScreen)
def _paused(desk: Desk) -> None:
    page = syncing(desk)
    page._paused = True
    page._on_finished(None, None)


@scene("dialog-receipt", ReceiptDialog, SyncScreen)
def _receipt(desk: Desk) -> None:
    page = syncing(desk)
    received = next(item for item in desk.client.syncing.overview().items if item.receipt_number)
    page._open_receipt(received)


@scene("dialog-guide", GuideDialog)
def _guide(desk: Desk) -> None:
    page = syncing(desk)
    page.show_error(Offline())
    page.message.guide.click()


@scene("help-search", HelpScreen)
def _help_search(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenHelp())
    assert isinstance(page, HelpScreen)
    page.field.setText("รูป" if language() == "th" else "photo")


@scene("help-nothing", HelpScreen)
def _help_nothing(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenHelp())
    assert isinstance(page, HelpScreen)
    page.field.setText("qqqq")


@scene("dialog-numbers", NumbersDialog)
def _numbers(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenHelp())
    assert isinstance(page, HelpScreen)
    page.numbers.click()


@scene("settings-wrong", SettingsScreen)
def _settings_wrong(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenSettings())
    for button in page.findChildren(type(page.about)):
        if button.text() in (_("Change the passphrase"), _("Set the PIN")):
            button.click()


@scene("reports-ladder", ReportsScreen)
def _ladder(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenReports())
    assert isinstance(page, ReportsScreen)
    page.parts.chosen.emit("ladder")


@scene("dialog-paper", PaperDialog)
def _paper(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenReports())
    assert isinstance(page, ReportsScreen)
    page.on_paper.click()


@scene("phone", PhoneScreen)
def _phone(desk: Desk) -> None:
    desk.sit_down(writes=True)
    desk.go(OpenPhonePictures())


@scene("phone-pictures", PhoneScreen)
def _phone_pictures(desk: Desk) -> None:
    desk.sit_down(writes=True)
    page = desk.go(OpenPhonePictures())
    assert isinstance(page, PhoneScreen)
    page.add([*desk.seats.photos, *desk.seats.new_photos])


@scene("trip-village", TripScreen)
def _village(desk: Desk) -> None:
    desk.sit_down()
    page = desk.go(OpenTrip())
    assert isinstance(page, TripScreen)
    page.village.click()


@scene("hidden", Cover)
def _hidden(desk: Desk) -> None:
    desk.sit_down()
    desk.go(OpenToday())
    desk.curtain.draw()


@scene("hidden-asked", Cover)
def _asked(desk: Desk) -> None:
    desk.sit_down()
    desk.go(OpenToday())
    desk.curtain.draw()
    assert desk.curtain.cover is not None
    desk.curtain.cover.ask()
    desk.curtain.cover.refuse(StoreError("store.wrong_pin", tries_left=3))


@scene("practice", TodayScreen)
def _practice(desk: Desk) -> None:
    store, profile, in_use = practice.begin(desk.seats.copy(Filled.EMPTY), language(), "light", lambda: NOW)
    desk.keep(Client(store, profile, lambda: NOW, in_use))
    desk.go(OpenToday())
