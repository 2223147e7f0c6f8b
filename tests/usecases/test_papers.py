"""Sheets that come back are filed to the record that their code names, mark its signature, and are never taken for more than they are."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from fieldapp.domain.care.facts import CareFact, CareKind
from fieldapp.domain.care.paper import Paper, PaperOf, PaperState
from fieldapp.domain.care.referral import ReferralKind, ReferralState
from fieldapp.domain.case import Case
from fieldapp.domain.event import EventRefused
from fieldapp.domain.payloads import ChildEdited, SubmissionRecorded, care_payload
from fieldapp.domain.submission import Submission
from fieldapp.records.of_case import photos_of_case
from fieldapp.records.papers import papers_of_case
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.paper_versions import says_now
from fieldapp.store import departures, photos
from fieldapp.store.recording import Act, record
from fieldapp.store.tables import outbox, photo_bytes
from fieldapp.usecases.papers.filing import LooseReason, Papers, Sheet
from fieldapp.usecases.referring import WantedReferral
from tests.support.laptop import ME, TODAY, Laptop, fill
from tests.support.paper_pages import a_page, as_scan, code_of, saved
from tests.support.records import a_care_step, a_submission


@pytest.fixture
def case(laptop: Laptop) -> Case:
    (case,) = fill(laptop, 1)
    return case


def papers(laptop: Laptop) -> Papers:
    return Papers(laptop.store, laptop.clock)


def filled(laptop: Laptop, case: Case, **values: Any) -> Submission:
    submission = a_submission(case, by=ME, **values)
    record(laptop.store, [Act(SubmissionRecorded(submission), submission.id)], laptop.clock())
    return submission


def drafted(laptop: Laptop, case: Case, reason: str = "ไม่มีผู้ดูแล") -> str:
    laptop.referring.draft(case.id, WantedReferral(ReferralKind.EXTERNAL, reason, receiver="บ้านพักเด็ก"))
    return laptop.referring.of_case(case.id).referrals[0].referral.id


def version(laptop: Laptop, kind: PaperOf, of: str) -> str:
    with laptop.store.reading() as connection:
        says = says_now(connection, laptop.store.district_id, kind, of)
    assert says is not None
    return says.version


def printed(laptop: Laptop, kind: PaperOf, of: str, page: int = 1, pages: int = 1, seed: int = 1, **values: Any) -> Image.Image:
    return a_page(code_of(laptop, kind, of, version(laptop, kind, of), page, pages).text, seed=seed, **values)


def taken(laptop: Laptop, *paths: Path) -> tuple[Sheet, ...]:
    return papers(laptop).take_in(paths).sheets


def kept(laptop: Laptop, case: Case) -> tuple[Paper, ...]:
    with laptop.store.reading() as connection:
        return papers_of_case(connection, laptop.store.district_id, case.id)


def reasons(laptop: Laptop) -> list[str]:
    return [sheet.reason for sheet in papers(laptop).loose()]


def state(laptop: Laptop, case: Case) -> ReferralState:
    return laptop.referring.of_case(case.id).referrals[0].state


def do(laptop: Laptop, fact: CareFact) -> None:
    record(laptop.store, [Act(care_payload(fact), fact.id)], laptop.clock())


def test_a_signed_form_is_filed_with_its_picture_and_waits_to_be_sent(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    (sheet,) = taken(laptop, saved(tmp_path, printed(laptop, PaperOf.FORM, form.id)))
    (done,) = sheet.filed
    assert (done.case_id, done.of_kind, done.signed, done.outdated, done.stepped) == (case.id, PaperOf.FORM, True, False, False)
    (paper,) = kept(laptop, case)
    assert (paper.of, paper.page, paper.pages, paper.on, paper.by, paper.by_hand) == (form.id, 1, 1, TODAY, ME, False)
    with laptop.store.reading() as connection:
        (photo,) = photos_of_case(connection, laptop.store.district_id, case.id)
        kinds = connection.execute(select(outbox.c.kind).order_by(outbox.c.position)).scalars().all()
    assert (photo.paper_id, photo.sha256, photo.kind) == (paper.id, paper.sha256, "document")
    assert kinds == ["submission.recorded", "paper.returned", "photo.added"]
    assert papers(laptop).picture(photo.sha256) is not None


def test_a_letter_that_came_back_marks_its_referral_as_signed(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    referral = drafted(laptop, case)
    first = saved(tmp_path, printed(laptop, PaperOf.LETTER, referral, 1, 2), "1.jpg")
    (sheet,) = taken(laptop, first)
    assert not sheet.filed[0].signed
    assert state(laptop, case) is ReferralState.DRAFT
    (sheet,) = taken(laptop, saved(tmp_path, printed(laptop, PaperOf.LETTER, referral, 2, 2), "2.jpg"))
    assert sheet.filed[0].stepped
    assert state(laptop, case) is ReferralState.SIGNED


def test_a_letter_that_was_sent_before_its_picture_came_stays_sent(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    referral = drafted(laptop, case)
    for step in (ReferralState.SIGNED, ReferralState.SENT):
        laptop.referring.step(referral, step, TODAY)
    (sheet,) = taken(laptop, saved(tmp_path, printed(laptop, PaperOf.LETTER, referral)))
    assert not sheet.filed[0].stepped
    assert state(laptop, case) is ReferralState.SENT


def test_a_reply_slip_signs_nothing(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    referral = drafted(laptop, case)
    (sheet,) = taken(laptop, saved(tmp_path, printed(laptop, PaperOf.SLIP, referral)))
    assert sheet.filed[0].of_kind is PaperOf.SLIP
    assert state(laptop, case) is ReferralState.DRAFT


@pytest.mark.parametrize("change", ["the text", "the child's name"])
def test_what_was_signed_before_the_record_changed_is_kept_and_said(laptop: Laptop, case: Case, tmp_path: Path, change: str) -> None:
    referral = drafted(laptop, case)
    page = printed(laptop, PaperOf.LETTER, referral)
    if change == "the text":
        laptop.referring.correct(referral, WantedReferral(ReferralKind.EXTERNAL, "เจ็บป่วย", receiver="บ้านพักเด็ก"))
    else:
        record(laptop.store, [Act(ChildEdited({"family_name": "อื่น"}), case.child_id, 1)], laptop.clock())
    (sheet,) = taken(laptop, saved(tmp_path, page))
    assert sheet.filed[0].outdated
    assert not sheet.filed[0].stepped
    assert state(laptop, case) is ReferralState.DRAFT
    assert [paper.outdated for paper in kept(laptop, case)] == [True]


def test_a_scan_of_many_sheets_is_filed_sheet_by_sheet(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    pages = [printed(laptop, PaperOf.FORM, form.id, number, 3, seed=number) for number in (1, 2, 3)]
    sheets = taken(laptop, as_scan(tmp_path, [*pages, a_page("")]))
    assert [sheet.filed[0].page for sheet in sheets[:3]] == [1, 2, 3]
    assert (sheets[3].loose, sheets[3].number, sheets[3].count) == (LooseReason.NO_CODE, 4, 4)
    assert [paper.is_signed for paper in kept(laptop, case)] == [False, False, True]


def test_the_same_sheet_twice_is_known_by_its_picture_and_by_its_code(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    page = saved(tmp_path, printed(laptop, PaperOf.FORM, form.id))
    taken(laptop, page)
    (again,) = taken(laptop, page)
    assert (again.known, again.filed, again.loose) == (True, (), None)
    (other,) = taken(laptop, saved(tmp_path, printed(laptop, PaperOf.FORM, form.id, seed=7), "other.jpg"))
    assert other.loose is LooseReason.HERE_ALREADY
    assert len(kept(laptop, case)) == 1
    (unread,) = taken(laptop, saved(tmp_path, a_page(""), "unread.jpg"))
    assert unread.loose is LooseReason.NO_CODE
    (unread,) = taken(laptop, tmp_path / "unread.jpg")
    assert unread.known
    assert len(reasons(laptop)) == 2


def test_what_cannot_be_filed_waits_for_a_person_with_the_reason(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form, other = filled(laptop, case), drafted(laptop, case)
    good = code_of(laptop, PaperOf.FORM, form.id, "7K3M")
    wrong_sign = good.text[:-1] + ("0" if good.text[-1] != "0" else "1")
    two = a_page(good.text, others=(code_of(laptop, PaperOf.LETTER, other, "7K3M").text,))
    for number, page in enumerate(
        (
            a_page(replace(good, district_id="4501").text),
            a_page(replace(good, of=case.id).text),
            a_page(wrong_sign),
            a_page(good.text.replace("FA1", "FA2")),
            a_page("", others=("https://line.me/R/ti/p/abc", "00020101021129370016A000000677010111")),
            two,
        )
    ):
        (sheet,) = taken(laptop, saved(tmp_path, page, f"{number}.jpg"))
        assert sheet.filed == ()
    wanted = ["other_district", "unknown", "damaged", "newer", "only_others", "several"]
    assert reasons(laptop) == wanted
    assert kept(laptop, case) == ()
    assert reasons(laptop.reopened()) == wanted


def test_codes_of_others_beside_ours_do_no_harm(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    (sheet,) = taken(laptop, saved(tmp_path, printed(laptop, PaperOf.FORM, form.id, others=("https://line.me/R/ti/p/abc",))))
    assert (len(sheet.filed), sheet.others) == (1, 1)


def test_a_sheet_of_a_child_that_left_waits_for_a_person(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    page = saved(tmp_path, printed(laptop, PaperOf.FORM, form.id))
    with laptop.store.writing() as connection:
        departures.remember(connection, {case.id: departures.Whereto(person_id="x")})
    (sheet,) = taken(laptop, page)
    assert sheet.loose is LooseReason.LEFT
    (waiting,) = papers(laptop).loose()
    with pytest.raises(EventRefused, match="paper.left"):
        papers(laptop).file_by_code(waiting.id, waiting.code)
    assert len(papers(laptop).loose()) == 1


def test_a_person_files_by_the_short_text_or_by_looking(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form, referral = filled(laptop, case), drafted(laptop, case)
    taken(laptop, saved(tmp_path, a_page("", seed=1), "1.jpg"), saved(tmp_path, a_page("", seed=2), "2.jpg"))
    first, second = papers(laptop).loose()
    for text in ("1234", "FA1:4603:F:01J2G-00000"):
        with pytest.raises(EventRefused, match="paper.damaged"):
            papers(laptop).file_by_code(first.id, text)
    code = code_of(laptop, PaperOf.FORM, form.id, version(laptop, PaperOf.FORM, form.id), 1, 2)
    done = papers(laptop).file_by_code(first.id, code.printed.lower()).filed
    assert (done.page, done.pages, done.outdated) == (1, 2, False)
    by_eye = papers(laptop).file_as(second.id, PaperOf.LETTER, referral).filed
    assert (by_eye.signed, by_eye.stepped) == (True, True)
    assert reasons(laptop) == []
    assert [(paper.of, paper.by_hand, paper.version) for paper in kept(laptop, case)] == [
        (form.id, False, code.version),
        (referral, True, ""),
    ]


def test_what_is_thrown_away_leaves_with_its_picture(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    taken(laptop, saved(tmp_path, a_page("")))
    (sheet,) = papers(laptop).loose()
    photos.drop_unused(laptop.store, [sheet.sha256])  # as after a form that showed the same picture was thrown away
    assert papers(laptop).thumbnail(sheet.sha256)
    papers(laptop).discard(sheet.id)
    with laptop.store.photo_reading() as connection:
        assert connection.execute(select(photo_bytes.c.sha256)).all() == []
    assert reasons(laptop) == []


def test_a_sheet_that_was_filed_wrongly_is_to_be_sorted_again(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    taken(laptop, saved(tmp_path, printed(laptop, PaperOf.FORM, form.id)))
    (paper,) = kept(laptop, case)
    laptop.clock.forward(minutes=1)
    papers(laptop).misfiled(paper.id)
    assert kept(laptop, case) == ()
    assert reasons(laptop) == ["misfiled"]
    (sheet,) = papers(laptop).loose()
    papers(laptop).file_as(sheet.id, PaperOf.FORM, form.id)
    assert len(kept(laptop, case)) == 1


def test_files_that_cannot_be_read_are_told_and_the_others_go_on(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    for name, content in (("a.jpg", b"no picture"), ("b.pdf", b"%PDF-1.7 no more"), ("c.pdf", b"%PDF-1.4\n%%EOF")):
        (tmp_path / name).write_bytes(content)
    good = saved(tmp_path, printed(laptop, PaperOf.FORM, form.id), "good.jpg")
    sheets = taken(laptop, *(tmp_path / name for name in ("a.jpg", "b.pdf", "c.pdf", "gone.jpg")), good)
    assert [sheet.error.code if sheet.error else "" for sheet in sheets] == [
        "photo.unreadable",
        "paper.pdf_unreadable",
        "paper.pdf_unreadable",
        "photo.missing",
        "",
    ]
    assert len(kept(laptop, case)) == 1


def test_cancelled_it_stops_between_two_sheets_and_what_was_done_stays(laptop: Laptop, case: Case, tmp_path: Path) -> None:
    form = filled(laptop, case)
    scan = as_scan(tmp_path, [printed(laptop, PaperOf.FORM, form.id, number, 3, seed=number) for number in (1, 2, 3)])
    seen: list[Sheet] = []
    done = papers(laptop).take_in([scan, scan], lambda _place, sheet: seen.append(sheet), lambda: len(seen) == 2)
    assert [sheet.number for sheet in done.sheets] == [1, 2]
    assert [paper.page for paper in kept(laptop, case)] == [1, 2]


def test_a_paper_says_only_what_can_be(laptop: Laptop, case: Case) -> None:
    right = Paper("0190a000-0000-7000-8000-0000000000b1", case.id, case.child_id, PaperOf.FORM, "x", "7K3M", 1, 1, "ab" * 32, TODAY, ME)  # type: ignore[arg-type]
    wrong = {
        "fact.of": replace(right, of=""),
        "fact.page": replace(right, page=2),
        "fact.pages": replace(right, pages=0, page=0),
        "fact.version": replace(right, version="a b"),
        "fact.sha256": replace(right, sha256="x"),
        "fact.on": replace(right, on=TODAY + dt.timedelta(days=3)),
    }
    for field, paper in wrong.items():
        with pytest.raises(EventRefused) as refused:
            do(laptop, paper)
        assert refused.value.field == field
    do(laptop, right)
    do(laptop, a_care_step(right, CareKind.PAPER, PaperState.MISFILED, on=TODAY))
    with laptop.store.reading() as connection:
        assert SqlRecords(connection, laptop.store.district_id).care(CareKind.PAPER, right.id) == right
