"""The district was put back from last night's backup: the laptops bring back what it forgot, exactly once, and say so."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.identifiers import CaseId
from fieldapp.domain.payloads import ChildEdited, VisitRecorded
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.reference import Role
from fieldapp.domain.visit import Visit
from fieldapp.errors import ServerProblem
from fieldapp.records import tables as record_tables
from fieldapp.server import database, tables
from fieldapp.store import device_keys, sync_log, sync_state
from fieldapp.store.tables import former_receipt, photo_transfer, reading_again
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.session import keep_session
from fieldapp.usecases.syncing import Syncing
from fieldapp.wire.codec import decode, encode, event_bytes, event_to_wire
from fieldapp.wire.messages import Push, Session
from tests.support.backups import back_up
from tests.support.bundles import a_desk, answered, bring, export
from tests.support.district import make_event, make_visit
from tests.support.faults import Fault
from tests.support.running import serving
from tests.support.world import FieldLaptop, World


def believed(laptop: FieldLaptop, visit: Visit) -> bool:
    """The overview shows it as received, and its receipt verifies."""
    syncing = Syncing(laptop.store, laptop.now, lambda: laptop.line)
    receipt = laptop.receipt_of(visit.id)
    if receipt is None:
        return False
    shown = syncing.receipt(receipt.subject)
    return laptop.status(visit.id)[0] == "accepted" and shown is not None and shown.verified


def forgets_nothing(world: World, laptop: FieldLaptop, *visits: Visit) -> None:
    for visit in visits:
        assert world.events(visit.id) == 1
        assert believed(laptop, visit)
        assert laptop.visit_here(visit.id) == visit


def last_run(laptop: FieldLaptop) -> sync_log.Run:
    with laptop.store.reading() as connection:
        return sync_log.runs(connection, 1)[0]


def nothing_goes_on(laptop: FieldLaptop) -> bool:
    with laptop.store.reading() as connection:
        return connection.execute(select(reading_again)).first() is None


def in_step(world: World, *laptops: FieldLaptop) -> None:
    """Another sync moves nothing, and every case here is as the district has it."""
    for laptop in laptops:
        result = laptop.sync()
        assert (result.error, result.pushed, result.pulled, result.anew) == (None, 0, 0, "")
        assert nothing_goes_on(laptop)


@pytest.fixture
def two(world: World) -> tuple[FieldLaptop, FieldLaptop]:
    """Two teachers with two cases each, synced."""
    laptops = world.teacher("somying"), world.teacher("wichai")
    for account, laptop in zip(("somying", "wichai"), laptops, strict=True):
        world.district.add_cases(2, world.district.people[account])
        assert laptop.sync().error is None
    return laptops


def test_what_was_sent_after_the_backup_comes_back_once_with_new_receipts(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, other = two
    kept = one.visit(sorted(one.case_ids())[0])
    one.sync()
    backup = back_up(world.district)
    lost = [laptop.visit(sorted(laptop.case_ids())[1]) for laptop in two]
    photos = [laptop.photograph(visit) for laptop, visit in zip(two, lost, strict=True)]
    for laptop in two:
        assert laptop.sync().error is None
        assert laptop.sync().error is None
    old = [laptop.receipt_of(visit.id) for laptop, visit in zip(two, lost, strict=True)]
    backup.put_back()
    assert [world.events(visit.id) for visit in lost] == [0, 0]

    for laptop, visit, photo in zip(two, lost, photos, strict=True):
        result = laptop.sync()
        assert (result.error, result.anew, result.sent_again) == (None, "pull.forgotten", 2)
        assert last_run(laptop).sent_again == 2
        forgets_nothing(world, laptop, visit)
        assert world.photo_is_stored(photo)
        assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    forgets_nothing(world, one, kept)
    for laptop, visit, before in zip(two, lost, old, strict=True):
        with laptop.store.reading() as connection:
            former = connection.execute(select(former_receipt.c.signature)).scalars().all()
        assert before is not None and before.signature in former
        receipt = laptop.receipt_of(visit.id)
        assert receipt is not None and receipt.signature != before.signature
    for laptop in two:
        laptop.sync()
    in_step(world, *two)


def test_a_district_that_has_moved_past_the_old_cursor_is_found_out_too(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, other = two
    backup = back_up(world.district)
    visit = one.visit(sorted(one.case_ids())[0])
    one.sync()
    backup.put_back()
    # Long before the laptop comes back, the office has worked on.
    more = world.district.add_cases(40, world.district.people["somying"])
    result = one.sync()
    assert (result.error, result.anew, result.sent_again) == (None, "pull.forgotten", 1)
    forgets_nothing(world, one, visit)
    assert set(more) <= one.case_ids()
    one.sync()
    in_step(world, one, other)


def test_a_visit_whose_news_was_never_pulled_comes_back_too(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    """The line broke between the push and the pull: the cursor lies before the backup, the receipt after it."""
    one, _ = two
    backup = back_up(world.district)
    visit = one.visit(sorted(one.case_ids())[0])
    one.line.fail(Fault.CUT_BEFORE, on="pull")
    one.sync()
    assert believed(one, visit)
    backup.put_back()
    world.district.add_cases(40, world.district.people["somying"])
    result = one.sync()
    assert (result.error, result.anew) == (None, "pull.forgotten")
    forgets_nothing(world, one, visit)


def test_photos_that_were_received_after_the_last_pull_come_back_too(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, _ = two
    visit = one.visit(sorted(one.case_ids())[0])
    photo = one.photograph(visit)
    one.line.refuse("begin_photo", lambda *arguments: ServerProblem("server_busy", 500))
    one.sync()
    one.sync()
    backup = back_up(world.district)
    one.line.heal()
    assert one.sync().photos == 1
    backup.put_back()
    world.district.add_cases(40, world.district.people["somying"])
    result = one.sync()
    assert (result.error, result.anew) == (None, "pull.forgotten")
    assert one.photo_state(photo) == "received"
    assert world.photo_is_stored(photo)
    forgets_nothing(world, one, visit)


def test_a_restart_or_another_process_alone_tells_nobody_to_read_again(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, _ = two
    visit = one.visit(sorted(one.case_ids())[0])
    one.sync()
    with another_process(world) as second:
        world.district.add_case(world.district.people["somying"])
        one.line.inner = second(one)
        photo = one.photograph(visit)
        result = one.sync()
        assert (result.error, result.anew, result.photos) == (None, "", 1)
    one.restart()
    assert one.sync().anew == ""
    assert one.photo_state(photo) == "received"


@contextmanager
def another_process(world: World) -> Iterator[Callable[[FieldLaptop], HttpTransport]]:
    engine = database.open_engine(world.district.engine.url.render_as_string(hide_password=False))
    with serving(replace(world.district, engine=engine), world.folder.parent / "district-photos") as address:
        yield lambda laptop: HttpTransport(address, now=laptop.now)
    engine.dispose()


def test_a_visit_for_a_child_whom_the_district_forgot_or_who_was_not_yet_the_teacher_s_is_held(
    world: World, two: tuple[FieldLaptop, FieldLaptop]
) -> None:
    """The backup is older than the assignment, and even than the list: the district's own signature shows that it had taken the visit."""
    one, _ = two
    unassigned = world.district.add_case()
    backup = back_up(world.district)
    listed = world.district.add_case(world.district.people["somying"])
    world.district.assign(unassigned, world.district.people["somying"])
    one.sync()
    visits = [one.visit(case_id) for case_id in (unassigned, listed)]
    photos = [one.photograph(visit) for visit in visits]
    one.sync()
    assert all(believed(one, visit) for visit in visits)
    backup.put_back()
    result = one.sync()
    assert (result.error, result.sent_again, result.held, result.rejected) == (None, 4, 4, 0)
    for visit, photo in zip(visits, photos, strict=True):
        assert one.status(visit.id)[:2] == ("held", "forgotten")
        assert world.events(visit.id) == 1
        receipt = one.receipt_of(visit.id)
        assert receipt is not None
        assert one.believes(one.photo_receipt(photo), photo.id, photo.sha256)
    # The children are not the teacher's in the district that was put back, and everything about them is sent.
    assert {unassigned, listed}.isdisjoint(one.case_ids())


