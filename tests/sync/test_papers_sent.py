"""Papers that came back on their way to the district: with their picture, to whoever has the child, and into the inbox and out of it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.paper import Paper, PaperOf, PaperState
from fieldapp.domain.care.referral import Referral, ReferralKind, ReferralState
from fieldapp.domain.identifiers import CareId, DeviceId, PersonId, new_id
from fieldapp.domain.paper_code import PaperCode
from fieldapp.domain.payloads import care_payload
from fieldapp.domain.photo import Photo
from fieldapp.domain.reference import Role, Setting
from fieldapp.records.care import care_of
from fieldapp.records.of_case import photos_of_case
from fieldapp.records.papers import papers_of_case
from fieldapp.records.reference import SENSITIVE
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.paper_versions import says_now
from fieldapp.server.access.scope import Caller
from fieldapp.server.deciding import along, deciding, entries
from fieldapp.server.deciding.entries import Wanted
from fieldapp.server.photos.seeing import seen_by
from fieldapp.server.problems import Refused
from fieldapp.server.write_path.recording import put_reference
from fieldapp.store.recording import Act, record
from fieldapp.store.sent import sent
from fieldapp.usecases.papers.filing import Papers
from fieldapp.usecases.referring import Referring, WantedReferral
from tests.support.paper_pages import a_page, saved
from tests.support.records import a_paper
from tests.support.world import FieldLaptop, World

WANTED = WantedReferral(ReferralKind.EXTERNAL, "ไม่มีผู้ดูแล", receiver="บ้านพักเด็ก")


def at_work(world: World) -> tuple[FieldLaptop, str, str]:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    referring = Referring(laptop.store, laptop.now)
    referring.draft(case_id, WANTED)
    return laptop, case_id, referring.of_case(case_id).referrals[0].referral.id


def comes_back(laptop: FieldLaptop, referral_id: str, folder: Path) -> None:
    with laptop.store.reading() as connection:
        says = says_now(connection, laptop.store.district_id, PaperOf.LETTER, referral_id)
    assert says is not None
    code = PaperCode(laptop.store.district_id, PaperOf.LETTER, referral_id, says.version, 1, 1)
    (sheet,) = Papers(laptop.store, laptop.now).take_in([saved(folder, a_page(code.text))]).sheets
    assert sheet.filed


def at_district(world: World, case_id: str) -> tuple[tuple[Paper, ...], tuple[Photo, ...]]:
    with world.district.engine.connect() as connection:
        return papers_of_case(connection, world.district.id, case_id), photos_of_case(connection, world.district.id, case_id)


def state_there(world: World, case_id: str) -> str:
    with world.district.engine.connect() as connection:
        ((_referral, stood),) = care_of(connection, world.district.id, [case_id]).of(Referral)
    return stood.state


def test_the_district_has_the_paper_its_picture_and_the_signed_step(world: World, tmp_path: Path) -> None:
    laptop, case_id, referral = at_work(world)
    comes_back(laptop, referral, tmp_path)
    result = laptop.sync()
    assert (result.error, result.photos, result.held) == (None, 1, 0)
    (paper,), (photo,) = at_district(world, case_id)
    assert (paper.of, photo.paper_id, photo.sha256, photo.stored) == (referral, paper.id, paper.sha256, True)
    assert state_there(world, case_id) == ReferralState.SIGNED
    with laptop.store.reading() as connection:
        line = next(one for one in sent(connection, laptop.store.district_id, 10) if one.kind == "paper.returned")
    assert (line.status, line.photos) == ("accepted", ("received",))


def test_a_paper_follows_its_child_and_leaves_the_laptop_that_had_it(world: World, tmp_path: Path) -> None:
    before, case_id, referral = at_work(world)
    comes_back(before, referral, tmp_path)
    before.sync()
    after = world.teacher("wichai")
    world.district.assign(case_id, world.district.people["wichai"])
    for laptop, there in ((before, 0), (after, 1)):
        laptop.sync()
        with laptop.store.reading() as connection:
            assert len(papers_of_case(connection, world.district.id, case_id)) == there
            assert len(photos_of_case(connection, world.district.id, case_id)) == there


def test_a_paper_that_is_held_takes_its_picture_along(world: World, tmp_path: Path) -> None:
    before, case_id, referral = at_work(world)
    before.sync()
    comes_back(before, referral, tmp_path)
    world.teacher("wichai")
    world.district.assign(case_id, world.district.people["wichai"])
    assert before.sync().held == 3
    with world.district.engine.begin() as connection:
        waiting = {one.event_kind: one for one in entries.read(connection, world.district.id, Wanted(decided=False))}
        entry = waiting["paper.returned"]
        assert entry.photos == 1
        assert [one.here for one in along.pictures(connection, world.district.id, entry)] == [True]
        how = {"take": True, "note": "", "case_id": "", "by": world.district.officer.id, "now": dt.datetime.now(dt.UTC)}
        deciding.decide_held(connection, world.district.id, entry.id, **how)
    (paper,), (photo,) = at_district(world, case_id)
    assert (photo.paper_id, photo.stored) == (paper.id, True)


def test_a_picture_that_comes_after_its_paper_was_held_waits_with_it(world: World) -> None:
    before, case_id, referral = at_work(world)
    before.sync()
    world.teacher("wichai")
    world.district.assign(case_id, world.district.people["wichai"])
    with before.store.reading() as connection:
        found = SqlRecords(connection, before.store.district_id).care(CareKind.REFERRAL, CareId(referral))
    assert isinstance(found, Referral)
    paper = a_paper(found, by=before.store.person_id)
    record(before.store, [Act(care_payload(paper), paper.id)], before.now())
    photo = before.photograph(paper)
    with before.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET status = 'later' WHERE record_id = ?", (photo.id,))
    assert before.sync().held == 1
    with before.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET status = NULL WHERE status = 'later'")
    assert before.sync().held == 1
    assert before.status(photo.id)[0] == "held"
    with world.district.engine.connect() as connection:
        (entry,) = entries.read(connection, world.district.id, Wanted(decided=False))
    assert (entry.record_id, entry.photos) == (paper.id, 1)


def test_a_paper_that_was_filed_wrongly_counts_no_more(world: World, tmp_path: Path) -> None:
    laptop, case_id, referral = at_work(world)
    comes_back(laptop, referral, tmp_path)
    laptop.sync()
    (paper,), _photos = at_district(world, case_id)
    Papers(laptop.store, laptop.now).misfiled(paper.id)
    assert laptop.sync().error is None
    assert at_district(world, case_id)[0] == ()
    with world.district.engine.connect() as connection:
        ((_paper, stood),) = care_of(connection, world.district.id, [case_id]).of(Paper)
    assert stood.state is PaperState.MISFILED


def test_who_may_not_see_what_is_sensitive_sees_no_picture_of_a_letter(world: World, tmp_path: Path) -> None:
    laptop, case_id, referral = at_work(world)
    comes_back(laptop, referral, tmp_path)
    laptop.sync()
    (paper,), _photos = at_district(world, case_id)
    officer = Caller(PersonId(new_id()), "officer", "", Role.OFFICER, "", DeviceId(new_id()), "")
    with world.district.engine.begin() as connection:
        put_reference(connection, world.district.id, [Setting(SENSITIVE, {"roles": "officer"})])
        assert seen_by(connection, world.district.id, officer, paper.sha256)[1] == [case_id]
        with pytest.raises(Refused):
            seen_by(connection, world.district.id, replace(officer, role=Role.COORDINATOR), paper.sha256)
