"""One large figure with its name and the share it makes of a named base."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.domain.ladder import Rounding, Share
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _, mark

_BASES = {"listed": mark("of {base} listed"), "traced": mark("of {base} traced")}


class Figure(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._count = Text("", Role.FIGURE)
        self._name = Text("", wrap=True)
        self._percent = Text("", Role.SMALL)
        self._base = Text("", Role.SMALL_MUTED, wrap=True)
        for text in (self._count, self._name, self._percent, self._base):
            column.addWidget(text)
        column.addStretch(1)

    def show_share(self, name: str, share: Share, rounding: Rounding) -> None:
        self._count.setText(f"{share.count:,}")
        self._name.setText(name)
        self._percent.setText(percent_words(share, rounding))
        self._base.setText(base_words(share))
        self.setAccessibleName(f"{name} {share.count:,} {self._percent.text()} {self._base.plain}")


def percent_words(share: Share, rounding: Rounding) -> str:
    """68.36 %; a base of nothing makes no percentage."""
    percent = share.percent(rounding)
    return "–" if percent is None else f"{percent} %"


def base_words(share: Share) -> str:
    """ของรับแจ้ง 1,340: never a percentage without its base and the base's name."""
    return _(_BASES[share.base_name]).format(base=f"{share.base:,}")
