"""The forms of the district about a child or a school: what was filled, what is begun, and the way to fill one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.theme.tokens import Tone, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.emptying import empty
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.form_lines import FormLine


class FormList(QWidget):
    """`wanted` carries the form_id."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, space(2), 0, 0)
        self._column.setSpacing(space(2))
        self._shown: tuple[Sequence[FormLine], bool] | None = None

    def show_forms(self, lines: Sequence[FormLine], *, editable: bool) -> None:
        if self._shown == (tuple(lines), editable):
            return
        self._shown = (tuple(lines), editable)
        empty(self._column)
        if not lines:
            self._column.addWidget(Text(_("The district has not published any form yet."), Role.MUTED, wrap=True))
        for line in lines:
            self._column.addWidget(self._line(line, editable=editable))

    def _line(self, line: FormLine, *, editable: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(line.title, Role.STRONG, wrap=True))
        words.addWidget(Text(_said(line), Role.SMALL_MUTED, tone=Tone.WARNING if line.begun else None, wrap=True))
        row.addLayout(words, 1)
        if editable or line.begun:
            button = buttons.small(_("Go on") if line.begun else _("Fill in"))
            button.setAccessibleName(f"{button.text()} {line.title}")
            button.clicked.connect(lambda: self.wanted.emit(line.form_id))
            row.addWidget(button)
        return holder


def _said(line: FormLine) -> str:
    if line.begun:
        return _("begun, not finished")
    if line.filled_on is None:
        return _("not filled yet")
    often = ngettext("filled once", "filled {count} times", line.filled).format(count=line.filled)
    return _("{often}, the last on {day}").format(often=often, day=phrases.day(line.filled_on))
