"""Pictures of filled forms on their way: behind their form, each for itself, with receipts of their own."""

import datetime as dt

from sqlalchemy import update

from fieldapp.domain.payloads import SubmissionRecorded
from fieldapp.domain.photo import Photo, file_name
from fieldapp.domain.reference import Role
from fieldapp.domain.submission import Submission
from fieldapp.records.of_case import photos_of_case
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server.deciding import along, deciding, entries
from fieldapp.server.deciding.entries import InboxEntry, Wanted
from fieldapp.server.forms import collected
from fieldapp.server.write_path.recording import put_reference
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.recording import Act, record
from fieldapp.store.sent import aside_photos, sent
from fieldapp.store.tables import photo_bytes
from fieldapp.usecases.filling import Filling
from fieldapp.usecases.photos import Photos
from fieldapp.wire.messages import MAX_PHOTO_BYTES
from tests.support.district import VISITED_ON
from tests.support.forms_here import published
from tests.support.pictures import a_jpeg, a_png
from tests.support.records import a_submission
from tests.support.world import FieldLaptop, World
from tests.support.xlsforms import PICTURED


def fill(laptop: FieldLaptop, case_id: str | None, **values: object) -> Submission:
    submission = a_submission(laptop.case(case_id) if case_id else None, by=laptop.store.person_id, filled_on=VISITED_ON, **values)
    record(laptop.store, [Act(SubmissionRecorded(submission), submission.id)], laptop.now())
    return submission


def at_work(world: World) -> tuple[FieldLaptop, str]:
    laptop = world.teacher("somying")
    case_id = world.district.add_case(world.district.people["somying"])
    laptop.sync()
    return laptop, case_id


def known(world: World, case_id: str) -> list[Photo]:
    with world.district.engine.connect() as connection:
        return list(photos_of_case(connection, world.district.id, case_id))


def open_entries(world: World) -> tuple[InboxEntry, ...]:
    with world.district.engine.connect() as connection:
        return entries.read(connection, world.district.id, Wanted(decided=False))


def test_a_picture_arrives_behind_its_form_with_a_receipt_that_holds(world: World) -> None:
    laptop, case_id = at_work(world)
    submission = fill(laptop, case_id)
    photo = laptop.photograph(submission)
    result = laptop.sync()
    assert (result.error, result.photos) == (None, 1)
    (there,) = known(world, case_id)
    assert (there.submission_id, there.visit_id, there.stored) == (submission.id, None, True)
    assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    with laptop.store.reading() as connection:
        (line,) = sent(connection, laptop.store.district_id, 10)
    assert (line.kind, line.photos) == ("submission.recorded", ("received",))


def test_a_picture_follows_its_form_to_who_has_the_child_next(world: World) -> None:
    before, case_id = at_work(world)
    after = world.teacher("wichai")
    photo = before.photograph(fill(before, case_id))
    before.sync()
    world.district.assign(case_id, world.district.people["wichai"])
    before.sync()
    after.sync()
    with after.store.reading() as connection:
        (here,) = photos_of_case(connection, after.store.district_id, case_id)
    assert (here.id, here.submission_id, here.stored) == (photo.id, photo.submission_id, True)
    assert not before.holds_picture(photo)


def test_a_picture_that_cannot_be_read_holds_up_neither_its_form_nor_the_others(world: World) -> None:
    laptop, case_id = at_work(world)
    submission = fill(laptop, case_id)
    wrong, right = laptop.photograph(submission), laptop.photograph(submission)
    with laptop.store.photo_writing() as connection:
        connection.execute(update(photo_bytes).where(photo_bytes.c.sha256 == wrong.sha256).values(bytes=b"\xff\xd8\xffdamaged"))
    error = laptop.sync().error
    assert error is not None and error.code == "photo.unreadable"
    assert laptop.status(submission.id)[0] == "accepted"
    assert (laptop.photo_state(wrong), laptop.photo_state(right)) == ("set_aside", "received")
    with laptop.store.reading() as connection:
        (aside,) = aside_photos(connection, laptop.store.district_id)
    assert (aside.photo.id, aside.visited_on, aside.visit_status) == (wrong.id, VISITED_ON, "accepted")


def test_a_picture_that_is_refused_is_set_aside_alone(world: World) -> None:
    laptop, case_id = at_work(world)
    submission = fill(laptop, case_id)
    wrong = laptop.photograph(submission, said_size=MAX_PHOTO_BYTES + 1)
    laptop.sync()
    assert laptop.status(submission.id)[0] == "accepted"
    assert laptop.status(wrong.id) == (SET_ASIDE, "wrong_value", "photo.size")


