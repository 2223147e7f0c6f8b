"""`make pictures` leaves out no screen and no dialog, and a picture shows what its scene says."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import fieldapp.gui
from fieldapp.gui.hiding.cover import Cover
from fieldapp.gui.navigation import Screen
from fieldapp.gui.screens.card.form_dialog import FormDialog
from fieldapp.gui.screens.card.viewer import PictureViewer
from fieldapp.gui.screens.stage import Stage
from fieldapp.gui.theme.style import apply_theme
from fieldapp.gui.widgets.tall_dialog import TallDialog
from fieldapp.gui.window import SIZE
from tests.pictures.album import Album, names
from tests.pictures.scene import SCENES

# What every page, door or dialog is made from is seen wherever one of them is; the viewer of a form's picture is that of a visit's.
NEVER_ALONE = {Screen, Stage, FormDialog, PictureViewer, TallDialog}


def _kinds(of: type[QWidget]) -> set[type[QWidget]]:
    below = set(of.__subclasses__())
    return {kind for one in below for kind in (one, *_kinds(one)) if kind.__module__.startswith("fieldapp.gui")}


# Qt's multimedia module asks for a library of desktops that a computer without a screen lacks.
@pytest.mark.qt_log_ignore("pipewire", extend=True)
def test_every_screen_and_every_dialog_is_on_a_picture() -> None:
    for module in pkgutil.walk_packages(fieldapp.gui.__path__, "fieldapp.gui."):
        importlib.import_module(module.name)
    shown = {kind for scene in SCENES.values() for kind in scene.shows}
    there = {Cover, *_kinds(Screen), *_kinds(Stage), *_kinds(QDialog)} - NEVER_ALONE
    assert sorted(kind.__name__ for kind in there - shown) == []


@pytest.mark.parametrize(("theme", "language"), [("light", "th"), ("dark", "en")])
def test_a_picture_of_the_real_window_is_taken_by_its_name(qapp: QApplication, tmp_path: Path, theme: str, language: str) -> None:
    with Album(tmp_path) as album:
        pictures = [album.take(name, theme, language) for name in ("unlock", "dialog-plan")]
        alone = album.take("dialog-plan", theme, language, file=tmp_path / "alone.png", alone=True)
    apply_theme(qapp, "light")
    assert [path.name for path in pictures] == ["unlock.png", "dialog-plan.png"]
    sizes = [QImage(str(path)).size().toTuple() for path in (*pictures, alone)]
    assert sizes[:2] == [SIZE, SIZE]
    assert sizes[2] != SIZE
    assert set(names()) >= {"unlock", "dialog-plan"}
