"""The visits behind each fate: whom the teacher met, what came out, and what was noted down, as teachers write it."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from fieldapp.domain.child import Child
from fieldapp.domain.identifiers import CaseId, PersonId, VisitId, new_id
from fieldapp.domain.states import CaseState
from fieldapp.domain.visit import Met, NextStep, Outcome, ReturnLevel, Visit, Whereabouts
from fieldapp.server.sample.children import SampleChild
from fieldapp.server.sample.schools import school_of

_FIRST_VISIT_AFTER = 3
_RELATIONS = {
    "มารดา": Met.MOTHER, "บิดา": Met.FATHER, "ยาย": Met.GRANDPARENT, "ย่า": Met.GRANDPARENT, "ตา": Met.GRANDPARENT, "ปู่": Met.GRANDPARENT,
    "ป้า": Met.RELATIVE, "น้า": Met.RELATIVE, "ลุง": Met.RELATIVE,
}  # fmt: skip
_NOTES: dict[CaseState, tuple[str, ...]] = {
    CaseState.TRACING: (
        "พบผู้ปกครอง เด็กไม่อยู่บ้าน นัดมาใหม่เย็นวันศุกร์", "ผู้ปกครองว่าไปช่วยญาติเกี่ยวข้าว กลับอาทิตย์หน้า", "ไม่พบเด็ก ฝากเบอร์โทรครูไว้กับผู้ปกครอง",
        "ผู้ปกครองขอปรึกษากันในครอบครัวก่อน", "เด็กออกไปเลี้ยงวัว ผู้ปกครองรับปากจะบอกให้",
    ),
    CaseState.FOUND: (
        "พบเด็กที่บ้าน ยังไม่ตัดสินใจ ขอคิดดูก่อน", "พบเด็ก คุยกันได้ แต่ยังห่วงเรื่องค่าใช้จ่าย", "พบเด็ก ช่วยงานที่บ้าน ต้องคุยกับผู้ปกครองอีกครั้ง",
    ),
    CaseState.NOT_FOUND: (
        "บ้านปิด เพื่อนบ้านว่าย้ายไปทั้งครอบครัว", "ไม่มีบ้านเลขที่นี้ ถามผู้ใหญ่บ้านแล้วไม่รู้จัก", "ย้ายตามแม่ไปทำงานต่างจังหวัด ไม่มีใครมีเบอร์ติดต่อ",
    ),
    CaseState.WANTS_RETURN: (
        "อยากกลับไปเรียน ขอให้ครูช่วยเรื่องชุดนักเรียน", "พร้อมกลับเทอมหน้า ผู้ปกครองเห็นด้วย", "อยากเรียน สกร. เพราะต้องช่วยงานที่บ้านวันธรรมดา",
        "อยากเรียนแต่บ้านไกล ต้องหารถรับส่ง",
    ),
    CaseState.RETURNED: (
        "กลับมาเรียนแล้ว ครูประจำชั้นรับตัวเรียบร้อย", "สมัครเรียนแล้ว เริ่มเรียนวันจันทร์", "เข้าเรียนแล้ว ปรับตัวได้ดี มีเพื่อนในหมู่บ้านเดียวกัน",
    ),
    CaseState.LIST_ERROR: ("มีชื่อเรียนอยู่โรงเรียนเอกชนในจังหวัดอื่นแล้ว", "เรียนอยู่กับแม่ที่ขอนแก่น มีหลักฐานจากโรงเรียน"),
}  # fmt: skip
_NOTES_BY_CAUSE = {
    "no_motivation": ("ไม่อยากเรียนแล้ว คุยหลายครั้งยังยืนยันเดิม", "อายเพื่อนเพราะโตกว่า ไม่อยากกลับไปนั่งเรียน", "ไม่ชอบเรียน อยากทำงานมีรายได้"),
    "moving_for_work": ("ตามพ่อแม่ไปรับจ้างตัดอ้อย ย้ายที่บ่อย", "ทำงานก่อสร้างที่ชลบุรี กลับบ้านช่วงสงกรานต์", "รับจ้างทั่วไป ย้ายไปมาหลายจังหวัด"),
    "own_family": ("มีครอบครัวแล้ว อยู่บ้านสามี", "แต่งงานแล้ว เลี้ยงลูกอ่อน", "มีครอบครัว ทำนาอยู่กับภรรยา"),
    "low_income": ("ผู้ปกครองรายได้น้อย ส่งเรียนไม่ไหว",),
    "supports_family": ("เป็นกำลังหลักหาเลี้ยงยายและน้อง",),
    "health": ("ป่วยเรื้อรัง ต้องไปโรงพยาบาลทุกเดือน",),
    "disability": ("พิการซ้อน ผู้ปกครองดูแลเองที่บ้าน",),
    "family_trouble": ("พ่อแม่แยกทาง อยู่กับญาติ ไม่มีใครดูแลเรื่องเรียน",),
    "legal_case": ("อยู่ในความดูแลของสถานพินิจ",),
}  # fmt: skip
_STEADY = ("มาเรียนสม่ำเสมอ ครูประจำชั้นช่วยดู", "ขาดเรียนสองวันเพราะป่วย นอกนั้นมาครบ")


def drafted_visits(
    child: Child,
    case_id: CaseId,
    sample: SampleChild,
    teacher: PersonId,
    assigned_on: dt.date,
    due_on: dt.date,
    today: dt.date,
    random: Random,
) -> Iterator[Visit]:
    """The visits that lead to the child's fate, oldest first; none for a child to whom nobody has gone yet."""
    if sample.fate is CaseState.ASSIGNED:
        return
    days_ago = sample.visit_days_ago or random.randint(2, (today - assigned_on).days - 8)
    last_on = today - dt.timedelta(days=days_ago)
    first_on = assigned_on + dt.timedelta(days=_FIRST_VISIT_AFTER)

    def visit(on: dt.date, **said: Any) -> Visit:
        return Visit(VisitId(new_id()), case_id, child.id, on, teacher, **said)

    goes_twice = sample.fate in (CaseState.RETURNED, CaseState.WANTS_RETURN, CaseState.NOT_FOUND) or random.random() < 0.12
    if goes_twice and first_on < last_on:
        between = first_on + dt.timedelta(days=random.randint(0, (last_on - first_on).days - 1))
        yield visit(between, **_first_time(sample, last_on, random))
    yield visit(last_on, **_outcome(sample, last_on, due_on, random))
    looks_in_again = sample.fate is CaseState.RETURNED and not sample.account and days_ago > 16
    if looks_in_again:
        again_on = last_on + dt.timedelta(days=random.randint(10, 14))
        yield visit(again_on, **_returned(sample, last_on), note=random.choice(_STEADY), next_step=NextStep.NONE)


