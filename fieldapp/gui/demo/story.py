"""The headless demo: the main job from end to end through the real windows, files, processes and network.

A teacher signs in and downloads, the server is stopped, a visit with photos is recorded without it, the app is locked and unlocked, the
server comes back, the sync brings receipts, and the district's report has moved by exactly that visit. What did not happen makes the
exit code 1.
"""

import datetime as dt
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fieldapp.config import Settings
from fieldapp.domain.visit import Met, NextStep, Outcome, ReturnLevel, Whereabouts
from fieldapp.errors import FieldappError
from fieldapp.gui.app import Application
from fieldapp.gui.demo import pictures
from fieldapp.gui.demo.accounts import PASSPHRASE, PASSWORD, TEACHER
from fieldapp.gui.demo.album import Album
from fieldapp.gui.demo.evidence import Evidence, figures
from fieldapp.gui.demo.hands import NotSeen, button, click, drop_files, wait_until, write
from fieldapp.gui.demo.server_process import ServerProcess
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.introduction import IntroductionScreen
from fieldapp.gui.screens.sign_in import SignInScreen
from fieldapp.gui.screens.sync.screen import SyncScreen
from fieldapp.gui.screens.unlock import UnlockScreen
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.session import Session
from fieldapp.gui.shell import Shell
from fieldapp.gui.theme.style import make_application
from fieldapp.gui.window import SIZE
from fieldapp.texts import _

# Part of the name of a child of the sample district who is on the list of the never enrolled, assigned, and not visited yet.
TYPED = "กมลชน"
PLACE = "โรงเรียนบ้านนาคู (ตัวอย่าง)"
NOTE = "ยายเลี้ยงหลานสองคน เด็กกลับไปเรียน ป.3 แล้วเมื่อต้นเดือน ครูประจำชั้นรับทราบ"
BRIEF = {"never_enrolled": (1340, 916, 424, 95, 821), "dropped_out": (179, 134, 45, 82, 52)}
AFTER_THE_VISIT = {"never_enrolled": (1340, 917, 423, 96, 821), "dropped_out": (179, 134, 45, 82, 52)}


def tell_story(settings: Settings, output: Path) -> int:
    """Walk the story in fresh folders; returns the process' exit code."""
    home = settings.data_dir / "headless"
    shutil.rmtree(home, ignore_errors=True)
    qt = make_application(sys.argv[0])
    album = Album(output)
    server = ServerProcess(home / "server")
    application = Application(qt, replace(settings, data_dir=home / "laptop"))
    failure = ""
    try:
        Story(application, server, album, pictures.paint_all(home / "phone")).tell()
    except (NotSeen, FieldappError) as error:
        failure = f"{type(error).__name__}: {error}"
        album.take(application.window, "stopped-here")
    finally:
        application.stop()
        server.stop()
    complete = album.close(failure)
    said = _("The whole story happened.") if complete else _("The story did not come to its end.")
    print(said, output / "summary.json", failure)  # noqa: T201 - what the command says
    return 0 if complete else 1


