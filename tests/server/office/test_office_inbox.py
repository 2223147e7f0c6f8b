"""The district inbox at the office's pages: what it shows, and every way of deciding."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import CaseId, PhotoId, new_id
from fieldapp.domain.payloads import CaseMerged, ChildEdited, PhotoAdded, VisitRecorded
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.visit import Visit
from fieldapp.records import tables as record_tables
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.inbox import InboxKind
from fieldapp.wire import codec
from fieldapp.wire.messages import Status
from tests.support.counted import counted
from tests.support.district import make_child, make_event, make_visit, visit_event
from tests.support.district_server import jpeg
from tests.support.national_ids import an_id
from tests.support.office import OfficeVisitor

_ENTRY = re.compile(r'href="/office/inbox/([0-9a-f-]{36})"')


@pytest.fixture
def teachers(office: OfficeVisitor) -> OfficeVisitor:
    for account in ("somying", "wichai"):
        office.district.add_person(account)
    return office


def _held(office: OfficeVisitor, **values: object) -> tuple[CaseId, Visit]:
    """A visit that came after the child was given to another teacher."""
    district = office.district
    child = make_child()
    case_id = district.add_case(district.people["somying"], child=child)
    district.assign(case_id, district.people["wichai"])
    visit = make_visit(case_id, child.id, district.people["somying"].id, **values)  # type: ignore[arg-type]
    (answer,) = office.running.caller("somying").push(visit_event(visit))
    assert answer.status is Status.HELD
    return case_id, visit


def _entries(office: OfficeVisitor, **query: str) -> list[str]:
    answer = office.get("/office/inbox", **query)
    assert answer.status_code == 200
    return list(dict.fromkeys(_ENTRY.findall(answer.text)))


def _case(office: OfficeVisitor, case_id: CaseId) -> Case:
    with office.district.engine.connect() as connection:
        case = SqlRecords(connection, office.district.id).case(case_id)
    assert case
    return case


def test_a_held_visit_is_shown_as_it_was_recorded_and_taken_in(teachers: OfficeVisitor) -> None:
    case_id, visit = _held(teachers, note="ยายอยู่บ้านคนเดียว")
    (entry,) = _entries(teachers)
    shown = teachers.get(f"/office/inbox/{entry}").text
    assert "ยายอยู่บ้านคนเดียว" in shown and "ครู somying" in shown and "กลับเข้าเรียนแล้ว" in shown
    answer = teachers.post(f"/office/inbox/{entry}/held", choice="take", note="ไปก่อนย้าย")
    assert answer.url.endswith("/office/inbox")
    assert _entries(teachers) == []
    assert [step.visit_id for step in _case(teachers, case_id).steps if step.visit_id] == [visit.id]
    decided = teachers.get("/office/inbox", show="decided").text
    assert "ไปก่อนย้าย" in decided and "ศน. ทดสอบ" in decided
    assert "ไปก่อนย้าย" in teachers.get(f"/office/cases/{case_id}").text


def test_keeping_as_it_is_needs_a_reason(teachers: OfficeVisitor) -> None:
    case_id, _ = _held(teachers)
    (entry,) = _entries(teachers)
    teachers.get(f"/office/inbox/{entry}")
    assert teachers.post(f"/office/inbox/{entry}/held", choice="keep").status_code == 422
    assert _entries(teachers) == [entry]
    teachers.get(f"/office/inbox/{entry}")
    teachers.post(f"/office/inbox/{entry}/held", choice="keep", note="เยี่ยมผิดบ้าน")
    assert _entries(teachers) == []
    assert not [step for step in _case(teachers, case_id).steps if step.visit_id]


def test_of_two_officers_who_decide_at_once_the_second_is_told(teachers: OfficeVisitor) -> None:
    _held(teachers)
    (entry,) = _entries(teachers)
    other = OfficeVisitor(teachers.running)
    other.sign_in()
    for visitor in (teachers, other):
        visitor.get(f"/office/inbox/{entry}")
    teachers.post(f"/office/inbox/{entry}/held", choice="take")
    answer = other.post(f"/office/inbox/{entry}/held", choice="keep", note="ไม่รับ")
    assert answer.status_code == 409
    assert "มีผู้อื่นตัดสิน" in answer.text


def test_the_photos_of_a_held_visit_are_seen_before_and_come_along(teachers: OfficeVisitor) -> None:
    case_id, visit = _held(teachers)
    content = jpeg()
    sha256 = codec.sha256_hex(content)
    photo = Photo(PhotoId(new_id()), visit.id, case_id, sha256, len(content), "image/jpeg", 800, 600, PhotoKind.OUTSIDE)
    caller = teachers.running.caller("somying")
    (answer,) = caller.push(make_event(PhotoAdded(photo), photo.id, visit.by))
    assert answer.status is Status.HELD
    assert caller.create_upload(photo, content).status_code == 201
    (entry,) = _entries(teachers)
    assert teachers.get(f"/office/inbox/{entry}/pictures/{sha256}").content == content
    assert teachers.get(f"/office/inbox/{entry}/pictures/{'0' * 64}").status_code == 404
    teachers.get(f"/office/inbox/{entry}")
    teachers.post(f"/office/inbox/{entry}/held", choice="take")
    with teachers.district.engine.connect() as connection:
        stored = SqlRecords(connection, teachers.district.id).photo(photo.id)
    assert stored and stored.stored
    assert teachers.get(f"/office/cases/{case_id}/photos/{sha256}").content == content


def test_a_visit_that_cannot_be_taken_in_says_why_and_waits_on(teachers: OfficeVisitor) -> None:
    """The duplicate's visit without naming the case that goes on, as an old form in another window would."""
    district = teachers.district
    case_id, _ = _held(teachers)
    staying = district.add_case(district.people["wichai"])
    (entry,) = _entries(teachers)
    teachers.get(f"/office/inbox/{entry}")
    district.record([district.event(CaseMerged(dt.date(2026, 7, 1), staying), case_id)])
    answer = teachers.post(f"/office/inbox/{entry}/held", choice="take")
    assert answer.status_code == 422
    assert _entries(teachers) == [entry]
    assert f'value="{staying}"' in teachers.get(f"/office/inbox/{entry}").text
    teachers.post(f"/office/inbox/{entry}/held", choice="take", case_id=staying)
    assert [step.visit_id for step in _case(teachers, staying).steps if step.visit_id]


