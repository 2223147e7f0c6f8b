"""The sample's pupils at risk: an export of the individual screening, taken in like any other, and what has been done for them since.

They are on no list of OBEC's, so they change no figure of the ladder.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from fieldapp.domain.care.facts import CareFact, CareKind, CareStep
from fieldapp.domain.care.goal import CareAspect, Goal
from fieldapp.domain.care.risk import RiskSource, RiskState
from fieldapp.domain.care.support import Support, SupportArea
from fieldapp.domain.event import Event
from fieldapp.domain.identifiers import CareId, EventId, PersonId, new_id
from fieldapp.domain.national_id import check_digit
from fieldapp.domain.payloads import care_payload
from fieldapp.domain.received_list import ListType
from fieldapp.domain.states import CaseState
from fieldapp.domain.thai_dates import THAI_TIME, school_year, slashed
from fieldapp.records.care import Care, care_of
from fieldapp.records.sql_records import SqlRecords
from fieldapp.reports.spreadsheet import Cell, Sheet, workbook
from fieldapp.server.lists.importer import ListFile, import_list
from fieldapp.server.sample.people import FIRST_TEACHER, OFFICER
from fieldapp.server.sample.schools import schools
from fieldapp.server.sample.story import ToldCase
from fieldapp.server.write_path.recording import record_events

_SCREENED_AGO, _IMPORTED_AGO = 21, 19
_ASPECTS = ("การเรียน", "สุขภาพ", "เศรษฐกิจ", "การคุ้มครองนักเรียน", "สารเสพติด", "ความรุนแรง", "ทางเพศ", "การติดเกม", "เครื่องมือสื่อสาร")
_HEADER = ("รหัสโรงเรียน", "ชื่อโรงเรียน", "ชั้น", "เลขประจำตัวประชาชน", "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "วันเกิด", *_ASPECTS, "วันที่คัดกรอง")
# Title, names, class, years of age, and the aspects in which something was found.
_PUPILS: tuple[tuple[str, str, str, str, int, Mapping[str, str]], ...] = (
    ("ด.ช.", "ปกรณ์", "ทองหล่อ", "ป.5", 11, {"เศรษฐกิจ": "มีปัญหา", "การเรียน": "เสี่ยง"}),
    ("ด.ญ.", "อัญมณี", "ศรีวิไล", "ป.6", 12, {"การคุ้มครองนักเรียน": "มีปัญหา"}),
    ("ด.ช.", "ก้องภพ", "วงค์ษา", "ม.1", 13, {"การติดเกม": "เสี่ยง", "การเรียน": "เสี่ยง"}),
    ("ด.ญ.", "น้ำฝน", "คำภูมี", "ป.4", 10, {"สุขภาพ": "เสี่ยง"}),
    ("ด.ช.", "ธีรภัทร์", "โสภา", "ม.2", 14, {"สารเสพติด": "เสี่ยง", "ความรุนแรง": "เสี่ยง"}),
    ("ด.ญ.", "ใบเตย", "พรมชัย", "ป.3", 9, {"เศรษฐกิจ": "เสี่ยง"}),
    ("ด.ช.", "ชนะชัย", "มาตรา", "ป.6", 12, {"เครื่องมือสื่อสาร": "เสี่ยง"}),
    ("ด.ญ.", "ขวัญข้าว", "ดีเลิศ", "ม.3", 15, {"ทางเพศ": "เสี่ยง", "การเรียน": "มีปัญหา"}),
    ("ด.ช.", "ภูผา", "นาสมใจ", "ป.2", 8, {}),
    ("ด.ญ.", "มะลิ", "แก้วกัลยา", "ป.5", 11, {}),
)
# Of those of OBEC's lists who are being traced still, so many are found by the screening, too.
_KNOWN = 2
_HEALTHY = "แพทย์ตรวจแล้ว แข็งแรงดี"


def write_risks(connection: Connection, district_id: str, today: dt.date, people: Mapping[str, PersonId], told: Sequence[ToldCase]) -> None:
    """`told` are the cases of OBEC's lists."""
    screened_on = today - dt.timedelta(days=_SCREENED_AGO)
    open_cases = [case for case in told if case.sample.fate is CaseState.TRACING and case.account != FIRST_TEACHER]
    known = [case for case in open_cases if case.child.national_id][:_KNOWN]
    lines = [_pupil(place, screened_on) for place in range(len(_PUPILS))]
    lines += [_known(case, screened_on) for case in known]
    data = workbook([Sheet("คัดกรองรายบุคคล", _HEADER, lines)])
    source = RiskSource.SCREENING_SITE
    round_ = f"1/{school_year(screened_on)}"
    file = ListFile(data, "คัดกรองนักเรียนรายบุคคล.xlsx", ListType.AT_RISK, round_, screened_on, None, source)
    imported_at = dt.datetime.combine(today - dt.timedelta(days=_IMPORTED_AGO), dt.time(9), THAI_TIME)
    imported = import_list(connection, district_id, file, by=people[OFFICER], now=imported_at)
    case_ids = [imported.case_by_row[number] for number in sorted(imported.case_by_row)]
    care = care_of(connection, district_id, case_ids)
    facts = _done_since(connection, district_id, today, people[OFFICER], case_ids, care)
    evening = dt.datetime.combine(today - dt.timedelta(days=1), dt.time(18), THAI_TIME)
    events = [Event(EventId(new_id()), care_payload(fact), fact.id, 0, evening, fact.by) for fact in facts]
    record_events(connection, district_id, events, recorded_at=evening)


