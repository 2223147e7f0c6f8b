"""An inline message: what happened, what is safe, what to do next. It takes no room while there is nothing to say."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.gui.theme.current import current
from fieldapp.gui.theme.icons import pixmap
from fieldapp.gui.theme.tokens import RADIUS, Tone, space
from fieldapp.gui.widgets.buttons import small
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.gui.widgets.text_link import TextLink
from fieldapp.texts import _

if TYPE_CHECKING:
    from fieldapp.error_words import ErrorWords

_ICONS = {Tone.DANGER: "warning", Tone.WARNING: "warning", Tone.INFO: "info", Tone.GOOD: "check"}


class Message(QFrame):
    """Hidden until one of the show methods is called. `acted` is its button; an error leads to its place in
    the guide."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        row = QHBoxLayout(self)
        row.setContentsMargins(space(4), space(3), space(4), space(3))
        row.setSpacing(space(3))
        self._place = ""
        self._icon = QLabel()
        self._title = Text("", Role.STRONG, wrap=True)
        self._text = Text("", Role.BODY, wrap=True)
        self.button = small("")
        self.button.clicked.connect(self.acted)
        column = QVBoxLayout()
        column.setSpacing(space(1))
        column.addWidget(self._title)
        column.addWidget(self._text)
        self.guide = TextLink(_("More in the guide"), small=True)
        self.guide.clicked.connect(self._on_guide_clicked)
        column.addWidget(self.guide, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def text(self) -> str:
        return f"{self._title.plain} {self._text.plain}".strip()

    def show_error(self, error: "BaseException | ErrorWords", action: str = "") -> None:
        # The words are loaded with the first error: the unlock screen does without them.
        from fieldapp.error_words import words_for

        words = words_for(error) if isinstance(error, BaseException) else error
        self._show(Tone.DANGER, words.happened, " ".join(part for part in (words.safe, words.next_step) if part), action, words.guide)

    def show_warning(self, title: str, text: str = "", action: str = "") -> None:
        self._show(Tone.WARNING, title, text, action)

    def show_info(self, title: str, text: str = "", action: str = "", *, guide: str = "") -> None:
        self._show(Tone.INFO, title, text, action, guide)

    def show_good(self, title: str, text: str = "") -> None:
        self._show(Tone.GOOD, title, text, "")

    def clear(self) -> None:
        self.hide()

    def _on_guide_clicked(self) -> None:
        # Loaded with the first error that somebody asks about.
        from fieldapp.gui.help.dialog import GuideDialog

        GuideDialog(self._place, self).open()

    def _show(self, tone: Tone, title: str, text: str, action: str, place: str = "") -> None:
        colours = current().tone(tone)
        self.setStyleSheet(f"#message {{ background: {colours.soft}; border: none; border-radius: {RADIUS}px; }}")
        self._icon.setPixmap(pixmap(_ICONS[tone], colours.text, 22))
        self._title.set_tone(tone)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._place = place
        self.guide.setVisible(bool(place))
        self.setAccessibleName(f"{title} {text}".strip())
        self.show()
