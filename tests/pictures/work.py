"""What the teacher of the pictures has done so far: visits, photos, care, referrals, forms; some received, some waiting, some refused.

Everything goes through the use cases, as the windows do it; only the district's answers are put in by hand.
"""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from nacl.signing import SigningKey
from sqlalchemy import select, update

from fieldapp.client import Client
from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.care.consent import ConsentPurpose
from fieldapp.domain.care.goal import CareAspect
from fieldapp.domain.care.referral import ReferralKind, ReferralState, Shared
from fieldapp.domain.care.risk import RiskLevel
from fieldapp.domain.care.support import SupportArea
from fieldapp.domain.conflict import Conflict, conflict_id
from fieldapp.domain.follow_up import FollowUp, FollowUpReason
from fieldapp.domain.identifiers import FollowUpId, new_id
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.visit import Met, NextStep, Outcome, ReturnLevel, Whereabouts
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import outbox as outbox_store
from fieldapp.store import receipts, sync_log, transfers
from fieldapp.store.changes import Changes
from fieldapp.store.engine import Store
from fieldapp.store.tables import outbox, photo_transfer
from fieldapp.usecases.caring import WantedConsent, WantedSupport
from fieldapp.usecases.children import ListFilter
from fieldapp.usecases.referring import WantedReferral, WantedTransfer
from tests.support.laptop import ME, NOW, OTHER, TODAY, Clock

DISTRICT_KEY = SigningKey(bytes(range(32)))
_SIGNATURE = "M 20 60 C 60 20 80 90 120 50 S 180 70 220 40"


