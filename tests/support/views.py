"""Builders of what the use cases hand to the windows: rows, cards, drafts. Invented names only."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fieldapp.domain.case import Case
from fieldapp.domain.child import Child, Sex
from fieldapp.domain.compulsory_age import eligibility
from fieldapp.domain.follow_up import FollowUp
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.thai_dates import PartialDate
from fieldapp.domain.visit import Met, NextStep, Outcome, Visit, Whereabouts
from fieldapp.usecases.children import Card, CardPhoto, ChildRow, Delivery, PhotoDelivery, TimelineItem
from fieldapp.usecases.photos import DraftPhoto
from fieldapp.usecases.visits import Draft

TODAY = dt.date(2026, 11, 22)
ME = "person-me"
DISTRICT = "person-office"
_AT = dt.datetime(2026, 11, 1, 3, 0, tzinfo=dt.UTC)


def child_row(case_id: str = "case-1", **values: Any) -> ChildRow:
    plain = ChildRow(
        case_id=case_id,
        child_id=case_id.replace("case", "child"),
        title="ด.ช.",
        given_name="ธนกร",
        family_name="พิมพ์สวัสดิ์",
        birth=PartialDate(dt.date(2014, 7, 9)),
        sex=Sex.MALE,
        house_no="112",
        moo="4",
        village="บ้านนาคู",
        tambon_code="461601",
        list_type=ListType.NEVER_ENROLLED,
        state=CaseState.TRACING,
        state_on=dt.date(2026, 11, 15),
        due_on=dt.date(2026, 11, 22),
        school_code="46030001",
        assignee_id=ME,
        last_visit_on=dt.date(2026, 11, 15),
        unsent=False,
    )
    return replace(plain, **values)


_PEOPLE = (
    ("ด.ญ.", "กมลชนก", "พิมพ์สวัสดิ์", 2017, "นาคู", "4", ListType.NEVER_ENROLLED, CaseState.ASSIGNED, 0),
    ("ด.ญ.", "จิราภรณ์", "ไชยทองศรี", 2012, "สายนาวัง", "1", ListType.DROPPED_OUT, CaseState.NOT_RETURNED, None),
    ("นาย", "ชนะพล", "คำมูล", 2010, "นาคู", "9", ListType.NEVER_ENROLLED, CaseState.NOT_RETURNED, None),
    ("ด.ช.", "ณัฐวุฒิ", "ศรีหาบุตร", 2013, "บ่อแก้ว", "7", ListType.NEVER_ENROLLED, CaseState.NOT_FOUND, -5),
    ("ด.ช.", "ธนกร", "พิมพ์สวัสดิ์", 2014, "นาคู", "4", ListType.NEVER_ENROLLED, CaseState.TRACING, 0),
    ("ด.ญ.", "นภัสสร", "โพธิ์ศรี", 2018, "ภูแล่นช้าง", "2", ListType.NEVER_ENROLLED, CaseState.RETURNED, None),
    ("ด.ญ.", "ปวีณา", "อุทรักษ์", 2012, "สายนาวัง", "3", ListType.DROPPED_OUT, CaseState.TRACING, 4),
    ("นาย", "พีรพัฒน์", "วงศ์ละคร", 2011, "โนนนาจาน", "2", ListType.DROPPED_OUT, CaseState.WANTS_RETURN, 2),
    ("ด.ช.", "ศุภกร", "แสงชมภู", 2015, "นาคู", "1", ListType.NEVER_ENROLLED, CaseState.RETURNED, 1),
    ("ด.ช.", "อภิสิทธิ์", "หงษ์คำ", 2016, "บ่อแก้ว", "4", ListType.NEVER_ENROLLED, CaseState.TRACING, 8),
    ("ด.ญ.", "ปุณยวีร์ณัฐกานต์", "ศักดิ์สิทธิ์วรโชติพิพัฒนกุลชัย", 2013, "กุดสิมคุ้มใหม่", "12", ListType.DROPPED_OUT, CaseState.DROPPED_AGAIN, -42),
)  # fmt: skip


def child_rows(count: int) -> tuple[ChildRow, ...]:
    """`count` rows of plausible people, the same each time."""
    rows = []
    for number in range(count):
        title, given, family, year, village, moo, list_type, state, due = _PEOPLE[number % len(_PEOPLE)]
        rows.append(
            child_row(
                f"case-{number + 1}",
                title=title,
                given_name=given if number < len(_PEOPLE) else f"{given}{number}",
                family_name=family,
                birth=PartialDate(dt.date(year, 7, 9)),
                village=village,
                moo=moo,
                list_type=list_type,
                state=state,
                due_on=None if due is None else TODAY + dt.timedelta(days=due),
                unsent=number % 7 == 4,
            )
        )
    return tuple(rows)


def child(**values: Any) -> Child:
    plain = Child(
        id="child-1",
        title="ด.ช.",
        given_name="ธนกร",
        family_name="พิมพ์สวัสดิ์",
        national_id="1469900123411",
        birth_on=dt.date(2014, 7, 9),
        sex=Sex.MALE,
        house_no="112",
        moo="4",
        village="บ้านนาคู",
        tambon_code="461601",
        guardian_name="นางบุญมี",
        guardian_relation="ยาย",
        guardian_phone="0812345214",
        last_school_name="โรงเรียนบ้านนาคู",
        last_grade="ป.4",
        last_school_year="2567",
        version=3,
    )
    return replace(plain, **values)


def visit(**values: Any) -> Visit:
    plain = Visit(
        id="visit-1",
        case_id="case-1",
        child_id="child-1",
        visited_on=dt.date(2026, 11, 15),
        by=ME,
        met=(Met.GRANDPARENT,),
        whereabouts=Whereabouts.OTHER_PROVINCE,
        whereabouts_note="ไปช่วยญาติกรีดยางที่ จ.บึงกาฬ กลับสิ้นเดือน",
        outcome=Outcome.UNDECIDED,
        note="ยายว่าเด็กยังอยากเรียน",
        next_step=NextStep.VISIT_AGAIN,
        next_on=TODAY,
    )
    return replace(plain, **values)


def step(state: CaseState, on: dt.date, **values: Any) -> CaseStep:
    plain = CaseStep(event_id=f"event-{state}-{on}", state=state, on=on, by=DISTRICT, recorded_at=_AT, sequence=1)
    return replace(plain, **values)


def timeline() -> tuple[TimelineItem, ...]:
    """Listed, checked, assigned, visited: newest first."""
    seen = visit()
    first, second, third = dt.date(2026, 11, 15), dt.date(2026, 11, 1), dt.date(2026, 10, 20)
    assigned = step(CaseState.ASSIGNED, second, person_id=ME, due_on=TODAY)
    return (
        TimelineItem(first, CaseState.TRACING, step(CaseState.TRACING, first, visit_id=seen.id), seen, 2, "ครูสมหญิง", "", Delivery.RECEIVED),
        TimelineItem(second, CaseState.ASSIGNED, assigned, None, 0, "ศูนย์ประสานงาน", "ครูสมหญิง", None),
        TimelineItem(third, CaseState.CHECKED, step(CaseState.CHECKED, third), None, 0, "ศูนย์ประสานงาน", "", None),
        TimelineItem(third, CaseState.LISTED, step(CaseState.LISTED, third), None, 0, "สพฐ.", "", None),
    )


def photo(photo_id: str = "photo-1", **values: Any) -> Photo:
    plain = Photo(
        id=photo_id,
        visit_id="visit-1",
        case_id="case-1",
        sha256=photo_id.ljust(64, "0"),
        size=210_000,
        media_type="image/jpeg",
        width=1600,
        height=1200,
        kind=PhotoKind.OUTSIDE,
        taken_at=dt.datetime(2026, 11, 15, 3, 10, tzinfo=dt.UTC),
    )
    return replace(plain, **values)


def card(row: ChildRow | None = None, **values: Any) -> Card:
    row = row or child_row()
    person = child(
        id=row.child_id,
        title=row.title,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_on=row.birth.on if row.birth else None,
    )
    items = timeline()
    case = Case(
        id=row.case_id,
        child_id=row.child_id,
        list_id="list-1",
        list_type=row.list_type,
        listed_on=dt.date(2026, 10, 20),
        steps=tuple(item.step for item in items),
        state=row.state,
        assignee_id=ME,
        due_on=row.due_on,
    )
    plain = Card(
        row=row,
        child=person,
        case=case,
        received_list=ReceivedList("list-1", row.list_type, "1/2569", dt.date(2026, 10, 10), "list.xlsx", "0" * 64, _AT),
        eligibility=eligibility(person.birth, TODAY),
        siblings=(child_row("case-9", title="ด.ญ.", given_name="กมลชนก", birth=PartialDate(dt.date(2017, 3, 2))),),
        timeline=items,
        photos=(
            CardPhoto(photo("photo-1"), PhotoDelivery.RECEIVED, here=True),
            CardPhoto(photo("photo-2", kind=PhotoKind.INSIDE), PhotoDelivery.WAITING, here=True),
        ),
        follow_ups=(FollowUp("follow-1", row.case_id, TODAY, ME, "โทรถามยายว่าหลานกลับหรือยัง"),),
        people={ME: "ครูสมหญิง", DISTRICT: "ศูนย์ประสานงาน"},
        schools={"46030001": "โรงเรียนบ้านนาคู"},
        has_draft=False,
        editable=True,
        owner_name="ครูสมหญิง",
    )
    return replace(plain, **values)


def draft(photos: Sequence[DraftPhoto] = (), **values: Any) -> Draft:
    """A fresh draft of today's visit; `values` are fields of the visit."""
    fresh = Visit(id="visit-2", case_id="case-1", child_id="child-1", visited_on=TODAY, by=ME)
    person = child()
    return Draft(
        visit=replace(fresh, **values),
        row=child_row(),
        child=person,
        eligibility=eligibility(person.birth, TODAY),
        photos=tuple(photos),
        previous=visit(),
        saved_at=None,
    )
