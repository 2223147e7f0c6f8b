"""Referrals and transfers in the office: found, answered, printed; who saw what stays in the audit."""

import datetime as dt
import io
import re
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import select

from fieldapp.domain.care.consent import Consent, ConsentPurpose
from fieldapp.domain.care.facts import CareFact, CareKind, CareStep
from fieldapp.domain.care.paper import PaperOf
from fieldapp.domain.care.referral import Referral, ReferralKind, ReferralState, Shared
from fieldapp.domain.care.transfer import Transfer, TransferState
from fieldapp.domain.case import Case
from fieldapp.domain.identifiers import CaseId, new_id
from fieldapp.domain.paper_code import read
from fieldapp.domain.payloads import CaseDroppedAgain, care_payload
from fieldapp.domain.reference import Agency, AgencyKind, Setting
from fieldapp.domain.visit import Outcome
from fieldapp.records.care import care_of
from fieldapp.records.sql_records import SqlRecords
from fieldapp.server import tables
from fieldapp.server.thai_day import thai_day
from fieldapp.server.write_path.recording import put_reference
from tests.support.district import VISITED_ON, make_child, make_visit, visit_event
from tests.support.office import OfficeVisitor
from tests.support.records import a_care_step, a_referral

HOME = Agency("children_home", "บ้านพักเด็กและครอบครัว", AgencyKind.WELFARE.value)
TODAY = thai_day(dt.datetime.now(dt.UTC))


def a_case(office: OfficeVisitor, name: str = "ธนกร", **values: Any) -> Case:
    teacher = office.district.people.get("somying") or office.district.add_person("somying")
    case_id = office.district.add_case(teacher, child=make_child(name, **values))
    with office.district.engine.connect() as connection:
        case = SqlRecords(connection, office.district.id).case(CaseId(case_id))
    assert case is not None
    return case


def do(office: OfficeVisitor, *facts: CareFact) -> None:
    office.district.record([office.district.event(care_payload(fact), fact.id) for fact in facts])


def a_letter(office: OfficeVisitor, case: Case, *states: ReferralState, **values: Any) -> Referral:
    by = office.district.people["somying"].id
    referral = a_referral(case, **{"on": VISITED_ON, "by": by, **values})
    steps = [a_care_step(referral, CareKind.REFERRAL, state.value, on=VISITED_ON, by=by) for state in states]
    do(office, referral, *steps)
    return referral


def sent(office: OfficeVisitor, case: Case, **values: Any) -> Referral:
    return a_letter(office, case, ReferralState.SIGNED, ReferralState.SENT, **values)


