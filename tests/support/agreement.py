"""What must hold: at every moment, and once the line is good and everyone has synced.

`Ledger` remembers every fact that a person recorded on a laptop. Knows no fault and no schedule.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.event import Record
from fieldapp.domain.payloads import (
    CareStepped,
    ChildEdited,
    ConflictDecided,
    PaperReturned,
    PhotoAdded,
    SubmissionRecorded,
    VisitRecorded,
)
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.reference import Role
from fieldapp.domain.states import CaseStep
from fieldapp.records import rows
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.ladder import ladder_report
from fieldapp.server import tables
from fieldapp.server.photos.store import photo_key
from fieldapp.store import outbox as outboxes
from fieldapp.store import receipts
from fieldapp.store.departures import departed
from fieldapp.store.outbox import SET_ASIDE
from fieldapp.store.sent import sent
from fieldapp.store.tables import former_receipt, outbox, photo_transfer
from fieldapp.store.transfers import OWNER, RECEIVED
from fieldapp.sync.receipts import Verifier
from fieldapp.wire import codec
from tests.support.rough_laptop import RoughLaptop
from tests.support.rough_world import RoughWorld

Records = dict[tuple[str, str], Record]
_SHARED = ("setting", "cause", "school", "person", "received_list")


@dataclass(frozen=True, slots=True)
class Fact:
    """An event that a person made; `may_be_refused`: what it says cannot be true, so the district may say so."""

    event_id: str
    kind: str
    record_id: str
    sha256: str
    laptop: RoughLaptop
    may_be_refused: bool


@dataclass
class Ledger:
    facts: dict[str, Fact] = field(default_factory=dict)

    def write_down(self, laptop: RoughLaptop, *, may_be_refused: bool = False) -> None:
        """Whatever this laptop recorded since the last time."""
        with laptop.store.reading() as connection:
            for row in connection.execute(select(outbox.c.event_id, outbox.c.kind, outbox.c.record_id, outbox.c.body)):
                if row.event_id not in self.facts:
                    digest = sha256_hex(row.body.encode())
                    self.facts[row.event_id] = Fact(row.event_id, row.kind, row.record_id, digest, laptop, may_be_refused)

    def lost(self, world: RoughWorld) -> None:
        """After a laptop's disk was lost, or the district was put back: what is neither at the district nor on a laptop is gone. No program
        can help that."""
        known = set(_events(world)).union(*({row.event_id for row in _outbox(laptop)} for laptop in world.laptops))
        self.facts = {event_id: fact for event_id, fact in self.facts.items() if event_id in known}


def check_unsent(laptop: RoughLaptop) -> None:
    """Nothing unsent is missing from the records of a card that is here, nor from the sync page. What was sent and waits again, since the
    district forgot it, may be about a card that has left: then the sync page alone shows it."""
    with laptop.store.reading() as connection:
        unsent = (outbox.c.kind == VisitRecorded.KIND) & (outbox.c.status.is_(None) | (outbox.c.status == SET_ASIDE))
        card_here = outbox.c.case_id.in_(select(record_tables.case.c.id))
        missing = select(outbox.c.event_id, card_here).where(unsent, outbox.c.record_id.not_in(select(record_tables.visit.c.id)))
        gone = [(row.event_id, row[1]) for row in connection.execute(missing)]
        assert not [event_id for event_id, here in gone if here], "an unsent visit vanished"
        if gone:
            shown = {line.event_id for line in sent(connection, laptop.store.district_id, 0)}
            assert {event_id for event_id, _ in gone} <= shown, "an unsent visit is on no page"
            again = set(connection.execute(select(former_receipt.c.subject)).scalars())
            # Or it came after the backup of this laptop that was taken, and comes again.
            assert laptop.went_back or {event_id for event_id, _ in gone} <= again, "a card left before its visit was sent"
        step, corrected = record_tables.case_step, record_tables.visit.alias()
        waiting = outbox.c.status.is_(None) & (outbox.c.kind == VisitRecorded.KIND) & card_here
        standing = outbox.c.record_id.not_in(select(corrected.c.supersedes).where(corrected.c.supersedes.is_not(None)))
        without_step = select(outbox.c.event_id).where(waiting, standing, outbox.c.event_id.not_in(select(step.c.event_id)))
        assert connection.execute(without_step).all() == [], "an unsent visit is not in the course of its case any more"


def check_answers(world: RoughWorld, laptop: RoughLaptop) -> None:
    """Nothing here is called received that the district cannot prove, as far as the laptop can have heard."""
    forgotten = laptop.history != world.histories
    rows_here = [row for row in _outbox(laptop) if row.status not in (None, SET_ASIDE)]
    held = _events(world, [row.event_id for row in rows_here]) if rows_here else {}
    verifier = Verifier(laptop.store.signing_key, laptop.store.district_id)
    with laptop.store.reading() as connection:
        for row in rows_here:
            receipt = receipts.find(connection, row.event_id)
            assert verifier.holds(receipt, row.event_id, sha256_hex(row.body.encode())), f"{row.kind} is called {row.status}"
            if forgotten:
                continue
            assert receipt is not None and _is_of(held.get(row.event_id), receipt), f"the district does not hold {row.kind}"
            assert held[row.event_id].status == row.status
        received = connection.execute(select(photo_transfer).where(photo_transfer.c.state == RECEIVED)).all()
        proofs = {row.photo_id: receipts.find(connection, row.photo_id) for row in received}
    stored = _photo_receipts(world) if received else {}
    for photo in received:
        proof = proofs[photo.photo_id]
        assert verifier.holds(proof, photo.photo_id, photo.sha256)
        assert forgotten or (proof is not None and _is_of(stored.get(photo.photo_id), proof))
        assert sha256_hex(world.store.get(photo_key(world.district.id, photo.sha256))) == photo.sha256


def check_facts(world: RoughWorld, ledger: Ledger) -> None:
    """Every recorded fact is at the district exactly once: stored, in conflict or held; refused only what may be."""
    events = _events(world)
    visits = set(_column(world, record_tables.visit.c.id))
    photos = set(_column(world, record_tables.photo.c.id))
    follow_ups = set(_column(world, record_tables.follow_up.c.id))
    care = {*_column(world, record_tables.referral.c.id), *_column(world, record_tables.care_step.c.id)}
    inbox = list(_column(world, tables.inbox.c.event_id))
    aside = {laptop: [row for row in _outbox(laptop) if row.status == SET_ASIDE] for laptop in (*world.laptops, *world.retired)}
    refused = {(laptop, row.kind, row.record_id) for laptop, rows_aside in aside.items() for row in rows_aside}
    for row in (row for rows_aside in aside.values() for row in rows_aside):
        fact = ledger.facts[row.event_id]
        allowed = fact.may_be_refused or _hangs_on(fact, refused) or _forgotten_place(world, fact, row)
        assert allowed, f"{row.kind} was refused: {row.code} {row.field}"
    for fact in ledger.facts.values():
        event = events.get(fact.event_id)
        if event is None:
            assert fact.may_be_refused or _hangs_on(fact, refused) or _is_aside(fact, aside), f"{fact.kind} never arrived"
            continue
        assert event.sha256 == fact.sha256
        if event.status == "held":
            assert inbox.count(fact.event_id) == 1
        elif fact.kind == "visit.recorded":
            assert fact.record_id in visits
        elif fact.kind == "photo.added":
            assert fact.record_id in photos
        elif fact.kind == "follow_up.planned":
            assert fact.record_id in follow_ups
        elif fact.kind in ("referral.drafted", "care.stepped"):
            assert fact.record_id in care
        if event.status == "conflict":
            assert inbox.count(fact.event_id) == len(event.fields)
    assert len({row.record_id for row in events.values() if row.kind == "visit.recorded"}) == sum(
        row.kind == "visit.recorded" for row in events.values()
    ), "a visit is there twice"


def check_edits(world: RoughWorld) -> None:
    """Told from the log alone: a value took another's place only where its person had seen that one; else both are kept as a conflict."""
    conflicts = set(_column(world, record_tables.conflict.c.id))
    standing: dict[tuple[str, str], tuple[str | None, Any]] = {}
    decided: set[tuple[str, str]] = set()
    for event in sorted(_events(world).values(), key=lambda row: row.sequence):
        payload = json.loads(event.body)["payload"]
        if event.kind == ConflictDecided.KIND:
            # From here on the question is another one.
            decided.add((payload["child_id"], event.record_id.partition(":")[2]))
        if event.kind != ChildEdited.KIND or event.status == "held":
            continue
        for name, value in payload["values"].items():
            place = event.record_id, name
            set_by, stands = standing.get(place, (None, ""))
            if place in decided or value == stands:
                continue
            if payload["seen"].get(name) == set_by:
                standing[place] = event.id, value
            else:
                assert event.status == "conflict" and f"{event.id}:{name}" in conflicts, "a value passed over another that nobody had seen"


