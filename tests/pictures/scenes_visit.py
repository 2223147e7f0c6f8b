"""Recording a visit, its five parts, and what opens over them."""

import datetime as dt
from dataclasses import replace

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox

from fieldapp import words
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.visit import Met, NextStep, Outcome, Whereabouts
from fieldapp.errors import StoreError
from fieldapp.gui.camera import found
from fieldapp.gui.camera.dialog import CameraDialog
from fieldapp.gui.navigation import RecordVisit
from fieldapp.gui.screens.card.viewer import PhotoViewer
from fieldapp.gui.screens.visit.answers import PARTS, Part
from fieldapp.gui.screens.visit.blur.dialog import BlurDialog
from fieldapp.gui.screens.visit.screen import VisitScreen
from fieldapp.gui.screens.visit.urgent import UrgentDialog
from fieldapp.gui.screens.visit.whole_house import WholeHouseDialog
from fieldapp.texts import _
from fieldapp.usecases.children import ListFilter
from tests.pictures.desk import Desk
from tests.pictures.scene import add, scene
from tests.pictures.scenes_card import case_of
from tests.pictures.scenes_pages import to_the_end
from tests.pictures.seats import Filled
from tests.support.laptop import TODAY

_CHOSEN = (Outcome.RETURNED, Outcome.NOT_RETURNING, Outcome.NOT_FOUND, Outcome.UNDECIDED)


def visiting(desk: Desk, part: Part = Part.MET, outcome: Outcome | None = None, *, filled: Filled = Filled.USUAL) -> VisitScreen:
    """The visit that was begun at the second child of the house, at this part."""
    desk.sit_down(filled, writes=True)
    case_id = case_of(desk, "กมลชนก") if filled is Filled.USUAL else desk.client.children.page(ListFilter(), 0, 1)[0].case_id
    screen = desk.go(RecordVisit(case_id))
    assert isinstance(screen, VisitScreen)
    if outcome is not None:
        screen.page.outcome_chosen.emit(outcome)
    screen.page.open_part(part)
    desk.settle()
    return screen


def _part(part: Part) -> None:
    def pose(desk: Desk) -> None:
        visiting(desk, part)

    add(f"visit-{part.value.replace('_', '-')}", pose, VisitScreen)


for _each in PARTS:
    _part(_each)


def _outcome(outcome: Outcome) -> None:
    def pose(desk: Desk) -> None:
        visiting(desk, Part.OUTCOME, outcome)

    def end(desk: Desk) -> None:
        to_the_end(visiting(desk, Part.OUTCOME, outcome))

    name = outcome.value.replace("_", "-")
    add(f"visit-outcome-{name}", pose, VisitScreen)
    add(f"visit-outcome-{name}-end", end, VisitScreen)


for _one in _CHOSEN:
    _outcome(_one)


@scene("visit-next-step-chosen", VisitScreen)
def _next_step(desk: Desk) -> None:
    screen = visiting(desk, Part.NEXT_STEP, Outcome.UNDECIDED)
    visit = screen.visit
    assert visit is not None
    screen.page.answered.emit(replace(visit, next_step=NextStep.VISIT_AGAIN, next_on=TODAY + dt.timedelta(days=7)))
    to_the_end(screen.page)


@scene("visit-missing", VisitScreen)
def _missing(desk: Desk) -> None:
    visiting(desk).finish()


@scene("visit-mending", VisitScreen)
def _mending(desk: Desk) -> None:
    desk.sit_down(writes=True)
    case_id = case_of(desk, "กมลชนก")
    desk.go(RecordVisit(case_id, "visited_on", _("A date lies in the future")))


@scene("visit-not-saved", VisitScreen)
def _not_saved(desk: Desk) -> None:
    visiting(desk, Part.WHEREABOUTS)._on_save_failed(StoreError("store.disk_full"))


@scene("visit-photo-refused", VisitScreen)
def _photo_refused(desk: Desk) -> None:
    visiting(desk, Part.PHOTOS)._on_photo_refused("IMG_2044.HEIC", StoreError("photo.unreadable"))


@scene("visit-long", VisitScreen)
def _long(desk: Desk) -> None:
    visiting(desk, filled=Filled.LONG)


@scene("dialog-urgent", UrgentDialog)
def _urgent(desk: Desk) -> None:
    visiting(desk).page.foot.urgent.click()


@scene("dialog-discard-visit", QMessageBox)
def _discard(desk: Desk) -> None:
    visiting(desk).page.stepper.discard_wanted.emit()


@scene("dialog-visit-photo", PhotoViewer)
def _photo(desk: Desk) -> None:
    screen = visiting(desk, Part.PHOTOS)
    screen.page.photos.opened.emit(screen.work.photos[0].photo)


@scene("dialog-visit-blur", BlurDialog)
def _blur(desk: Desk) -> None:
    screen = visiting(desk, Part.PHOTOS)
    screen._on_blur_wanted(screen.work.photos[0].photo)
    dialog = screen.findChild(BlurDialog)
    assert dialog is not None
    dialog.add.click()


@scene("dialog-camera", CameraDialog)
def _camera(desk: Desk) -> None:
    screen = visiting(desk, Part.PHOTOS)
    camera = found.camera(screen)
    assert camera is not None
    dialog = CameraDialog(camera, words.of(PhotoKind.OUTSIDE), "", lambda _device: None, screen)
    dialog.open()
    house = desk.client.photos.picture(screen.work.photos[0].photo.sha256)
    camera.seen.emit(QImage.fromData(house or b""))


@scene("dialog-camera-busy", CameraDialog)
def _camera_busy(desk: Desk) -> None:
    from fieldapp.gui.camera.device import Trouble

    screen = visiting(desk, Part.PHOTOS)
    camera = found.camera(screen)
    assert camera is not None
    CameraDialog(camera, words.of(PhotoKind.OUTSIDE), "", lambda _device: None, screen).open()
    camera.trouble.emit(Trouble.BUSY)


@scene("dialog-whole-house", WholeHouseDialog)
def _whole_house(desk: Desk) -> None:
    desk.sit_down(writes=True)
    screen = desk.go(RecordVisit(case_of(desk, "ธนกร")))
    assert isinstance(screen, VisitScreen)
    visit = screen.visit
    assert visit is not None
    met = replace(visit, met=(Met.GRANDPARENT,), whereabouts=Whereabouts.THIS_HOUSE, outcome=Outcome.WANTS_RETURN, next_step=NextStep.NONE)
    desk.client.visits.discard(case_of(desk, "กมลชนก"))
    screen.page.answered.emit(met)
    screen.finish()
