"""An answer tells of harm: whom to call now, and that the form will be sent before everything else."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from fieldapp import words
from fieldapp.domain.help_line import HelpLine
from fieldapp.gui.screens.help.numbers import WIDTH, numbers
from fieldapp.gui.theme.tokens import Tone
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.tall_dialog import TallDialog
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _


class HarmDialog(TallDialog):
    """`signs` are codes."""

    def __init__(self, signs: Sequence[str], lines: Sequence[HelpLine], parent: QWidget) -> None:
        super().__init__(_("Urgent: a child must be protected"), WIDTH, parent)
        column = self.body
        column.addWidget(Text(_("Urgent: a child must be protected"), Role.TITLE, tone=Tone.DANGER))
        column.addWidget(Text(" · ".join(map(words.harm, signs)), Role.STRONG, wrap=True))
        column.addWidget(Text(_("If someone is in danger now, call first. This computer cannot call for you."), wrap=True))
        column.addLayout(numbers(lines))
        said = _("The form is sent before everything else once it is finished and there is a signal. Finish it soon.")
        column.addWidget(Text(said, Role.SMALL_MUTED, wrap=True))
        close = buttons.primary(_("Close"))
        close.clicked.connect(self.accept)
        self.foot.addWidget(close)