def _first_time(sample: SampleChild, next_on: dt.date, random: Random) -> dict[str, Any]:
    """The visit before the last one: nobody had decided anything yet."""
    return {
        "met": (_guardian(sample),),
        "whereabouts": Whereabouts.UNKNOWN if sample.fate is CaseState.NOT_FOUND else Whereabouts.SAME_VILLAGE,
        "outcome": Outcome.UNDECIDED,
        "note": random.choice(_NOTES[CaseState.TRACING]),
        "next_step": NextStep.ASK_FOR_HELP if _is_poor(sample) else NextStep.VISIT_AGAIN,
        "next_on": next_on,
        "next_note": "ขอทุนช่วยเหลือ แล้วเยี่ยมอีกครั้ง" if _is_poor(sample) else "เยี่ยมอีกครั้ง",
    }


def _outcome(sample: SampleChild, on: dt.date, due_on: dt.date, random: Random) -> dict[str, Any]:
    said: dict[str, Any] = {"note": sample.note or _note(sample, random), "next_step": NextStep.NONE}
    later = {"next_on": max(due_on, on + dt.timedelta(days=1))}
    match sample.fate:
        case CaseState.TRACING:
            here = {"met": (_guardian(sample),), "whereabouts": Whereabouts.OTHER_PROVINCE, "outcome": Outcome.UNDECIDED}
            return {**said, **here, **later, "next_step": NextStep.VISIT_AGAIN, "next_note": "เยี่ยมอีกครั้ง"}
        case CaseState.FOUND:
            here = {"met": (Met.CHILD, _guardian(sample)), "whereabouts": Whereabouts.THIS_HOUSE, "outcome": Outcome.UNDECIDED}
            return {**said, **here, **later, "next_step": NextStep.VISIT_AGAIN, "next_note": "คุยกับผู้ปกครองอีกครั้ง"}
        case CaseState.NOT_FOUND:
            where = random.choice((Whereabouts.MOVED_UNKNOWN, Whereabouts.NO_SUCH_HOUSE))
            return {**said, "met": (random.choice((Met.NEIGHBOUR, Met.VILLAGE_HEAD)),), "whereabouts": where, "outcome": Outcome.NOT_FOUND}
        case CaseState.WANTS_RETURN:
            here = {"met": (Met.CHILD, _guardian(sample)), "whereabouts": Whereabouts.THIS_HOUSE, "outcome": Outcome.WANTS_RETURN}
            return {**said, **here, **later, "next_step": NextStep.BRING_TO_SCHOOL, "next_note": "พาไปสมัครเรียน"}
        case CaseState.RETURNED:
            told = {**said, **_returned(sample, on)}
            if sample.due_in is None and random.random() < 0.7:
                return told
            return {**told, **later, "next_step": NextStep.FOLLOW_UP_AT_SCHOOL, "next_note": "ติดตามการมาเรียนที่โรงเรียน"}
        case CaseState.LIST_ERROR:
            here = {"met": (_guardian(sample),), "whereabouts": Whereabouts.OTHER_PROVINCE, "outcome": Outcome.STUDYING_ELSEWHERE}
            return {**said, **here}
        case _:
            return {**said, **_not_returning(sample, random)}


