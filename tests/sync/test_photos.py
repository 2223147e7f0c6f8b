"""The bytes of photos: resumed where the line broke, sent once, several at a time."""

import gc

import pytest
from sqlalchemy import update

from fieldapp.domain.reference import Role
from fieldapp.errors import ServerProblem
from fieldapp.store.tables import photo_bytes
from fieldapp.sync.photos import AT_ONCE
from fieldapp.sync.session import Signed
from fieldapp.sync.transport import PhotoStanding, PhotoToSend
from fieldapp.sync.upload import LARGEST_CHUNK
from fieldapp.wire.messages import MAX_PHOTO_BYTES
from tests.support.faults import Fault
from tests.support.world import FieldLaptop, World

LARGE = LARGEST_CHUNK * 3 + 1_000


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    teacher = world.teacher()
    world.district.add_case(world.district.people["somying"])
    teacher.sync()
    return teacher


def _visit(laptop: FieldLaptop):  # type: ignore[no-untyped-def]
    return laptop.visit(next(iter(laptop.case_ids())))


@pytest.mark.parametrize("fault", Fault)
def test_a_half_sent_photo_goes_on_where_it_stopped(world: World, laptop: FieldLaptop, fault: Fault) -> None:
    photo = laptop.photograph(_visit(laptop), size=LARGE)
    laptop.line.fail(fault, on="send_photo", at=2)
    assert laptop.sync().error is not None
    assert laptop.photo_state(photo) == "waiting"
    assert laptop.status(photo.id)[0] == "accepted"

    before = laptop.line.inner.traffic.up
    assert laptop.sync().photos == 1
    assert world.photo_is_stored(photo)
    # One chunk had arrived with the creation and one after it: not more than one of them may be sent again.
    assert laptop.line.inner.traffic.up - before <= LARGE - LARGEST_CHUNK
    assert laptop.line.calls["begin_photo"] == 1


def test_an_upload_that_the_district_has_forgotten_begins_anew(world: World, laptop: FieldLaptop) -> None:
    photo = laptop.photograph(_visit(laptop), size=LARGE)
    laptop.line.fail(Fault.CUT_BEFORE, on="send_photo")
    laptop.sync()
    with world.district.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM upload WHERE district_id = %s", (world.district.id,))
    assert laptop.sync().error is None
    assert world.photo_is_stored(photo)


def test_a_picture_that_was_damaged_on_the_laptop_is_set_aside_and_never_sent(laptop: FieldLaptop) -> None:
    photo = laptop.photograph(_visit(laptop))
    with laptop.store.photo_writing() as connection:
        connection.execute(update(photo_bytes).values(bytes=b"\xff\xd8\xff" + b"damaged"))
    error = laptop.sync().error
    assert error is not None
    assert (error.code, laptop.photo_state(photo)) == ("photo.unreadable", "set_aside")
    assert laptop.line.calls["begin_photo"] == 0


@pytest.mark.parametrize("size", [2_999, 3_001])
def test_a_picture_that_is_not_as_long_as_its_record_says_is_set_aside_and_holds_nothing_up(
    world: World, laptop: FieldLaptop, size: int
) -> None:
    visit = _visit(laptop)
    wrong, right = laptop.photograph(visit, said_size=size), laptop.photograph(visit)
    error = laptop.sync().error
    assert error is not None and error.code == "photo.unreadable"
    assert (laptop.photo_state(wrong), laptop.photo_state(right)) == ("set_aside", "received")
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.sync().error is None


def test_a_photo_that_is_too_large_is_set_aside_and_its_visit_is_received(laptop: FieldLaptop) -> None:
    visit = _visit(laptop)
    wrong, right = laptop.photograph(visit, said_size=MAX_PHOTO_BYTES + 1), laptop.photograph(visit)
    laptop.sync()
    assert laptop.status(wrong.id) == ("rejected", "wrong_value", "photo.size")
    assert laptop.status(visit.id)[0] == "accepted"
    assert laptop.photo_state(right) == "received"


def test_bytes_that_the_line_changed_are_refused_and_sent_again(world: World, laptop: FieldLaptop) -> None:
    small, large = laptop.photograph(_visit(laptop)), laptop.photograph(_visit(laptop), size=LARGE)
    met: set[str] = set()

    def change_the_first_try(token: str, photo: PhotoToSend, first: bytes) -> tuple[str, PhotoToSend, bytes]:
        # Photos go side by side: which of them begins when is chance.
        new = photo.photo_id not in met
        met.add(photo.photo_id)
        return token, photo, first[:-1] + b"?" if new else first

    laptop.line.alter_request("begin_photo", change_the_first_try)
    result = laptop.sync()
    assert (result.error, result.photos) == (None, 2)
    assert laptop.line.calls["begin_photo"] == 4
    for photo in (small, large):
        assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
        assert world.photo_is_stored(photo)


