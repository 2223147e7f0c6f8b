"""Builders of what today and the sync centre show: a day, a sync's standing, a receipt. Invented names only."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.ladder import PRESETS, Rounding, build_ladder
from fieldapp.domain.photo import PhotoKind
from fieldapp.domain.receipt import Receipt
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import PartialDate
from fieldapp.reports.ladder import LadderReport
from fieldapp.usecases.children import ChildRow, Delivery, ListCounts, PhotoDelivery
from fieldapp.usecases.syncing import AsideItem, ReceiptView, SentItem, SyncOverview, SyncRun
from fieldapp.usecases.today import DueFollowUp, Readiness, TodayView
from fieldapp.usecases.unsent import Unsent
from tests.support.views import ME, TODAY, child_row, photo

THAILAND = dt.timezone(dt.timedelta(hours=7))
NOW = dt.datetime(2026, 11, 22, 14, 5, tzinfo=THAILAND)
THIS_MORNING = NOW.replace(hour=6, minute=40)
NOTHING_UNSENT = Unsent(0, 0, 0, 0)


def planned_rows() -> tuple[ChildRow, ...]:
    """Five children along one road; the first two live in one house."""
    return (
        child_row("case-1"),
        child_row("case-2", title="ด.ญ.", given_name="กมลชนก", birth=PartialDate(dt.date(2017, 3, 2)), state=CaseState.ASSIGNED),
        child_row(
            "case-3", title="นาย", given_name="พีรพัฒน์", family_name="วงศ์ละคร", birth=PartialDate(dt.date(2011, 5, 1)), house_no="27/1",
            moo="2", village="บ้านโนนนาจาน", tambon_code="461603", list_type=ListType.DROPPED_OUT, state=CaseState.WANTS_RETURN,
            due_on=TODAY + dt.timedelta(days=2),
        ),
        child_row(
            "case-4", given_name="ณัฐวุฒิ", family_name="ศรีหาบุตร", birth=PartialDate(dt.date(2013, 1, 9)), house_no="", moo="7",
            village="บ้านบ่อแก้ว", tambon_code="461604", state=CaseState.NOT_FOUND, due_on=TODAY - dt.timedelta(days=5),
        ),
        child_row(
            "case-5", title="ด.ญ.", given_name="ปุณยวีร์ณัฐกานต์", family_name="ศักดิ์สิทธิ์วรโชติพิพัฒนกุลชัย",
            birth=PartialDate(dt.date(2012, 6, 6)), house_no="58", moo="12", village="บ้านกุดสิมคุ้มใหม่", tambon_code="461602",
            list_type=ListType.DROPPED_OUT, state=CaseState.DROPPED_AGAIN, due_on=TODAY - dt.timedelta(days=42),
        ),
    )  # fmt: skip


def counts(**by_state: int) -> ListCounts:
    held = {CaseState(name): count for name, count in by_state.items()}
    return ListCounts(sum(held.values()), held, Counter({ListType.NEVER_ENROLLED: sum(held.values())}), 3, (), ())


def today_view(planned: Sequence[ChildRow] | None = None, **values: Any) -> TodayView:
    born = PartialDate(dt.date(2015, 8, 8))
    returned = child_row("case-6", given_name="ศุภกร", family_name="แสงชมภู", birth=born, state=CaseState.RETURNED)
    promised = FollowUp("follow-1", "case-6", TODAY + dt.timedelta(days=1), ME, "โทรถามครูประจำชั้นว่ามาเรียนครบหรือไม่")
    plain = TodayView(
        planned=tuple(planned_rows() if planned is None else planned),
        follow_ups=(DueFollowUp(promised, returned),),
        counts=counts(tracing=17, wants_return=6, returned=9, not_returned=6, not_found=3),
        unsent=Unsent(1, 0, 2, 1_400_000),
        readiness=Readiness(41, THIS_MORNING, 4, 700_000_000),
    )
    return replace(plain, **values)


def sent_item(number: int = 1, **values: Any) -> SentItem:
    plain = SentItem(
        event_id=f"event-{number}",
        kind="visit.recorded",
        case_id=f"case-{number}",
        child_name="ด.ช. ธนกร พิมพ์สวัสดิ์",
        made_at=NOW.replace(hour=10, minute=44),
        delivery=Delivery.RECEIVED,
        code="",
        field="",
        photos=(PhotoDelivery.RECEIVED, PhotoDelivery.WAITING),
        receipt_number="7F3A-20C1",
    )
    return replace(plain, **values)


def sent_items() -> tuple[SentItem, ...]:
    """One of every standing."""
    waiting = (PhotoDelivery.WAITING, PhotoDelivery.WAITING)
    return (
        sent_item(1),
        sent_item(2, child_name="ด.ญ. กมลชนก พิมพ์สวัสดิ์", delivery=Delivery.WAITING, photos=waiting, receipt_number=""),
        sent_item(3, child_name="ด.ช. อภิสิทธิ์ หงษ์คำ", delivery=Delivery.HELD, photos=(), receipt_number="7F3A-20C3"),
        sent_item(4, kind="child.edited", child_name="ด.ญ. ปวีณา อุทรักษ์", delivery=Delivery.CONFLICT, field="guardian_phone", photos=(),
                  receipt_number="91B0-77AE"),
        sent_item(5, child_name="ด.ช. ณัฐวุฒิ ศรีหาบุตร", delivery=Delivery.REJECTED, code="in_the_future", field="visited_on", photos=waiting,
                  receipt_number="", made_at=NOW - dt.timedelta(days=1)),
        sent_item(6, child_name="ด.ญ. ปุณยวีร์ณัฐกานต์ ศักดิ์สิทธิ์วรโชติพิพัฒนกุลชัย", photos=(PhotoDelivery.SET_ASIDE, PhotoDelivery.RECEIVED),
                  receipt_number="02CD-A1B2", made_at=NOW - dt.timedelta(days=2)),
        sent_item(7, kind="follow_up.planned", child_name="ด.ช. ศุภกร แสงชมภู", photos=(), receipt_number="5510-0F0E"),
    )  # fmt: skip


def sync_runs() -> tuple[SyncRun, ...]:
    second = dt.timedelta(seconds=2)
    morning, evening = THIS_MORNING, NOW.replace(hour=19, minute=12) - dt.timedelta(days=1)
    return (
        SyncRun(morning, morning + second, "", 0, 4, 0),
        SyncRun(evening, evening + second, "", 3, 11, 6),
        SyncRun(evening - dt.timedelta(hours=1), evening, "offline.timeout", 0, 0, 2),
        SyncRun(evening - dt.timedelta(days=3), evening, "sign_in.session_ended", 0, 0, 0),
        SyncRun(evening - dt.timedelta(days=4), None, "", 0, 120, 0),
    )


def overview(items: Sequence[SentItem] | None = None, **values: Any) -> SyncOverview:
    shown = tuple(sent_items() if items is None else items)
    wanting = tuple(i for i in shown if i.delivery is Delivery.REJECTED)
    plain = SyncOverview(Unsent(1, 0, 2, 1_400_000), wanting, shown, sync_runs(), THIS_MORNING)
    return replace(plain, **values)


def aside_item(**values: Any) -> AsideItem:
    """A photo that is no picture; its visit was received."""
    shown = photo("photo-9", kind=PhotoKind.INSIDE)
    plain = AsideItem(shown, "ด.ญ. ปวีณา อุทรักษ์", TODAY - dt.timedelta(days=2), Delivery.RECEIVED, "photo.unreadable", None)
    return replace(plain, **values)


def receipt_view(*, verified: bool = True) -> ReceiptView:
    sha256 = "7f3a20c1" + "0b5e94d2" * 7
    receipt = Receipt("4603", "0193a5b2-7c11-7e40-9d0a-55b1c2d3e4f5", sha256, 20_418, NOW.replace(hour=10, minute=45), "ab" * 64)
    return ReceiptView(receipt, verified, receipt.short_number)


def ladder_report(*, ministry: bool = False, empty: bool = False, rounding: Rounding = Rounding.HALF_UP) -> LadderReport:
    """The figures of the district's own report (domain §1.1), with causes; `ministry` moves some into its two more buckets."""
    never_enrolled = {
        CaseState.RETURNED: 95, CaseState.NOT_RETURNED: 821, CaseState.WANTS_RETURN: 120, CaseState.NOT_FOUND: 104, CaseState.TRACING: 200,
    }  # fmt: skip
    dropped_out = {CaseState.RETURNED: 82, CaseState.NOT_RETURNED: 52, CaseState.TRACING: 45}
    why_never = {"no_motivation": 402, "moving_for_work": 251, "own_family": 98, "low_income": 70}
    why_dropped = {"no_motivation": 30, "own_family": 22}
    preset = "ministry" if ministry else "district"
    lists = ((ListType.NEVER_ENROLLED, never_enrolled, why_never), (ListType.DROPPED_OUT, dropped_out, why_dropped))
    first, second = (build_ladder(kind, {} if empty else states, {} if empty else why, PRESETS[preset]) for kind, states, why in lists)
    names = {
        "no_motivation": "ไม่มีแรงจูงใจ ไม่อยากเรียน", "moving_for_work": "ย้ายถิ่นบ่อย รับจ้างทั่วไป", "own_family": "สร้างครอบครัว",
        "low_income": "ผู้ปกครองมีรายได้น้อย",
    }  # fmt: skip
    return LadderReport(TODAY, rounding, preset, (first, second), names)
