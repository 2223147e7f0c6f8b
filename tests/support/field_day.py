"""What a teacher brings home from a day in the field, and how to tell that all of it arrived, once, with receipts that hold."""

from dataclasses import dataclass, field

from sqlalchemy import select

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.photo import Photo
from fieldapp.domain.visit import Visit
from fieldapp.server import tables as server
from fieldapp.store import receipts
from fieldapp.store.health import damaged_parts
from fieldapp.store.tables import outbox
from fieldapp.sync.receipts import Verifier
from tests.support.world import KEY, FieldLaptop, World

_SETTLED = {"accepted", "conflict", "held"}


@dataclass
class FieldDay:
    """Visits and photos of one laptop, and the changes that the office made meanwhile."""

    laptop: FieldLaptop
    visits: list[Visit] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    new_cases: list[str] = field(default_factory=list)


def a_field_day(world: World, account: str, *, visits: int = 4, photo_sizes: tuple[int, ...] = (3_000, 5_000, 1_200_000)) -> FieldDay:
    """A laptop with work that waits; photos go with the visits in turn. Two cases wait at the district. Its store is closed."""
    laptop = world.teacher(account)
    person = world.district.people[account]
    cases = world.district.add_cases(max(1, visits // 2), person)
    assert laptop.sync().error is None
    day = FieldDay(laptop)
    for number in range(visits):
        day.visits.append(laptop.visit(cases[number % len(cases)], note=f"เยี่ยมครั้งที่ {number}"))
    for number, size in enumerate(photo_sizes):
        day.photos.append(laptop.photograph(day.visits[number % visits], size=size))
    child = laptop.child_of(cases[0])
    assert child is not None
    laptop.edit(child, village="บ้านนาคู")
    day.new_cases = world.district.add_cases(2, person)
    laptop.close()
    return day


def require_arrived(world: World, day: FieldDay) -> None:
    """Everything is at the district exactly once, the laptop knows it by receipts that verify, and both hold the same."""
    laptop = day.laptop
    laptop.restart()
    assert damaged_parts(laptop.folder, KEY) == frozenset()
    for visit in day.visits:
        assert world.events(visit.id) == 1
        assert world.visits(visit.case_id).count(visit.id) == 1
    for photo in day.photos:
        assert world.events(photo.id) == 1
        assert world.photo_is_stored(photo)
        assert laptop.photo_state(photo) == "received"
        assert laptop.believes(laptop.photo_receipt(photo), photo.id, photo.sha256)
    assert set(day.new_cases) <= laptop.case_ids()
    _require_receipts(world, laptop)


def _require_receipts(world: World, laptop: FieldLaptop) -> None:
    """Each event of this laptop has one receipt that holds, and the district holds those very bytes and no others of this laptop."""
    verifier = Verifier(laptop.store.signing_key, laptop.store.district_id)
    with laptop.store.reading() as connection:
        sent = connection.execute(select(outbox.c.event_id, outbox.c.body, outbox.c.status)).all()
        for row in sent:
            assert row.status in _SETTLED, row.status
            assert verifier.holds(receipts.find(connection, row.event_id), row.event_id, sha256_hex(row.body.encode()))
    with world.district.engine.connect() as connection:
        table = server.event
        query = select(table.c.id, table.c.body).where(
            table.c.district_id == world.district.id, table.c.device_id == laptop.store.identity.device_id
        )
        stored = connection.execute(query).all()
    assert sorted((row.id, row.body) for row in stored) == sorted((row.event_id, row.body) for row in sent)