def check_district(world: RoughWorld) -> Records:
    """What pull sends is what the tables say, and the figures add up."""
    with world.ground.engine.connect() as connection:
        heads = {(row.type, row.id): row for row in _rows(connection, tables.head, world)}
        whole = _all_records(connection, world.district.id)
        assert {key: row.body for key, row in heads.items()} == {key: codec.record_json(record) for key, record in whole.items()}
        report = ladder_report(connection, world.district.id, world.now().date())
        sequences = [row.sequence for row in heads.values()]
        assert len(set(sequences)) == len(sequences)
    assert report.total.listed == len(world.cases)
    assert sum(report.total.buckets.values()) == report.total.listed
    return whole


def check_agreement(world: RoughWorld, theirs: Records, laptop: RoughLaptop) -> None:
    """This laptop and the district say the same, byte for byte, about everything in this person's scope, and nothing else lies here."""
    with laptop.store.reading() as connection:
        ours = _all_records(connection, world.district.id)
        gone_but_open = departed(connection)
        aside = set(connection.execute(select(outbox.c.case_id).where(outbox.c.status == SET_ASIDE)).scalars())
        aside_children = set(connection.execute(select(outbox.c.child_id).where(outbox.c.status == SET_ASIDE)).scalars())
        waiting = outboxes.queue(connection)
        unsent_photos = connection.execute(select(photo_transfer).where(photo_transfer.c.state != RECEIVED)).all()
    assert waiting == (), "the outbox is not empty"
    assert {row.case_id for row in unsent_photos} <= aside, "a photo was not sent"
    assert gone_but_open <= aside
    in_scope = {record.id for (name, _), record in theirs.items() if name == "case" and _covers(laptop, record)}
    children = {theirs["case", case_id].child_id for case_id in in_scope}  # type: ignore[union-attr]
    expected = {
        key: codec.record_json(record)
        for key, record in theirs.items()
        if key[0] in _SHARED or _belongs(key[0], record, in_scope, children)
    }
    found = {key: codec.record_json(record) for key, record in ours.items()}
    # What the district refused stays on the screen until its person decides, laid over what the district says.
    left_alone = {key for key, record in ours.items() if _belongs(key[0], record, aside, aside_children)}
    differing = [
        f"{key}: here {found.get(key)}, at the district {expected.get(key)}"
        for key in sorted(found.keys() | expected.keys())
        if key not in left_alone and found.get(key) != expected.get(key)
    ]
    assert not differing, f"{laptop.folder.name}\n" + "\n".join(differing)


