"""The row of filters above the list: the usual ones as chips with their counts, the rest in menus."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from fieldapp import phrases, words
from fieldapp.domain.received_list import OBEC_LISTS, ListType
from fieldapp.domain.states import CaseState
from fieldapp.gui.theme.tokens import SMALL
from fieldapp.gui.widgets.chip import Chip
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.texts import _
from fieldapp.usecases.children import ListCounts, ListFilter, VillageCount

# The states a teacher asks for every day; the others are in the menu.
_CHIP_STATES = (CaseState.TRACING, CaseState.WANTS_RETURN)
_DOWN = " ▾"


class FilterBar(QWidget):
    """`changed` carries the filter as the person now wants it; text and order are not its business and pass through."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = ListFilter()
        self._counts = ListCounts(0, {}, {}, 0, (), ())
        # A little closer than chips elsewhere, so that one line holds them beside the card.
        self.setStyleSheet(
            f'QPushButton[variant="chip"] {{ font-size: {SMALL}px; padding: 0 11px; min-height: 38px; border-radius: 20px; }}'
            'QPushButton[variant="chip"]:focus { padding: 0 10px; min-height: 36px; }'
        )
        layout = FlowLayout(self, spacing=7)
        self._all = self._chip(layout, lambda: self._choose(state=None, overdue=False, list_type=None, village=None, school_code=None))
        self._states = {state: self._chip(layout, self._state_choice(state)) for state in _CHIP_STATES}
        self._overdue = self._chip(layout, lambda: self._choose(overdue=not self._filter.overdue))
        self._village = self._chip(layout, lambda: self._open(self._village, self._village_menu()))
        self._more = self._chip(layout, lambda: self._open(self._more, self._more_menu()))
        self._relabel()

    def set_counts(self, counts: ListCounts) -> None:
        self._counts = counts
        self._relabel()

    def set_filter(self, wanted: ListFilter) -> None:
        self._filter = wanted
        self._relabel()

    def _chip(self, layout: FlowLayout, clicked: Callable[[], None]) -> Chip:
        chip = Chip("", filled=True)
        chip.clicked.connect(clicked)
        chip.clicked.connect(self._relabel)
        layout.addWidget(chip)
        return chip

    def _state_choice(self, state: CaseState) -> Callable[[], None]:
        return lambda: self._choose(state=None if self._filter.state is state else state)

    def _choose(self, **values: object) -> None:
        self._filter = replace(self._filter, **values)  # type: ignore[arg-type]
        self._relabel()
        self.changed.emit(self._filter)

    def _relabel(self) -> None:
        wanted, counts = self._filter, self._counts
        plain = not (wanted.state or wanted.overdue or wanted.list_type or wanted.village or wanted.school_code)
        _label(self._all, _("All {count}").format(count=f"{counts.total:,}"), plain)
        for state, chip in self._states.items():
            _label(chip, f"{words.short(state)} {counts.by_state.get(state, 0):,}", wanted.state is state)
        _label(self._overdue, _("Overdue {count}").format(count=f"{counts.overdue:,}"), wanted.overdue)
        village = next((_village_words(v) for v in counts.villages if (v.tambon_code, v.moo) == wanted.village), _("Village"))
        _label(self._village, village + _DOWN, wanted.village is not None)
        self._village.setVisible(len(counts.villages) > 1 or wanted.village is not None)
        chosen = [words.of(wanted.state)] if wanted.state and wanted.state not in _CHIP_STATES else []
        chosen += [words.of(wanted.list_type)] if wanted.list_type else []
        chosen += [name for code, name, _count in counts.schools if code == wanted.school_code]
        _label(self._more, (" · ".join(chosen) or _("Filters")) + _DOWN, bool(chosen))

    def _open(self, chip: Chip, menu: QMenu) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _village_menu(self) -> QMenu:
        menu = QMenu(self)
        choices = [((v.tambon_code, v.moo), f"{_village_words(v)}   {v.count:,}") for v in self._counts.villages]
        self._fill(menu, _("All villages"), choices, self._filter.village, lambda value: self._choose(village=value))
        return menu

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        counts = self._counts
        states = [(state, f"{words.of(state)}   {counts.by_state[state]:,}") for state in CaseState if counts.by_state.get(state)]
        self._fill(menu.addMenu(_("State")), _("Every state"), states, self._filter.state, lambda value: self._choose(state=value))
        lists = [
            (kind, f"{words.of(kind)}   {counts.by_list_type.get(kind, 0):,}")
            for kind in ListType
            if kind in OBEC_LISTS or counts.by_list_type.get(kind)
        ]
        self._fill(menu.addMenu(_("List")), _("Every list"), lists, self._filter.list_type, lambda value: self._choose(list_type=value))
        if len(counts.schools) > 1:
            schools = [(code, f"{name}   {count:,}") for code, name, count in counts.schools]
            self._fill(
                menu.addMenu(_("School")), _("Every school"), schools, self._filter.school_code, lambda v: self._choose(school_code=v)
            )
        return menu

    def _fill(
        self, menu: QMenu, none: str, choices: Iterable[tuple[object, str]], current: object, choose: Callable[[object], None]
    ) -> None:
        group = QActionGroup(menu)
        for value, label in [(None, none), *choices]:
            action = QAction(label, menu, checkable=True, checked=value == current)
            action.triggered.connect(lambda _checked=False, value=value: choose(value))
            group.addAction(action)
            menu.addAction(action)


def _label(chip: Chip, text: str, checked: bool) -> None:
    chip.setText(text)
    chip.setAccessibleName(text.removesuffix(_DOWN))
    chip.setChecked(checked)


def _village_words(village: VillageCount) -> str:
    return phrases.place_short(village.moo, village.tambon_code, village.village)