def test_a_picture_of_a_form_that_was_refused_waits_with_it(world: World) -> None:
    laptop, case_id = at_work(world)
    submission = fill(laptop, case_id)
    with laptop.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET body = replace(body, ?, '2099-01-01')", (VISITED_ON.isoformat(),))
    photo = laptop.photograph(submission)
    laptop.sync()
    assert laptop.status(submission.id)[:2] == (SET_ASIDE, "in_the_future")
    assert laptop.status(photo.id)[0] is None


def test_a_picture_goes_with_its_form_into_the_inbox_and_out_of_it(world: World) -> None:
    before, case_id = at_work(world)
    world.teacher("wichai")
    submission = fill(before, case_id)
    first = before.photograph(submission)
    world.district.assign(case_id, world.district.people["wichai"])
    assert before.sync().held == 2
    (entry,) = open_entries(world)
    assert (entry.record_id, entry.photos) == (submission.id, 1)
    with world.district.engine.begin() as connection:
        assert [one.here for one in along.pictures(connection, world.district.id, entry)] == [True]
        how = {"take": True, "note": "", "case_id": "", "by": world.district.officer.id, "now": dt.datetime.now(dt.UTC)}
        deciding.decide_held(connection, world.district.id, entry.id, **how)
    (there,) = known(world, case_id)
    assert (there.id, there.submission_id, there.stored) == (first.id, submission.id, True)
    assert open_entries(world) == ()


def test_copies_of_a_house_send_their_picture_once(world: World) -> None:
    laptop = world.teacher("somying")
    cases = [world.district.add_case(world.district.people["somying"]) for _ in range(2)]
    laptop.sync()
    content = b"\xff\xd8\xff" + bytes(range(256)) * 400
    photos = [laptop.photograph(fill(laptop, case_id, household_id="house"), content=content) for case_id in cases]
    before = laptop.line.inner.traffic.up
    result = laptop.sync()
    assert (result.error, result.photos) == (None, 2)
    assert len(content) < laptop.line.inner.traffic.up - before < 2 * len(content)
    for photo in photos:
        assert world.photo_is_stored(photo)
        assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)


def test_a_picture_of_no_form_is_refused(world: World) -> None:
    laptop, case_id = at_work(world)
    unknown = a_submission(laptop.case(case_id), by=laptop.store.person_id, filled_on=VISITED_ON)
    submission = fill(laptop, case_id)
    photo = laptop.photograph(submission)
    with laptop.store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET body = replace(body, ?, ?) WHERE kind = 'photo.added'", (submission.id, unknown.id))
    laptop.sync()
    assert laptop.status(photo.id) == (SET_ASIDE, "unknown_record", "submission_id")
    assert laptop.status(submission.id)[0] == "accepted"


def test_a_picture_of_a_form_about_a_school_is_seen_by_its_people(world: World) -> None:
    laptop = world.teacher("somying")
    world.district.add_person("head", Role.SCHOOL_HEAD)
    head = world.laptop("head")
    laptop.sync()
    photo = laptop.photograph(fill(laptop, None, school_code=laptop.store.identity.school_code))
    result = laptop.sync()
    assert (result.error, result.photos) == (None, 1)
    assert world.photo_is_stored(photo)
    head.sync()
    with head.store.reading() as connection:
        here = SqlRecords(connection, head.store.district_id).photo(photo.id)
    assert here is not None and (here.submission_id, here.case_id, here.stored) == (photo.submission_id, None, True)
    elsewhere = laptop.photograph(fill(laptop, None, school_code="46039999"))
    laptop.sync()
    assert not world.photo_is_stored(elsewhere)


def test_a_picture_that_was_given_on_the_page_is_shown_in_the_office(world: World) -> None:
    laptop, case_id = at_work(world)
    with world.district.engine.begin() as connection:
        put_reference(connection, world.district.id, [published(PICTURED)])
    laptop.sync()
    filling, photos = Filling(laptop.store, laptop.now), Photos(laptop.store, laptop.now)
    opened = filling.open("house", case_id)
    outside, signed = photos.answer(opened.draft, a_jpeg(3_000, 2_000, position=True)), photos.sign(opened.draft, a_png(1_120, 360))
    for name, value in {"came_in": "no", "outside": file_name(outside), "signed": file_name(signed)}.items():
        opened.session.set(f"/data/{name}", value)
    filling.save(opened.draft, opened.session.to_xml(), 0)
    filling.finish(opened.draft.id)
    result = laptop.sync()
    assert (result.error, result.photos) == (None, 2)
    with world.district.engine.connect() as connection:
        found = collected.one(connection, world.district.id, opened.draft.id, sensitive=True, urgent=True)
    assert found.pictures == {outside.sha256, signed.sha256}
    stored = {path.name: path.read_bytes() for path in (world.folder.parent / "district-photos").rglob("*") if path.is_file()}
    assert stored[signed.sha256].startswith(b"\x89PNG")
    assert stored[outside.sha256].startswith(b"\xff\xd8") and b"SecretCameraName" not in stored[outside.sha256]