def test_a_receipt_that_the_district_never_gave_opens_no_door(world: World, two: tuple[FieldLaptop, FieldLaptop]) -> None:
    one, other = two
    foreign = sorted(other.case_ids())[0]
    case = other.case(foreign)
    visit = make_visit(foreign, case.child_id, one.store.person_id)
    event = event_to_wire(make_event(VisitRecorded(visit), visit.id, one.store.person_id))
    receipt = Receipt(world.district.id, str(event["id"]), sha256_hex(event_bytes(event)), 7, one.now(), "ab" * 64)
    mine = one.visit(sorted(one.case_ids())[0])
    one.sync()
    genuine = one.receipt_of(mine.id)
    assert genuine is not None
    for offered in (receipt, genuine, replace(genuine, subject=receipt.subject), replace(genuine, sha256=receipt.sha256)):
        with one.store.reading() as connection:
            token = decode(Session, (sync_state.read(connection, sync_state.SESSION) or "").encode()).access_token
        (answer,) = one.line.push(token, Push((event,), (offered,))).answers
        assert (answer.status, answer.code) == ("rejected", "not_yours")


def test_an_answer_to_a_bundle_says_that_the_district_was_put_back(
    world: World, two: tuple[FieldLaptop, FieldLaptop], tmp_path: Path
) -> None:
    one, _ = two
    desk = a_desk(world.district, world.folder.parent / "district-photos")
    backup = back_up(world.district)
    lost = one.visit(sorted(one.case_ids())[0])
    one.sync()
    one.sync()
    new = one.visit(sorted(one.case_ids())[1])
    export(one, tmp_path / "out.fieldapp")
    backup.put_back()
    (more,) = world.district.add_cases(1, world.district.people["somying"])
    world.district.add_cases(40)
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "back.fieldapp")
    # No page came, and nothing was skipped: the answer says that all must be read again.
    result = answered(one, tmp_path / "back.fieldapp")
    assert (result.anew, result.sent_again, result.receipts_verified, result.pulled) == ("pull.forgotten", 1, 1, 0)
    assert one.status(lost.id) == (None, "", "")
    assert one.status(new.id)[0] == "accepted"
    assert one.visit_here(lost.id) == lost
    # The same answer again changes nothing, and the next file carries what was forgotten, if the keys are known again.
    assert answered(one, tmp_path / "back.fieldapp").anew == ""
    assert one.status(new.id)[0] == "accepted"
    with one.store.writing() as connection:
        device_keys.registered(connection, one.now())
    export(one, tmp_path / "again.fieldapp")
    bring(desk, tmp_path / "again.fieldapp", tmp_path / "all.fieldapp")
    result = answered(one, tmp_path / "all.fieldapp")
    assert (result.error, result.anew) == (None, "")
    forgets_nothing(world, one, lost, new)
    assert more in one.case_ids()
    assert nothing_goes_on(one)
    one.sync()
    in_step(world, one)


