"""What the buttons of the tab of care do: dialogs over the use case, and the tab anew."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fieldapp import phrases
from fieldapp.domain.care.facts import KIND_OF
from fieldapp.domain.care.support import Support
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.screens.card.caring.consent_dialog import ConsentDialog
from fieldapp.gui.screens.card.caring.end_dialog import EndDialog
from fieldapp.gui.screens.card.caring.goal_dialog import GoalDialog
from fieldapp.gui.screens.card.caring.panel import CarePanel
from fieldapp.gui.screens.card.caring.risk_dialog import RiskDialog
from fieldapp.gui.screens.card.caring.support_dialog import SupportDialog
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.tasks import Tasks
from fieldapp.gui.widgets.toast import Toast
from fieldapp.texts import _
from fieldapp.usecases.caring import CareLine, CaseCare
from fieldapp.usecases.changes import Changes
from fieldapp.usecases.children import Card

if TYPE_CHECKING:
    from fieldapp.client import Client


class Doing(QObject):
    """`counted` carries how many risks stand. `failed` tells an error on the page."""

    counted = Signal(int)

    def __init__(
        self,
        client: "Client",
        tasks: Tasks,
        changes: ChangeFeed,
        page: QWidget,
        panel: CarePanel,
        *,
        today: Callable[[], dt.date],
        failed: Callable[[Exception], None],
    ) -> None:
        super().__init__(page)
        self._client = client
        self._tasks = tasks
        self._changes = changes
        self._page = page
        self._panel = panel
        self._today = today
        self._failed = failed
        self._card: Card | None = None
        panel.risk_wanted.connect(self._record_risk)
        panel.goal_wanted.connect(self._set_goal)
        panel.support_wanted.connect(self._record_support)
        panel.correction_wanted.connect(self._record_support)
        panel.consent_wanted.connect(self._record_consent)
        panel.end_wanted.connect(self._record_end)

    def show(self, card: Card) -> None:
        """The care of this card's child."""
        self._card = card
        self._tasks.run(self._page, lambda: self._client.caring.of_case(card.row.case_id), self._on_read, self._failed)

    def _on_read(self, care: CaseCare) -> None:
        if self._card and self._card.row.case_id == care.case_id:
            self._panel.show_care(care)
            self.counted.emit(care.open_risks)

    def _record_risk(self) -> None:
        if self._card:
            case_id = self._card.row.case_id
            dialog = RiskDialog(phrases.full_name(self._card.row), self._page)
            dialog.found.connect(
                lambda reason, level, note: self._run(dialog, lambda: self._client.caring.find_risk(case_id, reason, level, note))
            )
            dialog.open()

    def _set_goal(self) -> None:
        if self._card:
            case_id = self._card.row.case_id
            dialog = GoalDialog(phrases.full_name(self._card.row), self._today(), self._page)
            dialog.wanted.connect(
                lambda aspect, goal, measure, due: self._run(
                    dialog, lambda: self._client.caring.set_goal(case_id, aspect, goal, measure, due)
                )
            )
            dialog.open()

    def _record_support(self, line: CareLine | None = None) -> None:
        care = self._panel.shown
        if self._card is None or care is None:
            return
        before = line.fact if line and isinstance(line.fact, Support) else None
        dialog = SupportDialog(phrases.full_name(self._card.row), care, self._today(), before, self._page)
        caring, case_id = self._client.caring, care.case_id
        if before:
            dialog.wanted.connect(lambda wanted: self._run(dialog, lambda: caring.correct_support(before.id, wanted)))
        else:
            dialog.wanted.connect(lambda wanted: self._run(dialog, lambda: caring.give_support(case_id, wanted)))
        dialog.open()

    def _record_consent(self) -> None:
        card = self._card
        if card is None:
            return
        dialog = ConsentDialog(phrases.full_name(card.row), card.child.guardian_name, card.child.guardian_relation, self._page)
        caring, case_id = self._client.caring, card.row.case_id
        dialog.wanted.connect(lambda wanted: self._run(dialog, lambda: caring.record_consent(case_id, wanted)))
        dialog.open()

    def _record_end(self, line: CareLine) -> None:
        dialog = EndDialog(line, self._today(), self._page)
        kind, caring = KIND_OF[type(line.fact)], self._client.caring
        dialog.recorded.connect(lambda state, day, note: self._run(dialog, lambda: caring.step(kind, line.fact.id, state, day, note)))
        dialog.open()

    def _run(self, dialog: FormDialog, work: Callable[[], Changes]) -> None:
        def kept(changes: Changes) -> None:
            dialog.accept()
            self._changes.publish(changes)
            Toast.say(self._page.window(), _("Recorded. Waiting to be sent to the district."))

        self._tasks.run(dialog, work, kept, dialog.show_error)
