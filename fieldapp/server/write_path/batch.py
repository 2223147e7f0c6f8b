"""The write path: a batch of events is admitted, applied, numbered, signed and stored in one transaction.

All records are loaded in a few queries and stored in a few statements, however many events there are. Knows nothing of HTTP.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from fieldapp.domain.case import Case
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Effect, Event, EventRefused, Record
from fieldapp.domain.events import apply
from fieldapp.domain.identifiers import EventId, FollowUpId
from fieldapp.domain.payloads import CaseMerged, CaseUnmerged, FollowUpClosed, HeldDecided, PhotoAdded, VisitRecorded
from fieldapp.domain.photo import Photo
from fieldapp.domain.receipt import Receipt
from fieldapp.server import audit, bulk, inbox, tables
from fieldapp.server.photos import receipts as photo_receipts
from fieldapp.server.write_path import event_log, heads, storing
from fieldapp.server.write_path.admission import Admission, Verdict, case_of, goes_with
from fieldapp.server.write_path.event_log import Arrived
from fieldapp.server.write_path.known import KnownRecords
from fieldapp.server.write_path.sequence import Writing, writing
from fieldapp.wire.messages import Answer, Status

Admit = Callable[[Arrived, KnownRecords], Admission]


def record(connection: Connection, district_id: str, arrived: list[Arrived], admit: Admit, *, person_id: str | None) -> list[Answer]:
    """Record events in their order; one answer each. `person_id` is who does it, for the audit."""
    if not arrived:
        return []
    with writing(connection, district_id) as lock:
        batch = _Batch(lock, arrived)
        answers = [batch.answer(each, admit) for each in arrived]
        batch.store(person_id)
    return answers


class _Batch:
    def __init__(self, lock: Writing, arrived: list[Arrived]) -> None:
        self._lock = lock
        self._logged = event_log.find(lock, {each.event.id for each in arrived})
        new = [each.event for each in arrived if each.event.id not in self._logged]
        self._made = {event.id: (event.by, event.made_at) for event in new}
        self._known = KnownRecords(lock, new)
        self._event_rows: list[dict[str, object]] = []
        self._inbox_rows: list[inbox.Row] = []
        self._held_decisions: list[Event] = []
        self._told_again: dict[str, Record] = {}
        self._new_photo_receipts: list[Receipt] = []
        # child -> ids of the events that changed it, for the audit
        self._changes: dict[str, list[str]] = {}
        taken_in = [held.event for event in new if (held := self._known.held(EventId(event.record))) is not None]
        self._load_photos([event.payload.photo for event in (*new, *taken_in) if isinstance(event.payload, PhotoAdded)])

    def _load_photos(self, photos: list[Photo]) -> None:
        lock = self._lock
        self._held_sizes = photo_receipts.held_hashes(lock.connection, lock.district_id, {photo.sha256 for photo in photos})
        photo_ids = {photo.id for photo in photos} | {logged.photo_id for logged in self._logged.values() if logged.photo_id}
        self._photo_receipts = photo_receipts.find(lock.connection, lock.district_id, photo_ids)

    def answer(self, arrived: Arrived, admit: Admit) -> Answer:
        event = arrived.event
        logged = self._logged.get(event.id)
        if logged is not None:
            if logged.sha256 != arrived.sha256:
                return Answer(event.id, Status.REJECTED, code="different_content", field="id")
            return self._with_photo_receipt(logged.answer, logged.photo_id)
        admission = admit(arrived, self._known)
        match admission.verdict:
            case Verdict.REFUSE:
                return Answer(event.id, Status.REJECTED, code=admission.code, field=admission.field)
            case Verdict.HOLD:
                return self._hold(arrived, admission.code)
            case Verdict.TAKE:
                return self._take(arrived)

    def _hold(self, arrived: Arrived, code: str) -> Answer:
        event = arrived.event
        # Both are known, but for what the district forgot when it was put back.
        case_id, case = case_of(event, self._known)
        answer = Answer(event.id, Status.HELD, self._receipt(arrived, self._lock.next_number()), code=code)
        belongs_to = goes_with(event, self._known)
        if case_id is not None:
            self._known.hold(event.record, case_id)
        self._inbox_rows.append(inbox.held_row(self._lock.district_id, event, case_id, code, arrived.recorded_at, belongs_to))
        self._open_urgent(arrived, case_id)
        self._tell_again(event, case)
        return self._log(arrived, answer, case_id, case.child_id if case else event.record)

    def _tell_again(self, event: Event, case: Case | None) -> None:
        """A merged case stays with the district's own people. On a laptop of theirs that heard of the merge before it got this answer, what
        is held now is on the card, and no news of the card would come any more."""
        if case is None or case.withdrawn or not case.merged_into:
            return
        match event.payload:
            case VisitRecorded():
                self._told_again[case.id] = case
            case FollowUpClosed() if follow_up := self._known.follow_up(FollowUpId(event.record)):
                self._told_again[follow_up.id] = follow_up

    def _take(self, arrived: Arrived) -> Answer:
        event = arrived.event
        # The number is used up only by an event that is taken, so a refused one leaves no gap.
        number = self._lock.last + 1
        try:
            effect = apply(event, self._known, sequence=number, recorded_at=arrived.recorded_at)
        except EventRefused as refused:
            if arrived.once_held:
                return self._hold(arrived, "forgotten")
            return Answer(event.id, Status.REJECTED, code=refused.code, field=refused.field)
        self._lock.next_number()
        answer = Answer(event.id, Status.ACCEPTED, self._receipt(arrived, number))
        if isinstance(event.payload, PhotoAdded):
            effect, answer = self._join_held_bytes(arrived, effect, answer)
        if isinstance(event.payload, HeldDecided):
            self._known.decided(event.record)
            self._held_decisions.append(event)
            effect = replace(effect, records=tuple(map(self._with_bytes, effect.records)))
        self._known.put(effect.records)
        case_id, case = case_of(event, self._known)
        if effect.conflicts:
            arisen = [self._with_names(conflict) for conflict in effect.conflicts]
            self._known.put(arisen)
            answer = replace(answer, status=Status.CONFLICT, fields=tuple(conflict.field for conflict in arisen))
            self._inbox_rows += [inbox.conflict_row(self._lock.district_id, each, case_id, arrived.recorded_at) for each in arisen]
        self._open_urgent(arrived, case_id)
        if isinstance(event.payload, CaseMerged | CaseUnmerged) and (survivor := self._known.case(event.payload.into)):
            self._changes.setdefault(survivor.child_id, []).append(event.id)
        return self._log(arrived, answer, case_id, case.child_id if case else event.record)

    def _open_urgent(self, arrived: Arrived, case_id: str | None) -> None:
        """A report of harm is told at once, whether it is taken or held."""
        row = inbox.urgent_row(self._lock.district_id, arrived.event, case_id, arrived.recorded_at)
        if row is not None:
            self._inbox_rows.append(row)

    def _with_bytes(self, record: Record) -> Record:
        """A photo that was held may have its bytes here already."""
        if isinstance(record, Photo) and self._held_sizes.get(record.sha256) == record.size:
            return replace(record, stored=True)
        return record

    def _with_names(self, conflict: Conflict) -> Conflict:
        """With the person who set what stands, and when."""
        if conflict.kept_event is None:
            return conflict
        made = self._made.get(conflict.kept_event) or event_log.made(self._lock, conflict.kept_event)
        return replace(conflict, kept_by=made[0], kept_at=made[1]) if made else conflict

    def _join_held_bytes(self, arrived: Arrived, effect: Effect, answer: Answer) -> tuple[Effect, Answer]:
        """The same picture came with another visit before: its bytes need not come again."""
        payload = arrived.event.payload
        assert isinstance(payload, PhotoAdded)
        photo = payload.photo
        if self._held_sizes.get(photo.sha256) != photo.size:
            return effect, answer
        if photo.id not in self._photo_receipts:
            receipt = photo_receipts.sign(self._lock, photo.id, photo.sha256, arrived.recorded_at)
            self._photo_receipts[photo.id] = receipt
            self._new_photo_receipts.append(receipt)
        return Effect((replace(photo, stored=True),)), self._with_photo_receipt(answer, photo.id)

    def _with_photo_receipt(self, answer: Answer, photo_id: str | None) -> Answer:
        return replace(answer, photo_receipt=self._photo_receipts.get(photo_id)) if photo_id else answer

    def _receipt(self, arrived: Arrived, number: int) -> Receipt:
        return self._lock.signer.receipt(arrived.event.id, arrived.sha256, number, arrived.recorded_at)

    def _log(self, arrived: Arrived, answer: Answer, case_id: str | None, child_id: str) -> Answer:
        photo_id = arrived.event.record if isinstance(arrived.event.payload, PhotoAdded) else None
        self._logged[arrived.event.id] = event_log.Logged(arrived.sha256, answer, photo_id)
        self._event_rows.append(event_log.row_of(self._lock.district_id, arrived, answer, case_id))
        self._changes.setdefault(child_id, []).append(arrived.event.id)
        return answer

    def store(self, person_id: str | None) -> None:
        lock, known = self._lock, self._known
        if not self._event_rows:
            return
        storing.store(lock, known)
        heads.publish(lock, known)
        heads.publish_again(lock, (record for record in self._told_again.values() if (type(record), record.id) not in known.changed))
        heads.publish_decisions(lock, known, self._held_decisions)
        bulk.insert(lock.connection, tables.event, self._event_rows)
        photo_receipts.store(lock, self._new_photo_receipts)
        inbox.open_entries(lock.connection, self._inbox_rows)
        now = dt.datetime.now(dt.UTC)
        inbox.close_conflicts(lock, (each for each in known.changed.values() if isinstance(each, Conflict)), now)
        inbox.close_held(lock, self._held_decisions, now)
        self._audit(person_id)

    def _audit(self, person_id: str | None) -> None:
        first = self._event_rows[0]
        audit.note(
            self._lock.connection,
            self._lock.district_id,
            audit.Action.CHANGED,
            ((child_id, {"events": event_ids}) for child_id, event_ids in self._changes.items()),
            person_id=person_id,
            device_id=str(first["device_id"]) if first["device_id"] else None,
            at=dt.datetime.now(dt.UTC),
        )