def test_a_case_that_a_restored_district_forgot_is_found_by_name(teachers: OfficeVisitor) -> None:
    district = teachers.district
    _held(teachers)
    other = district.add_case(child=make_child("ก้องภพ"))
    (entry,) = _entries(teachers)
    with district.engine.begin() as connection:
        # As after a restore: the entry names a case that nobody knows.
        connection.execute(tables.inbox.update().where(tables.inbox.c.district_id == district.id).values(case_id=new_id()))
    assert "ก้องภพ" not in teachers.get(f"/office/inbox/{entry}").text
    found = teachers.get(f"/office/inbox/{entry}", q="ก้อง ภพ").text
    assert f'value="{other}"' in found
    teachers.post(f"/office/inbox/{entry}/held", choice="take", case_id=other)
    assert [step.visit_id for step in _case(teachers, other).steps if step.visit_id]


def test_the_child_is_named_where_the_case_is_gone_and_the_card_is_here(teachers: OfficeVisitor) -> None:
    district = teachers.district
    _held(teachers)
    (entry,) = _entries(teachers)
    with district.engine.begin() as connection:
        connection.execute(tables.inbox.update().where(tables.inbox.c.district_id == district.id).values(case_id=new_id()))
    assert "ด.ช. ธนกร พิมพ์สวัสดิ์" in teachers.get("/office/inbox").text
    teachers.get(f"/office/inbox/{entry}")
    teachers.post(f"/office/inbox/{entry}/held", choice="keep", note="เยี่ยมผิดบ้าน")
    decided = teachers.get("/office/inbox", show="decided").text
    assert "ด.ช. ธนกร พิมพ์สวัสดิ์" in decided and "/office/cases/" not in decided.split("<tbody>")[1]


def test_a_conflict_shows_both_values_with_who_gave_them_and_one_is_chosen(teachers: OfficeVisitor) -> None:
    district = teachers.district
    child = make_child(house_no="1")
    district.add_case(district.people["somying"], child=child)
    seen = make_event(ChildEdited({"house_no": "12"}), child.id, district.officer.id, 1)
    district.record([seen])
    (answer,) = teachers.running.caller("somying").push(
        make_event(ChildEdited({"house_no": "21"}), child.id, district.people["somying"].id, 1)
    )
    assert answer.status is Status.CONFLICT
    (entry,) = _entries(teachers, kind="conflict")
    shown = teachers.get(f"/office/inbox/{entry}").text
    assert "<strong>12</strong>" in shown and "<strong>21</strong>" in shown and "ศน. ทดสอบ" in shown and "ครู somying" in shown
    # What was seen is not what stands: nothing is passed over.
    assert teachers.post(f"/office/inbox/{entry}/conflict", side="kept", seen=new_id()).status_code == 422
    teachers.get(f"/office/inbox/{entry}")
    teachers.post(f"/office/inbox/{entry}/conflict", side="offered", seen=seen.id)
    with district.engine.connect() as connection:
        card = SqlRecords(connection, district.id).child(child.id)
    assert card and card.house_no == "21"
    assert _entries(teachers) == []
    assert ": 21" in teachers.get(f"/office/inbox/{entry}").text
    assert teachers.post(f"/office/inbox/{entry}/conflict", side="kept", seen=seen.id).status_code == 409


