"""A laptop's store in a folder, filled with invented children, without passphrase and without network."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp.domain.case import Case
from fieldapp.domain.child import Child, Sex
from fieldapp.domain.event import Record
from fieldapp.domain.identifiers import new_id
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.reference import Cause, Person, Role, School, Setting
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.thai_dates import THAI_TIME
from fieldapp.errors import Offline
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.store.identity import Identity
from fieldapp.store.opening import create_store, open_store
from fieldapp.store.roll import Roll
from fieldapp.sync.transport import Transport
from fieldapp.usecases.caring import Caring
from fieldapp.usecases.children import Children
from fieldapp.usecases.conflicts import Conflicts
from fieldapp.usecases.family import Family
from fieldapp.usecases.filling import Filling
from fieldapp.usecases.follow_ups import FollowUps
from fieldapp.usecases.help_lines import HelpLines
from fieldapp.usecases.originals import Originals
from fieldapp.usecases.phone_pictures import PhonePictures
from fieldapp.usecases.photos import Photos
from fieldapp.usecases.preferences import Preferences
from fieldapp.usecases.referring import Referring
from fieldapp.usecases.school_forms import SchoolForms
from fieldapp.usecases.syncing import Syncing
from fieldapp.usecases.today import Today
from fieldapp.usecases.visits import Visits

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=THAI_TIME)
TODAY = NOW.date()
ME = "0190a000-0000-7000-8000-000000000001"
OTHER = "0190a000-0000-7000-8000-000000000002"
OFFICE = "0190a000-0000-7000-8000-000000000003"
DEVICE = "0190a000-0000-7000-8000-00000000000d"
LIST = "0190a000-0000-7000-8000-00000000000e"
SCHOOL = "46030001"
KEY = bytes(range(32))

_GIVEN = ("ธนกร", "กมลชนก", "เกวลิน", "แก้วตา", "โชคชัย", "ไพลิน", "ณัฐวุฒิ", "ปวีณา", "พีรพัฒน์", "อภิสิทธิ์", "น้ำฝน", "จิราภรณ์", "ศุภกร")
_FAMILY = ("พิมพ์สวัสดิ์", "ไชยทองศรี", "คำมูล", "ศรีหาบุตร", "โพธิ์ศรี", "อุทรักษ์", "วงศ์ละคร", "แสงชมภู", "หงษ์คำ", "เเสนสุข", "ภูมิลา")
_VILLAGES = ("บ้านนาคู", "บ้านสายนาวัง", "บ้านบ่อแก้ว", "บ้านภูแล่นช้าง", "บ้านโนนนาจาน")


class Clock:
    """A clock that stands until it is told to go."""

    def __init__(self, at: dt.datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at

    def forward(self, **duration: float) -> None:
        self.at += dt.timedelta(**duration)


@dataclass
class Laptop:
    """An open profile as the use cases see it."""

    folder: Path
    store: Store
    clock: Clock
    roll: Roll

    @property
    def children(self) -> Children:
        return Children(self.store, self.roll, self.clock)

    @property
    def visits(self) -> Visits:
        return Visits(self.store, self.clock)

    @property
    def photos(self) -> Photos:
        return Photos(self.store, self.clock)

    @property
    def phone_pictures(self) -> PhonePictures:
        return PhonePictures(self.store, self.photos, self.clock)

    @property
    def preferences(self) -> Preferences:
        return Preferences(self.store, self.clock)

    @property
    def originals(self) -> Originals:
        return Originals(self.store, self.clock)

    @property
    def caring(self) -> Caring:
        return Caring(self.store, self.clock)

    @property
    def family(self) -> Family:
        return Family(self.store, self.roll, self.clock)

    @property
    def follow_ups(self) -> FollowUps:
        return FollowUps(self.store, self.clock)

    @property
    def filling(self) -> Filling:
        return Filling(self.store, self.clock)

    @property
    def referring(self) -> Referring:
        return Referring(self.store, self.clock)

    @property
    def school_forms(self) -> SchoolForms:
        return SchoolForms(self.store)

    @property
    def today(self) -> Today:
        return Today(self.store, self.roll, self.clock)

    @property
    def conflicts(self) -> Conflicts:
        return Conflicts(self.store, self.clock)

    @property
    def help_lines(self) -> HelpLines:
        lines = HelpLines(self.store)
        lines.read()
        return lines

    @property
    def syncing(self) -> Syncing:
        return Syncing(self.store, self.clock, _no_line)

    def put(self, *records: Record) -> None:
        """As if a sync had brought them."""
        with self.store.writing() as connection:
            SqlRecords(connection, self.store.district_id).put(records)
        self.store.announce(Changes(all=True))

    def reopened(self) -> "Laptop":
        self.store.close()
        return _laptop(self.folder, open_store(self.folder, KEY), self.clock)


def _no_line() -> Transport:
    raise Offline()


def an_identity(role: Role = Role.TEACHER, signing_key: str = "00" * 32) -> Identity:
    return Identity("4603", ME, DEVICE, "somying", "ครูสมหญิง", role, SCHOOL, "http://127.0.0.1:8460", signing_key, "00" * 32)


def a_laptop(folder: Path, *, role: Role = Role.TEACHER, signing_key: str = "00" * 32) -> Laptop:
    """A new store with the district's people, school, causes and list, but no child yet."""
    folder.mkdir(parents=True, exist_ok=True)
    laptop = _laptop(folder, create_store(folder, KEY, an_identity(role, signing_key)), Clock())
    laptop.put(*reference_records())
    return laptop


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    """A fresh laptop for one test."""
    made = a_laptop(tmp_path / "profile")
    yield made
    made.store.close()


