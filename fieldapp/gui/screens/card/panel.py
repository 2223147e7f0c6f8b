"""The card beside the list: head, facts, and its tabs. It takes a Card and says what the person wants; it loads nothing but pictures."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.domain.follow_up import FollowUpState
from fieldapp.gui.forms.form_list import FormList
from fieldapp.gui.navigation import Clock
from fieldapp.gui.screens.card.caring.panel import CarePanel
from fieldapp.gui.screens.card.conflict_box import ConflictBanner
from fieldapp.gui.screens.card.facts import Facts
from fieldapp.gui.screens.card.follow_ups import FollowUpList
from fieldapp.gui.screens.card.gallery import Gallery
from fieldapp.gui.screens.card.head import CardHead
from fieldapp.gui.screens.card.papers.panel import PapersPanel
from fieldapp.gui.screens.card.referrals.panel import ReferralPanel
from fieldapp.gui.screens.card.thumbnails import Thumbnails
from fieldapp.gui.screens.card.timeline import Timeline
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.card import Card as Frame
from fieldapp.gui.widgets.card import Divider
from fieldapp.gui.widgets.empty_state import EmptyState
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.tabs import Tabs
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.children import Card


class CardPanel(Frame):
    """Signals name the case or record they are about; `card` is what is shown. `decided` carries a conflict and the side."""

    visit_wanted = Signal(str)
    follow_up_wanted = Signal()
    edit_wanted = Signal()
    sibling_chosen = Signal(str)
    photo_opened = Signal(object)
    follow_up_closed = Signal(str, object)
    decided = Signal(object, object)
    form_wanted = Signal(str)

    def __init__(self, thumbnails: Thumbnails, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.card: Card | None = None
        self.head = CardHead()
        self.conflicts = ConflictBanner(clock)
        self.facts = Facts()
        self.timeline = Timeline()
        self.gallery = Gallery(thumbnails)
        self.follow_ups = FollowUpList()
        self.forms = FormList()
        self.referrals = ReferralPanel()
        self.care = CarePanel()
        self.papers = PapersPanel()
        # What is filled and what is signed on paper stand on one page, and all words stand in one line beside the list.
        self._signed = _together(self.forms, self.papers)
        words = [_("History"), _("Photos"), _("Follow-ups"), _("Forms"), _("Referrals"), _("Care")]
        self.tabs = Tabs(_("Parts of the card"), words)
        self._pages = (self.timeline, self.gallery, self.follow_ups, self._signed, self.referrals, self.care)
        self.tabs.chosen.connect(self._show_page)
        self._empty = EmptyState("user", _("Choose a child from the list"))
        self._content = QWidget()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._content)
        self._lay_out()
        self._connect()
        self.add(self._stack)
        self.body.setContentsMargins(0, 0, 0, 0)

    def show_card(self, card: Card, today: dt.date) -> None:
        fresh = self.card is None or self.card.row.case_id != card.row.case_id
        self.card = card
        self.head.show_card(card, today)
        self.conflicts.show_conflicts(card.conflicts)
        self.facts.show_card(card, {row.case_id: phrases.age(row.birth, today) for row in card.siblings})
        self.timeline.show_items(card.timeline)
        self.gallery.show_photos(card.photos, may_be_shown=card.photos_may_be_shown)
        self.follow_ups.show_card(card, today)
        self.forms.show_forms(card.forms, editable=card.editable)
        still_open = sum(follow_up.state is FollowUpState.OPEN for follow_up in card.follow_ups)
        self.tabs.set_words(1, _("Photos {count}").format(count=len(card.photos)) if card.photos else _("Photos"))
        self.tabs.set_words(2, _("Follow-ups {count}").format(count=still_open) if still_open else _("Follow-ups"))
        if fresh:
            self.tabs.choose(0)
            self._scroll.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(self._content)

    def count_referrals(self, on_their_way: int) -> None:
        said = _("Referrals {count}").format(count=on_their_way) if on_their_way else _("Referrals")
        self.tabs.set_words(self._pages.index(self.referrals), said)

    def count_risks(self, standing: int) -> None:
        said = _("Care {count}").format(count=standing) if standing else _("Care")
        self.tabs.set_words(self._pages.index(self.care), said)

    def show_nothing(self) -> None:
        self.card = None
        self._stack.setCurrentWidget(self._empty)

    def open_tab(self, index: int) -> None:
        self.tabs.choose(index)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        padded = QVBoxLayout(head)
        padded.setContentsMargins(space(5), space(4), space(5), space(3))
        padded.addWidget(self.head)
        column.addWidget(head)
        column.addWidget(Divider())
        self._scroll = ScrollPage(margin=space(5), spacing=space(3))
        self._scroll.body.setContentsMargins(space(5), space(3), space(5), space(4))
        self._scroll.body.addWidget(self.conflicts)
        self._scroll.body.addWidget(self.facts)
        self._scroll.body.addSpacing(space(1))
        self._scroll.body.addWidget(self.tabs)
        for page in self._pages:
            self._scroll.body.addWidget(page)
        self._show_page(0)
        self._scroll.body.addStretch(1)
        column.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.head.visit_wanted.connect(lambda: self.visit_wanted.emit(self.card.row.case_id) if self.card else None)
        self.head.follow_up_wanted.connect(self.follow_up_wanted)
        self.head.edit_wanted.connect(self.edit_wanted)
        self.head.goes_on_wanted.connect(self._open_the_other)
        self.conflicts.chosen.connect(self.decided)
        self.facts.sibling_chosen.connect(self.sibling_chosen)
        self.gallery.opened.connect(self.photo_opened)
        self.follow_ups.closed.connect(self.follow_up_closed)
        self.forms.wanted.connect(self.form_wanted)

    def _open_the_other(self) -> None:
        if self.card and self.card.handed_over:
            self.sibling_chosen.emit(self.card.handed_over.goes_on)

    def _show_page(self, index: int) -> None:
        # Not a stack: each page takes the height it needs, so that the card scrolls no further than what is shown.
        for place, page in enumerate(self._pages):
            page.setVisible(place == index)


def _together(forms: FormList, papers: PapersPanel) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(space(3))
    column.addWidget(forms)
    column.addWidget(Divider())
    column.addWidget(Text(_("Signed on paper"), Role.HEADING))
    column.addWidget(papers)
    column.addStretch(1)
    return page
