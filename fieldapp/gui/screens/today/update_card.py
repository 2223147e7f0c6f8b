"""A quiet word that the district offers a newer version of the app: where it is, and a way not to hear of it again."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from fieldapp import __version__
from fieldapp.gui.theme.tokens import space
from fieldapp.gui.widgets import buttons
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.flow_layout import FlowLayout
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _
from fieldapp.usecases.updates import Offer


class UpdateCard(Card):
    """`put_off` carries the version."""

    put_off = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("A newer version of the app"), parent=parent)
        self._offer = Offer("", "")
        self._words = Text("", Role.SMALL_MUTED, wrap=True)
        self.add(self._words)
        acts = QWidget()
        row = FlowLayout(acts, spacing=space(1))
        self.get = buttons.link(_("Download page"))
        self.get.clicked.connect(self._on_get)
        self.later = buttons.link(_("Do not say again"))
        self.later.clicked.connect(lambda: self.put_off.emit(self._offer.version))
        row.addWidget(self.get)
        row.addWidget(self.later)
        self.add(acts)
        self.hide()

    def set_offer(self, offer: Offer | None) -> None:
        self.setVisible(offer is not None)
        if offer is None:
            return
        self._offer = offer
        words = _("The district offers {offered}; this computer has {version}. You can go on as you are, and nothing recorded is lost.")
        told = words.format(offered=offer.version, version=__version__)
        if not offer.address:
            told = told + " " + _("Ask the district office for it.")
        self._words.setText(told)
        self.get.setVisible(bool(offer.address))
        self.get.setToolTip(offer.address)

    def _on_get(self) -> None:
        QDesktopServices.openUrl(QUrl(self._offer.address))
