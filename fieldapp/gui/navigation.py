"""The screens: what each must offer, in which order they stand in the rail, and where a person can ask to go.

A new screen is one file and one line here. Each is imported when it is first shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.tasks import Tasks
from fieldapp.texts import mark

if TYPE_CHECKING:
    from fieldapp.client import Client
    from fieldapp.gui.sync_runner import SyncRunner
    from fieldapp.usecases.children import ListFilter

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class OpenToday:
    pass


@dataclass(frozen=True, slots=True)
class OpenChildren:
    text: str = ""
    filter: "ListFilter | None" = None


@dataclass(frozen=True, slots=True)
class OpenChild:
    case_id: str


@dataclass(frozen=True, slots=True)
class RecordVisit:
    """`field` and `why`: the one to mend in a visit that the district did not take, and its reason in words."""

    case_id: str
    field: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class FillForm:
    """About a case, or (`case_id` '') about a school."""

    form_id: str
    case_id: str
    school_code: str = ""


@dataclass(frozen=True, slots=True)
class OpenSchool:
    """The forms about a school; '' for one's own, or the one that was chosen last."""

    school_code: str = ""


@dataclass(frozen=True, slots=True)
class OpenTrip:
    """Tomorrow's trip; with these cases, or everybody of a list, put on it."""

    case_ids: tuple[str, ...] = ()
    everybody: "ListFilter | None" = None


@dataclass(frozen=True, slots=True)
class OpenPhonePictures:
    """Pictures that were taken with another device, for the visits of the last days."""


@dataclass(frozen=True, slots=True)
class OpenPapers:
    """Signed sheets that come back."""


@dataclass(frozen=True, slots=True)
class OpenSync:
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenReports:
    pass


@dataclass(frozen=True, slots=True)
class OpenHelp:
    topic: str = ""


@dataclass(frozen=True, slots=True)
class OpenSettings:
    pass


@dataclass(frozen=True, slots=True)
class OpenAbout:
    pass


@dataclass(frozen=True, slots=True)
class ChangeLook:
    """Another language or theme: the window is built anew."""

    language: str
    theme: str


@dataclass(frozen=True, slots=True)
class OpenPractice:
    """The profile is locked, and practice begins."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """To where the person came from."""


Destination = (
    OpenToday
    | OpenChildren
    | OpenChild
    | RecordVisit
    | FillForm
    | OpenTrip
    | OpenPhonePictures
    | OpenPapers
    | OpenSync
    | OpenReports
    | OpenSchool
    | OpenHelp
    | OpenSettings
    | OpenAbout
    | ChangeLook
    | OpenPractice
    | GoBack
)


class Screen(QWidget):
    """One page of the window. `navigate` carries a Destination; the shell takes the person there. `search_typed` carries a letter typed
    where there is no field for it: the person wants to search."""

    navigate = Signal(object)
    search_typed = Signal(str)
    title_changed = Signal()

    def __init__(self, client: "Client", tasks: Tasks, changes: ChangeFeed, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self.tasks = tasks
        self.changes = changes
        self.clock = clock
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def today(self) -> date:
        """The day that this computer's calendar shows."""
        return self.clock().astimezone().date()

    def title(self) -> str:
        """What stands in the top bar."""
        raise NotImplementedError

    def subtitle(self) -> str:
        return ""

    def arrive(self, destination: Destination) -> None:
        """Why the person comes here; called before the screen is shown."""

    def refresh(self) -> None:
        """Load what is shown; called each time the screen comes to the front."""

    def search(self, text: str) -> None:
        """What is typed into the window's search field; only the list of children listens."""

    def leave(self) -> None:
        """Save what is open; called before another screen comes to the front and before the app locks."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What screens are built from."""

    client: "Client"
    tasks: Tasks
    changes: ChangeFeed
    clock: Clock
    sync: "SyncRunner"


@dataclass(frozen=True, slots=True)
class Entry:
    """`icon` '' keeps the screen out of the rail; `destinations` are those that lead here, the one that the rail takes first."""

    key: str
    icon: str
    label: str
    factory: Callable[[Tools], Screen]
    destinations: tuple[type, ...]


def _today(tools: Tools) -> Screen:
    from fieldapp.gui.screens.today.screen import TodayScreen

    return TodayScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _children(tools: Tools) -> Screen:
    from fieldapp.gui.screens.children.screen import ChildrenScreen

    return ChildrenScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _visit(tools: Tools) -> Screen:
    from fieldapp.gui.screens.visit.screen import VisitScreen

    return VisitScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _trip(tools: Tools) -> Screen:
    from fieldapp.gui.screens.trip.screen import TripScreen

    return TripScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _phone(tools: Tools) -> Screen:
    from fieldapp.gui.screens.phone.screen import PhoneScreen

    return PhoneScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _papers(tools: Tools) -> Screen:
    from fieldapp.gui.screens.papers.screen import PapersScreen

    return PapersScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _form(tools: Tools) -> Screen:
    from fieldapp.gui.screens.form.screen import FormScreen

    return FormScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _sync(tools: Tools) -> Screen:
    from fieldapp.gui.screens.sync.screen import SyncScreen

    return SyncScreen(tools.client, tools.tasks, tools.changes, tools.clock, tools.sync)


def _reports(tools: Tools) -> Screen:
    from fieldapp.gui.screens.reports.screen import ReportsScreen

    return ReportsScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _school(tools: Tools) -> Screen:
    from fieldapp.gui.screens.school.screen import SchoolScreen

    return SchoolScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _help(tools: Tools) -> Screen:
    from fieldapp.gui.screens.help.screen import HelpScreen

    return HelpScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _settings(tools: Tools) -> Screen:
    from fieldapp.gui.screens.settings import SettingsScreen

    return SettingsScreen(tools.client, tools.tasks, tools.changes, tools.clock)


def _about(tools: Tools) -> Screen:
    from fieldapp.gui.screens.about import AboutScreen

    return AboutScreen(tools.client, tools.tasks, tools.changes, tools.clock)


SCREENS: tuple[Entry, ...] = (
    Entry("today", "today", mark("Today"), _today, (OpenToday,)),
    Entry("children", "children", mark("Children"), _children, (OpenChildren, OpenChild)),
    Entry("sync", "sync", mark("Sync"), _sync, (OpenSync,)),
    Entry("reports", "reports", mark("Reports"), _reports, (OpenReports,)),
    Entry("school", "school", mark("School"), _school, (OpenSchool,)),
    Entry("help", "help", mark("Help"), _help, (OpenHelp,)),
    Entry("visit", "", mark("Record a visit"), _visit, (RecordVisit,)),
    Entry("form", "", mark("Form"), _form, (FillForm,)),
    Entry("trip", "", mark("Tomorrow's trip"), _trip, (OpenTrip,)),
    Entry("phone", "", mark("Pictures from the phone"), _phone, (OpenPhonePictures,)),
    Entry("papers", "", mark("Signed papers"), _papers, (OpenPapers,)),
    Entry("settings", "", mark("Settings"), _settings, (OpenSettings,)),
    Entry("about", "", mark("About"), _about, (OpenAbout,)),
)


def destination_of(key: str) -> Destination:
    """Where the rail takes a person who chooses this screen."""
    destination: Destination = next(entry for entry in SCREENS if entry.key == key).destinations[0]()
    return destination


def entry_for(destination: Destination) -> Entry:
    """The screen that a destination leads to."""
    return next(entry for entry in SCREENS if isinstance(destination, entry.destinations))
