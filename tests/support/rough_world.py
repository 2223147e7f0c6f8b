"""One district and several laptops for drawn schedules: the real server without a socket, real PostgreSQL, real encrypted stores, time that
is told and not waited for.

What is common to all schedules (`Ground`) is made once a test session; a schedule is a fresh district, its rows, and copied stores.
"""

import datetime as dt
import errno
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, event, select

from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CaseId, PersonId, new_id
from fieldapp.domain.payloads import CaseMerged, ChildEdited
from fieldapp.domain.reference import Person, Role, School
from fieldapp.errors import BundleError
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.access.accounts import close_account
from fieldapp.server.access.auth import open_session
from fieldapp.server.exchange.bundles import Desk, take_in
from fieldapp.server.http.app import create_app
from fieldapp.server.http.handling import Server
from fieldapp.server.photos.store import PhotoStore
from fieldapp.server.photos.taking import Intake
from fieldapp.server.write_path.recording import put_reference, record_events
from fieldapp.store import outbox, sync_state, transfers
from fieldapp.sync import photos as photo_sending
from fieldapp.sync import upload
from fieldapp.sync.bundle_answer import take_in_answer
from fieldapp.sync.bundle_export import export_bundle
from fieldapp.wire.messages import Session, Status
from tests.support.asgi import in_process
from tests.support.backups import Backup, back_up
from tests.support.district import TestDistrict, make_district
from tests.support.faulty_line import Carry, LineFault, Moment
from tests.support.over_http import over_http
from tests.support.own_time import OwnTime
from tests.support.rough_laptop import RoughLaptop, make_template

_BEGINNING = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)


class FillingStore(PhotoStore):
    """The district's photo folder, whose disk can be full."""

    full = False

    def put_all(self, contents: Mapping[str, bytes | memoryview]) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().put_all(contents)


@dataclass
class Ground:
    """What every schedule stands on. `carry` takes requests to the district; `time` is what its answers say."""

    engine: Engine
    app: FastAPI
    carry: Carry
    time: OwnTime
    template: Path
    folder: Path


@pytest.fixture(scope="session")
def ground(engine: Engine) -> Iterator[Ground]:
    """Without a socket: the fast one."""
    with _ready(engine) as (app, folder):
        time = OwnTime(app)
        with in_process(time) as server:
            yield Ground(engine, app, server.carry, time, make_template(folder / "template"), folder)


@pytest.fixture(scope="session")
def ground_over_http(engine: Engine) -> Iterator[Ground]:
    with _ready(engine) as (app, folder):
        time = OwnTime(app)
        with over_http(time) as sockets:
            yield Ground(engine, app, sockets.carry, time, make_template(folder / "template"), folder)


@contextmanager
def _ready(engine: Engine) -> Iterator[tuple[FastAPI, Path]]:
    # In memory where the machine has such a folder: what a disk does is not what is looked at here.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="fieldapp-", dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        yield create_app(engine, make_district(engine).found, PhotoStore.at(str(folder / "photos"))), folder


@pytest.fixture
def in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """One photo at a time in small chunks: the n-th request is then the same each time, and a small photo has several."""
    monkeypatch.setattr(photo_sending, "AT_ONCE", 1)
    monkeypatch.setattr(upload, "SMALLEST_CHUNK", 500)
    monkeypatch.setattr(upload, "LARGEST_CHUNK", 1_000)


def _peopled(engine: Engine) -> TestDistrict:
    """Three teachers of two schools, the head of one, and an officer; in one transaction, since it happens for every schedule."""
    district = make_district(engine)
    people = [
        Person(PersonId(new_id()), account, role, school)
        for account, role, school in (
            ("somying", Role.TEACHER, "46030001"),
            ("wichai", Role.TEACHER, "46030001"),
            ("arun", Role.TEACHER, "46030002"),
            ("head", Role.SCHOOL_HEAD, "46030001"),
        )
    ]
    district.people |= {person.name: person for person in people}
    now = dt.datetime.now(dt.UTC)
    accounts = [
        {"district_id": district.id, "person_id": person.id, "account": person.name, "password_hash": "", "created_at": now}
        for person in people
    ]
    with engine.begin() as connection:
        connection.execute(tables.account.insert(), accounts)
        put_reference(connection, district.id, [*people, School("46030002", "โรงเรียนสอง", "460102")])
    return district


