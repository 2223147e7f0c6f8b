"""After a visit: the other children of the house, whose visits can be recorded in the same go."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fieldapp import phrases
from fieldapp.gui.theme.tokens import TARGET, space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, ngettext
from fieldapp.usecases.children import ChildRow


class WholeHouseDialog(QDialog):
    """One button a child, as the list names them; the first one has the focus, so that Enter goes on with it."""

    def __init__(self, children: Sequence[ChildRow], choose: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Children of this house"))
        column = QVBoxLayout(self)
        column.setContentsMargins(space(6), space(5), space(6), space(5))
        column.setSpacing(space(3))
        left = len(children)
        told = ngettext(
            "{count} more child of this house has no visit today.", "{count} more children of this house have no visit today.", left
        )
        column.addWidget(Text(told.format(count=left), Role.STRONG, wrap=True))
        column.addWidget(
            Text(
                _("Who was met, who came along, the place and the photos of the house stay the same. The outcome is each child's own."),
                Role.SMALL_MUTED,
                wrap=True,
            )
        )
        self.records: dict[str, QWidget] = {}
        for place, row in enumerate(children):
            button = (buttons.primary if place == 0 else buttons.plain)(_("Record {name}").format(name=phrases.full_name(row)))
            button.setMinimumHeight(TARGET)
            button.clicked.connect(lambda _checked=False, case_id=row.case_id: self._on_chosen(case_id, choose))
            column.addWidget(button)
            self.records[row.case_id] = button
        self.later = buttons.plain(_("Later"))
        self.later.setMinimumHeight(TARGET)
        self.later.clicked.connect(self.reject)
        column.addWidget(self.later)
        next(iter(self.records.values())).setFocus()

    def _on_chosen(self, case_id: str, choose: Callable[[str], None]) -> None:
        self.accept()
        choose(case_id)
