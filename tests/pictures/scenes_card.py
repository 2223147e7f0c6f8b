"""A child's card: its tabs, and the dialogs that its buttons open."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QWidget

from fieldapp.domain.follow_up import FollowUpState
from fieldapp.gui.navigation import OpenChild
from fieldapp.gui.screens.card.attendance_dialog import AttendanceDialog
from fieldapp.gui.screens.card.caring.consent_dialog import ConsentDialog
from fieldapp.gui.screens.card.caring.end_dialog import EndDialog
from fieldapp.gui.screens.card.caring.goal_dialog import GoalDialog
from fieldapp.gui.screens.card.caring.risk_dialog import RiskDialog
from fieldapp.gui.screens.card.caring.support_dialog import SupportDialog
from fieldapp.gui.screens.card.edit_dialog import EditDialog
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.plan_dialog import PlanDialog
from fieldapp.gui.screens.card.reading import ReadingPage
from fieldapp.gui.screens.card.referrals.draft_dialog import DraftDialog
from fieldapp.gui.screens.card.referrals.letter_dialog import LetterDialog
from fieldapp.gui.screens.card.referrals.step_dialog import StepDialog
from fieldapp.gui.screens.card.referrals.transfer_dialog import TransferDialog
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.handed_over import HandedOver
from tests.pictures.desk import Desk
from tests.pictures.scene import add, scene
from tests.pictures.scenes_pages import to_the_end
from tests.pictures.seats import Filled

TABS = ("history", "photos", "follow-ups", "forms", "referrals", "care")


def case_of(desk: Desk, given_name: str) -> str:
    """Of the child of the usual profile who is called so."""
    return next(row.case_id for row in desk.client.children.page(ListFilter(), 0, 100) if row.given_name == given_name)


def card(desk: Desk, tab: str = "history", name: str = "ธนกร", filled: Filled = Filled.USUAL) -> ChildrenScreen:
    """The card of this child, or of the first of the list."""
    desk.sit_down(filled)
    rows = desk.client.children.page(ListFilter(), 0, 1)
    screen = desk.go(OpenChild(case_of(desk, name) if filled is Filled.USUAL else rows[0].case_id))
    assert isinstance(screen, ChildrenScreen)
    screen.card.open_tab(TABS.index(tab))
    desk.settle()
    return screen


def _tab(name: str) -> None:
    def pose(desk: Desk) -> None:
        card(desk, name)

    def end(desk: Desk) -> None:
        to_the_end(card(desk, name).card)

    add(f"card-{name}", pose, ChildrenScreen)
    add(f"card-{name}-end", end, ChildrenScreen)


for _name in TABS:
    _tab(_name)


@scene("card-long", ChildrenScreen)
def _long(desk: Desk) -> None:
    card(desk, filled=Filled.LONG)


@scene("card-plain", ChildrenScreen)
def _plain(desk: Desk) -> None:
    """Nothing is done for this child yet, and no conflict waits."""
    card(desk, "care", "คมสันต์")


@scene("card-handed-over", ChildrenScreen)
def _handed_over(desk: Desk) -> None:
    screen = card(desk, name="ยศกร")
    shown = screen.card.card
    assert shown is not None
    screen.card.show_card(replace(shown, editable=False, handed_over=HandedOver("ครูวิชัย อุทรักษ์", "โรงเรียนบ้านสายนาวัง")), screen.today())


def press(parent: QWidget, words: str) -> None:
    """The first visible button or link with these words."""
    found = (*parent.findChildren(QAbstractButton), *parent.findChildren(TextLink))
    next(one for one in found if one.isVisible() and words in (one.text(), one.accessibleName())).click()


def _dialog(name: str, kind: type[QWidget], tab: str, where: str, words: Callable[[], str], child: str = "ธนกร") -> None:
    def pose(desk: Desk) -> None:
        screen = card(desk, tab, child)
        press(getattr(screen.card, where), words())
        desk.settle()

    def wrong(desk: Desk) -> None:
        pose(desk)
        dialog = desk.the(kind)
        assert isinstance(dialog, FormDialog)
        dialog.keep()

    add(f"dialog-{name}", pose, kind)
    if issubclass(kind, RiskDialog | SupportDialog | ConsentDialog | DraftDialog):
        add(f"dialog-{name}-missing", wrong, kind)


_dialog("edit", EditDialog, "history", "head", lambda: _("Mend the card"))
_dialog("plan", PlanDialog, "history", "head", lambda: _("Plan a follow-up"))
_dialog("risk", RiskDialog, "care", "care", lambda: _("Record a risk"))
_dialog("goal", GoalDialog, "care", "care", lambda: _("Set a goal"))
_dialog("support", SupportDialog, "care", "care", lambda: _("Record help"))
_dialog("consent", ConsentDialog, "care", "care", lambda: _("Record a consent"))
_dialog("end", EndDialog, "care", "care", lambda: _("Record what became of it"))
_dialog("refer", DraftDialog, "referrals", "referrals", lambda: _("Refer the child"))
_dialog("step", StepDialog, "referrals", "referrals", lambda: _("Record what came next"))
_dialog("letter", LetterDialog, "referrals", "referrals", lambda: _("Letter"))
_dialog("transfer", TransferDialog, "referrals", "referrals", lambda: _("Ask for a transfer"), "กมลชนก")


@scene("dialog-edit-end", EditDialog)
def _edit_end(desk: Desk) -> None:
    press(card(desk).card.head, _("Mend the card"))
    to_the_end(desk.the(EditDialog))


@scene("dialog-refer-end", DraftDialog)
def _refer_end(desk: Desk) -> None:
    press(card(desk, "referrals").card.referrals, _("Refer the child"))
    to_the_end(desk.the(DraftDialog))


@scene("dialog-consent-end", ConsentDialog)
def _consent_end(desk: Desk) -> None:
    press(card(desk, "care").card.care, _("Record a consent"))
    to_the_end(desk.the(ConsentDialog))


@scene("dialog-attendance", AttendanceDialog)
def _attendance(desk: Desk) -> None:
    screen = card(desk, "follow-ups", "ศุภกร")
    shown = screen.card.card
    assert shown is not None
    due = next(one for one in shown.follow_ups if one.state is FollowUpState.OPEN)
    screen.card.follow_ups.closed.emit(due.id, FollowUpState.DONE)


@scene("dialog-calendar", PlanDialog)
def _calendar(desk: Desk) -> None:
    press(card(desk).card.head, _("Plan a follow-up"))
    date = desk.the(PlanDialog).findChildren(DateEdit)[0]
    next(button for button in date.findChildren(QAbstractButton) if button.isVisible()).click()


@scene("reading", ReadingPage)
def _reading(desk: Desk) -> None:
    card(desk).card.head.large.click()


@scene("photo-viewer", PhotoViewer)
def _viewer(desk: Desk) -> None:
    screen = card(desk, "photos")
    shown = screen.card.card
    assert shown is not None
    screen.card.gallery.opened.emit(shown.photos[0])
