"""The children of the pictures' profile: an invented tambon's, and those that strain a layout. As if a sync had brought them."""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from fieldapp.config import resources_dir
from fieldapp.domain.canonical import sha256_hex
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child, Sex
from fieldapp.domain.event import Record
from fieldapp.domain.form import Form, FormAbout
from fieldapp.domain.identifiers import VisitId, new_id
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.reference import Agency, Cause, Person, Role, School, Setting
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.visit import Met, NextStep, Outcome, ReturnLevel, Visit, Whereabouts
from tests.support.instruments import NAMES, converted, lists, sheet
from tests.support.laptop import LIST, ME, NOW, OFFICE, OTHER, SCHOOL, TODAY, a_listed_child
from tests.support.national_ids import an_id

_TAMBON = {"461601": "บ้านนาคู", "461602": "บ้านสายนาวัง", "461603": "บ้านโนนนาจาน", "461604": "บ้านบ่อแก้ว", "461605": "บ้านภูแล่นช้าง"}
_OUTCOMES = {
    CaseState.RETURNED: Outcome.RETURNED,
    CaseState.WANTS_RETURN: Outcome.WANTS_RETURN,
    CaseState.NOT_RETURNED: Outcome.NOT_RETURNING,
    CaseState.NOT_FOUND: Outcome.NOT_FOUND,
    CaseState.FOUND: Outcome.UNDECIDED,
    CaseState.TRACING: Outcome.UNDECIDED,
}
_LONG_GUARDIAN = "นางสาวบุญมีพิพัฒนพงศ์ธนาโชติวัฒนสกุลไพศาล"
LONG_SCHOOL = "โรงเรียนอนุบาลกุดสิมคุ้มใหม่ราษฎร์บำรุงวิทยาคารเฉลิมพระเกียรติสมเด็จพระเทพรัตนราชสุดา"
_LONG = (
    ("ด.ญ.", "ปุณยวีร์ณัฐกานต์", "ศักดิ์สิทธิ์วรโชติพิพัฒนกุลชัย", "บ้านกุดสิมคุ้มใหม่พัฒนาเหนือคลองชลประทาน"),
    ("เด็กหญิง", "กัญญาณัฐภัสสรพิมพ์มาดา", "พิพัฒนพงศ์ธนาโชติวัฒนสกุลไพศาล", "บ้านสายนาวังใต้"),
    ("ว่าที่ร้อยตรีหญิง", "ธัญญ์นภัสอัยลดาภัทร", "ณ หนองคายเวียงจันทน์สุวรรณภูมิ", "บ้านภูแล่นช้างน้อยสามัคคีธรรม"),
    ("สามเณร", "เอ", "ณ", "บ้านนา"),
)


def reference(*, long: bool = False) -> Iterator[Record]:
    """What everyone in the district shares."""
    school = LONG_SCHOOL if long else "โรงเรียนบ้านนาคู"
    yield Setting("compulsory_age", {"rule": "calendar_year"})
    yield School(SCHOOL, school, "461601")
    yield School("46030009", "โรงเรียนบ้านสายนาวัง", "461602")
    yield School("46030010", LONG_SCHOOL, "461605")
    yield Person(ME, "ครูสมหญิง ใจดี", Role.TEACHER, SCHOOL)
    yield Person(OTHER, "ครูวิชัย อุทรักษ์", Role.TEACHER, SCHOOL)
    yield Person(OFFICE, "ศูนย์ประสานงาน", Role.COORDINATOR)
    for kind, list_id in _LISTS.items():
        yield ReceivedList(list_id, kind, "1/2569", dt.date(2026, 10, 10), "list.xlsx", "0" * 64, NOW)
    for row in _rows("causes.csv"):
        yield Cause(row["code"], row["name_th"], int(row["dmc"]), int(row["edudev"]), int(row["position"]))
    for row in _rows("agencies.csv"):
        yield Agency(row["code"], row["name_th"], row["kind"])
    yield from instruments()


def children() -> Iterator[Record]:
    """Forty-one of one tambon, with what is known of them from before; the first two live in one house."""
    for number, row in enumerate(_sample()):
        yield from _child(number, row)


