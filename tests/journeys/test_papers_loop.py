"""Papers from the laptop to the table and back: a filled form and a letter are printed, signed, crumpled, photographed in bad light, taken
in by the real window, sent over real HTTP, and seen signed at the office with their pictures."""

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.care.referral import ReferralKind, ReferralState
from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.domain.submission import Submission
from fieldapp.gui.changes import ChangeFeed
from fieldapp.gui.letters.pdf import as_pdf
from fieldapp.gui.letters.referral import set_referral
from fieldapp.gui.letters.signed_papers import set_form
from fieldapp.gui.screens.papers.screen import PapersScreen
from fieldapp.store.recording import Act, record
from fieldapp.store.roll import Roll
from fieldapp.usecases.children import Children
from fieldapp.usecases.papers.filing import Papers
from fieldapp.usecases.papers.printing import Prints
from fieldapp.usecases.photos import Photos
from fieldapp.usecases.referring import Referring, WantedReferral
from tests.support.crumpled import Treatment, treated
from tests.support.district import VISITED_ON, district, engine
from tests.support.district_server import Running
from tests.support.office import OfficeVisitor
from tests.support.qt import InlineTasks
from tests.support.records import a_submission
from tests.support.running import serving
from tests.support.world import FieldLaptop, World
from tests.support.xlsforms import xlsform

__all__ = ["district", "engine"]

ON_THE_WAY = Treatment(turn=97, slant=0.05, crumple=0.006, light=0.8, shadow=0.6, noise=0.12, quality=40, width=1_300)


class Windowed:
    """What the window finds at a client, over a laptop's store."""

    def __init__(self, laptop: FieldLaptop) -> None:
        self.papers = Papers(laptop.store, laptop.now)
        self.prints = Prints(laptop.store, laptop.now)
        self.photos = Photos(laptop.store, laptop.now)
        self.referring = Referring(laptop.store, laptop.now)
        self.children = Children(laptop.store, Roll(laptop.store), laptop.now)


@pytest.fixture
def world(district, tmp_path: Path) -> Iterator[World]:  # type: ignore[no-untyped-def]
    with serving(district, tmp_path / "photos") as address, ExitStack() as opened:
        yield World(district, address, tmp_path / "laptops", opened)


def _filled(laptop: FieldLaptop, case_id: str) -> Submission:
    submission = a_submission(laptop.case(case_id), by=laptop.store.person_id, filled_on=VISITED_ON, form_version="2569.1")
    submission = replace(submission, xml=submission.xml.replace("<met>แม่</met>", "<met>yes</met>"))
    record(laptop.store, [Act(SubmissionRecorded(submission), submission.id)], laptop.now())
    return submission


def _photographed(pdf: bytes, folder: Path, name: str) -> list[Path]:
    """Each printed sheet, as it comes back."""
    folder.mkdir(exist_ok=True)
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        path = folder / f"{name}-{number}.jpg"
        treated(page.render(scale=150 / 72).to_pil(), ON_THE_WAY, seed=number).save(path, quality=70)
        found.append(path)
    return found


def test_what_was_printed_and_signed_is_seen_at_the_office(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    office = OfficeVisitor(Running(world.address, world.district, tmp_path))
    office.sign_in()
    office.get("/office/forms")
    looked = office.post("/office/forms", files={"file": ("form.xlsx", xlsform())})
    office.post(f"{looked.url.removeprefix(office.running.url)}/publish")
    assert laptop.sync().error is None

    here = Windowed(laptop)
    form = _filled(laptop, case_id)
    here.referring.draft(case_id, WantedReferral(ReferralKind.EXTERNAL, "ไม่มีผู้ดูแล", receiver="บ้านพักเด็กและครอบครัว"))
    referral = here.referring.of_case(case_id).referrals[0].referral.id
    form_sheets = set_form(here.prints.form(form.id), here.prints.stamp(PaperOf.FORM, form.id))
    letter_sheets = set_referral(here.referring.letter(referral), here.prints.stamp(PaperOf.LETTER, referral))[:-1]
    files = _photographed(as_pdf(form_sheets, "form"), tmp_path / "phone", "form")
    files += _photographed(as_pdf(letter_sheets, "letter"), tmp_path / "phone", "letter")

    screen = PapersScreen(here, InlineTasks(), ChangeFeed(), laptop.now)  # type: ignore[arg-type]
    qtbot.addWidget(screen)
    screen.show()
    screen.take_in(files)
    QApplication.processEvents()
    lines = {line.of: line for line in here.prints.of_case(case_id).lines}
    assert [lines[of].signing.signed for of in (form.id, referral)] == [True, True]  # type: ignore[union-attr]
    assert here.papers.loose() == ()
    assert here.referring.of_case(case_id).referrals[0].state is ReferralState.SIGNED

    result = laptop.sync()
    assert (result.error, result.photos) == (None, len(files))
    for path in (f"/office/cases/{case_id}", f"/office/forms/filled/{form.id}", f"/office/referrals/{referral}"):
        page = office.get(path).text
        assert "ได้รับแผ่นที่เซ็นแล้ว" in page
        pictures = re.findall(r'<img src="(/office/papers/[^"]+)"', page)
        assert len(pictures) == (len(files) if "cases" in path else 1)
        shown = office.get(pictures[0])
        assert shown.headers["content-type"] == "image/jpeg"
        assert max(Image.open(io.BytesIO(shown.content)).size) == 1_600
