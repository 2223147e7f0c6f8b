"""What stands in place of the shell when a profile's file is damaged: which backups there are, and one of them put in its place. Three
clicks: choose, confirm, done."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.screens.stage import Stage
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets.buttons import link, primary
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext

if TYPE_CHECKING:
    from fieldapp.usecases.repair import BackupView, Carried, Damage

# What stands for "without a backup" among the numbers of the backups.
_ANEW = 1_000_000


class RepairScreen(Stage):
    """`restore_wanted` carries the backup's number, or None to begin anew; the answer comes back through `show_done` or `show_error`.
    `unlock_wanted`: back to the unlock screen."""

    restore_wanted = Signal(object)
    unlock_wanted = Signal()

    def __init__(self, damage: "Damage", now: dt.datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sure = False
        self._done = False
        self.choice = QButtonGroup(self)
        self.choice.idClicked.connect(self._on_chosen)
        self.heading = Text(_("The data file on this computer is damaged"), Role.FIGURE, wrap=True)
        self.column.addWidget(self.heading)
        self._safe = Text(_what_is_safe(damage), Role.MUTED, wrap=True)
        self.column.addWidget(self._safe)
        self._choices = QWidget()
        rows = QVBoxLayout(self._choices)
        rows.setContentsMargins(0, space(2), 0, 0)
        rows.setSpacing(space(2))
        if damage.records:
            self._offer(rows, damage, now)
        self.column.addWidget(self._choices)
        self.message = Message()
        self.column.addWidget(self.message)
        self.button = primary("", "check")
        self.button.clicked.connect(self._on_clicked)
        self.column.addWidget(self.button)
        self.other = link(_("Back to the unlock screen"))
        self.other.clicked.connect(self._on_back)
        self.column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        if damage.records and self.choice.checkedId() < 0:
            self.message.show_warning(
                _("No backup on this computer can be read."),
                _("Do not delete anything. Please bring this computer to the district office."),
            )
        self._show_step()

    def show_busy(self) -> None:
        self.button.setEnabled(False)
        self.other.setEnabled(False)
        self._choices.setEnabled(False)
        self.button.setText(_("Restoring…"))

    def show_done(self, carried: "Carried") -> None:
        self._done = True
        for over in (self._safe, self._choices, self.other):
            over.hide()
        self.heading.setText(_("The data is restored"))
        lines = [_("The next sync brings what is still missing.")]
        if carried.events:
            kept = ngettext("{count} record made since was kept.", "{count} records made since were kept.", carried.events)
            lines.insert(0, kept.format(count=f"{carried.events:,}"))
        if carried.drafts:
            begun = ngettext("{count} visit begun was kept.", "{count} visits begun were kept.", carried.drafts)
            lines.insert(0, begun.format(count=f"{carried.drafts:,}"))
        self.message.show_good(_("It is whole again."), " ".join(lines))
        self._show_step()

    def show_error(self, error: Exception) -> None:
        self._sure = False
        self._choices.setEnabled(True)
        self.other.setEnabled(True)
        self._show_step()
        self.message.show_error(error)

    def _offer(self, rows: QVBoxLayout, damage: "Damage", now: dt.datetime) -> None:
        readable = [one for one in damage.backups if one.children is not None]
        rows.addWidget(Text(_("Choose a backup"), Role.STRONG))
        for backup in damage.backups:
            tile = _Tile(_when(backup.made_at), _contents(backup), _age(backup.made_at, now))
            tile.setEnabled(backup.children is not None)
            self._add(rows, tile, backup.number)
        if damage.can_begin_anew:
            tile = _Tile(
                _("Without a backup"), _("Keeps what can still be read; the children come with the next sync (needs a signal)"), ""
            )
            self._add(rows, tile, _ANEW)
        first = readable[0].number if readable else _ANEW
        if chosen := self.choice.button(first):
            chosen.setChecked(True)

    def _add(self, rows: QVBoxLayout, tile: "_Tile", number: int) -> None:
        self.choice.addButton(tile, number)
        rows.addWidget(tile)

    def _on_chosen(self, _number: int) -> None:
        self._sure = False
        self.message.clear()
        self._show_step()

    def _on_clicked(self) -> None:
        if self._done:
            self.unlock_wanted.emit()
        elif not self._sure:
            self._sure = True
            self.message.show_warning(
                _("Put this in the place of the damaged file?"),
                _("What you recorded since is read out of the damaged file as far as it can be read. The damaged file itself is kept."),
            )
            self._show_step()
        else:
            self.message.clear()
            self.show_busy()
            number = self.choice.checkedId()
            self.restore_wanted.emit(None if number in (-1, _ANEW) else number)

    def _on_back(self) -> None:
        if self._sure:
            self._on_chosen(self.choice.checkedId())
        else:
            self.unlock_wanted.emit()

    def _show_step(self) -> None:
        # While it is asked whether this one, only this one is there to be seen.
        for tile in self.choice.buttons():
            tile.setVisible(not self._sure or tile.isChecked())
        self.other.setText(_("Choose another") if self._sure and self.choice.buttons() else _("Back to the unlock screen"))
        if self._done:
            words = _("Unlock")
        elif self._sure:
            words = _("Yes, restore")
        else:
            words = _("Restore")
        self.button.setText(words)
        self.button.setEnabled(self._done or not self.choice.buttons() or self.choice.checkedId() >= 0)
        self.button.setFocus()


class _Tile(QPushButton):
    def __init__(self, when: str, contents: str, age: str) -> None:
        super().__init__()
        self.setProperty("variant", "tile")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{when} {contents}")
        row = QHBoxLayout(self)
        row.setContentsMargins(space(4), space(2), space(4), space(2))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(when, Role.STRONG, elide=True))
        lines.addWidget(Text(contents, Role.SMALL_MUTED, wrap=not age))
        row.addLayout(lines, 1)
        if age:
            row.addWidget(Text(age, Role.SMALL_MUTED))
        for text in self.findChildren(Text):
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _what_is_safe(damage: "Damage") -> str:
    if not damage.records:
        return _("Only the file of the photos is damaged. The children and the visits are whole. Every photo that can be read is kept.")
    return _("What the district has received is safe there. Choose a backup; what you recorded since is added to it.")


def _contents(backup: "BackupView") -> str:
    if backup.children is None or backup.unsent is None:
        return _("This backup cannot be read")
    children = ngettext("{count} child", "{count} children", backup.children).format(count=f"{backup.children:,}")
    unsent = ngettext("{count} not sent yet", "{count} not sent yet", backup.unsent).format(count=f"{backup.unsent:,}")
    return f"{children} · {unsent}"


def _when(made_at: dt.datetime) -> str:
    local = made_at.astimezone()
    return f"{phrases.day(local.date())} · {phrases.time(local)}"


def _age(made_at: dt.datetime, now: dt.datetime) -> str:
    days = (now.astimezone().date() - made_at.astimezone().date()).days
    if days <= 0:
        return _("today")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=f"{days:,}")
