"""Several laptops and one district: real encrypted stores, real HTTP, real PostgreSQL, and lines that fail as told.

Fixture: `world`. Use it with the fixtures of `tests.support.district`.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fieldapp.domain.care.paper import Paper
from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import CaseId, PhotoId, VisitId, new_id
from fieldapp.domain.payloads import ChildEdited, PhotoAdded, VisitRecorded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.submission import Submission
from fieldapp.domain.visit import Visit
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables as server_tables
from fieldapp.server.access.auth import open_session
from fieldapp.store import photos, receipts
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.opening import create_store, open_store
from fieldapp.store.recording import Act, record
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.sync.engine import sync_once
from fieldapp.sync.http import HttpTransport
from fieldapp.sync.progress import SyncProgress, SyncResult
from fieldapp.sync.receipts import Verifier
from fieldapp.sync.session import keep_session
from fieldapp.sync.transport import Transport
from fieldapp.usecases.conflicts import Conflicts, OpenConflict, Side
from fieldapp.wire.messages import Session
from tests.support.district import TestDistrict, make_visit
from tests.support.faults import FaultyTransport
from tests.support.running import serving

KEY = bytes(range(32))

SignIn = Callable[[str], Session]


class FieldLaptop:
    """One teacher's laptop: what a person does on it, and how it stands."""

    def __init__(self, folder: Path, address: str, sign_in: SignIn) -> None:
        self.folder = folder
        self.clock_runs_ahead = dt.timedelta(0)
        self.progress: list[SyncProgress] = []
        self.address = address
        self.line = FaultyTransport(self._connect())
        device_id = new_id()
        hello, session = self.line.hello(), sign_in(device_id)
        identity = Identity(
            hello.district_id,
            session.person_id,
            device_id,
            session.account,
            session.name,
            session.role,
            session.school_code,
            address,
            hello.signing_key,
            hello.sealing_key,
        )
        self.store = self._make_store(identity)
        keep_session(self.store, session)

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.clock_runs_ahead

    def _connect(self) -> Transport:
        return HttpTransport(self.address, now=self.now)

    def _make_store(self, identity: Identity) -> Store:
        self.folder.mkdir(parents=True)
        return create_store(self.folder, KEY, identity)

    def sync(self) -> SyncResult:
        return sync_once(self.store, self.line, self.now, self.progress.append, lambda: False)

    def restart(self) -> None:
        """The program ends and starts again."""
        self.line.inner.close()
        self.store.close()
        self.store = open_store(self.folder, KEY)
        self.line.inner = self._connect()

    def close(self) -> None:
        self.line.inner.close()
        self.store.close()

    # What a person does

    def visit(self, case_id: str, **values: object) -> Visit:
        """A finished visit."""
        case = self.case(case_id)
        assert case is not None
        visit = make_visit(case_id, case.child_id, self.store.person_id, **values)  # type: ignore[arg-type]
        record(self.store, [Act(VisitRecorded(visit), visit.id)], self.now())
        return visit

    def photograph(
        self, of: Visit | Submission | Paper, *, size: int = 3_000, content: bytes | None = None, said_size: int | None = None
    ) -> Photo:
        """`said_size`: what the record says, where that is not the truth."""
        picture = content or b"\xff\xd8\xff" + os.urandom(size - 3)
        sha256 = hashlib.sha256(picture).hexdigest()
        length = len(picture) if said_size is None else said_size
        photo = Photo(PhotoId(new_id()), None, of.case_id, sha256, length, "image/jpeg", 1600, 1200, PhotoKind.OUTSIDE, self.now())
        owner = {Visit: "visit_id", Submission: "submission_id", Paper: "paper_id"}[type(of)]
        photo = replace(photo, **{owner: of.id})
        with self.store.photo_writing() as connection:
            photos.put_picture(connection, sha256, picture, b"small")
        record(self.store, [Act(PhotoAdded(photo), photo.id)], self.now())
        return photo

    def edit(self, child: Child, **values: object) -> None:
        record(self.store, [Act(ChildEdited(values, dict(child.field_events)), child.id, child.version)], self.now())

    def decide(self, shown: OpenConflict, side: Side) -> None:
        Conflicts(self.store, self.now).decide(shown.conflict, side)

    # How it stands

    def conflicts(self) -> tuple[OpenConflict, ...]:
        """Those that wait for a decision."""
        return Conflicts(self.store, self.now).open()

    def case(self, case_id: str):  # type: ignore[no-untyped-def]
        with self.store.reading() as connection:
            return SqlRecords(connection, self.store.district_id).case(CaseId(case_id))

    def child_of(self, case_id: str) -> Child | None:
        case = self.case(case_id)
        with self.store.reading() as connection:
            return SqlRecords(connection, self.store.district_id).child(case.child_id) if case else None

    def visit_here(self, visit_id: str) -> Visit | None:
        with self.store.reading() as connection:
            return SqlRecords(connection, self.store.district_id).visit(VisitId(visit_id))

    def case_ids(self) -> set[str]:
        with self.store.reading() as connection:
            return set(connection.execute(select(record_tables.case.c.id)).scalars())

    def status(self, record_id: str) -> tuple[str | None, str, str]:
        """Status, code and field of the event about this record."""
        with self.store.reading() as connection:
            query = select(outbox.c.status, outbox.c.code, outbox.c.field).where(outbox.c.record_id == record_id)
            status, code, field_name = connection.execute(query).one()
            return status, code, field_name

    def photo_state(self, photo: Photo) -> str:
        with self.store.reading() as connection:
            query = select(photo_transfer.c.state).where(photo_transfer.c.photo_id == photo.id)
            state: str = connection.execute(query).scalar_one()
            return state

    def receipt_of(self, record_id: str) -> Receipt | None:
        """The receipt of the event about this record."""
        with self.store.reading() as connection:
            event_id = connection.execute(select(outbox.c.event_id).where(outbox.c.record_id == record_id)).scalar_one()
            return receipts.find(connection, event_id)

    def photo_receipt(self, photo: Photo) -> Receipt | None:
        with self.store.reading() as connection:
            return receipts.find(connection, photo.id)

    def believes(self, receipt: Receipt | None, subject: str, sha256: str) -> bool:
        return Verifier(self.store.signing_key, self.store.district_id).holds(receipt, subject, sha256)

    def holds_picture(self, photo: Photo) -> bool:
        with self.store.photo_reading() as connection:
            return photos.picture(connection, photo.sha256) is not None


