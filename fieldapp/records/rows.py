"""Between dataclasses and rows. Enums become their text, tuples become JSON arrays, and back."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict
from enum import Enum
from operator import attrgetter
from typing import Any, TypeVar, cast, get_type_hints

from sqlalchemy import Table

from fieldapp.domain.care.consent import Consent
from fieldapp.domain.care.facts import MAIN_FACTS, CareFact, CareStep
from fieldapp.domain.care.goal import Goal
from fieldapp.domain.care.paper import Paper
from fieldapp.domain.care.referral import Referral, Shared
from fieldapp.domain.care.risk import Risk, RiskLevel
from fieldapp.domain.care.support import Support
from fieldapp.domain.care.transfer import Transfer
from fieldapp.domain.case import Case
from fieldapp.domain.child import Child, Sex
from fieldapp.domain.compulsory_age import AgeStatus
from fieldapp.domain.conflict import Conflict
from fieldapp.domain.event import Record
from fieldapp.domain.follow_up import Attendance, FollowUp, FollowUpReason, FollowUpState
from fieldapp.domain.form import Form, FormAbout
from fieldapp.domain.names import fold_all, sort_key
from fieldapp.domain.photo import Photo, PhotoKind
from fieldapp.domain.received_list import ListType, ReceivedList
from fieldapp.domain.reference import Agency, Cause, Person, Role, School, Setting
from fieldapp.domain.states import CaseState, CaseStep
from fieldapp.domain.submission import Submission
from fieldapp.domain.thai_dates import Precision
from fieldapp.domain.visit import Met, NextStep, Outcome, PhotosShow, Position, PositionSource, ReturnLevel, Visit, Whereabouts
from fieldapp.records import tables

Row = dict[str, Any]
F = TypeVar("F", bound=CareFact)

TABLE_OF: dict[type[Record], Table] = {
    Setting: tables.setting,
    Cause: tables.cause,
    Agency: tables.agency,
    Form: tables.form,
    School: tables.school,
    Person: tables.person,
    ReceivedList: tables.received_list,
    Child: tables.child,
    Case: tables.case,
    Visit: tables.visit,
    Photo: tables.photo,
    FollowUp: tables.follow_up,
    Submission: tables.submission,
    Risk: tables.risk,
    Support: tables.support,
    Goal: tables.goal,
    Referral: tables.referral,
    Consent: tables.consent,
    Transfer: tables.transfer,
    Paper: tables.paper,
    CareStep: tables.care_step,
    Conflict: tables.conflict,
}
Values = tuple[Any, ...]
_CARE: tuple[type[CareFact], ...] = (*MAIN_FACTS.values(), CareStep)
_ENUMS: dict[type[Any], dict[str, type[Enum]]] = {
    cls: {name: hint for name, hint in get_type_hints(cls).items() if isinstance(hint, type) and issubclass(hint, Enum)} for cls in _CARE
}
_DAY_AND_PERSON: dict[str, Callable[[Any], Any]] = {"on_date": attrgetter("on"), "by_person": attrgetter("by")}
# Columns that are not simply the field of that name, with how each is made of the record.
_MADE: dict[type[Record], dict[str, Callable[[Any], Any]]] = {
    Child: {
        "field_events": lambda child: dict(child.field_events),
        "search_text": lambda child: search_text(child),
        "sort_key": lambda child: sort_key(f"{child.given_name} {child.family_name}"),
    },
    Visit: {
        "by_person": attrgetter("by"),
        "met": lambda visit: list(visit.met),
        "causes": lambda visit: list(visit.causes),
        "position": lambda visit: asdict(visit.position) if visit.position else None,
    },
    Setting: {"value": lambda setting: dict(setting.value)},
    Submission: {
        "by_person": attrgetter("by"),
        "urgent": lambda submission: list(submission.urgent),
        "risks": lambda submission: dict(submission.risks),
    },
    Form: {"id": attrgetter("id"), "attachments": lambda form: dict(form.attachments)},
    **dict.fromkeys(_CARE, _DAY_AND_PERSON),
    Referral: {**_DAY_AND_PERSON, "shares": lambda referral: list(referral.shares)},
}
_NO_COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Case: ("steps",),
    Visit: ("by",),
    Submission: ("by",),
    **dict.fromkeys(_CARE, ("on", "by")),
}


def _plain(cls: type[Record]) -> tuple[str, ...]:
    other = (*_MADE.get(cls, {}), *_NO_COLUMNS.get(cls, ()))
    return tuple(name for name in cls.__slots__ if name not in other)


def _all_values(cls: type[Record]) -> Callable[[Record], Values]:
    plain, made = attrgetter(*_plain(cls)), tuple(_MADE.get(cls, {}).values())
    return lambda record: (*plain(record), *[make(record) for make in made])


# The columns of a record's row beside the district's, and how a record becomes their values: at once, for thousands of rows.
COLUMNS_OF: dict[type[Record], tuple[str, ...]] = {cls: (*_plain(cls), *_MADE.get(cls, {})) for cls in TABLE_OF}
VALUES_OF: dict[type[Record], Callable[[Record], Values]] = {cls: _all_values(cls) for cls in TABLE_OF}
# column -> field of a step
_STEP_FIELDS = {
    "event_id": "event_id",
    "state": "state",
    "phase": "phase",
    "on_date": "on",
    "sequence": "sequence",
    "by_person": "by",
    "recorded_at": "recorded_at",
    "visit_id": "visit_id",
    "reason": "reason",
    "main_cause": "main_cause",
    "school_code": "school_code",
    "person_id": "person_id",
    "due_on": "due_on",
    "merged_into": "merged_into",
}
STEP_COLUMNS = ("case_id", *_STEP_FIELDS)
_STEP: Callable[[CaseStep], Values] = attrgetter(*_STEP_FIELDS.values())


def to_row(record: Record, district_id: str) -> Row:
    """The record as a row of its table. The steps of a case are rows of their own: `step_rows`."""
    cls = type(record)
    return {"district_id": district_id, **dict(zip(COLUMNS_OF[cls], VALUES_OF[cls](record), strict=True))}


def step_rows(case: Case, district_id: str) -> list[Row]:
    return [{"district_id": district_id, **dict(zip(STEP_COLUMNS, values, strict=True))} for values in step_values(case)]


def step_values(case: Case) -> list[Values]:
    """The steps of a case as the values of STEP_COLUMNS."""
    key = (case.id,)
    return [key + _STEP(step) for step in case.steps]


def search_text(child: Child) -> str:
    """What a child is found by, folded: name, ID, G-code, guardian, house number, village. A line feed keeps a match from running over
    two of them."""
    house = f"{child.house_no} ม.{child.moo}" if child.moo else child.house_no
    name = f"{child.title}{child.given_name}{child.family_name}"
    parts = (name, child.national_id, child.g_code, child.guardian_name, house, child.village)
    return "\n".join(fold_all(part for part in parts if part))


def child_from(row: Mapping[Any, Any]) -> Child:
    values = _fields(Child, row)
    values["birth_precision"] = Precision(values["birth_precision"] or Precision.DAY)
    values["sex"] = Sex(values["sex"] or Sex.UNKNOWN)
    return Child(**values)


def case_from(row: Mapping[Any, Any], steps: tuple[CaseStep, ...] = ()) -> Case:
    values = {name: row[name] for name in Case.__slots__ if name != "steps"}
    values["list_type"] = ListType(values["list_type"])
    values["state"] = CaseState(values["state"])
    return Case(**values, steps=steps)


def step_from(row: Mapping[Any, Any]) -> CaseStep:
    return CaseStep(
        event_id=row["event_id"],
        state=CaseState(row["state"]),
        on=cast(dt.date, row["on_date"]),
        by=row["by_person"],
        recorded_at=row["recorded_at"],
        sequence=row["sequence"],
        visit_id=row["visit_id"],
        reason=row["reason"],
        main_cause=row["main_cause"],
        school_code=row["school_code"],
        person_id=row["person_id"],
        due_on=row["due_on"],
        merged_into=row["merged_into"],
    )


def visit_from(row: Mapping[Any, Any]) -> Visit:
    values = {name: row["by_person" if name == "by" else name] for name in Visit.__slots__}
    values.update(
        met=tuple(Met(code) for code in values["met"]),
        causes=tuple(values["causes"]),
        whereabouts=_enum(Whereabouts, values["whereabouts"]),
        outcome=_enum(Outcome, values["outcome"]),
        return_level=_enum(ReturnLevel, values["return_level"]),
        photos_show=_enum(PhotosShow, values["photos_show"]),
        age_status=AgeStatus(values["age_status"]),
        next_step=_enum(NextStep, values["next_step"]),
        position=position_from(values["position"]) if values["position"] else None,
    )
    return Visit(**values)


def position_from(value: Mapping[str, Any]) -> Position:
    """From its JSON."""
    return Position(**{**value, "source": PositionSource(value["source"])})


def photo_from(row: Mapping[Any, Any]) -> Photo:
    return Photo(**{**_fields(Photo, row), "kind": PhotoKind(row["kind"])})


def follow_up_from(row: Mapping[Any, Any]) -> FollowUp:
    values = _fields(FollowUp, row)
    values.update(
        state=FollowUpState(values["state"]),
        reason=FollowUpReason(values["reason"]),
        attendance=_enum(Attendance, values["attendance"]),
    )
    return FollowUp(**values)


def submission_from(row: Mapping[Any, Any]) -> Submission:
    values = {name: row["by_person" if name == "by" else name] for name in Submission.__slots__}
    risks = {reason: RiskLevel(level) for reason, level in (values["risks"] or {}).items()}
    return Submission(**{**values, "urgent": tuple(values["urgent"] or ()), "risks": risks})


def table_of_care(cls: type[Any]) -> Table:
    return TABLE_OF[cls]


def care_from(cls: type[F], row: Mapping[Any, Any]) -> F:
    """A fact of care of this class."""
    names = {"on": "on_date", "by": "by_person"}
    values = {name: row[names.get(name, name)] for name in cls.__slots__}
    values |= {name: enum(values[name]) for name, enum in _ENUMS[cls].items()}
    if "shares" in values:
        values["shares"] = tuple(Shared(one) for one in values["shares"])
    return cls(**values)


def form_from(row: Mapping[Any, Any]) -> Form:
    return Form(**{**_fields(Form, row), "about": FormAbout(row["about"])})


def conflict_from(row: Mapping[Any, Any]) -> Conflict:
    return Conflict(**_fields(Conflict, row))


def person_from(row: Mapping[Any, Any]) -> Person:
    return Person(**{**_fields(Person, row), "role": Role(row["role"])})


def school_from(row: Mapping[Any, Any]) -> School:
    return School(**_fields(School, row))


def cause_from(row: Mapping[Any, Any]) -> Cause:
    return Cause(**_fields(Cause, row))


def agency_from(row: Mapping[Any, Any]) -> Agency:
    return Agency(**_fields(Agency, row))


def setting_from(row: Mapping[Any, Any]) -> Setting:
    return Setting(**_fields(Setting, row))


def received_list_from(row: Mapping[Any, Any]) -> ReceivedList:
    return ReceivedList(**{**_fields(ReceivedList, row), "list_type": ListType(row["list_type"])})


def _fields(cls: Any, row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: row[name] for name in cls.__slots__}


def _enum(cls: Any, value: str | None) -> Any:
    return None if value is None else cls(value)