def _returned(sample: SampleChild, on: dt.date) -> dict[str, Any]:
    age = on.year - sample.birth_on.year
    level, place, grade = ReturnLevel.PRIMARY, school_of(sample.household.tambon_code).name, f"ป.{min(max(age - 6, 1), 6)}"
    if "ศูนย์การศึกษาพิเศษ" in sample.note:
        level, place, grade = ReturnLevel.SPECIAL_CENTRE, "ศูนย์การศึกษาพิเศษประจำจังหวัดกาฬสินธุ์", ""
    elif "สกร." in sample.note or age > 15:
        level, place, grade = ReturnLevel.LEARNING_PROMOTION, "สกร.ระดับอำเภอ", "ม.ต้น"
    elif age > 12:
        level, grade = ReturnLevel.SECONDARY, f"ม.{min(age - 12, 3)}"
    return {
        "met": (Met.CHILD, _guardian(sample)), "whereabouts": Whereabouts.THIS_HOUSE, "outcome": Outcome.RETURNED, "return_level": level,
        "return_place": place, "return_grade": grade, "return_on": on,
    }  # fmt: skip


def _not_returning(sample: SampleChild, random: Random) -> dict[str, Any]:
    away = sample.cause == "moving_for_work"
    second = ("low_income",) if sample.cause in ("moving_for_work", "supports_family") and random.random() < 0.4 else ()
    return {
        "met": (_guardian(sample),) if away else (Met.CHILD, _guardian(sample)),
        "whereabouts": Whereabouts.OTHER_PROVINCE if away else Whereabouts.THIS_HOUSE,
        "outcome": Outcome.NOT_RETURNING,
        "causes": (sample.cause, *second),
        "main_cause": sample.cause,
        "next_step": NextStep.ASK_FOR_HELP if _is_poor(sample) else NextStep.NONE,
    }


def _is_poor(sample: SampleChild) -> bool:
    """Help is asked for. The children that are told by hand have what is told of them."""
    return sample.cause == "low_income" and not sample.account


def _guardian(sample: SampleChild) -> Met:
    return _RELATIONS.get(sample.household.guardian_relation, Met.NEIGHBOUR)


def _note(sample: SampleChild, random: Random) -> str:
    return random.choice(_NOTES_BY_CAUSE[sample.cause] if sample.cause else _NOTES[sample.fate])
