"""For those who do not see, do not use a mouse, or tap with a finger: over the real windows of the pictures' scenes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fieldapp.gui.hiding.button import HideButton
from fieldapp.gui.theme.style import apply_theme
from fieldapp.gui.widgets.tall_dialog import room_for
from tests.pictures.album import Album, names
from tests.pictures.desk import Desk
from tests.support.accessibility import nameless, out_of_order, stops, too_small, walked

# One scene of each kind; those of the same kind differ in what they say.
SCENES = (
    "sign-in-where", "sign-in-code", "sign-in-downloading", "introduction-1", "unlock-two-people", "repair",
    "today", "children", "children-no-match", "sync", "sync-password", "reports", "school-office", "help",
    "settings-wrong", "about", "trip", "hidden-asked", "practice",
    "card-photos", "card-follow-ups", "card-referrals", "card-care",
    "dialog-edit", "dialog-plan", "dialog-consent", "dialog-refer-missing", "dialog-letter", "dialog-attendance",
    "dialog-receipt", "dialog-guide", "dialog-numbers", "dialog-urgent", "dialog-harm", "dialog-sharing",
    "photo-viewer", "phone-pictures", "dialog-visit-blur", "dialog-paper",
    "visit-met", "visit-outcome-returned", "visit-photos", "visit-next-step-chosen",
    "visit-missing", "form-household", "form-poverty-2", "form-supervision-2", "form-sdq", "form-missing",
)  # fmt: skip


@pytest.fixture(scope="module")
def album(qapp: QApplication) -> Iterator[Album]:
    with tempfile.TemporaryDirectory() as folder, Album(Path(folder)) as made:
        yield made
    apply_theme(qapp, "light")


def _looked_at(desk: Desk) -> QWidget:
    """The dialog over the window, or the window."""
    return next((one for one in desk.over() if isinstance(one, QDialog)), desk.window)


def test_the_scenes_are_there() -> None:
    assert set(SCENES) <= set(names())


@pytest.mark.parametrize("name", SCENES)
def test_everything_has_a_name_a_size_and_its_turn(album: Album, name: str) -> None:
    with album.posed(name) as desk:
        top = _looked_at(desk)
        assert list(map(str, nameless(top))) == []
        assert list(map(str, too_small(top))) == []
        way = walked(top)
        # Nothing is left out, and nothing traps: the walk comes back to where it began, and goes the same way back.
        assert set(way) == set(stops(top))
        back = walked(top, back=True)
        turn = back.index(way[-1])
        assert [*back[turn:], *back[:turn]] == way[::-1]
        # The button for hiding in the corner of a dialog comes last, so that Enter at the beginning never means it.
        read = [one for one in way if not (isinstance(one, HideButton) and isinstance(one.parent(), QDialog))]
        assert list(map(str, out_of_order(read, top))) == []
        if top is not desk.window:
            assert top.height() <= room_for(top)