def test_overdue_replies_stand_on_top_and_filters_find_the_rest(office: OfficeVisitor) -> None:
    with office.district.engine.begin() as connection:
        put_reference(connection, office.district.id, [HOME])
    late = VISITED_ON + dt.timedelta(days=10)
    a_letter(office, a_case(office, "ร่าง"))
    sent(office, a_case(office, "รอตอบ"), reply_by=TODAY + dt.timedelta(days=5), receiver="", agency_id=HOME.id)
    sent(office, a_case(office, "เกินกำหนด"), reply_by=late)
    ended = a_letter(office, a_case(office, "จบแล้ว"), ReferralState.SIGNED, ReferralState.SENT, ReferralState.CLOSED, reply_by=late)
    replaced = a_letter(office, a_case(office, "แก้แล้ว"))
    do(office, replace(replaced, id=new_id(), reason="เหตุใหม่", supersedes=replaced.id))
    page = office.get("/office/referrals").text
    names = ["เกินกำหนด", "รอตอบ"]
    assert [page.index(f"{name} พิมพ์สวัสดิ์") for name in names] == sorted(page.index(f"{name} พิมพ์สวัสดิ์") for name in names)
    assert page.index("รอตอบ พิมพ์สวัสดิ์") < page.index("ร่าง พิมพ์สวัสดิ์")
    assert page.count("แก้แล้ว พิมพ์สวัสดิ์") == 1
    assert "เหตุใหม่" in page
    assert f"{(TODAY - VISITED_ON).days}" in page

    def found(**query: str) -> set[str]:
        text = office.get("/office/referrals", **query).text
        return {name for name in ("ร่าง", "รอตอบ", "เกินกำหนด", "จบแล้ว", "แก้แล้ว") if f"{name} พิมพ์สวัสดิ์" in text}

    assert found(late="yes") == {"เกินกำหนด"}
    assert found(agency=HOME.id) == {"รอตอบ"}
    assert found(state="closed") == {"จบแล้ว"}
    assert found(open="yes") == {"ร่าง", "รอตอบ", "เกินกำหนด", "แก้แล้ว"}
    assert found(kind="internal") == set()
    assert found(school="46030001") == {"ร่าง", "รอตอบ", "เกินกำหนด", "จบแล้ว", "แก้แล้ว"}
    sheet = load_workbook(io.BytesIO(office.get("/office/referrals/xlsx", late="yes").content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet["C"]][1:] == ["ด.ช.เกินกำหนด พิมพ์สวัสดิ์"]
    assert "เหตุ" in office.get(f"/office/referrals/{ended.id}").text


def test_the_office_records_the_reply_and_the_day_that_cannot_be_is_refused(office: OfficeVisitor) -> None:
    case = a_case(office)
    referral = sent(office, case, reply_by=VISITED_ON + dt.timedelta(days=10))
    office.get(f"/office/referrals/{referral.id}")
    path = f"/office/referrals/{referral.id}/steps"
    for wrong in ({"state": "signed", "on": "1/7/2569"}, {"state": "result", "on": "1/1/2569"}, {"state": "result", "on": "1/1/2600"}):
        assert office.post(path, **wrong).status_code == 422
        office.get(f"/office/referrals/{referral.id}")
    page = office.post(path, state="result", on="1/7/2569", note="รับเข้าพักแล้ว").text
    assert "รับเข้าพักแล้ว" in page
    assert "ศน. ทดสอบ" in page
    with office.district.engine.connect() as connection:
        (stood,) = [stood for _one, stood in care_of(connection, office.district.id, [case.id]).of(Referral)]
    assert stood.state is ReferralState.RESULT


def test_the_letter_tells_what_consent_and_role_allow(office: OfficeVisitor) -> None:
    case = a_case(office, guardian_phone="0812345678", guardian_name="ยายบุญมี", disability="บกพร่องทางการเห็น", last_grade="ป.4")
    referral = sent(office, case, shares=(Shared.PHONE, Shared.DISABILITY), number="ศธ 04079/12")
    letter = f"/office/referrals/{referral.id}/letter"
    page = office.get(letter).text
    assert "0812345678" not in page
    assert "ยังไม่ได้ขอความยินยอม" in page
    by = office.district.people["somying"].id
    consent = Consent(new_id(), case.id, case.child_id, ConsentPurpose.SHARING, True, "ยายบุญมี", "ยาย", VISITED_ON, by)
    do(office, consent)
    page = office.get(letter, digits="thai").text
    for said in ("๐๘๑๒๓๔๕๖๗๘", "บกพร่องทางการเห็น", "ศธ ๐๔๐๗๙/๑๒", "แบบตอบรับการส่งต่อ", "ยายบุญมี (ยาย)"):
        assert said in page
    assert "ป.๔" not in page  # nobody ticked it
    with office.district.engine.begin() as connection:
        put_reference(connection, office.district.id, [Setting("sensitive", {"roles": "teacher"})])
    assert "บกพร่องทางการเห็น" not in office.get(letter).text
    do(office, a_care_step(consent, CareKind.CONSENT, "withdrawn", on=VISITED_ON + dt.timedelta(days=1), by=by))
    page = office.get(letter).text
    assert "0812345678" not in page
    assert "ไม่มีความยินยอม" in page


def test_the_letter_bears_the_codes_by_which_its_sheets_come_back(office: OfficeVisitor) -> None:
    referral = sent(office, a_case(office))
    page = office.get(f"/office/referrals/{referral.id}/letter").text
    codes = [read(text) for text in re.findall(r"FA1:[0-9A-Z:/-]+", page)]
    assert [(code.of_kind, code.of, code.page) for code in codes] == [(PaperOf.LETTER, referral.id, 1), (PaperOf.SLIP, referral.id, 1)]
    assert page.count("data:image/svg+xml") == 2


def test_inside_the_school_it_is_a_memorandum_without_words_about_consent(office: OfficeVisitor) -> None:
    referral = sent(office, a_case(office), kind=ReferralKind.INTERNAL, receiver="ครูแนะแนว")
    page = office.get(f"/office/referrals/{referral.id}/letter").text
    assert "บันทึกข้อความ" in page
    assert "ความยินยอม" not in page


def a_transfer(office: OfficeVisitor, case: Case, **values: Any) -> Transfer:
    by = office.district.people["somying"].id
    transfer = Transfer(new_id(), case.id, case.child_id, "ย้ายตามผู้ปกครอง", VISITED_ON, by, **values)
    do(office, transfer)
    return transfer


def test_a_transfer_is_accepted_or_refused_with_a_reason(office: OfficeVisitor) -> None:
    office.district.add_school("46030009", "โรงเรียนบ้านใหม่")
    case, other = a_case(office), a_case(office, "อีกคน")
    accepted = a_transfer(office, case, to_school="46030009", grade="ป.5")
    refused = a_transfer(office, other, to_place="สพป.ขอนแก่น เขต 1")
    page = office.get("/office/transfers").text
    assert "โรงเรียนบ้านใหม่" in page
    assert "สพป.ขอนแก่น เขต 1 (นอกเขต)" in page
    assert '<span class="count">2</span>' in page
    office.post(f"/office/transfers/{accepted.id}", state="accepted")
    assert office.post(f"/office/transfers/{refused.id}", state="refused", note="").status_code == 422
    office.get("/office/transfers")
    assert "ไม่มีที่นั่ง" in office.post(f"/office/transfers/{refused.id}", state="refused", note="ไม่มีที่นั่ง").text
    assert office.post(f"/office/transfers/{accepted.id}", state="refused", note="เปลี่ยนใจ").status_code == 422
    with office.district.engine.connect() as connection:
        moved = SqlRecords(connection, office.district.id).case(case.id)
        states = [stood.state for _one, stood in care_of(connection, office.district.id, [case.id, other.id]).of(Transfer)]
    assert moved is not None
    assert (moved.school_code, moved.assignee_id) == ("46030009", None)
    assert set(states) == {TransferState.ACCEPTED, TransferState.REFUSED}
    assert "อีกคน" not in office.get("/office/transfers", state="accepted").text


def test_many_transfers_come_in_parts_those_that_wait_first(office: OfficeVisitor) -> None:
    case = a_case(office)
    answered = a_transfer(office, case, to_place="ที่ตอบแล้ว")
    do(office, a_care_step(answered, CareKind.TRANSFER, "refused", on=VISITED_ON, by=office.district.officer.id))
    for number in range(50):
        a_transfer(office, case, to_place=f"ที่ {number}.")
    first, second = office.get("/office/transfers").text, office.get("/office/transfers", part="2").text
    assert ("ที่ 49." in first, "ที่ตอบแล้ว" in first, "ที่ตอบแล้ว" in second) == (True, False, True)
    assert "part=2" in first


def test_the_childs_page_names_its_referrals_and_transfers(office: OfficeVisitor) -> None:
    office.district.add_school("46030009", "โรงเรียนบ้านใหม่")
    case = a_case(office)
    referral = sent(office, case)
    a_transfer(office, case, to_school="46030009")
    page = office.get(f"/office/cases/{case.id}").text
    assert f'href="/office/referrals/{referral.id}"' in page
    assert "โรงเรียนบ้านใหม่" in page


def test_the_history_of_a_child_that_was_sent_on_or_left_again_leads_on(office: OfficeVisitor) -> None:
    case = a_case(office)
    teacher = office.district.people["somying"]
    office.district.record([visit_event(make_visit(case.id, case.child_id, teacher.id, Outcome.WANTS_RETURN))])
    referral = sent(office, case, on=VISITED_ON)
    page = office.get(f"/office/cases/{case.id}").text
    assert f'<p><a href="/office/referrals/{referral.id}">ใบส่งต่อ</a></p>' in page
    back = a_case(office, "อีกคน")
    office.district.record([visit_event(make_visit(back.id, back.child_id, teacher.id, Outcome.RETURNED))])
    again = CaseDroppedAgain(VISITED_ON, CaseId(new_id()), "ไปทำงาน")
    office.district.record([office.district.event(again, back.id)])
    assert f'href="/office/cases/{again.new_case_id}">รายใหม่' in office.get(f"/office/cases/{back.id}").text


def test_every_view_is_in_the_audit(office: OfficeVisitor) -> None:
    case = a_case(office)
    referral = sent(office, case)
    for path in ("", "/xlsx", f"/{referral.id}", f"/{referral.id}/letter"):
        assert office.get(f"/office/referrals{path}").status_code == 200
    office.get("/office/transfers")
    with office.district.engine.connect() as connection:
        query = select(tables.audit.c.action, tables.audit.c.subject).where(tables.audit.c.district_id == office.district.id)
        noted = [tuple(row) for row in connection.execute(query)]
    for entry in (("viewed", "referrals"), ("exported", "referrals"), ("viewed", "transfers")):
        assert entry in noted
    assert noted.count(("viewed", case.child_id)) == 2


def test_what_is_not_there_is_told(office: OfficeVisitor) -> None:
    for path in (f"/office/referrals/{new_id()}", f"/office/referrals/{new_id()}/letter", "/office/referrals?state=x"):
        assert office.get(path).status_code in (404, 422)


def test_what_stands_is_the_same_as_the_domain_says(office: OfficeVisitor) -> None:
    case = a_case(office)
    referral = a_letter(office, case, ReferralState.SIGNED, ReferralState.RESULT, ReferralState.SENT)
    back: CareStep = a_care_step(referral, CareKind.REFERRAL, "acknowledged", on=VISITED_ON - dt.timedelta(days=1))
    do(office, replace(back, by=office.district.people["somying"].id))
    with office.district.engine.connect() as connection:
        (stood,) = [stood for _one, stood in care_of(connection, office.district.id, [case.id]).of(Referral)]
    assert stood.state is ReferralState.RESULT
    assert "ธนกร" in office.get("/office/referrals", state="result").text
