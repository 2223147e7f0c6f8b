"""Which tokens are in force: painting code asks here at the moment of painting, so a change of theme needs no message."""

from PySide6.QtCore import QCoreApplication

from fieldapp.gui.theme.tokens import DARK, LIGHT, Tokens

PROPERTY = "fieldapp_theme"


def current() -> Tokens:
    app = QCoreApplication.instance()
    return DARK if app is not None and app.property(PROPERTY) == DARK.name else LIGHT
