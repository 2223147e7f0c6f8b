"""Practice: an invented teacher with invented children on this computer alone. Everything can be tried, nothing of it is sent anywhere
(`sync.practice`), and it is gone when it is left."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from fieldapp.config import resources_dir
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child, Sex
from fieldapp.domain.event import Record
from fieldapp.domain.identifiers import CaseId, ChildId, DeviceId, EventId, ListId, PersonId, VisitId, new_id
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.reference import Cause, Person, Role, School
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.visit import Met, Outcome, ReturnLevel, Visit, Whereabouts
from fieldapp.records.sql_records import SqlRecords
from fieldapp.store import practice
from fieldapp.store.engine import Store
from fieldapp.store.identity import PRACTICE_DISTRICT, Identity
from fieldapp.store.in_use import InUse
from fieldapp.store.profiles import Profile, write_profile
from fieldapp.texts import _

_CHILDREN = 14
_SCHOOL = "00000000"
_LISTED_DAYS_AGO, _ASSIGNED_DAYS_AGO = 60, 45
_OUTCOMES = {
    CaseState.RETURNED: Outcome.RETURNED,
    CaseState.WANTS_RETURN: Outcome.WANTS_RETURN,
    CaseState.NOT_RETURNED: Outcome.NOT_RETURNING,
    CaseState.NOT_FOUND: Outcome.NOT_FOUND,
    CaseState.FOUND: Outcome.UNDECIDED,
    CaseState.TRACING: Outcome.UNDECIDED,
}


def begin(data_dir: Path, language: str, theme: str, now: Callable[[], dt.datetime]) -> tuple[Store, Profile, InUse]:
    """A fresh practice; the caller forgets its folder when it is closed."""
    practice.sweep(data_dir)
    me = PersonId(new_id())
    name = _("Trainee teacher")
    identity = Identity(PRACTICE_DISTRICT, me, DeviceId(new_id()), "practice", name, Role.TEACHER, _SCHOOL, "", "00" * 32, "00" * 32)
    store, in_use = practice.begin(data_dir, identity)
    with store.writing() as connection:
        SqlRecords(connection, PRACTICE_DISTRICT).put(list(_records(me, name, now())))
    profile = Profile(
        store.folder.name, name, "practice", Role.TEACHER.value, _("Practice school"), _("Practice"), "", now(), language, theme
    )
    write_profile(store.folder, profile)
    return store, profile, in_use


def _records(me: PersonId, name: str, now: dt.datetime) -> Iterator[Record]:
    with (resources_dir() / "reference" / "causes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Cause(row["code"], row["name_th"], int(row["dmc"]), int(row["edudev"]), int(row["position"]))
    yield School(_SCHOOL, _("Practice school"))
    yield Person(me, name, Role.TEACHER, _SCHOOL)
    lists = {kind: ListId(new_id()) for kind in (ListType.NEVER_ENROLLED, ListType.DROPPED_OUT)}
    listed_on = now.date() - dt.timedelta(days=_LISTED_DAYS_AGO)
    for kind, list_id in lists.items():
        yield ReceivedList(list_id, kind, _("Practice"), listed_on, "", "0" * 64, now)
    with (resources_dir() / "sample" / "na_khu.csv").open(encoding="utf-8", newline="") as file:
        for number, row in zip(range(_CHILDREN), csv.DictReader(file), strict=False):
            yield from _child(row, number, lists[ListType(row["list_type"])], me, now)


def _child(row: dict[str, str], number: int, list_id: ListId, me: PersonId, now: dt.datetime) -> Iterator[Record]:
    today = now.date()
    child = Child(
        id=ChildId(new_id()),
        title="ด.ช." if row["sex"] == "male" else "ด.ญ.",
        given_name=row["given_name"],
        family_name=row["family_name"],
        birth_on=dt.date(today.year - int(row["age"]), 1 + number % today.month, 1),
        sex=Sex(row["sex"]),
        house_no=row["house_no"],
        moo=row["moo"],
        tambon_code=row["tambon_code"],
        guardian_name=row["guardian"],
        guardian_relation=row["relation"],
        last_grade=row["last_grade"],
    )
    yield child
    listed_on, assigned_on = (today - dt.timedelta(days=days) for days in (_LISTED_DAYS_AGO, _ASSIGNED_DAYS_AGO))
    case = Case(CaseId(new_id()), child.id, list_id, ListType(row["list_type"]), listed_on)
    due_on = today + dt.timedelta(days=int(row["due_in"])) if row["due_in"] else None
    case = case.with_step(CaseStep(EventId(new_id()), CaseState.LISTED, listed_on, None, now, sequence=number * 3 + 1))
    case = case.with_step(
        CaseStep(
            EventId(new_id()), CaseState.ASSIGNED, assigned_on, None, now, number * 3 + 2, school_code=_SCHOOL, person_id=me, due_on=due_on
        )
    )
    state = CaseState(row["state"])
    visit = _visit(row, case, child, state, me, today) if row["visit_days_ago"] and state in _OUTCOMES else None
    if visit:
        case = case.with_step(
            CaseStep(EventId(new_id()), state, visit.visited_on, me, now, number * 3 + 3, visit_id=visit.id, main_cause=visit.main_cause)
        )
    yield case
    if visit:
        yield visit


def _visit(row: dict[str, str], case: Case, child: Child, state: CaseState, me: PersonId, today: dt.date) -> Visit:
    outcome = _OUTCOMES[state]
    return Visit(
        id=VisitId(new_id()),
        case_id=case.id,
        child_id=child.id,
        visited_on=today - dt.timedelta(days=int(row["visit_days_ago"])),
        by=me,
        met=(Met.NEIGHBOUR,) if state in (CaseState.NOT_FOUND, CaseState.TRACING) else (Met.CHILD, Met.GUARDIAN),
        whereabouts=Whereabouts.UNKNOWN if state is CaseState.NOT_FOUND else Whereabouts.THIS_HOUSE,
        outcome=outcome,
        return_level=ReturnLevel.PRIMARY if outcome is Outcome.RETURNED else None,
        causes=(row["cause"],) if row["cause"] else (),
        main_cause=row["cause"] or None,
        note=row["note"],
    )