def _covers(laptop: RoughLaptop, case: Any) -> bool:
    identity = laptop.store.identity
    if identity.role is Role.TEACHER:
        return bool(case.assignee_id == identity.person_id)
    return identity.role is not Role.SCHOOL_HEAD or case.school_code == identity.school_code or case.assignee_id == identity.person_id


def _belongs(name: str, record: Any, cases: set[str], children: set[str]) -> bool:
    if name == "child":
        return record.id in children
    if name == "conflict":
        return record.child_id in children
    return (record.id if name == "case" else getattr(record, "case_id", None)) in cases


def _all_records(connection: Connection, district_id: str) -> Records:
    found: Records = {}
    steps: defaultdict[str, list[CaseStep]] = defaultdict(list)
    table = record_tables.case_step
    in_order = select(table).order_by(table.c.sequence, table.c.on_date, table.c.event_id)
    for row in connection.execute(in_order.where(table.c.district_id == district_id)).mappings():
        steps[row["case_id"]].append(rows.step_from(row))
    for name, cls in codec.RECORD_TYPES.items():
        table, read = rows.TABLE_OF[cls], getattr(rows, f"{name}_from", partial(rows.care_from, cls))
        for row in connection.execute(select(table).where(table.c.district_id == district_id)).mappings():
            record = rows.case_from(row, tuple(steps[row["id"]])) if name == "case" else read(row)
            found[name, record.id] = record
    return found


