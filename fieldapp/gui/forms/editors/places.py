"""A place on the earth as a telephone or a map writes it: latitude and longitude, typed or pasted."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fieldapp.gui.forms.editors.editor import AnswerWidget
from fieldapp.gui.theme.tokens import space
from fieldapp.texts import _

_CLEANED = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", " °")
_WIDTH = 180


class PlaceAnswer(AnswerWidget):
    """Both numbers may be pasted into the first field, with a comma between. What the form keeps beside them (height, accuracy) stays until
    one of them is another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept, self._shown = "", ("", "")
        self.latitude, self.longitude = QLineEdit(), QLineEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(3))
        for field, words in ((self.latitude, _("Latitude")), (self.longitude, _("Longitude"))):
            field.setFixedWidth(_WIDTH)
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            field.editingFinished.connect(self._say)
            self.watch(field)
            row.addWidget(field)
        self.latitude.textEdited.connect(self._on_edited)
        row.addStretch(1)
        self.setFocusProxy(self.latitude)

    def show_answer(self, text: str) -> None:
        if text == self._kept:
            return
        latitude, longitude = [*text.split()[:2], "", ""][:2]
        self.latitude.setText(latitude)
        self.longitude.setText(longitude)
        self._kept, self._shown = text, self._typed()

    def _typed(self) -> tuple[str, str]:
        return self.latitude.text().translate(_CLEANED), self.longitude.text().translate(_CLEANED)

    def _on_edited(self, text: str) -> None:
        latitude, comma, longitude = text.partition(",")
        if comma and longitude.strip():
            self.latitude.setText(latitude.strip())
            self.longitude.setText(longitude.strip())

    def _say(self) -> None:
        typed = self._typed()
        if typed == self._shown:
            return
        self._shown = typed
        self._kept = f"{typed[0]} {typed[1]} 0.0 0.0" if _is_place(*typed) else ""
        self.answered.emit(self._kept, False)


def _is_place(latitude: str, longitude: str) -> bool:
    try:
        return abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180
    except ValueError:
        return False
