"""Help that a child was given: in which area, what, by whom, when, for how much, with which result."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from fieldapp import words
from fieldapp.domain.care.support import Support, SupportArea
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.referrals.pick_box import PickBox
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.date_edit import DateEdit
from fieldapp.gui.widgets.field import Field
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.caring import CaseCare, WantedSupport

_HEIGHT = 620
_MOST_BAHT = 9_999_999


class SupportDialog(FormDialog):
    """`wanted` carries a WantedSupport. `before` is the telling that is corrected."""

    wanted = Signal(object)

    def __init__(self, name: str, care: CaseCare, today: dt.date, before: Support | None = None, parent: QWidget | None = None) -> None:
        title = _("Correct the help") if before else _("Record help")
        super().__init__(title, Text(title, Role.TITLE), Text(name, Role.MUTED, wrap=True), 620, parent)
        self._today = today
        page = ScrollPage(margin=0, spacing=space(2))
        page.body.setContentsMargins(0, 0, space(3), 0)
        self.column.addWidget(page, 1)
        body = page.body
        body.addWidget(Text(_("Area of the help"), Role.STRONG))
        self.areas = ChipGroup(self)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=space(2))
        for area in SupportArea:
            chip = Chip(words.of(area))
            self.areas.add(area, chip)
            flow.addWidget(chip)
        body.addWidget(holder)
        self.what, self.cost, self.outcome = QLineEdit(), QLineEdit(), QLineEdit()
        self.what.setMaxLength(300)
        self.what.setPlaceholderText(_("For example: money for a school uniform"))
        self.cost.setValidator(QIntValidator(0, _MOST_BAHT, self))
        self.cost.setMaximumWidth(180)
        self.outcome.setMaxLength(300)
        self.giver = PickBox(_("Who gave it"), _("Type part of the name, or another in your own words"))
        self.giver.show_options([(agency.id, agency.name) for agency in care.agencies])
        self.date = DateEdit(today, optional=False)
        self.date.set_value(today)
        self.goal = QComboBox()
        self.goal.addItem(_("no goal"), None)
        for goal in care.open_goals:
            self.goal.addItem(goal.goal, goal.id)
        for label, editor in (
            (_("What was given"), self.what),
            (_("Who gave it"), self.giver),
            (_("On"), self.date),
            (_("Cost in baht"), self.cost),
            (_("What came of it"), self.outcome),
        ):
            body.addWidget(Field(label, editor))
        if care.open_goals:
            body.addWidget(Field(_("For which goal"), self.goal))
        body.addStretch(1)
        self.add_foot(_("Record it"))
        self.setMinimumHeight(min(_HEIGHT, room_for(self)))
        if before:
            self._show(before, care)

    def keep(self) -> None:
        area, what, day = self.areas.value(), self.what.text().strip(), self.date.value()
        if not isinstance(area, SupportArea):
            self.message.show_warning(_("Choose the area of the help."))
        elif not what:
            self.message.show_warning(_("Say what was given."))
        elif day is None:
            self.message.show_warning(_("Choose a day."))
        elif day > self._today:
            self.message.show_warning(_("This day is still to come."))
        else:
            agency = self.giver.value()
            cost = self.cost.text().strip()
            self.wanted.emit(
                WantedSupport(
                    area=area,
                    what=what,
                    on=day,
                    giver=self.giver.words().strip(),
                    agency_id=agency or None,
                    cost_baht=int(cost) if cost else None,
                    result=self.outcome.text().strip(),
                    goal_id=self.goal.currentData(),
                )
            )

    def _show(self, before: Support, care: CaseCare) -> None:
        self.areas.set_value(before.area)
        self.what.setText(before.what)
        names = {agency.id: agency.name for agency in care.agencies}
        self.giver.set_words(names.get(before.agency_id or "", "") or before.giver)
        self.date.set_value(before.on)
        self.cost.setText("" if before.cost_baht is None else str(before.cost_baht))
        self.outcome.setText(before.result)
        place = self.goal.findData(before.goal_id)
        self.goal.setCurrentIndex(max(place, 0))