def _outbox(laptop: RoughLaptop) -> list[Any]:
    with laptop.store.reading() as connection:
        return list(connection.execute(select(outbox)).all())


def _is_aside(fact: Fact, aside: dict[RoughLaptop, list[Any]]) -> bool:
    return any(row.event_id == fact.event_id for rows_aside in aside.values() for row in rows_aside)


def _forgotten_place(world: RoughWorld, fact: Fact, row: Any) -> bool:
    """A district that was put back knows nothing of the case, or that it was ever this person's."""
    if not world.histories or row.code not in ("unknown_record", "not_yours"):
        return False
    with world.ground.engine.connect() as connection:
        case = SqlRecords(connection, world.district.id).case(row.case_id)
    identity = fact.laptop.store.identity
    if case is None or identity.role is Role.TEACHER:
        return case is None or not case.ever_assigned_to(identity.person_id)
    return not any(step.school_code == identity.school_code for step in case.steps)


def _hangs_on(fact: Fact, refused: set[tuple[RoughLaptop, str, str]]) -> bool:
    """A photo of a refused visit, form or paper waits with it, and a step of care with what it is about."""
    if fact.kind == CareStepped.KIND:
        with fact.laptop.store.reading() as connection:
            body = connection.execute(select(outbox.c.body).where(outbox.c.event_id == fact.event_id)).scalar_one()
        of = json.loads(body)["payload"]["fact"]["of"]
        return any(laptop is fact.laptop and record_id == of for laptop, _kind, record_id in refused)
    if fact.kind != PhotoAdded.KIND:
        return False
    with fact.laptop.store.reading() as connection:
        query = select(OWNER).where(photo_transfer.c.photo_id == fact.record_id)
        owner = connection.execute(query).scalar_one()
        return any((fact.laptop, kind, owner) in refused for kind in (VisitRecorded.KIND, SubmissionRecorded.KIND, PaperReturned.KIND))


def _events(world: RoughWorld, ids: list[str] | None = None) -> dict[str, Any]:
    table = tables.event
    query = select(table).where(table.c.district_id == world.district.id)
    with world.ground.engine.connect() as connection:
        return {row.id: row for row in connection.execute(query if ids is None else query.where(table.c.id.in_(ids)))}


def _photo_receipts(world: RoughWorld) -> dict[str, Any]:
    with world.ground.engine.connect() as connection:
        return {row.photo_id: row for row in _rows(connection, tables.photo_receipt, world)}


def _column(world: RoughWorld, column: Any) -> list[str]:
    with world.ground.engine.connect() as connection:
        return list(connection.execute(select(column).where(column.table.c.district_id == world.district.id)).scalars())


def _rows(connection: Connection, table: Any, world: RoughWorld) -> list[Any]:
    return list(connection.execute(select(table).where(table.c.district_id == world.district.id)).all())


def _is_of(row: Any, receipt: Receipt) -> bool:
    """Whether the district's row is what the receipt was signed for."""
    return row is not None and (row.sha256, row.sequence, row.recorded_at, row.signature) == (
        receipt.sha256,
        receipt.sequence,
        receipt.recorded_at,
        receipt.signature,
    )
