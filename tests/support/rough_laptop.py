"""A laptop to which everything may happen: it is killed and opened again, its disk fills up, its clock jumps, it goes back to a backup.

Its store is a copied template, since making an encrypted one costs more than a whole schedule may.
"""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, event, select

from fieldapp.domain.care.facts import CareKind
from fieldapp.domain.care.referral import Referral
from fieldapp.domain.follow_up import FollowUp, FollowUpState
from fieldapp.domain.identifiers import CaseId, FollowUpId, new_id
from fieldapp.domain.payloads import FollowUpClosed, FollowUpPlanned, care_payload
from fieldapp.domain.reference import Role
from fieldapp.errors import SignInNeeded
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.store import backups
from fieldapp.store.engine import RECORDS_FILE, WRITES, Store
from fieldapp.store.identity import Identity, write_identity
from fieldapp.store.opening import create_store, open_store
from fieldapp.store.recording import Act, record
from fieldapp.store.restoring import restore_records
from fieldapp.sync.progress import SyncResult
from fieldapp.sync.session import keep_session
from fieldapp.sync.transport import Transport
from tests.support.district import DUE_ON, VISITED_ON
from tests.support.faulty_line import Carry, FaultyLine, Killed, LineFault, LineTransport, Moment
from tests.support.records import a_care_step, a_paper, a_referral
from tests.support.world import KEY, FieldLaptop, SignIn

_ANY = 4_294_967_294
_ADDRESS = "http://127.0.0.1:1"
_PAGE = 9
# Of so many transactions after a request every one is sometimes the first that is not written.
_WRITES = 5


def make_template(folder: Path) -> Path:
    """A store that belongs to nobody yet."""
    nobody = Identity("x", "x", "x", "x", "x", Role.TEACHER, "", _ADDRESS, "", "")  # type: ignore[arg-type]
    folder.mkdir(parents=True)
    create_store(folder, KEY, nobody).close()
    return folder