def test_an_old_answer_is_no_news_after_the_district_was_put_back(
    world: World, two: tuple[FieldLaptop, FieldLaptop], tmp_path: Path
) -> None:
    one, _ = two
    desk = a_desk(world.district, world.folder.parent / "district-photos")
    backup = back_up(world.district)
    export(one, tmp_path / "out.fieldapp")
    (gone,) = world.district.add_cases(1, world.district.people["somying"])
    bring(desk, tmp_path / "out.fieldapp", tmp_path / "old.fieldapp")
    one.sync()
    backup.put_back()
    assert one.sync().anew == "pull.forgotten"
    assert gone not in one.case_ids()
    assert answered(one, tmp_path / "old.fieldapp").pulled == 0
    assert gone not in one.case_ids()


@pytest.mark.parametrize("at", range(1, 6))
def test_a_program_that_ends_anywhere_in_between_goes_on_rightly(world: World, two: tuple[FieldLaptop, FieldLaptop], at: int) -> None:
    """Killed at the first, second, … request of the sync in which the restore is found out."""
    one, _ = two
    backup = back_up(world.district)
    visit = one.visit(sorted(one.case_ids())[0])
    photo = one.photograph(visit)
    one.sync()
    backup.put_back()
    more = set(world.district.add_cases(1_000, world.district.people["somying"]))
    requests: list[str] = []

    def killed(name: str) -> Callable[..., Exception | None]:
        def why(*arguments: object) -> Exception | None:
            requests.append(name)
            return KeyboardInterrupt() if len(requests) == at else None  # type: ignore[return-value]

        return why

    for name in ("register_keys", "push", "pull", "begin_photo"):
        one.line.refuse(name, killed(name))
    with contextlib.suppress(KeyboardInterrupt):
        one.sync()
    one.restart()
    one.line.heal()
    assert one.visit_here(visit.id) == visit
    while one.sync().pulled:
        assert one.visit_here(visit.id) == visit
    assert more <= one.case_ids()
    forgets_nothing(world, one, visit)
    assert world.photo_is_stored(photo)
    in_step(world, one)