def _laptop(folder: Path, store: Store, clock: Clock) -> Laptop:
    return Laptop(folder, store, clock, Roll(store))


def reference_records() -> tuple[Record, ...]:
    return (
        Setting("compulsory_age", {"rule": "calendar_year"}),
        School(SCHOOL, "โรงเรียนบ้านนาคู", "461601"),
        Person(ME, "ครูสมหญิง", Role.TEACHER, SCHOOL),
        Person(OTHER, "ครูวิชัย", Role.TEACHER, SCHOOL),
        Person(OFFICE, "ศูนย์ประสานงาน", Role.COORDINATOR),
        Cause("poverty", "ฐานะยากจน", 1, 1, 1),
        Cause("migration", "ย้ายตามผู้ปกครอง", 2, 2, 2),
        Cause("old", "สาเหตุที่เลิกใช้", 9, 9, 0, active=False),
        ReceivedList(LIST, ListType.NEVER_ENROLLED, "1/2569", dt.date(2026, 10, 10), "list.xlsx", "0" * 64, NOW),
    )


def a_listed_child(number: int = 0, *, assignee: str | None = ME, due_on: dt.date | None = None, **values: object) -> tuple[Child, Case]:
    """Child number `number`, on the list since 20 October and assigned on 1 November; the same number gives the same person."""
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number // len(_GIVEN) % len(_FAMILY)]
    plain: dict[str, object] = {
        "id": new_id(1_700_000_000_000 + number),
        "given_name": given if number < len(_GIVEN) * len(_FAMILY) else f"{given}{number}",
        "family_name": family,
        "title": "ด.ญ." if number % 2 else "ด.ช.",
        "national_id": f"1460{number:09d}",
        "birth_on": dt.date(2010 + number % 9, 1 + number % 12, 1 + number % 28),
        "sex": Sex.FEMALE if number % 2 else Sex.MALE,
        "house_no": str(1 + number % 180),
        "moo": str(1 + number % 12),
        "village": _VILLAGES[number % len(_VILLAGES)],
        "tambon_code": f"4616{1 + number % 5:02d}",
        "guardian_name": "ยายบุญมี",
        "guardian_phone": "0812345214",
    }
    child = Child(**{**plain, **values})  # type: ignore[arg-type]
    listed_on = dt.date(2026, 10, 20)
    case = Case(new_id(1_700_000_000_000 + number), child.id, LIST, list(ListType)[number % 7 == 3], listed_on, version=0)
    case = case.with_step(CaseStep(new_id(), CaseState.LISTED, listed_on, OFFICE, NOW, sequence=number * 2 + 1))
    if assignee:
        on = dt.date(2026, 11, 1)
        assigned = CaseStep(
            new_id(), CaseState.ASSIGNED, on, OFFICE, NOW, number * 2 + 2, school_code=SCHOOL, person_id=assignee, due_on=due_on
        )
        case = case.with_step(assigned)
    return child, case


def fill(laptop: Laptop, count: int) -> list[Case]:
    """`count` invented children assigned to this laptop's teacher."""
    cases = []
    for start in range(0, count, 2_000):
        pairs = [a_listed_child(number) for number in range(start, min(start + 2_000, count))]
        with laptop.store.writing() as connection:
            SqlRecords(connection, laptop.store.district_id).put(record for pair in pairs for record in pair)
        cases += [case for _, case in pairs]
    laptop.store.announce(Changes(all=True))
    return cases
