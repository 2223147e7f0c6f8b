"""What this program is: version, whose data, where it lies, and what it is built from."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldapp import __version__, phrases, words
from fieldapp.build import build
from fieldapp.config import resources_dir
from fieldapp.gui.navigation import GoBack, Screen
from fieldapp.gui.theme.tokens import PAGE_WIDTH, space
from fieldapp.gui.widgets.brand_mark import BrandMark
from fieldapp.gui.widgets.buttons import link
from fieldapp.gui.widgets.card import Card
from fieldapp.gui.widgets.scroll_page import ScrollPage
from fieldapp.gui.widgets.text import Role, Text
from fieldapp.texts import _

# What the laptop's part ships with, and under which licence; the names are the packages' own.
LIBRARIES = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("PySide6-Addons", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("alembic", "MIT"),
    ("sqlcipher3", "zlib"),
    ("pydantic", "MIT"),
    ("requests", "Apache-2.0"),
    ("argon2-cffi", "MIT"),
    ("PyNaCl", "Apache-2.0"),
    ("pillow", "MIT-CMU"),
    ("pillow-heif", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("babel", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("segno", "BSD-3-Clause"),
    ("zxing-cpp", "Apache-2.0"),
    ("pypdfium2", "BSD-3-Clause"),
)


class AboutScreen(Screen):
    def title(self) -> str:
        return _("About")

    def refresh(self) -> None:
        """The facts do not change while the profile is open: they are laid out at the first time."""
        if self.layout() is not None:
            return
        page = ScrollPage()
        page.content.setMaximumWidth(PAGE_WIDTH)
        page.fill(self)
        back = link(_("Back to settings"), "back")
        back.clicked.connect(self._on_back_clicked)
        page.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        page.body.addWidget(self._program())
        page.body.addWidget(self._data())
        page.body.addWidget(_libraries())
        page.body.addStretch(1)

    def _on_back_clicked(self) -> None:
        self.navigate.emit(GoBack())

    def _program(self) -> Card:
        card = Card()
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        row.addWidget(BrandMark(56))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(_("Bring them back to school"), Role.TITLE))
        lines.addWidget(Text(_("Version {version} · free software, Apache License 2.0").format(version=__version__), Role.MUTED))
        number = Text(_build_words(), Role.SMALL_MUTED)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines.addWidget(number)
        row.addLayout(lines, 1)
        card.add(head)
        return card

    def _data(self) -> Card:
        profile = self.client.profile
        card = Card(_("Data on this computer"))
        card.add(
            _facts(
                (
                    (_("Person"), f"{profile.person_name} · {words.role(profile.role)}"),
                    (_("School"), profile.school_name or "–"),
                    (_("District office"), profile.district_name),
                    (_("Server address"), profile.server_address),
                    (_("Folder"), str(self.client.folder)),
                )
            )
        )
        return card


def _build_words() -> str:
    made = build(resources_dir())
    if made is None:
        return _("Runs from its source code")
    return _("Build {number} of {day}").format(number=made.number, day=phrases.day(made.committed_on))


def _libraries() -> Card:
    card = Card(_("Built with"))
    system = f"Python {platform.python_version()} · {platform.system()} {platform.release()}"
    card.add(Text(system, Role.SMALL_MUTED, wrap=True))
    card.add(_facts(tuple((name, f"{_version(name)} · {licence}") for name, licence in LIBRARIES), columns=2))
    return card


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        # A bundled program carries no package metadata.
        return ""


def _facts(facts: tuple[tuple[str, str], ...], columns: int = 1) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(space(4))
    grid.setVerticalSpacing(space(1))
    for place, (name, value) in enumerate(facts):
        line, column = place // columns, place % columns * 2
        grid.addWidget(Text(name, Role.MUTED), line, column, Qt.AlignmentFlag.AlignTop)
        words_of = Text(value, wrap=columns == 1)
        words_of.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(words_of, line, column + 1)
        grid.setColumnStretch(column + 1, 1)
    return holder