def test_a_line_that_changes_every_byte_makes_nothing_received_and_nothing_lost(world: World, laptop: FieldLaptop) -> None:
    photo = laptop.photograph(_visit(laptop))
    laptop.line.alter_request("begin_photo", lambda token, photo, first: (token, photo, first[:-1] + b"?"))
    error = laptop.sync().error
    assert error is not None and error.code == "photo.wrong_hash"
    assert (laptop.photo_state(photo), world.photo_is_stored(photo)) == ("waiting", False)
    laptop.line.heal()
    assert laptop.sync().error is None
    assert laptop.photo_state(photo) == "received"


def test_a_server_that_takes_bytes_and_never_gets_on_is_not_fed_for_ever(laptop: FieldLaptop) -> None:
    photo = laptop.photograph(_visit(laptop), size=LARGE)
    laptop.line.alter("send_photo", lambda standing: PhotoStanding(standing.upload, LARGEST_CHUNK))
    error = laptop.sync().error
    assert error is not None and error.code == "offline.broken_answer"
    assert laptop.line.calls["send_photo"] == 1
    assert laptop.photo_state(photo) == "waiting"


def test_a_photo_survives_a_restart_in_the_middle(world: World, laptop: FieldLaptop) -> None:
    photo = laptop.photograph(_visit(laptop), size=LARGE)
    laptop.line.fail(Fault.CUT_AFTER, on="send_photo", at=2)
    laptop.sync()
    laptop.restart()
    assert laptop.sync().photos == 1
    assert laptop.photo_state(photo) == "received"


def test_the_last_answer_may_be_lost(world: World, laptop: FieldLaptop) -> None:
    photo = laptop.photograph(_visit(laptop), size=LARGE)
    laptop.line.fail(Fault.CUT_AFTER, on="send_photo", at=3)
    laptop.sync()
    sent = laptop.line.inner.traffic.up
    assert laptop.sync().photos == 1
    assert laptop.photo_state(photo) == "received"
    assert laptop.line.inner.traffic.up - sent == 0


def test_a_small_photo_is_one_request(laptop: FieldLaptop) -> None:
    visit = _visit(laptop)
    for _ in range(5):
        laptop.photograph(visit, size=200_000)
    laptop.sync()
    assert (laptop.line.calls["begin_photo"], laptop.line.calls["send_photo"]) == (5, 0)


def test_the_same_picture_is_sent_once(world: World, laptop: FieldLaptop) -> None:
    visit = _visit(laptop)
    picture = b"\xff\xd8\xff" + bytes(50_000)
    photos = [laptop.photograph(visit, content=picture) for _ in range(3)]
    before = laptop.line.inner.traffic.up
    assert laptop.sync().photos == 3
    assert laptop.line.inner.traffic.up - before < 2 * len(picture)
    assert all(world.photo_is_stored(photo) for photo in photos)


def test_a_picture_that_the_district_holds_already_is_not_sent_again(world: World, laptop: FieldLaptop) -> None:
    visit = _visit(laptop)
    picture = b"\xff\xd8\xff" + bytes(50_000)
    laptop.photograph(visit, content=picture)
    laptop.sync()
    again = laptop.photograph(visit, content=picture)
    asked = laptop.line.calls["begin_photo"]
    assert laptop.sync().photos == 1
    assert laptop.line.calls["begin_photo"] == asked
    assert laptop.photo_state(again) == "received"


def test_a_line_that_breaks_leaves_what_had_arrived(world: World, laptop: FieldLaptop) -> None:
    visit = _visit(laptop)
    photos = [laptop.photograph(visit) for _ in range(12)]
    laptop.line.fail(Fault.CUT_BEFORE, on="begin_photo", at=9)
    first = laptop.sync()
    assert first.error is not None and first.error.code == "offline.unreachable"
    assert first.photos == sum(laptop.photo_state(photo) == "received" for photo in photos)
    assert laptop.sync().photos == 12 - first.photos
    assert all(world.photo_is_stored(photo) for photo in photos)


def test_the_picture_comes_back_for_who_may_see_the_case(world: World, laptop: FieldLaptop) -> None:
    picture = b"\xff\xd8\xff" + b"1" * 5_000
    photo = laptop.photograph(_visit(laptop), content=picture)
    laptop.sync()
    world.district.add_person("head", Role.SCHOOL_HEAD)
    head, stranger = world.laptop("head"), world.teacher("wichai")
    assert Signed(head.store, head.line, head.now).call(lambda token: head.line.photo_bytes(token, photo.sha256)) == picture
    with pytest.raises(ServerProblem) as refusal:
        Signed(stranger.store, stranger.line, stranger.now).call(lambda token: stranger.line.photo_bytes(token, photo.sha256))
    assert refusal.value.code == "unknown_record"


def test_lines_of_past_uploads_are_let_go(laptop: FieldLaptop) -> None:
    visit = _visit(laptop)
    for _ in range(3):
        for _ in range(4):
            laptop.photograph(visit)
        laptop.sync()
    gc.collect()
    assert len(laptop.line.inner._sessions) <= 1 + AT_ONCE