def _done_since(
    connection: Connection, district_id: str, today: dt.date, by: PersonId, case_ids: Sequence[str], care: Care
) -> list[CareFact]:
    """Help for some of them, goals for two, and one risk that is over."""
    cases = SqlRecords(connection, district_id).cases(case_ids)
    first, second, third, fourth = (cases[case_id] for case_id in case_ids[:4])

    def ago(days: int) -> dt.date:
        return today - dt.timedelta(days=days)

    def support(case_id: str, child_id: str, area: SupportArea, what: str, on: dt.date, **more: object) -> Support:
        return Support(CareId(new_id()), case_id, child_id, area, what, on, by, **more)  # type: ignore[arg-type]

    reads = Goal(
        CareId(new_id()), first.id, first.child_id, CareAspect.PROMOTE, "อ่านจับใจความได้ตามระดับชั้น", ago(15), by, "แบบทดสอบการอ่าน ป.5",
        today + dt.timedelta(days=40), by,
    )  # fmt: skip
    safe = Goal(
        CareId(new_id()), second.id, second.child_id, CareAspect.HELP, "มีผู้ใหญ่ดูแลที่บ้านทุกคืน", ago(16), by, "ครูเยี่ยมบ้านสองครั้ง",
        today + dt.timedelta(days=10), by,
    )  # fmt: skip
    over = next(stood.fact for stood in care.facts if stood.fact.case_id == fourth.id)
    return [
        reads,
        safe,
        support(first.id, first.child_id, SupportArea.FUNDS, "ทุนอาหารกลางวันและค่าเดินทาง", ago(14), cost_baht=1500, giver="กองทุนของโรงเรียน"),
        support(first.id, first.child_id, SupportArea.FUNDS, "สอนเสริมการอ่านหลังเลิกเรียน", ago(10), giver="ครูประจำชั้น", goal_id=reads.id),
        support(second.id, second.child_id, SupportArea.SOCIAL_DANGER, "ประสานญาติให้มาพักด้วย", ago(15), giver="ผู้ใหญ่บ้าน", goal_id=safe.id),
        support(third.id, third.child_id, SupportArea.NEW_THREATS, "ตกลงเวลาใช้โทรศัพท์กับผู้ปกครอง", ago(9), result="เล่นเกมน้อยลง"),
        CareStep(CareId(new_id()), fourth.id, fourth.child_id, over.id, CareKind.RISK, RiskState.RESOLVED, ago(5), by, _HEALTHY),
    ]


def _pupil(place: int, on: dt.date) -> list[Cell]:
    title, given, family, grade, age, found = _PUPILS[place]
    school = schools()[(place // 2) % len(schools())]
    body = f"146990099{place:03d}"
    born = dt.date(on.year - age, 1 + place % 12, 3 + place)
    return [school.code, school.name, grade, f"{body}{check_digit(body)}", title, given, family, slashed(born), *_said(found), slashed(on)]


def _known(case: ToldCase, on: dt.date) -> list[Cell]:
    child = case.child
    born = slashed(child.birth_on) if child.birth_on else ""
    who: list[Cell] = [child.national_id, child.title, child.given_name, child.family_name, born]
    return ["", "", child.last_grade, *who, *_said({"เศรษฐกิจ": "เสี่ยง"}), slashed(on)]


def _said(found: Mapping[str, str]) -> list[str]:
    return [found.get(aspect, "ปกติ") for aspect in _ASPECTS]