def test_an_urgent_report_stands_first_in_red_and_what_was_done_stays_on_the_case(teachers: OfficeVisitor) -> None:
    district = teachers.district
    _held(teachers)
    child = make_child("กมลชนก")
    case_id = district.add_case(district.people["somying"], child=child)
    visit = make_visit(case_id, child.id, district.people["somying"].id, urgent=True, urgent_note="มีรอยช้ำที่แขน")
    teachers.running.caller("somying").push(make_event(VisitRecorded(visit), visit.id, visit.by))
    listed = teachers.get("/office/inbox").text
    assert listed.index("มีรอยช้ำที่แขน") < listed.index("ครู somying")
    assert 'class="urgent"' in listed
    entry = _ENTRY.findall(listed)[0]
    teachers.get(f"/office/inbox/{entry}")
    assert teachers.post(f"/office/inbox/{entry}/close").status_code == 422
    teachers.post(f"/office/inbox/{entry}/close", note="โทร 1300 แล้ว 10.15 น.")
    shown = teachers.get(f"/office/cases/{case_id}").text
    assert "โทร 1300 แล้ว 10.15 น." in shown and "มีรอยช้ำที่แขน" in shown


def test_what_a_laptop_sent_to_the_helpdesk_is_shown_in_words_and_closed_with_a_note(teachers: OfficeVisitor) -> None:
    district = teachers.district
    child = make_child()
    case_id = district.add_case(district.people["somying"], child=child)
    visit = make_visit(case_id, child.id, district.people["somying"].id, visited_on=dt.date(2027, 1, 1), note="ฝนตกหนัก")
    event = codec.event_to_wire(visit_event(visit))
    row = {
        "district_id": district.id,
        "id": new_id(),
        "kind": InboxKind.SET_ASIDE,
        "event_id": event["id"],
        "case_id": case_id,
        "body": {
            "kind": "event", "id": event["id"], "body": codec.event_bytes(event).decode(), "code": "in_the_future", "field": "visited_on",
            "app_version": "1.0", "system": "Windows", "pictures": [], "by": visit.by,
        },
        "opened_at": dt.datetime.now(dt.UTC),
    }  # fmt: skip
    with district.engine.begin() as connection:
        connection.execute(tables.inbox.insert(), row)
    (entry,) = _entries(teachers, kind="set_aside")
    shown = teachers.get(f"/office/inbox/{entry}").text
    assert "ฝนตกหนัก" in shown and "1 ม.ค. 2570" in shown and f"/office/cases/{case_id}" in shown
    teachers.post(f"/office/inbox/{entry}/close", note="โทรบอกครูให้แก้วันที่แล้ว")
    assert _entries(teachers, kind="set_aside") == []
    with district.engine.connect() as connection:
        kept = connection.execute(select(tables.inbox).where(tables.inbox.c.id == entry)).one()
        assert connection.execute(select(record_tables.visit).where(record_tables.visit.c.id == visit.id)).first() is None
    assert (kept.decided_by, kept.decision["note"]) == (district.officer.id, "โทรบอกครูให้แก้วันที่แล้ว")


def test_the_navigation_counts_what_waits(teachers: OfficeVisitor) -> None:
    assert 'class="count"' not in teachers.get("/office/cases").text
    _held(teachers)
    assert '<span class="count">1</span>' in teachers.get("/office/cases").text


def test_the_inbox_asks_as_many_questions_for_many_entries_as_for_few(teachers: OfficeVisitor) -> None:
    _held(teachers)
    with counted(teachers.district.engine) as few:
        teachers.get("/office/inbox")
    for _ in range(5):
        _held(teachers)
    with counted(teachers.district.engine) as many:
        teachers.get("/office/inbox")
    assert len(many) == len(few) > 0


def test_an_id_number_is_whole_only_where_it_is_decided(teachers: OfficeVisitor) -> None:
    district = teachers.district
    child = make_child()
    district.add_case(district.people["somying"], child=child)
    district.record([make_event(ChildEdited({"national_id": an_id(1)}), child.id, district.officer.id, 1)])
    teachers.running.caller("somying").push(make_event(ChildEdited({"national_id": an_id(2)}), child.id, district.people["somying"].id, 1))
    listed = teachers.get("/office/inbox").text
    assert an_id(1) not in listed and an_id(2) not in listed
    (entry,) = _entries(teachers)
    shown = teachers.get(f"/office/inbox/{entry}").text
    assert an_id(1) in shown and an_id(2) in shown
