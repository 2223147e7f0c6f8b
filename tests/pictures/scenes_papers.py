"""Signed papers: sheets that came back, those to be sorted, and the card with what waits for a signature."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.identifiers import new_id
from fieldapp.gui.navigation import OpenChild, OpenPapers, OpenToday
from fieldapp.gui.screens.card.papers.paper_viewer import PaperViewer
from fieldapp.gui.screens.card.papers.print_dialog import PrintDialog
from fieldapp.gui.screens.children.screen import ChildrenScreen
from fieldapp.gui.screens.papers.screen import PapersScreen
from fieldapp.gui.screens.papers.sort_dialog import SortDialog
from fieldapp.gui.screens.today.screen import TodayScreen
from fieldapp.texts import _
from tests.pictures.desk import Desk
from tests.pictures.scene import scene
from tests.pictures.scenes_card import TABS, case_of, press
from tests.pictures.scenes_pages import to_the_end
from tests.support.paper_pages import a_page, saved


def _came_back(desk: Desk) -> PapersScreen:
    """The signed letter of one child, and three sheets that nobody but a person can file."""
    desk.sit_down(writes=True)
    client = desk.client
    page = desk.go(OpenPapers())
    assert isinstance(page, PapersScreen)
    with TemporaryDirectory() as folder:
        files = []
        for number, line in enumerate(client.prints.of_case(case_of(desk, "ธนกร")).lines):
            stamp = client.prints.stamp(line.of_kind, line.of)
            client.prints.printed(stamp, line.of_kind, 1)
            if line.of_kind is PaperOf.LETTER and not number:
                files.append(saved(Path(folder), a_page(stamp.code(line.of_kind, 1, 1).text, seed=20), "IMG_2290.jpg"))
        other = stamp.code(PaperOf.CONSENT, 1, 1)
        strange = (replace(other, district_id="4501").text, replace(other, of=new_id()).text)
        files += [saved(Path(folder), a_page(text, seed=7 + number), f"IMG_229{number + 1}.jpg") for number, text in enumerate(strange)]
        both = a_page(stamp.code(line.of_kind, 1, 1).text, others=(other.text,), seed=9)
        files.append(saved(Path(folder), both, "IMG_2293.jpg"))
        page.take_in(files)
    desk.settle()
    return page


@scene("papers", PapersScreen)
def _papers(desk: Desk) -> None:
    _came_back(desk)


@scene("papers-end", PapersScreen)
def _papers_end(desk: Desk) -> None:
    to_the_end(_came_back(desk))


@scene("papers-empty", PapersScreen)
def _nothing(desk: Desk) -> None:
    desk.sit_down()
    desk.go(OpenPapers())


@scene("dialog-sort-sheet", SortDialog)
def _sort(desk: Desk) -> None:
    press(_came_back(desk), _("Say whose it is"))
    desk.settle()
    dialog = desk.the(SortDialog)
    dialog.children_found.setCurrentRow(0)
    desk.settle()


@scene("dialog-sort-sheet-wrong", SortDialog)
def _sort_wrong(desk: Desk) -> None:
    press(_came_back(desk), _("Say whose it is"))
    desk.settle()
    dialog = desk.the(SortDialog)
    dialog.code.setText("FA1:4603:L:01J2G-00000")
    dialog.by_code.click()
    desk.settle()


@scene("card-papers", ChildrenScreen)
def _card(desk: Desk) -> None:
    _came_back(desk)
    screen = desk.go(OpenChild(case_of(desk, "ธนกร")))
    assert isinstance(screen, ChildrenScreen)
    screen.card.open_tab(TABS.index("forms"))
    desk.settle()


@scene("card-papers-end", ChildrenScreen)
def _card_end(desk: Desk) -> None:
    _card(desk)
    to_the_end(desk.go(OpenChild(case_of(desk, "ธนกร"))))


@scene("dialog-print-to-sign", PrintDialog)
def _print(desk: Desk) -> None:
    _card(desk)
    press(desk.go(OpenChild(case_of(desk, "ธนกร"))), _("Print again"))
    desk.settle()


@scene("dialog-paper-viewer", PaperViewer)
def _viewer(desk: Desk) -> None:
    _card(desk)
    screen = desk.go(OpenChild(case_of(desk, "ธนกร")))
    assert isinstance(screen, ChildrenScreen)
    papers = desk.client.prints.of_case(case_of(desk, "ธนกร"))
    screen.card.papers.paper_opened.emit(next(paper for line in papers.lines if line.signing for paper in line.signing.here))


@scene("today-papers", TodayScreen)
def _today(desk: Desk) -> None:
    _came_back(desk)
    desk.go(OpenToday())