def test_what_others_did_after_the_backup_goes_and_what_they_bring_back_comes_again(
    world: World, two: tuple[FieldLaptop, FieldLaptop]
) -> None:
    """An officer's laptop holds a teacher's visit that the district has forgotten, until the teacher's laptop brings it back."""
    one, _ = two
    world.district.add_person("chief", Role.OFFICER, "")
    chief = world.laptop("chief")
    chief.sync()
    backup = back_up(world.district)
    visit = one.visit(sorted(one.case_ids())[0])
    world.district.add_school("46039999")
    one.sync()
    chief.sync()
    assert chief.visit_here(visit.id) == visit
    backup.put_back()
    world.district.add_cases(40)
    result = chief.sync()
    assert (result.anew, result.sent_again) == ("pull.forgotten", 0)
    assert chief.visit_here(visit.id) is None
    with chief.store.reading() as connection:
        schools = connection.execute(select(record_tables.school.c.code)).scalars().all()
    assert "46039999" not in schools and "46030001" in schools
    one.sync()
    chief.sync()
    assert chief.visit_here(visit.id) == visit
    one.sync()
    in_step(world, one, chief)


@pytest.mark.parametrize("files_stayed", [True, False])
def test_a_photo_whose_picture_left_with_its_case_is_held_from_the_store_or_set_aside_with_words(
    world: World, two: tuple[FieldLaptop, FieldLaptop], files_stayed: bool
) -> None:
    """The case went to someone else after the backup, so the laptop dropped the picture that the district then forgot. Photos lie in files
    of their own, which are usually still there."""
    one, _ = two
    backup = back_up(world.district)
    case_id = sorted(one.case_ids())[0]
    visit = one.visit(case_id)
    photo = one.photograph(visit)
    one.sync()
    world.district.assign(CaseId(case_id), world.district.people["wichai"])
    one.sync()
    assert not one.holds_picture(photo)
    if not files_stayed:
        for file in (world.folder.parent / "district-photos").rglob("*"):
            if file.is_file():
                file.unlink()
    backup.put_back()
    assert one.sync().anew == "pull.forgotten"
    assert (one.status(visit.id)[0], world.events(visit.id)) == ("accepted", 1)
    assert world.photo_is_stored(photo) is files_stayed
    assert one.believes(one.photo_receipt(photo), photo.id, photo.sha256) is files_stayed
    with one.store.reading() as connection:
        transfer = connection.execute(select(photo_transfer.c.state, photo_transfer.c.code)).one()
    assert tuple(transfer) == (("received", "") if files_stayed else ("set_aside", "photo.forgotten"))
    calls = one.line.calls["begin_photo"]
    one.sync()
    assert one.line.calls["begin_photo"] == calls
    in_step(world, one)