@dataclass
class World:
    district: TestDistrict
    address: str
    folder: Path
    _open: ExitStack = field(default_factory=ExitStack)

    def laptop(self, account: str) -> FieldLaptop:
        """A new laptop on which this person has signed in; not synced yet."""
        laptop = FieldLaptop(self.folder / f"{account}-{new_id()[-4:]}", self.address, lambda device_id: self.session(account, device_id))
        self._open.callback(laptop.close)
        return laptop

    def teacher(self, account: str = "somying") -> FieldLaptop:
        self.district.add_person(account)
        return self.laptop(account)

    def session(self, account: str, device_id: str) -> Session:
        """As signing in gives it, but without the password, which is slow to check on purpose."""
        person = self.district.people[account]
        with self.district.engine.begin() as connection:
            return open_session(connection, self.district.id, person.id, device_id, "test", dt.datetime.now(dt.UTC))

    # What the district holds

    def visits(self, case_id: str) -> list[str]:
        with self.district.engine.connect() as connection:
            table = record_tables.visit
            query = select(table.c.id).where(table.c.district_id == self.district.id, table.c.case_id == case_id)
            return list(connection.execute(query).scalars())

    def events(self, record_id: str) -> int:
        """How many events about this record the district has stored."""
        with self.district.engine.connect() as connection:
            table = server_tables.event
            query = select(func.count()).where(table.c.district_id == self.district.id, table.c.record_id == record_id)
            number: int = connection.execute(query).scalar_one()
            return number

    def child(self, child_id: str) -> Child | None:
        with self.district.engine.connect() as connection:
            return SqlRecords(connection, self.district.id).child(child_id)  # type: ignore[arg-type]

    def photo_is_stored(self, photo: Photo) -> bool:
        with self.district.engine.connect() as connection:
            stored = SqlRecords(connection, self.district.id).photo(photo.id)
            return stored is not None and stored.stored


@pytest.fixture
def world(district: TestDistrict, tmp_path: Path) -> Iterator[World]:
    with serving(district, tmp_path / "district-photos") as address, ExitStack() as opened:
        yield World(district, address, tmp_path / "laptops", opened)
