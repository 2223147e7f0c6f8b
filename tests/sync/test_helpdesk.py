"""What the district did not take goes to its office in a file, and changes nothing else: real stores, files and PostgreSQL."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from fieldapp import cli, texts
from fieldapp.errors import BundleError
from fieldapp.server.command_line import inbox
from fieldapp.server.exchange.bundles import Desk
from fieldapp.store import helpdesk
from fieldapp.store.tables import photo_transfer
from fieldapp.sync.helpdesk_file import write_helpdesk_file
from tests.support.bundles import a_desk, bring
from tests.support.refused import a_refused_visit, body_of_event, event_of, mending, visits
from tests.support.world import FieldLaptop, World


@pytest.fixture
def desk(world: World) -> Desk:
    return a_desk(world.district, world.folder.parent / "district-photos")


@pytest.fixture
def laptop(world: World) -> FieldLaptop:
    laptop = world.teacher()
    world.district.add_cases(2, world.district.people["somying"])
    assert laptop.sync().error is None
    return laptop


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FIELDAPP_LANGUAGE", "en")
    before = texts.language()
    yield
    texts.use_language(before)


def entries(world: World) -> tuple[inbox.InboxEntry, ...]:
    with world.district.engine.connect() as connection:
        return inbox.open_entries(connection, world.district.id)


def test_a_refused_visit_reaches_the_inbox_to_the_letter_with_its_pictures(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path
) -> None:
    visit, photos = a_refused_visit(laptop, note="ยายอยู่บ้านคนเดียว")
    event_id = event_of(laptop, visit.id)
    write_helpdesk_file(laptop.store, event_id, tmp_path / "help.fieldapp", laptop.now)
    taken = bring(desk, tmp_path / "help.fieldapp")
    assert (taken.set_aside, taken.set_aside_known, dict(taken.events)) == (1, 0, {})
    (one,) = entries(world)
    assert (one.kind, one.code, one.field, one.event_kind, one.case_id) == (
        "set_aside", "in_the_future", "visited_on", "visit.recorded", visit.case_id,
    )  # fmt: skip
    assert (one.by_name, one.child_name != "", one.arrived) == ("ครู somying", True, False)
    assert one.event == json.loads(body_of_event(laptop, event_id))
    assert one.body["app_version"] != ""
    written = inbox.write_pictures(desk.intake, one, tmp_path / "pictures")
    assert [path.stem for path in written] == [photo.sha256 for photo in photos]
    assert all(path.read_bytes()[:3] == b"\xff\xd8\xff" for path in written)


def test_the_same_file_twice_is_one_entry(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    visit, _ = a_refused_visit(laptop)
    write_helpdesk_file(laptop.store, event_of(laptop, visit.id), tmp_path / "one", laptop.now)
    write_helpdesk_file(laptop.store, event_of(laptop, visit.id), tmp_path / "two", laptop.now)
    taken = [bring(desk, tmp_path / name) for name in ("one", "one", "two")]
    assert [(one.set_aside, one.set_aside_known) for one in taken] == [(1, 0), (0, 1), (0, 1)]
    assert len(entries(world)) == 1


def test_a_file_for_the_helpdesk_changes_nothing_but_that_it_was_written(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path
) -> None:
    visit, photos = a_refused_visit(laptop)
    event_id = event_of(laptop, visit.id)
    write_helpdesk_file(laptop.store, event_id, tmp_path / "help", laptop.now)
    bring(desk, tmp_path / "help", tmp_path / "answer")
    assert laptop.status(visit.id)[0] == "rejected"
    assert laptop.receipt_of(visit.id) is None
    assert [laptop.photo_state(photo) for photo in photos] == ["waiting", "waiting"]
    assert world.events(visit.id) == 0
    with laptop.store.reading() as connection:
        assert list(helpdesk.written(connection)) == [event_id]


def test_what_arrives_later_is_told_to_the_office(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    photo = laptop.photograph(visit)
    set_photos_aside(laptop, "photo.unreadable")
    laptop.sync()
    write_helpdesk_file(laptop.store, photo.id, tmp_path / "help", laptop.now)
    bring(desk, tmp_path / "help")
    assert [one.arrived for one in entries(world)] == [False]
    mending(laptop).retry_photo(photo.id)
    assert laptop.sync().photos == 1
    assert [one.arrived for one in entries(world)] == [True]


def test_a_photo_that_is_no_picture_comes_with_the_bytes_that_lie_there(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path
) -> None:
    photo = laptop.photograph(laptop.visit(sorted(laptop.case_ids())[0]), content=b"\x00 half a picture")
    laptop.sync()
    with laptop.store.photo_writing() as connection:
        connection.exec_driver_sql("UPDATE photo_bytes SET bytes = ?", (b"spoiled on this disk",))
    write_helpdesk_file(laptop.store, photo.id, tmp_path / "help", laptop.now)
    bring(desk, tmp_path / "help")
    (one,) = entries(world)
    assert (one.body["kind"], one.code, one.event_kind) == ("photo", "photo.unreadable", "photo.added")
    (path,) = inbox.write_pictures(desk.intake, one, tmp_path / "pictures")
    assert path.read_bytes() == b"spoiled on this disk"


def test_a_photo_whose_bytes_are_gone_is_told_without_them(world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path) -> None:
    photo = laptop.photograph(laptop.visit(sorted(laptop.case_ids())[0]))
    with laptop.store.photo_writing() as connection:
        connection.exec_driver_sql("DELETE FROM photo_bytes")
    laptop.sync()
    write_helpdesk_file(laptop.store, photo.id, tmp_path / "help", laptop.now)
    bring(desk, tmp_path / "help")
    (one,) = entries(world)
    assert (one.code, one.body["pictures"], one.body["pictures_missing"]) == ("photo.missing", [], 1)


def test_what_is_not_set_aside_makes_no_file(laptop: FieldLaptop, tmp_path: Path) -> None:
    visit = laptop.visit(sorted(laptop.case_ids())[0])
    with pytest.raises(BundleError, match="nothing_aside"):
        write_helpdesk_file(laptop.store, event_of(laptop, visit.id), tmp_path / "help", laptop.now)
    assert not list(tmp_path.glob("help*"))


def test_nobody_but_the_district_reads_the_file(laptop: FieldLaptop, tmp_path: Path) -> None:
    visit, _ = a_refused_visit(laptop, note="ความลับของครอบครัว")
    write_helpdesk_file(laptop.store, event_of(laptop, visit.id), tmp_path / "help", laptop.now)
    data = (tmp_path / "help").read_bytes()
    assert "ความลับ".encode() not in data
    assert visit.case_id.encode() not in data


@pytest.mark.usefixtures("english")
def test_the_office_reads_its_inbox_in_words(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "The inbox is empty." in office(world, capsys)
    visit, _ = a_refused_visit(laptop)
    write_helpdesk_file(laptop.store, event_of(laptop, visit.id), tmp_path / "help", laptop.now)
    bring(desk, tmp_path / "help")
    mending(laptop).open(event_of(laptop, visit.id))
    visits(laptop).discard(visit.case_id)
    told = office(world, capsys)
    assert "1 open entry" in told
    for words in ("Sent to the helpdesk", "Visit", "ครู somying", "A date lies in the future", "day of the visit", "2 photos"):
        assert words in told
    (listed,) = json.loads(office(world, capsys, "--json"))
    assert listed["event"]["record"] == visit.id
    shown = office(world, capsys, listed["id"][:13], "--pictures", str(tmp_path / "here"))
    assert '"visited_on"' in shown
    assert len(list((tmp_path / "here").iterdir())) == 2


@pytest.mark.usefixtures("english")
def test_an_entry_that_is_not_there_is_told_in_words(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no single entry" in office(world, capsys, "ffff")


def office(world: World, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    url = world.district.engine.url.render_as_string(hide_password=False)
    given = ["office", "--database-url", url, "--district", world.district.id, "inbox", *words]
    cli.main([*given, "--photos", str(world.folder.parent / "district-photos")])
    printed = capsys.readouterr()
    return printed.out + printed.err


def set_photos_aside(laptop: FieldLaptop, code: str) -> None:
    with laptop.store.writing() as connection:
        connection.execute(update(photo_transfer).values(state="set_aside", code=code))


def test_an_entry_is_opened_once_even_if_two_take_it_in_at_the_same_time(
    world: World, desk: Desk, laptop: FieldLaptop, tmp_path: Path
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    visit, _ = a_refused_visit(laptop)
    write_helpdesk_file(laptop.store, event_of(laptop, visit.id), tmp_path / "help", laptop.now)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _n: bring(desk, tmp_path / "help"), range(4)))
    assert sum(one.set_aside for one in taken) == 1
    assert len(entries(world)) == 1