def test_a_session_that_the_district_forgot_is_asked_for_again_and_nothing_is_lost(
    world: World, two: tuple[FieldLaptop, FieldLaptop]
) -> None:
    one, _ = two
    backup = back_up(world.district)
    visit = one.visit(sorted(one.case_ids())[0])
    new_session = world.session("somying", one.store.identity.device_id)
    with one.store.writing() as connection:
        sync_state.write(connection, sync_state.SESSION, encode(new_session).decode())
    one.sync()
    backup.put_back()
    result = one.sync()
    assert result.error is not None and result.error.code == "sign_in.session_ended"
    assert believed(one, visit)  # the laptop has not heard of it yet
    keep_session(one.store, world.session("somying", one.store.identity.device_id))
    assert one.sync().anew == "pull.forgotten"
    forgets_nothing(world, one, visit)
    # The keys of its bundles are known again, too.
    with world.district.engine.connect() as connection:
        known = connection.execute(select(tables.device_key.c.device_id).where(tables.device_key.c.district_id == world.district.id))
        assert one.store.identity.device_id in known.scalars().all()


def test_a_conflict_that_the_district_forgot_goes_and_comes_again_with_the_edit_that_caused_it(
    world: World, two: tuple[FieldLaptop, FieldLaptop]
) -> None:
    one, _ = two
    case_id = sorted(one.case_ids())[0]
    child = one.child_of(case_id)
    assert child is not None
    world.district.record([world.district.event(ChildEdited({"village": "บ้านบ่อแก้ว"}), child.id, base_version=child.version)])
    backup = back_up(world.district)
    one.edit(child, village="บ้านนาคู")
    assert one.sync().conflicts == 1
    one.sync()
    before = conflict_ids(one)
    assert len(before) == 1
    backup.put_back()
    result = one.sync()
    assert (result.error, result.anew, result.conflicts) == (None, "pull.forgotten", 1)
    assert conflict_ids(one) == before
    in_step(world, one)


def conflict_ids(laptop: FieldLaptop) -> set[str]:
    with laptop.store.reading() as connection:
        return set(connection.execute(select(record_tables.conflict.c.id)).scalars())


def test_a_new_receipt_with_an_old_number_does_not_hide_that_the_district_was_put_back(
    world: World, two: tuple[FieldLaptop, FieldLaptop]
) -> None:
    """Number by number the district gives again what it had given before, up to below the laptop's cursor."""
    one, _ = two
    case_id = sorted(one.case_ids())[0]
    backup = back_up(world.district)
    forgotten = one.visit(case_id)
    one.sync()
    backup.put_back()
    later = one.visit(case_id)
    result = one.sync()
    assert (result.error, result.anew) == (None, "pull.forgotten")
    forgets_nothing(world, one, forgotten, later)
    in_step(world, one)


def test_what_the_district_refuses_because_it_forgot_what_it_hangs_on_is_sent_again_with_that(
    world: World, two: tuple[FieldLaptop, FieldLaptop]
) -> None:
    one, _ = two
    case_id = sorted(one.case_ids())[0]
    backup = back_up(world.district)
    visit = one.visit(case_id)
    one.sync()
    backup.put_back()
    photo = one.photograph(visit)
    result = one.sync()
    assert (result.error, result.anew) == (None, "pull.forgotten")
    assert one.status(photo.id)[0] == "accepted"
    assert world.photo_is_stored(photo)
    forgets_nothing(world, one, visit)
    one.sync()
    in_step(world, one)