@dataclass
class RoughWorld:
    ground: Ground
    folder: Path
    district: TestDistrict
    store: FillingStore
    time: dt.datetime = _BEGINNING
    cases: list[CaseId] = field(default_factory=list)
    laptops: list[RoughLaptop] = field(default_factory=list)
    retired: list[RoughLaptop] = field(default_factory=list)
    bundles: list[tuple[RoughLaptop, Path]] = field(default_factory=list)
    answers: list[tuple[RoughLaptop, Path]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    backup: Backup | None = None
    # How often the district was put back; a laptop that has not heard of it yet goes by what was.
    histories: int = 0

    @classmethod
    def make(cls, ground: Ground) -> "RoughWorld":
        folder = Path(tempfile.mkdtemp(dir=ground.folder))
        district = _peopled(ground.engine)
        store = FillingStore.at(str(folder / "photos"))
        assert isinstance(store, FillingStore)
        world = cls(ground, folder, district, store)
        intake = Intake(ground.engine, store, district.id, world.now)
        ground.app.state.server = Server(ground.engine, district.found, store, intake, world.now)
        ground.time.now = world.time
        return world

    def now(self) -> dt.datetime:
        return self.time

    def pass_time(self, passed: dt.timedelta) -> None:
        self.time += passed
        self.ground.time.now = self.time

    def person(self, account: str) -> Person:
        return self.district.people[account]

    def laptop(self, account: str) -> RoughLaptop:
        """A computer on which this person has just signed in."""
        laptop = RoughLaptop(
            self.folder / f"{account}-{len(self.laptops)}",
            self.ground.template,
            self.ground.carry,
            self._moments(),
            self.now,
            lambda device_id: self._session(account, device_id),
        )
        self.laptops.append(laptop)
        return laptop

    def _session(self, account: str, device_id: str) -> Session:
        with self.ground.engine.begin() as connection:
            return open_session(connection, self.district.id, self.person(account).id, device_id, "test", self.now())

    # What may happen at a request

    def _moments(self) -> dict[LineFault, Moment]:
        return {
            LineFault.SLOW: self._slow,
            LineFault.SERVER_DISK_FULL: self._photo_disk_full,
            LineFault.DATABASE_LOST: self._database_lost,
        }

    @contextmanager
    def _slow(self) -> Iterator[None]:
        yield
        self.pass_time(dt.timedelta(minutes=9))

    @contextmanager
    def _photo_disk_full(self) -> Iterator[None]:
        self.store.full = True
        try:
            yield
        finally:
            self.store.full = False

    @contextmanager
    def _database_lost(self) -> Iterator[None]:
        """PostgreSQL ends the connection under the first statement that changes something."""
        engine, lost = self.ground.engine, False

        def lose(connection, cursor, statement, parameters, context, executemany):  # type: ignore[no-untyped-def]
            nonlocal lost
            if not lost and statement.startswith(("INSERT", "UPDATE")):
                lost = True
                with engine.connect() as other:
                    other.exec_driver_sql("SELECT pg_terminate_backend(%s, 5000)", (cursor.connection.info.backend_pid,))

        event.listen(engine, "before_cursor_execute", lose)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", lose)

    # What the office does

    def list_cases(self, count: int, account: str) -> None:
        self.cases += self.district.add_cases(count, self.person(account))

    def at_rest(self, laptop: RoughLaptop) -> bool:
        """It has heard everything, and nothing that can be sent waits. Until it has heard that numbers are given anew, they say nothing."""
        if laptop.history != self.histories:
            return False
        with laptop.store.reading() as connection:
            heard = int(sync_state.read(connection, sync_state.CURSOR) or 0)
            if outbox.queue(connection) or transfers.ready(connection):
                return False
        table = tables.district
        with self.ground.engine.connect() as connection:
            query = select(table.c.last_sequence).where(table.c.district_id == self.district.id)
            return heard == connection.execute(query).scalar_one()

    def assign(self, case_id: CaseId, account: str) -> None:
        """A case that was merged into another is nobody's for ever, and stays so."""
        self._do(self.district.assignment(case_id, self.person(account)))

    def merge(self, case_id: CaseId, into: CaseId) -> None:
        if case_id != into:
            self._do(self.district.event(CaseMerged(self.now().date(), into), case_id))

    def _do(self, event: Event) -> None:
        with self.ground.engine.begin() as connection:
            (answer,) = record_events(connection, self.district.id, [event])
        assert answer.status is not Status.REJECTED or answer.code == "merged", answer

    def office_edits(self, case_id: CaseId, field_name: str, value: str) -> None:
        """As an officer who sees the card as it now stands."""
        with self.ground.engine.connect() as connection:
            records = SqlRecords(connection, self.district.id)
            case = records.case(case_id)
            child = records.child(case.child_id) if case else None
        assert child is not None
        self.district.record([self.district.event(ChildEdited({field_name: value}, dict(child.field_events)), child.id)])

    def close_account(self, account: str) -> None:
        self.closed.add(self.person(account).id)
        with self.ground.engine.begin() as connection:
            close_account(connection, self.district.id, self.person(account).id, self.now())

    # The district's own misfortune

    def back_up(self) -> None:
        if self.backup is None:
            self.backup = back_up(self.district)

    def put_back(self) -> None:
        """The district is as it was at its backup, and knows nothing of what came since."""
        assert self.backup is not None
        self.backup.put_back()
        self.histories += 1
        case, account = record_tables.case, tables.account
        with self.ground.engine.connect() as connection:
            known = set(connection.execute(select(case.c.id).where(case.c.district_id == self.district.id)).scalars())
            closed = select(account.c.person_id).where(account.c.district_id == self.district.id, account.c.closed_at.is_not(None))
            self.closed = set(connection.execute(closed).scalars())
        self.cases = [case_id for case_id in self.cases if case_id in known]

    # Sticks

    def export(self, laptop: RoughLaptop) -> None:
        """Nothing where the district does not know the laptop's keys yet."""
        file = self.folder / f"{new_id()}.bundle"
        try:
            export_bundle(laptop.store, file, laptop.now, laptop.progress.append, lambda: False)
        except BundleError as error:
            assert error.code == "bundle.not_registered", error
        else:
            self.bundles.append((laptop, file))

    def take_bundle_in(self, number: int) -> None:
        laptop, file = self.bundles[number]
        answer = self.folder / f"{new_id()}.answer"
        server: Server = self.ground.app.state.server
        try:
            take_in(Desk(server.engine, server.district, server.intake, self.now), file, answer)
        except BundleError as error:
            # A district that was put back may have forgotten whose keys these are.
            assert error.code == "bundle.unknown_sender" and self.histories, error
        else:
            self.answers.append((laptop, answer))

    def take_answer_in(self, number: int) -> RoughLaptop | None:
        """The laptop that took it in; None where it is gone by now."""
        laptop, answer = self.answers[number]
        if laptop not in self.laptops:
            return None
        take_in_answer(laptop.store, answer, laptop.now, laptop.progress.append)
        return laptop

    def retire(self, laptop: RoughLaptop) -> None:
        """The district has ended its access, and it has said all it had to say."""
        self.laptops.remove(laptop)
        self.retired.append(laptop)

    def close(self) -> None:
        for laptop in (*self.laptops, *self.retired):
            laptop.close()
        if self.backup is not None:
            with self.ground.engine.begin() as connection:
                connection.exec_driver_sql(f"DROP SCHEMA {self.backup.schema} CASCADE")