class RoughLaptop(FieldLaptop):
    def __init__(
        self,
        folder: Path,
        template: Path,
        carry: Carry,
        moments: dict[LineFault, Moment],
        clock: Callable[[], dt.datetime],
        sign_in: SignIn,
    ) -> None:
        self._template = template
        self._clock = clock
        self._sign_in = sign_in
        self._disk_full = False
        # How many transactions may still be written before the program is killed.
        self._writes_left: int | None = None
        own: dict[LineFault, Moment] = {
            LineFault.LAPTOP_DISK_FULL: self._disk_fills,
            LineFault.CLOCK_JUMPS: self._clock_jumps,
            LineFault.KILLED_BETWEEN_WRITES: self._dies_soon,
        }
        self.wire = FaultyLine(carry, moments | own, page_limit=_PAGE)
        self.copies: list[Path] = []
        # Of the district's histories the one that it has heard of.
        self.history = 0
        self.went_back = False
        self._lives = 0
        super().__init__(folder, _ADDRESS, sign_in)

    def now(self) -> dt.datetime:
        return self._clock() + self.clock_runs_ahead

    def _connect(self) -> Transport:
        return LineTransport(self.address, self.wire, now=self.now)

    def _make_store(self, identity: Identity) -> Store:
        shutil.copytree(self._template, self.folder)
        store = Store(self.folder, KEY)
        with store.writing() as connection:
            write_identity(connection, identity)
        store.belongs_to(identity)
        return self._watched(store)

    def _watched(self, store: Store) -> Store:
        for engine in (store._records, store._photos):
            event.listen(engine, "begin", self._limit, insert=True)
            event.listen(engine, "begin", self._perhaps_die, insert=True)
        return store

    def _limit(self, connection: Connection) -> None:
        # Real: SQLite itself says that it is full. A limit below what the file has means that it may not grow.
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if self._disk_full else _ANY}")

    def _perhaps_die(self, connection: Connection) -> None:
        if self._writes_left is None or not connection.get_execution_options().get(WRITES):
            return
        if not self._writes_left:
            raise Killed
        self._writes_left -= 1

    # What happens to it

    def sync_under(self, faults: dict[int, LineFault]) -> SyncResult | None:
        """None where the program was killed, or could not write. Whoever must sign in again does so for the next time."""
        self.wire.strike(faults)
        try:
            result = self.sync()
        except Killed:
            self.die()
            return None
        finally:
            self.wire.strike({})
            self._writes_left = None
        if isinstance(result.error, SignInNeeded) and result.error.code == "sign_in.session_ended":
            keep_session(self.store, self._sign_in(self.store.identity.device_id))
        return result

    def die(self) -> None:
        """Killed, and started again on the files as they lay on the disk at that moment."""
        self._lives += 1
        left = self.folder.with_name(f"{self.folder.name}-{self._lives}")
        shutil.copytree(self.folder, left)
        self.line.inner.close()
        self.store.close()
        shutil.rmtree(self.folder)
        self.folder = left
        self._open()

    def _open(self) -> None:
        self.store = self._watched(open_store(self.folder, KEY))
        self.line.inner = self._connect()

    def disk(self, *, full: bool) -> None:
        self._disk_full = full

    @contextmanager
    def _disk_fills(self) -> Iterator[None]:
        self.disk(full=True)
        yield

    @contextmanager
    def _clock_jumps(self) -> Iterator[None]:
        self.clock_runs_ahead = dt.timedelta(days=-1_500) if self.clock_runs_ahead else dt.timedelta(days=1_200)
        yield

    @contextmanager
    def _dies_soon(self) -> Iterator[None]:
        self._writes_left = self.wire.passed % _WRITES
        yield

    def back_up(self) -> None:
        target = backups.path_for(self.folder, RECORDS_FILE, f"daily{len(self.copies)}", self.now())
        with self.store.engines() as (records, _):
            backups.copy(records, target)
        self.copies.append(target.relative_to(self.folder))

    def go_back_to(self, copy: int, *, old_file_readable: bool) -> None:
        """The records are damaged, or their disk is lost, and a copy takes their place."""
        self.line.inner.close()
        self.store.close()
        if not old_file_readable:
            for path in self.folder.glob(f"{RECORDS_FILE}*"):
                path.write_bytes(b"\0" * 4_096)
        restore_records(self.folder, KEY, self.folder / self.copies[copy], self.now())
        shutil.rmtree(self.folder / "damaged")
        self.went_back = True
        self._open()

    # What else a person does

    def plan(self, case_id: str) -> None:
        follow_up = FollowUp(FollowUpId(new_id()), CaseId(case_id), DUE_ON, self.store.person_id, "")
        record(self.store, [Act(FollowUpPlanned(follow_up), follow_up.id)], self.now())

    def close_plan(self, follow_up_id: str, state: FollowUpState) -> None:
        record(self.store, [Act(FollowUpClosed(state, DUE_ON), follow_up_id)], self.now())

    def refer(self, case_id: str) -> None:
        referral = a_referral(self.case(case_id), by=self.store.person_id, on=VISITED_ON)
        record(self.store, [Act(care_payload(referral), referral.id)], self.now())

    def send_on(self, which: int) -> None:
        """One of the referrals that lie here goes on."""
        with self.store.reading() as connection:
            table = record_tables.referral
            lying = [rows.care_from(Referral, row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
        if lying:
            step = a_care_step(lying[which % len(lying)], CareKind.REFERRAL, "sent", by=self.store.person_id, on=VISITED_ON)
            record(self.store, [Act(care_payload(step), step.id)], self.now())

    def paper_back(self, which: int, content: bytes) -> None:
        """The signed letter of one of them comes back, with its picture."""
        with self.store.reading() as connection:
            table = record_tables.referral
            lying = [rows.care_from(Referral, row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
        if lying:
            sha256 = hashlib.sha256(content).hexdigest()
            paper = a_paper(lying[which % len(lying)], by=self.store.person_id, on=VISITED_ON, sha256=sha256)
            record(self.store, [Act(care_payload(paper), paper.id)], self.now())
            self.photograph(paper, content=content)

    def plans(self) -> list[str]:
        """Follow-ups that lie here, in the order of their making."""
        with self.store.reading() as connection:
            return sorted(connection.execute(select(record_tables.follow_up.c.id)).scalars())

    def visits_of(self, case_id: str) -> list[str]:
        with self.store.reading() as connection:
            table = record_tables.visit
            return sorted(connection.execute(select(table.c.id).where(table.c.case_id == case_id)).scalars())


def a_picture(number: int) -> bytes:
    """Deterministic bytes that begin like a JPEG, between one and three chunks long."""
    size = 700 + 900 * (number % 4)
    return b"\xff\xd8\xff" + hashlib.shake_256(str(number).encode()).digest(size - 3)
