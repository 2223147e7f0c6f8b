"""Puts the look on the application: Fusion, a font with Thai glyphs, a palette and one style sheet made from the tokens."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from fieldapp.config import resources_dir
from fieldapp.gui.theme.current import PROPERTY
from fieldapp.gui.theme.sheet import sheet
from fieldapp.gui.theme.tokens import BODY, DARK, LIGHT, Tokens

THEMES = ("light", "dark", "system")

# Thai family first wished for, with the Latin family whose digits go with it where the Thai one has none of its own.
_FONTS = (
    ("Sarabun",),
    ("Noto Sans", "Noto Sans Thai"),
    ("Noto Sans", "Noto Sans Thai UI"),
    ("Leelawadee UI",),
    ("Thonburi",),
    ("Loma",),
)


def make_application(program: str) -> QApplication:
    """Qt with the Fusion style. It is named on Qt's own command line: `setStyle` would hand the style to Python, which takes as long as
    a fifth of the whole start."""
    return QApplication([program, "-style", "Fusion"])


def apply_theme(app: QApplication, theme: str) -> None:
    """Dress the whole application. 'system' follows the computer's own light or dark."""
    tokens = _tokens_for(theme)
    if app.property(PROPERTY) == tokens.name:
        return  # as dressed at the unlock screen: every widget would be measured anew
    app.setProperty(PROPERTY, tokens.name)
    app.setFont(_font())
    app.setPalette(_palette(tokens))
    app.setStyleSheet(sheet(tokens, (resources_dir() / "icons").as_posix()))


def _tokens_for(theme: str) -> Tokens:
    if theme == "system":
        return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == DARK.name else LIGHT


def _font() -> QFont:
    font = QFont()
    for families in _FONTS:
        if QFontDatabase.hasFamily(families[-1]):
            font.setFamilies(list(families))
            break
    font.setPixelSize(BODY)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tokens.ground),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.surface_soft),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.placeholder),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.Highlight, tokens.primary),
        (role.HighlightedText, tokens.on_primary),
        (role.ToolTipBase, tokens.text),
        (role.ToolTipText, tokens.surface),
        (role.Link, tokens.primary_text),
        (role.Mid, tokens.line_strong),
        (role.Accent, tokens.primary),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.placeholder))
    return palette
