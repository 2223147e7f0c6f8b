"""In which of a form's languages it is read; the answers are the same in each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from fieldapp.forms import Session
from fieldapp.gui.theme.tokens import TARGET
from fieldapp.texts import _, language


class LanguageChoice(QComboBox):
    """Begins with the language of the program where the form has it. `chosen` carries the form's own name of the language."""

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(TARGET)
        self.setAccessibleName(_("Language of the form"))
        # Names as "ไทย (th)": the code in brackets is for programs.
        for name in session.definition.translations:
            self.addItem(name.partition(" (")[0], name)
        ours = next((name for name in session.definition.translations if name.endswith(f"({language()})")), session.language)
        session.language = ours
        self.setCurrentIndex(max(self.findData(ours), 0))
        self.activated.connect(lambda place: self.chosen.emit(str(self.itemData(place))))

    @property
    def several(self) -> bool:
        return self.count() > 1