class Story:
    """One method a chapter, told in order."""

    def __init__(self, application: Application, server: ServerProcess, album: Album, photos: list[Path]) -> None:
        self._app = application
        self._server = server
        self._album = album
        self._photos = photos
        self._evidence = Evidence(application)
        self._case_id = ""
        self._today = dt.date.today().isoformat()

    def tell(self) -> None:
        chapters: tuple[tuple[str, Callable[[], None]], ...] = (
            ("start_server_with_sample", self._start_server),
            ("sign_in_and_download", self._sign_in),
            ("look_around", self._look_around),
            ("stop_server", self._server.stop),
            ("find_child_offline", self._find_child),
            ("record_visit_offline", self._record_visit),
            ("see_what_waits", self._see_what_waits),
            ("lock_and_unlock", self._lock_and_unlock),
            ("server_back", self._server.start),
            ("sync", self._sync),
            ("reports_after", self._reports_after),
        )
        for name, chapter in chapters:
            with self._album.step(name):
                chapter()

    @property
    def _shell(self) -> Shell:
        if self._app.shell is None:
            raise NotSeen("the open app")
        return self._app.shell

    @property
    def _session(self) -> Session:
        if self._app.session is None:
            raise NotSeen("an open profile")
        return self._app.session

    def _go(self, key: str) -> None:
        click(self._shell.rail.button(key))

    def _at_rest(self) -> None:
        wait_until(lambda: not self._session.sync.running, "the end of a running sync")

    def _start_server(self) -> None:
        self._server.start()
        before = self._server.ladder(self._today)
        self._album.facts["ladder_before"] = before
        self._album.promise("the ladder of the brief falls out of the events", kept=figures(before) == BRIEF)

    def _sign_in(self) -> None:
        self._app.start()
        window = self._app.window
        # The screen that Qt invents offscreen is 800 by 800; the pictures are of the laptop that teachers have.
        window.showNormal()
        window.resize(*SIZE)
        self._album.take(window, "first-sign-in")
        screen = window.stage
        if not isinstance(screen, SignInScreen):
            raise NotSeen("first sign-in")
        for editor, text in (
            (screen.where.address, self._server.address),
            (screen.where.account, TEACHER),
            (screen.where.password, PASSWORD),
        ):
            write(editor, text)
        self._album.take(window, "first-sign-in-filled")
        click(screen.button)
        wait_until(screen.secrets.isVisible, "the district's answer")
        for editor in (screen.secrets.passphrase, screen.secrets.repeated):
            write(editor, PASSPHRASE)
        self._album.take(window, "passphrase")
        click(screen.button)
        wait_until(lambda: isinstance(window.stage, IntroductionScreen), "the first download")
        self._album.take(window, "introduction")
        introduction = window.stage
        assert isinstance(introduction, IntroductionScreen)
        click(introduction.skip)
        wait_until(lambda: self._app.shell, "the list of children")
        self._go("today")
        self._at_rest()

    def _look_around(self) -> None:
        self._album.take(self._app.window, "today")
        self._go("children")
        children = self._children()
        wait_until(lambda: children.list.model.rowCount(), "the children")
        self._album.take(self._app.window, "children")
        self._album.facts["children_on_laptop"] = children.list.model.rowCount()
        self._go("reports")
        self._album.take(self._app.window, "reports-before")
        self._go("help")
        self._album.take(self._app.window, "help")

    def _children(self) -> ChildrenScreen:
        screen = self._shell.current
        if not isinstance(screen, ChildrenScreen):
            raise NotSeen("the list of children")
        return screen

    def _find_child(self) -> None:
        self._go("today")
        write(self._shell.top_bar.search, TYPED)
        wait_until(lambda: isinstance(self._shell.current, ChildrenScreen), "the list of children")
        children = self._children()
        wait_until(lambda: children.list.model.rowCount() == 1, "exactly one child found")
        case_id = children.list.current_case
        wait_until(lambda: children.card.card and children.card.card.row.case_id == case_id, "the child's card")
        self._case_id = case_id
        self._album.take(self._app.window, "child-found-offline")

    def _record_visit(self) -> None:
        click(button(self._children().card, _("Record a visit")))
        screen = self._shell.current
        if not isinstance(screen, VisitScreen):
            raise NotSeen("the visit page")
        wait_until(lambda: screen.visit, "the draft of a visit")
        page, window = screen.page, self._app.window
        click(page.met.grid.tile(Met.CHILD))
        click(page.met.grid.tile(Met.GRANDPARENT))
        self._album.take(window, "visit-met")
        click(page.foot.next)
        click(page.whereabouts.grid.tile(Whereabouts.THIS_HOUSE))
        self._album.take(window, "visit-whereabouts")
        click(page.foot.next)
        click(page.outcome.cards.tile(Outcome.RETURNED))
        click(page.outcome.schooling.levels[ReturnLevel.PRIMARY])
        write(page.outcome.schooling.place, PLACE)
        write(page.outcome.note, NOTE)
        self._album.take(window, "visit-outcome")
        click(page.foot.next)
        drop_files(screen, self._photos)
        wait_until(lambda: len(screen.work.photos) == len(self._photos) and not screen.work.under_way, "the photos taken in")
        self._album.take(window, "visit-photos")
        click(page.foot.next)
        click(page.next_step.grid.tile(NextStep.FOLLOW_UP_AT_SCHOOL))
        self._album.take(window, "visit-next-step")
        click(page.foot.finish)
        wait_until(lambda: isinstance(self._shell.current, ChildrenScreen), "the card after the visit")
        wait_until(lambda: self._evidence.card(self._case_id).row.state == "returned", "the case's new state")
        self._album.take(window, "card-after-visit")

    def _see_what_waits(self) -> None:
        self._go("sync")
        self._press_sync(self._sync_screen())
        self._at_rest()
        unsent = self._evidence.overview().unsent
        self._album.facts["unsent_offline"] = {"visits": unsent.visits, "other_events": unsent.other_events, "photos": unsent.photos}
        self._album.promise("nothing is said to be received while the district is away", kept=unsent.visits == 1 and unsent.photos == 2)
        self._album.take(self._app.window, "sync-offline")

    def _press_sync(self, screen: SyncScreen) -> None:
        """The app syncs by itself soon after unlocking and recording, perhaps just now: then there is nothing to press."""
        if not self._session.sync.running:
            click(screen.progress.button)

    def _sync_screen(self) -> SyncScreen:
        screen = self._shell.current
        if not isinstance(screen, SyncScreen):
            raise NotSeen("the sync page")
        return screen

    def _lock_and_unlock(self) -> None:
        before = self._evidence.overview().unsent
        click(button(self._shell.rail, _("Lock")))
        window = self._app.window
        wait_until(lambda: isinstance(window.stage, UnlockScreen) and window.stage.isEnabled(), "the unlock screen")
        self._album.take(window, "locked")
        door = window.stage
        assert isinstance(door, UnlockScreen)
        write(door.passphrase, "ไม่ใช่รหัสนี้")
        click(door.button)
        wait_until(lambda: door.button.isEnabled() and door.message.isVisible(), "the refusal of a wrong passphrase")
        self._album.take(window, "wrong-passphrase")
        door.passphrase.clear()
        write(door.passphrase, PASSPHRASE)
        click(door.button)
        wait_until(lambda: self._app.shell, "the app unlocked again")
        self._album.promise("what waited is there after locking and unlocking", kept=self._evidence.overview().unsent == before)

    def _sync(self) -> None:
        self._go("sync")
        screen = self._sync_screen()
        self._at_rest()
        if self._evidence.overview().unsent.total:
            self._press_sync(screen)
            self._album.take(self._app.window, "syncing")
        self._at_rest()
        wait_until(lambda: self._evidence.overview().unsent.total == 0, "everything sent")
        self._album.take(self._app.window, "sync-received")
        self._prove_reception()
        click(screen.items.rows()[0])
        wait_until(lambda: screen.receipt_dialog is not None and screen.receipt_dialog.isVisible(), "the receipt")
        assert screen.receipt_dialog is not None
        self._album.take(screen.receipt_dialog, "receipt")
        click(screen.receipt_dialog.close_button)

    def _prove_reception(self) -> None:
        received = self._evidence.received(self._case_id)
        stored = self._server.stored_photos()
        self._album.facts["events_pushed"] = sum(run.pushed for run in self._evidence.overview().runs)
        self._album.facts["receipts_verified"] = received.verified == received.events > 0
        self._album.facts["photos_stored"] = {sha256: size for sha256, size in stored.items() if sha256 in received.photo_hashes}
        self._album.promise("every event has a receipt that verifies", kept=received.verified == received.events > 0)
        both_there = len(received.photo_hashes) == len(self._photos) and set(received.photo_hashes) <= set(stored)
        self._album.promise("the district's disk holds both photos, byte for byte", kept=both_there)

    def _reports_after(self) -> None:
        after = self._server.ladder(self._today)
        self._album.facts["ladder_after"] = after
        self._album.promise("exactly one case moved in the district's report", kept=figures(after) == AFTER_THE_VISIT)
        self._go("reports")
        self._album.take(self._app.window, "reports-after")
        self._go("today")
        self._album.take(self._app.window, "today-after")
