"""The sample's school year: what the office would have written into its registers by today. Invented, like everything of the sample."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Connection

from fieldapp.domain.identifiers import PersonId, new_id
from fieldapp.domain.thai_dates import THAI_TIME, school_year
from fieldapp.server.sample.people import OFFICER
from fieldapp.server.sample.schools import schools
from fieldapp.server.year import entries, evaluations, school_answers
from fieldapp.server.year.fields import Register, Values
from fieldapp.server.year.figures import FigureName
from fieldapp.server.year.registers import CHECK, IMPROVEMENTS, LESSONS, PLAN, SUPERVISION, SUPPORT, Status, TargetIn
from fieldapp.server.year.reported import Question
from fieldapp.server.year.school_answers import Answer

_SUPERVISOR = "ศน.นภา (ตัวอย่าง)"
# Activity, area, owner, first and last day from today, target, unit, budget, status.
_PLAN: tuple[tuple[str, str, str, int, int, int | None, str, str, Status], ...] = (
    ("ตั้งศูนย์ประสานงาน “พาน้องกลับมาเรียน”", "T1", "ทีมนำ", -75, -75, 1, "ศูนย์", "", Status.DONE),
    ("แต่งตั้งคณะกรรมการติดตามค้นหาและคณะทำงานระดับเครือข่าย", "T2", "ทีมนำ", -72, -70, 4, "คณะ", "", Status.DONE),
    ("ตรวจสอบรายชื่อที่ได้รับจาก สพฐ. สองบัญชี", "T4", "ทีมประสาน", -62, -56, 1519, "คน", "", Status.DONE),
    ("ประชุมชี้แจงผู้บริหารสถานศึกษาและครูผู้รับผิดชอบ", "T3", _SUPERVISOR, -50, -50, 24, "โรงเรียน", "12,000 บาท", Status.DONE),
    ("สถานศึกษาออกติดตามและบันทึกการเยี่ยมบ้าน", "T5", "ทุกโรงเรียน", -46, 40, 1519, "คน", "", Status.UNDER_WAY),
    ("ลงพื้นที่ร่วมกับผู้นำชุมชนและหน่วยงานในอำเภอนาคู", "T6", "ทีมทำ", -9, -8, 3, "หมู่บ้าน", "6,500 บาท", Status.PLANNED),
    ("ลงพื้นที่ร่วมกับภาคีเครือข่ายในอำเภอเขาวง", "T6", "ทีมทำ", 5, 6, 3, "หมู่บ้าน", "6,500 บาท", Status.PLANNED),
    ("ติดตามแผนความปลอดภัยของสถานศึกษา", "W4", _SUPERVISOR, -20, 25, 24, "โรงเรียน", "", Status.UNDER_WAY),
    ("รายงานผลภาพรวมต่อ สพฐ.", "T7", "ทีมประสาน", 8, 8, 1, "ฉบับ", "", Status.PLANNED),
)  # fmt: skip
_SUPERVISION = (
    (-18, 0, "ครูออกเยี่ยมครบ แต่บันทึกสาเหตุไม่ครบทุกราย", "บันทึกสาเหตุหลักทุกครั้งที่เด็กไม่ประสงค์กลับ", -4, -3),
    (-11, 5, "ยังไม่ได้เยี่ยม 6 ราย ติดที่บ้านอยู่ไกลและครูมีคนเดียว", "ขอผู้ใหญ่บ้านพาไป และจัดครูเพิ่มหนึ่งคน", -2, None),
    (-5, 9, "ประสานโรงเรียนปลายทางแล้ว เด็กเริ่มมาเรียน", "ติดตามการมาเรียนอีกสองสัปดาห์", 9, None),
)
_LESSON = "โรงเรียนเปลี่ยนเวลาเยี่ยมบ้านจากช่วงบ่ายเป็นหลังห้าโมงเย็น พบผู้ปกครองได้มากขึ้น\n\nสิ่งที่ต้องเตรียม: นัดล่วงหน้าผ่านผู้ใหญ่บ้าน ไปกันสองคน และพกแบบบันทึกไปด้วย"


def write_year(connection: Connection, district_id: str, today: dt.date, people: Mapping[str, PersonId]) -> None:
    _Writer(connection, district_id, today, people[OFFICER]).write()


class _Writer:
    def __init__(self, connection: Connection, district_id: str, today: dt.date, by: PersonId) -> None:
        self._connection, self._district_id, self._today, self._by = connection, district_id, today, by
        # The evening before, like the last of the sample's events.
        self._now = dt.datetime.combine(today - dt.timedelta(days=1), dt.time(18), THAI_TIME)

    def write(self) -> None:
        for name, area, owner, first, last, target, unit, budget, status in _PLAN:
            done_on = self._day(last) if status is Status.DONE else None
            days = {"from_on": self._day(first), "until_on": self._day(last), "done_on": done_on}
            said = {"name": name, "area": area, "owner": owner, "target": target, "unit": unit, "budget": budget, "note": ""}
            self._add(PLAN, {**said, **days, "status": status.value})
        for ago, school, seen, advice, look_again, looked in _SUPERVISION:
            days = {"on_date": self._day(ago), "follow_up_on": self._day(look_again)}
            told = {"school_code": schools()[school].code, "who": _SUPERVISOR, "seen": seen, "advice": advice}
            self._add(SUPERVISION, {**days, **told, "followed_up_on": self._day(looked) if looked else None})
        self._add(
            SUPPORT,
            {
                "on_date": self._day(-48), "what": "อบรมครูผู้รับผิดชอบ การเยี่ยมบ้านและการบันทึกในแอป", "for_whom": "ครู 24 โรงเรียน",
                "who": _SUPERVISOR, "people": 40, "result": "ครูบันทึกการเยี่ยมได้เองโดยไม่ต้องมีสัญญาณ",
            },
        )  # fmt: skip
        self._evaluate("before", -47, FigureName.TRACED, 10, "ยังไม่เริ่มลงพื้นที่")
        self._evaluate("during", -14, FigureName.TRACED, 50, "")
        self._evaluate("during", -1, FigureName.TRACED, 70, "เหลือรายที่บ้านอยู่ไกล")
        self._answer_for_schools()
        self._add(
            IMPROVEMENTS,
            {
                "what": "แบ่งเด็กให้ครูตามระยะทางจริง ไม่ใช้เขตตำบล", "why": "ครูสองโรงเรียนไปหมู่บ้านเดียวกันในวันเดียวกัน",
                "decided_by": "ทีมนำ", "until_on": self._day(-3), "done_on": None, "result": "",
            },
        )  # fmt: skip
        lesson = {"title": "ไปตอนเย็นพบผู้ปกครองมากกว่า", "school_code": schools()[9].code, "text": _LESSON}
        self._add(LESSONS, {"on_date": self._day(-6), **lesson})

    def _evaluate(self, stage: str, ago: int, figure: FigureName, target: int, remark: str) -> None:
        said = {"stage": stage, "figure_name": figure.value, "target": target, "target_in": TargetIn.PERCENT.value, "remark": remark}
        values = {"on_date": self._day(ago), **said}
        self._add(CHECK, evaluations.with_figure(self._connection, self._district_id, values, None, self._by, self._now))

    def _answer_for_schools(self) -> None:
        given = {
            school.code: Answer(place % 4 != 0, self._day(-30) if place % 4 else None, "แฟ้มบริหารทั่วไป" if place % 4 else "")
            for place, school in enumerate(schools())
            if place % 5
        }
        year = school_year(self._today)
        school_answers.keep(self._connection, self._district_id, year, Question.SAFETY_PLAN, given, self._by, self._now)

    def _add(self, register: Register, values: Values) -> None:
        year = school_year(self._today)
        entries.add(self._connection, self._district_id, register, new_id(), year, values, self._by, self._now)

    def _day(self, days: int) -> dt.date:
        return self._today + dt.timedelta(days=days)