def long_named() -> Iterator[Record]:
    """Four whose names and places are as long, or as short, as they come; then a few of the usual."""
    for number, (title, given, family, village) in enumerate(_LONG):
        row = {**_sample()[number], "state": "tracing", "visit_days_ago": "7", "due_in": "-42"}
        for record in _child(number, row):
            if isinstance(record, Child):
                record = replace(
                    record,
                    title=title,
                    given_name=given,
                    family_name=family,
                    village=village,
                    guardian_name=_LONG_GUARDIAN,
                    guardian_relation="ย่าของบิดาบุญธรรม",
                    last_school_name=LONG_SCHOOL,
                )
            yield record
    for number in range(4, 9):
        yield from _child(number, _sample()[number])


def many(count: int) -> Iterator[Record]:
    """So many that a list must not build a row for each."""
    for number in range(count):
        yield from a_listed_child(number, due_on=TODAY + dt.timedelta(days=number % 60 - 10))


@lru_cache
def instruments() -> tuple[Form, ...]:
    """All forms that come with the program, as an office publishes them."""
    attached = {file: content.decode() for file, content in lists().items()}
    made = []
    for place, name in enumerate(NAMES):
        (said,) = sheet(name, "settings")
        xform = converted(name)[0]
        form_id, version, about = said["form_id"], said["version"], FormAbout(said["attribute::app:about"])
        read = attached if "csv" in xform else {}
        made.append(Form(form_id, version, said["form_title"], about, xform, sha256_hex(xform.encode()), NOW, read, position=place))
    return tuple(made)


_LISTS = {ListType.NEVER_ENROLLED: LIST, ListType.DROPPED_OUT: new_id(1_690_000_000_001)}


@lru_cache
def _sample() -> tuple[dict[str, str], ...]:
    with (resources_dir() / "sample" / "na_khu.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _rows(name: str) -> list[dict[str, str]]:
    with Path(resources_dir() / "reference" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _child(number: int, row: dict[str, str]) -> Iterator[Record]:
    due_on = TODAY + dt.timedelta(days=int(row["due_in"])) if row["due_in"] else None
    child, case = a_listed_child(
        number,
        due_on=due_on,
        given_name=row["given_name"],
        national_id=an_id(number),
        family_name=row["family_name"],
        title="ด.ช." if row["sex"] == "male" else "ด.ญ.",
        birth_on=dt.date(TODAY.year - int(row["age"]), 1 + number % 11, 3 + number % 20),
        sex=Sex(row["sex"]),
        house_no=row["house_no"],
        moo=row["moo"],
        village=_TAMBON.get(row["tambon_code"], ""),
        tambon_code=row["tambon_code"],
        guardian_name=row["guardian"],
        guardian_relation=row["relation"],
        last_grade=row["last_grade"],
        last_school_name="โรงเรียนบ้านนาคู",
        last_school_year="2568",
    )
    kind = ListType(row["list_type"])
    case = replace(case, list_type=kind, list_id=_LISTS[kind])
    state = CaseState(row["state"])
    visit = _visit(row, case, child, state) if row["visit_days_ago"] and state in _OUTCOMES else None
    if visit:
        step = CaseStep(new_id(), state, visit.visited_on, ME, NOW, number * 3 + 900, visit_id=visit.id, main_cause=visit.main_cause)
        case = case.with_step(step)
    yield from (child, case) if visit is None else (child, case, visit)


def _visit(row: dict[str, str], case: Case, child: Child, state: CaseState) -> Visit:
    outcome, on = _OUTCOMES[state], TODAY - dt.timedelta(days=int(row["visit_days_ago"]))
    away = state in (CaseState.NOT_FOUND, CaseState.TRACING)
    return Visit(
        id=VisitId(new_id()),
        case_id=case.id,
        child_id=child.id,
        visited_on=on,
        by=ME,
        met=(Met.NEIGHBOUR,) if away else (Met.CHILD, Met.GUARDIAN),
        whereabouts=Whereabouts.UNKNOWN if state is CaseState.NOT_FOUND else Whereabouts.THIS_HOUSE,
        outcome=outcome,
        return_level=ReturnLevel.PRIMARY if outcome is Outcome.RETURNED else None,
        return_on=on if outcome is Outcome.RETURNED else None,
        return_place="โรงเรียนบ้านนาคู" if outcome is Outcome.RETURNED else "",
        causes=(row["cause"],) if row["cause"] else (),
        main_cause=row["cause"] or None,
        note=row["note"],
        next_step=NextStep.VISIT_AGAIN if away else None,
        next_on=TODAY if away else None,
    )
