"""A letter of referral to be set, with everything on it."""

import datetime as dt
from dataclasses import replace
from typing import Any

from fieldapp.domain.care.consent import Consent, ConsentPurpose, ConsentState
from fieldapp.domain.care.referral import Referral, ReferralKind, Shared
from fieldapp.domain.identifiers import new_id
from fieldapp.reports.referral_letter import Letter, Told, letter

ON = dt.date(2026, 11, 22)
CONSENT = Consent(new_id(), new_id(), new_id(), ConsentPurpose.SHARING, True, "นางบุญมี คำมูล", "ยาย", dt.date(2026, 11, 20), new_id())
REFERRAL = Referral(
    id=new_id(),
    case_id=new_id(),
    child_id=new_id(),
    kind=ReferralKind.EXTERNAL,
    receiver="หัวหน้าบ้านพักเด็กและครอบครัวจังหวัดกาฬสินธุ์",
    reason="บิดาเสียชีวิต มารดาทำงานต่างจังหวัดและติดต่อไม่ได้ ปัจจุบันอยู่กับยายอายุ 78 ปีซึ่งเจ็บป่วยเรื้อรัง ไม่มีผู้ดูแลเรื่องอาหารและการเดินทางไปโรงเรียน",
    on=ON,
    by=new_id(),
    number="ศธ 04079.021/158",
    done_so_far="ครูเยี่ยมบ้านสามครั้ง ผู้ใหญ่บ้านช่วยเรื่องข้าวสารอาหารแห้ง โรงเรียนมอบชุดนักเรียนและอุปกรณ์การเรียน",
    wanted="ขอให้ประเมินครอบครัวและพิจารณาที่พักชั่วคราวระหว่างภาคเรียน พร้อมเงินสงเคราะห์ครอบครัวยากจน",
    contact="โทร. 08 1234 5214",
    reply_by=dt.date(2026, 12, 7),
)
VALUES = {
    Shared.BIRTH: ("เกิด", "9 ก.ค. 2557"),
    Shared.ADDRESS: ("ที่อยู่", "112 ม.4 บ้านนาคู ต.นาคู อ.นาคู"),
    Shared.GUARDIAN: ("ผู้ปกครอง", "นางบุญมี คำมูล (ยาย)"),
    Shared.PHONE: ("โทรศัพท์", "081-234-5214"),
    Shared.VISITS: ("การเยี่ยมบ้าน", "3 ครั้ง ล่าสุดเมื่อ 15 พ.ย. 2569 ผล: อยากกลับเรียน"),
}
TOLD = Told(
    child="เด็กชายธนกร พิมพ์สวัสดิ์",
    receiver=REFERRAL.receiver,
    office="โรงเรียนบ้านนาคู",
    sender="นางสาวสมหญิง ใจดี",
    head="นายวิชัย สุขเกษม",
    head_post="ผู้อำนวยการโรงเรียนบ้านนาคู",
    values=VALUES,
    consent=(CONSENT, ConsentState.GIVEN),
)


def a_letter(kind: ReferralKind = ReferralKind.EXTERNAL, *, thai_digits: bool = False, **values: Any) -> Letter:
    """`values` are fields of the referral."""
    told = TOLD if kind is ReferralKind.EXTERNAL else replace(TOLD, receiver="ครูแนะแนว", consent=None)
    return letter(replace(REFERRAL, kind=kind, **values), told, ON, thai_digits=thai_digits)
