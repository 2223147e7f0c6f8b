"""The registers of the year, one for each step of P-D-R-C-A-S, described field by field."""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum

from sqlalchemy import and_

from fieldapp.server.year import tables
from fieldapp.server.year.areas import areas
from fieldapp.server.year.fields import Field, Kind, Register, Values
from fieldapp.server.year.figures import WITHOUT_BASE, figure_choices
from fieldapp.texts import _, mark

_activity, _supervision, _support = tables.activity, tables.supervision, tables.support
_evaluation, _improvement, _lesson = tables.evaluation, tables.improvement, tables.lesson


class Status(StrEnum):
    """Of an activity."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    CALLED_OFF = "called_off"


class TargetIn(StrEnum):
    NUMBER = "number"
    PERCENT = "percent"


def statuses() -> Sequence[tuple[str, str]]:
    return (
        (Status.PLANNED, _("Planned")),
        (Status.UNDER_WAY, _("Under way")),
        (Status.DONE, _("Done")),
        (Status.CALLED_OFF, _("Called off")),
    )


def stages() -> Sequence[tuple[str, str]]:
    return (("before", _("Before the work")), ("during", _("During the work")), ("after", _("After the work")))


def target_units() -> Sequence[tuple[str, str]]:
    return ((TargetIn.PERCENT, _("percent")), (TargetIn.NUMBER, _("as a number")))


def _done_with_its_day(values: Values, today: dt.date) -> Values:
    """A day on which it was done says that it is done, and the other way round."""
    if values["status"] == Status.DONE and values["done_on"] is None:
        return {**values, "done_on": today}
    if values["done_on"] is not None and values["status"] in (Status.PLANNED, Status.UNDER_WAY):
        return {**values, "status": Status.DONE.value}
    return values


def _percent_only_of_something(values: Values, today: dt.date) -> Values:
    return {**values, "target_in": TargetIn.NUMBER.value} if values["figure_name"] in WITHOUT_BASE else values


PLAN = Register(
    path="plan",
    step="P",
    caption=mark("Plan of activities"),
    about=mark("What will be done this school year, by whom, until when and with which target."),
    add=mark("Add an activity"),
    table=_activity,
    fields=(
        Field("name", mark("Activity"), required=True),
        Field("area", mark("Technique or area"), Kind.CHOICE, choices=areas),
        Field("owner", mark("Owner"), Kind.WHO, required=True, hint=mark("a person or a team")),
        Field("from_on", mark("From"), Kind.DAY, required=True),
        Field("until_on", mark("Until"), Kind.DAY, not_before="from_on"),
        Field("target", mark("Target"), Kind.NUMBER),
        Field("unit", mark("Unit"), hint=mark("children, schools, times …")),
        Field("budget", mark("Budget"), hint=mark("amount and source, as you would write it"), listed=False),
        Field(
            "status", mark("Status"), Kind.CHOICE, required=True, choices=statuses,
            tones={Status.UNDER_WAY: "info", Status.DONE: "good", Status.CALLED_OFF: "plum"},
        ),
        Field("done_on", mark("Done on"), Kind.DAY, ahead=False),
        Field("note", mark("Remark"), Kind.TEXT, listed=False),
    ),
    title="name",
    order=(_activity.c.from_on, _activity.c.id),
    done=_activity.c.status == Status.DONE,
    overdue=lambda today: and_(_activity.c.until_on < today, _activity.c.status.in_((Status.PLANNED, Status.UNDER_WAY))),
    mend=_done_with_its_day,
)  # fmt: skip

SUPERVISION = Register(
    path="supervision",
    step="D",
    caption=mark("Supervision"),
    about=mark("Visits to schools to supervise, direct and follow up: what was seen, what was advised, when to look again."),
    add=mark("Add a visit to a school"),
    table=_supervision,
    fields=(
        Field("on_date", mark("Date"), Kind.DAY, required=True, ahead=False),
        Field("school_code", mark("School"), Kind.SCHOOL, required=True),
        Field("who", mark("Who went"), Kind.WHO, required=True),
        Field("seen", mark("What was seen"), Kind.TEXT, required=True),
        Field("advice", mark("Advice"), Kind.TEXT),
        Field("follow_up_on", mark("Follow up on"), Kind.DAY, not_before="on_date"),
        Field("followed_up_on", mark("Followed up"), Kind.DAY, ahead=False, not_before="on_date"),
    ),
    title="school_code",
    order=(_supervision.c.on_date.desc(), _supervision.c.id.desc()),
    dated_by="on_date",
    done=_supervision.c.followed_up_on.is_not(None),
    overdue=lambda today: and_(_supervision.c.follow_up_on < today, _supervision.c.followed_up_on.is_(None)),
)

SUPPORT = Register(
    path="support",
    step="R",
    caption=mark("Support"),
    about=mark("What strengthened the work: training, visits of experts, praise, money, tools."),
    add=mark("Add a support"),
    table=_support,
    fields=(
        Field("on_date", mark("Date"), Kind.DAY, required=True),
        Field("what", mark("What"), required=True),
        Field("for_whom", mark("For whom"), required=True, hint=mark("schools, clusters, teachers, families")),
        Field("who", mark("By whom"), Kind.WHO),
        Field("people", mark("People reached"), Kind.NUMBER),
        Field("result", mark("Result"), Kind.TEXT),
    ),
    title="what",
    order=(_support.c.on_date.desc(), _support.c.id.desc()),
    dated_by="on_date",
)

CHECK = Register(
    path="check",
    step="C",
    caption=mark("Evaluation"),
    about=mark("Before, during and after the work: the system's own figure of the day beside the target. What was counted then stays."),
    add=mark("Add an evaluation"),
    table=_evaluation,
    fields=(
        Field("on_date", mark("As of"), Kind.DAY, required=True, ahead=False),
        Field("stage", mark("Stage"), Kind.CHOICE, required=True, choices=stages),
        Field("figure_name", mark("Figure"), Kind.CHOICE, required=True, choices=figure_choices),
        Field("target", mark("Target"), Kind.NUMBER),
        Field("target_in", mark("Target is"), Kind.CHOICE, required=True, choices=target_units, listed=False),
        Field("remark", mark("Remark"), Kind.TEXT),
    ),
    title="figure_name",
    order=(_evaluation.c.on_date.desc(), _evaluation.c.id.desc()),
    dated_by="on_date",
    mend=_percent_only_of_something,
)

IMPROVEMENTS = Register(
    path="improvements",
    step="A",
    caption=mark("Improvements"),
    about=mark("What will be done differently, why, who decided it, and until when."),
    add=mark("Add an improvement"),
    table=_improvement,
    fields=(
        Field("what", mark("What changes"), Kind.TEXT, required=True),
        Field("why", mark("Why"), Kind.TEXT, required=True),
        Field("decided_by", mark("Decided by"), Kind.WHO, required=True),
        Field("until_on", mark("Until"), Kind.DAY),
        Field("done_on", mark("Done on"), Kind.DAY, ahead=False),
        Field("result", mark("Result"), Kind.TEXT, listed=False),
    ),
    title="what",
    order=(_improvement.c.done_on.is_not(None), _improvement.c.until_on.asc().nulls_last(), _improvement.c.id),
    done=_improvement.c.done_on.is_not(None),
    overdue=lambda today: and_(_improvement.c.until_on < today, _improvement.c.done_on.is_(None)),
)

LESSONS = Register(
    path="lessons",
    step="S",
    caption=mark("Shared lessons"),
    about=mark("What others can learn from: to read, to print, to take to the meeting."),
    add=mark("Add a lesson"),
    table=_lesson,
    fields=(
        Field("on_date", mark("Date"), Kind.DAY, required=True, ahead=False),
        Field("title", mark("Heading"), required=True),
        Field("school_code", mark("School"), Kind.SCHOOL),
        Field("text", mark("What we learned"), Kind.TEXT, required=True),
    ),
    title="title",
    order=(_lesson.c.on_date.desc(), _lesson.c.id.desc()),
    dated_by="on_date",
    warning=mark(
        "A lesson is shared with everyone: no child's name, ID number, address or picture, nor anything by which a child is recognised."
    ),
)

REGISTERS: tuple[Register, ...] = (PLAN, SUPERVISION, SUPPORT, CHECK, IMPROVEMENTS, LESSONS)
BY_PATH: Mapping[str, Register] = {one.path: one for one in REGISTERS}