class Work:
    """`cases` by the child's given name."""

    def __init__(self, opened: Client, store: Store, clock: Clock, photos: list[Path]) -> None:
        self._client, self._store, self._clock, self._photos = opened, store, clock, photos
        rows = opened.children.page(ListFilter(), 0, 100)
        self.cases = {row.given_name: row.case_id for row in rows}

    def do_all(self) -> None:
        self._earlier()
        self._answer_everything()
        self._today()
        self._needs_a_person()
        self._begun()
        self._clock.at = NOW

    def _at(self, days: int, hour: int, minute: int = 0) -> None:
        self._clock.at = (NOW - dt.timedelta(days=days)).replace(hour=hour, minute=minute)

    def _visit(self, name: str, photos: int = 0, **values: object) -> str:
        case_id = self.cases[name]
        visit = self._client.visits.draft(case_id).visit
        for number in range(photos):
            kind = (PhotoKind.OUTSIDE, PhotoKind.INSIDE)[number % 2]
            self._client.photos.add(visit.id, case_id, self._photos[number % 2], kind)
        self._client.visits.save(replace(visit, **values))  # type: ignore[arg-type]
        self._client.visits.finish(case_id)
        return visit.id

    def _earlier(self) -> None:
        caring, referring, first = self._client.caring, self._client.referring, self.cases["ธนกร"]
        self._at(9, 15, 20)
        self._visit(
            "ธนกร",
            photos=2,
            met=(Met.GRANDPARENT,),
            whereabouts=Whereabouts.OTHER_PROVINCE,
            whereabouts_note="ไปช่วยญาติกรีดยางที่ จ.บึงกาฬ กลับสิ้นเดือน",
            outcome=Outcome.UNDECIDED,
            note="ยายว่าเด็กยังอยากเรียน ขอรอให้กลับมาก่อน",
            next_step=NextStep.VISIT_AGAIN,
            next_on=TODAY,
        )
        caring.record_consent(first, WantedConsent(ConsentPurpose.SHARING, True, "นางบุญมี พิมพ์สวัสดิ์", "ยาย", "1", _SIGNATURE))
        caring.record_consent(first, WantedConsent(ConsentPurpose.PHOTOS, True, "นางบุญมี พิมพ์สวัสดิ์", "ยาย", "1", _SIGNATURE))
        caring.find_risk(first, "ขาดเรียนเกินห้าวันในเดือนนี้", RiskLevel.RISK, "ครูประจำชั้นเดิมแจ้ง")
        caring.find_risk(first, "ยายป่วยเรื้อรัง ไม่มีคนดูแล", RiskLevel.PROBLEM)
        caring.set_goal(first, CareAspect.HELP, "มีชุดนักเรียนและอุปกรณ์ก่อนเปิดเทอม", "ได้รับครบ", TODAY + dt.timedelta(days=20))
        goal = caring.of_case(first).open_goals[0].id
        given = WantedSupport(SupportArea.FUNDS, "ค่าชุดนักเรียน", TODAY - dt.timedelta(days=8), "กองทุน กสศ.", None, 1_500, "", goal)
        caring.give_support(first, given)
        referring.draft(first, _referral("children_home", "ยายอายุ 78 ปี ป่วยเรื้อรัง ไม่มีผู้ดูแลเรื่องอาหารและการเดินทางไปโรงเรียน"))
        sent = referring.of_case(first).referrals[0].referral.id
        for state in (ReferralState.SIGNED, ReferralState.SENT):
            referring.step(sent, state, TODAY - dt.timedelta(days=9))
        self._at(3, 9, 5)
        self._visit(
            "ปวีณา", 1, met=(Met.GUARDIAN,), whereabouts=Whereabouts.THIS_HOUSE, outcome=Outcome.WANTS_RETURN, next_step=NextStep.NONE
        )
        returned = self._child_row("ศุภกร").case_id
        self._put(FollowUp(FollowUpId(new_id()), returned, TODAY, ME, "ภาคเรียนที่ 2", reason=FollowUpReason.AFTER_RETURN))  # type: ignore[arg-type]

    def _today(self) -> None:
        self._at(0, 8, 44)
        self._visit(
            "นภัสสร",
            2,
            met=(Met.CHILD, Met.GUARDIAN),
            whereabouts=Whereabouts.THIS_HOUSE,
            outcome=Outcome.RETURNED,
            return_level=ReturnLevel.PRIMARY,
            return_place="โรงเรียนบ้านภูแล่นช้าง",
            return_on=TODAY - dt.timedelta(days=18),
            next_step=NextStep.NONE,
        )
        self._client.follow_ups.plan(self.cases["ธนกร"], TODAY - dt.timedelta(days=2), "โทรถามยายว่าหลานกลับหรือยัง")
        self._client.follow_ups.plan(self.cases["ธนกร"], TODAY + dt.timedelta(days=5), "พาไปสมัครเรียนที่ สกร.")
        first = self._client.children.card(self.cases["ธนกร"]).child
        self._client.children.edit(first, {"guardian_phone": "0812345214"})
        referring, first_case = self._client.referring, self.cases["ธนกร"]
        referring.draft(first_case, _referral("", "ขาดอุปกรณ์การเรียน", receiver="ครูแนะแนว", kind=ReferralKind.INTERNAL))
        referring.ask_transfer(first_case, WantedTransfer("ย้ายตามผู้ปกครอง", to_school="46030009", grade="ป.5"))
        self._client.trips.add([self.cases[name] for name in ("ธนกร", "กมลชนก", "ปวีณา")])

    def _needs_a_person(self) -> None:
        self._at(0, 9, 30)
        refused = self._visit("ณัฐวุฒิ", 1, met=(Met.NOBODY,), outcome=Outcome.NOT_FOUND, next_step=NextStep.NONE)
        child = self._client.children.card(self.cases["อภิสิทธิ์"]).child
        self._client.children.edit(child, {"guardian_phone": "08-x"})
        with self._store.writing() as connection:
            outbox_store.set_aside(connection, self._event_of(refused), "in_the_future", "visited_on", self._clock())
            outbox_store.set_aside(connection, self._event_of(child.id), "wrong_value", "payload.values.guardian_phone", self._clock())
            photo = connection.execute(select(photo_transfer.c.photo_id).where(photo_transfer.c.case_id == self.cases["ปวีณา"])).scalar()
            assert photo is not None
            connection.execute(update(photo_transfer).where(photo_transfer.c.photo_id == photo).values(state="waiting"))
            transfers.failed(connection, photo, "photo.unreadable", for_good=True)
        about = self._client.children.card(self.cases["ธนกร"]).child
        stamp, offered = new_id(), new_id()
        self._put(
            replace(about, field_events={**about.field_events, "village": stamp}),
            Conflict(
                conflict_id(offered, "village"),
                about.id,
                "village",
                "บ้านนาคูเหนือ",
                ME,  # type: ignore[arg-type]
                NOW - dt.timedelta(hours=2),
                about.village,
                stamp,  # type: ignore[arg-type]
                OTHER,  # type: ignore[arg-type]
                NOW - dt.timedelta(days=1),
            ),
        )

    def _begun(self) -> None:
        """Drafts: a visit half filled, a form on its second page."""
        self._at(0, 10, 12)
        case_id = self.cases["กมลชนก"]
        visit = self._client.visits.draft(case_id).visit
        for number, kind in enumerate((PhotoKind.OUTSIDE, PhotoKind.INSIDE)):
            self._client.photos.add(visit.id, case_id, self._photos[number], kind)
        self._client.visits.save(
            replace(visit, met=(Met.CHILD, Met.GRANDPARENT), whereabouts=Whereabouts.THIS_HOUSE, companions="อสม. สมบูรณ์")
        )
        with self._store.writing() as connection:
            for days, pushed, pulled, photos, code in ((4, 3, 11, 6, ""), (2, 0, 0, 2, "offline.timeout"), (0, 0, 4, 0, "")):
                began = (NOW - dt.timedelta(days=days)).replace(hour=6, minute=40)
                run = sync_log.Run(began, began + dt.timedelta(seconds=4), code, pushed, pulled, photos)
                sync_log.end(connection, None, run)

    def _answer_everything(self) -> None:
        """The district has received what there is so far, and signed for it."""
        with self._store.writing() as connection:
            waiting = connection.execute(select(outbox.c.event_id, outbox.c.body)).all()
            signed = [_receipt(event_id, sha256_hex(body.encode()), number) for number, (event_id, body) in enumerate(waiting, start=1)]
            receipts.keep(connection, signed, self._clock())
            outbox_store.received(connection, [(event_id, "accepted", "", "") for event_id, _body in waiting], self._clock())
            photos = connection.execute(select(photo_transfer.c.photo_id, photo_transfer.c.sha256)).all()
            receipts.keep(connection, [_receipt(photo, digest, 500 + place) for place, (photo, digest) in enumerate(photos)], self._clock())
            transfers.received(connection, [photo for photo, _digest in photos])

    def _event_of(self, record_id: str) -> str:
        with self._store.reading() as connection:
            query = select(outbox.c.event_id).where(outbox.c.record_id == record_id).order_by(outbox.c.position.desc())
            found: str = connection.execute(query).scalars().first() or ""
        return found

    def _child_row(self, name: str):  # type: ignore[no-untyped-def]
        return self._client.children.row(self.cases[name])

    def _put(self, *records: object) -> None:
        with self._store.writing() as connection:
            SqlRecords(connection, self._store.district_id).put(records)  # type: ignore[arg-type]
        self._store.announce(Changes(all=True))


def _receipt(subject: str, sha256: str, number: int) -> Receipt:
    plain = Receipt("4603", subject, sha256, number, NOW - dt.timedelta(days=1))
    return replace(plain, signature=DISTRICT_KEY.sign(plain.signed_bytes()).signature.hex())


def _referral(agency: str, reason: str, *, receiver: str = "", kind: ReferralKind = ReferralKind.EXTERNAL) -> WantedReferral:
    return WantedReferral(
        kind,
        reason,
        receiver=receiver,
        agency_id=agency or None,
        done_so_far="ครูเยี่ยมบ้านสองครั้ง ผู้ใหญ่บ้านช่วยเรื่องข้าวสาร",
        wanted="ขอให้ประเมินครอบครัวและพิจารณาที่พักชั่วคราว",
        contact="โทร. 08 1234 5214",
        shares=(Shared.ADDRESS, Shared.GUARDIAN, Shared.PHONE) if kind is ReferralKind.EXTERNAL else (),
        reply_by=TODAY - dt.timedelta(days=1) if agency else TODAY + dt.timedelta(days=14),
    )
