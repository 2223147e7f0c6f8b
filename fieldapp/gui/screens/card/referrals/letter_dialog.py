"""The letter as it will be on paper, and putting it where the person wants it: that is their act, so it says what the file holds."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import words
from fieldapp.domain.paper_code import Stamp
from fieldapp.gui.letters.pdf import as_pdf
from fieldapp.gui.letters.preview import HEIGHT, WIDTH, SheetsPreview
from fieldapp.gui.letters.referral import set_referral
from fieldapp.gui.letters.where import ask_for_pdf, write_paper
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.chip import Chip, ChipGroup
from fieldapp.gui.widgets.message import Message
from fieldapp.gui.widgets.tall_dialog import room_for
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.reports.referral_letter import Letter
from fieldapp.texts import _


class LetterDialog(QDialog):
    """`digits_chosen`: another letter is wanted, in Thai digits or not; `saved`: it is on a file or on its way to a printer. With `stamp`
    the sheets bear the codes by which they come back. `ask_where` asks for the file; None where the person left it."""

    digits_chosen = Signal(bool)
    saved = Signal()

    def __init__(
        self,
        letter: Letter,
        parent: QWidget | None = None,
        ask_where: Callable[[QWidget], Path | None] | None = None,
        stamp: Stamp | None = None,
    ) -> None:
        super().__init__(parent)
        self._stamp = stamp
        self._ask_where = ask_where or (lambda parent: ask_for_pdf(parent, "หนังสือส่งต่อ"))
        self.setWindowTitle(_("Letter"))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(space(6), space(5), space(6), space(5))
        self.column.setSpacing(space(3))
        self.message = Message()
        self.holds = Text("", wrap=True)
        self.column.addWidget(Text(_("Letter and reply slip"), Role.TITLE))
        self.column.addWidget(self.holds)
        self.column.addWidget(self.message)
        self._preview = SheetsPreview(_("Letter and reply slip"))
        self.column.addWidget(self._preview, 1)
        self._add_foot()
        self.resize(WIDTH, min(HEIGHT, room_for(self)))
        self.show_letter(letter)

    def show_letter(self, letter: Letter) -> None:
        self._letter = letter
        self._sheets = set_referral(letter, self._stamp)
        self.holds.setText(_holds(letter))
        self._preview.show_sheets(self._sheets)

    @property
    def letter_pages(self) -> int:
        """Without the reply slip."""
        return len(self._sheets) - 1

    def pdf(self) -> bytes:
        return as_pdf(self._sheets, "หนังสือส่งต่อ")

    def save(self) -> None:
        path = self._ask_where(self)
        if path is not None and write_paper(path, self.pdf(), self.message, _("Delete the file when it is printed.")):
            self.saved.emit()

    def print(self) -> None:
        # Qt's printing is loaded when somebody prints.
        from fieldapp.gui.letters.printing import ask_and_print

        if ask_and_print(self._sheets, self):
            self.saved.emit()

    def _add_foot(self) -> None:
        digits = ChipGroup(self)
        foot = QHBoxLayout()
        for thai, said in ((False, "1 2 3"), (True, "๑ ๒ ๓")):
            chip = Chip(said)
            chip.setAccessibleName(_("Thai digits") if thai else _("Arabic digits"))
            digits.add(thai, chip)
            foot.addWidget(chip)
        digits.set_value(False)
        digits.chosen.connect(lambda thai: self._on_digits(digits, thai))
        foot.addStretch(1)
        leave = buttons.plain(_("Close"))
        leave.clicked.connect(self.reject)
        on_paper = buttons.plain(_("Print"))
        on_paper.clicked.connect(self.print)
        save = buttons.primary(_("Save as PDF"), "printer")
        save.clicked.connect(self.save)
        foot.addWidget(leave)
        foot.addWidget(on_paper)
        foot.addWidget(save)
        self.column.addLayout(foot)

    def _on_digits(self, digits: ChipGroup, thai: bool | None) -> None:
        if thai is None:  # pressed again
            thai = any(one in "๐๑๒๓๔๕๖๗๘๙" for one in self._letter.on + self._letter.enclosure + self._letter.number)
            digits.set_value(thai)
            return
        self.digits_chosen.emit(thai)


def _holds(letter: Letter) -> str:
    told = [_("the child's name"), _("the reason of the referral"), *(words.of(one) for one in letter.told)]
    return _("The file is not encrypted and holds: {what}. Save it only where others cannot read it.").format(what=" · ".join(told))
