"""Signed sheets in the window: taken in with their outcomes, sorted by hand, thrown away after a question; printed and seen on the card."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.care.referral import ReferralKind
from fieldapp.domain.case import Case
from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.letters.ink import Sheet
from fieldapp.gui.navigation import Destination, OpenChild
from fieldapp.gui.screens.card.papers.panel import PapersPanel
from fieldapp.gui.screens.card.papers.print_dialog import PrintDialog
from fieldapp.gui.screens.papers.screen import PapersScreen
from fieldapp.gui.screens.papers.sort_dialog import SortDialog
from fieldapp.store.recording import Act, record
from fieldapp.usecases.papers.filing import Papers
from fieldapp.usecases.papers.printing import PaperLine, Prints
from fieldapp.usecases.referring import WantedReferral
from tests.support.laptop import ME, Laptop, fill, laptop
from tests.support.paper_pages import a_page, saved
from tests.support.qt import InlineTasks
from tests.support.records import a_submission

__all__ = ["laptop"]

pytestmark = pytest.mark.usefixtures("english")


class Windowed:
    def __init__(self, laptop: Laptop) -> None:
        self.papers = Papers(laptop.store, laptop.clock)
        self.prints = Prints(laptop.store, laptop.clock)
        self.photos = laptop.photos
        self.children = laptop.children


@pytest.fixture
def case(laptop: Laptop) -> Case:
    (case,) = fill(laptop, 1)
    return case


@pytest.fixture
def letter(laptop: Laptop, case: Case) -> str:
    laptop.referring.draft(case.id, WantedReferral(ReferralKind.EXTERNAL, "ไม่มีผู้ดูแล", receiver="บ้านพักเด็ก"))
    return laptop.referring.of_case(case.id).referrals[0].referral.id


@pytest.fixture
def screen(qtbot: QtBot, laptop: Laptop) -> PapersScreen:
    made = PapersScreen(Windowed(laptop), InlineTasks(), ChangeFeed(), laptop.clock)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    settle()
    return made


def settle() -> None:
    for _round in range(4):
        QApplication.processEvents()


def said(widget: QWidget) -> str:
    texts = [str(one.property("text") or one.accessibleName()) for one in widget.findChildren(QWidget)]
    return " | ".join(text for text in texts if text).replace("\u200b", "")


def press(parent: QWidget, words: str) -> None:
    next(one for one in parent.findChildren(QAbstractButton) if words in (one.text(), one.accessibleName())).click()
    settle()


def signed(laptop: Laptop, of: str, folder: Path, name: str = "letter.jpg") -> Path:
    stamp = Prints(laptop.store, laptop.clock).stamp(PaperOf.LETTER, of)
    return saved(folder, a_page(stamp.code(PaperOf.LETTER, 1, 1).text), name)


def test_sheets_are_taken_in_with_what_became_of_each(screen: PapersScreen, laptop: Laptop, letter: str, tmp_path: Path) -> None:
    gone: list[Destination] = []
    screen.navigate.connect(gone.append)
    (tmp_path / "broken.jpg").write_bytes(b"x")
    screen.take_in([signed(laptop, letter, tmp_path), saved(tmp_path, a_page(""), "plain.jpg"), tmp_path / "broken.jpg"])
    settle()
    told = said(screen.results)
    assert "1 sheet filed · 1 sheet to sort" in told
    for word in ("Filed", "To be sorted", "Not read", "The referral counts as signed now.", "No code could be read on it."):
        assert word in told
    assert "1 sheet to sort" in said(screen)
    press(screen.results, "Open the card")
    assert isinstance(gone[0], OpenChild)


def test_a_sheet_is_sorted_by_looking_at_it(screen: PapersScreen, laptop: Laptop, case: Case, letter: str, tmp_path: Path) -> None:
    screen.take_in([saved(tmp_path, a_page(""))])
    press(screen.loose, "Say whose it is")
    dialog = screen.findChild(SortDialog)
    assert dialog is not None and not dialog.keep.isEnabled()
    dialog.code.setText("FA1:1234")
    dialog.by_code.click()
    settle()
    assert "Its code is damaged." in dialog.message.text
    dialog.children_found.setCurrentRow(0)
    settle()
    assert [dialog.papers.item(row).text().split(":")[0] for row in range(dialog.papers.count())] == ["Letter of referral", "Reply slip"]
    dialog.papers.setCurrentRow(0)
    dialog.keep.click()
    settle()
    assert "There is nothing to sort." in said(screen.loose)
    (line,) = Prints(laptop.store, laptop.clock).of_case(case.id).lines
    assert line.signing is not None and line.signing.signed


def test_a_sheet_is_thrown_away_only_after_a_question(screen: PapersScreen, laptop: Laptop, tmp_path: Path) -> None:
    screen.take_in([saved(tmp_path, a_page(""))])
    for answer, left in (("Keep", 1), ("Throw the sheet away", 0)):
        press(screen.loose, "Throw the sheet away")
        box = screen.findChildren(QMessageBox)[-1]
        press(box, answer)
        assert len(Papers(laptop.store, laptop.clock).loose()) == left
        screen.refresh()
        settle()


def test_the_card_says_how_far_each_signature_is(
    qtbot: QtBot, screen: PapersScreen, laptop: Laptop, case: Case, letter: str, tmp_path: Path
) -> None:
    submission = a_submission(case, by=ME)
    record(laptop.store, [Act(SubmissionRecorded(submission), submission.id)], laptop.clock())
    prints, panel = Prints(laptop.store, laptop.clock), PapersPanel()
    qtbot.addWidget(panel)
    wanted: list[PaperLine] = []
    panel.print_wanted.connect(wanted.append)
    panel.show_papers(prints.of_case(case.id))
    assert said(panel).count("Not printed here") == 2
    press(panel, "Print to sign: Letter of referral: บ้านพักเด็ก")
    assert wanted[0].of == letter
    stamp = prints.stamp(PaperOf.LETTER, letter)
    prints.printed(stamp, PaperOf.LETTER, 1)
    panel.show_papers(prints.of_case(case.id))
    assert "Waiting for the signature" in said(panel)
    page = signed(laptop, letter, tmp_path)
    laptop.referring.correct(letter, WantedReferral(ReferralKind.EXTERNAL, "เจ็บป่วย", receiver="บ้านพักเด็ก"))
    screen.take_in([page])
    panel.show_papers(prints.of_case(case.id))
    assert "Signed an older version" in said(panel)
    assert "See sheet 1" in said(panel)


def test_what_is_saved_counts_as_printed_and_what_cannot_be_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    places: list[Path | None] = [None, tmp_path, tmp_path / "x.pdf"]
    dialog = PrintDialog("x", "y", [Sheet()], "แบบที่กรอก", ask_where=lambda _parent: places.pop(0))
    qtbot.addWidget(dialog)
    told: list[bool] = []
    dialog.saved.connect(lambda: told.append(True))
    dialog.save()
    dialog.save()
    assert told == [] and "could not be written" in dialog.message.text
    dialog.save()
    assert told == [True] and (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
