"""Tables of the records. Every primary key and index begins with `district_id`, so that the district database can be sharded by it;
on a laptop the column holds one value. Dates are ISO Gregorian; derived columns are marked.

An index has its readers. Those that only the district reads are not made on a laptop, where each is one more tree to keep at every
download (`_district_index`)."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, MetaData, Table, Text

from fieldapp.records.columns import UtcTime

metadata = MetaData()
DISTRICT_ONLY = "district only"


def _table(name: str, *columns: Column[Any], key: tuple[str, ...] = ("id",)) -> Table:
    keyed = [Column("district_id", Text, primary_key=True)]
    for column in columns:
        if column.name in key:
            column.primary_key = True
            column.nullable = False
        keyed.append(column)
    return Table(name, metadata, *keyed)


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False, default="", server_default="")


def _optional(name: str) -> Column[Any]:
    return Column(name, Text, nullable=True)


def _district_index(name: str, *columns: Column[Any]) -> None:
    Index(name, *columns, info={DISTRICT_ONLY: True}).ddl_if(dialect="postgresql")


def _version() -> Column[Any]:
    return Column("version", Integer, nullable=False, default=1, server_default="1")


child = _table(
    "child",
    Column("id", Text),
    _text("given_name"),
    _text("family_name"),
    _text("title"),
    _text("national_id"),
    _text("g_code"),
    Column("birth_on", Date),
    _text("birth_precision"),
    _text("sex"),
    _text("nationality"),
    _text("house_no"),
    _text("moo"),
    _text("village"),
    _text("tambon_code"),
    _text("guardian_name"),
    _text("guardian_relation"),
    _text("guardian_phone"),
    _text("father_name"),
    _text("mother_name"),
    _text("last_school_code"),
    _text("last_school_name"),
    _text("last_grade"),
    _text("last_school_year"),
    _text("disability"),
    _text("disadvantage"),
    Column("finished_grade_9", Boolean, nullable=False, default=False, server_default="0"),
    Column("field_events", JSON, nullable=False),
    _version(),
    _text("search_text"),  # derived: names.fold of what people search by
    _text("sort_key"),  # derived: Thai order of the name
)
_district_index("child_by_national_id", child.c.district_id, child.c.national_id)
_district_index("child_by_sort_key", child.c.district_id, child.c.sort_key)

received_list = _table(
    "received_list",
    Column("id", Text),
    _text("list_type"),
    _text("round"),
    Column("as_of", Date, nullable=False),
    _text("source_name"),
    _text("source_sha256"),
    Column("imported_at", UtcTime, nullable=False),
    Column("rows_taken", Integer, nullable=False),
    Column("rows_kept_back", Integer, nullable=False),
    _version(),
)

case = _table(
    "case_",
    Column("id", Text),
    _text("child_id"),
    _text("list_id"),
    _text("list_type"),
    Column("listed_on", Date, nullable=False),
    _text("state"),  # derived from case_step, as are the columns below
    Column("state_on", Date),
    _optional("reason"),
    _optional("main_cause"),
    _optional("school_code"),
    _optional("assignee_id"),
    Column("assigned_on", Date),
    Column("due_on", Date),
    Column("last_visit_on", Date),
    _optional("merged_into"),
    _version(),
)
Index("case_by_child", case.c.district_id, case.c.child_id)
_district_index("case_by_assignee", case.c.district_id, case.c.assignee_id)
_district_index("case_by_school", case.c.district_id, case.c.school_code)

case_step = _table(
    "case_step",
    Column("case_id", Text),
    Column("event_id", Text),
    Column("state", Text),
    Column("phase", Integer, nullable=False),  # derived: CaseStep.phase
    Column("on_date", Date, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    _optional("by_person"),
    Column("recorded_at", UtcTime, nullable=False),
    _optional("visit_id"),
    _optional("reason"),
    _optional("main_cause"),
    _optional("school_code"),
    _optional("person_id"),
    Column("due_on", Date),
    _optional("merged_into"),
    key=("case_id", "event_id", "state"),
)
_district_index("case_step_by_person", case_step.c.district_id, case_step.c.person_id)

visit = _table(
    "visit",
    Column("id", Text),
    _text("case_id"),
    _text("child_id"),
    Column("visited_on", Date, nullable=False),
    _text("by_person"),
    _text("companions"),
    Column("met", JSON, nullable=False),
    _text("met_note"),
    _optional("whereabouts"),
    _text("whereabouts_note"),
    _optional("outcome"),
    _optional("return_level"),
    _text("return_place"),
    _text("return_grade"),
    Column("return_on", Date),
    Column("causes", JSON, nullable=False),
    _optional("main_cause"),
    _text("age_status"),
    _text("note"),
    _optional("next_step"),
    Column("next_on", Date),
    _text("next_note"),
    Column("position", JSON(none_as_null=True)),
    Column("urgent", Boolean, nullable=False),
    _text("urgent_note"),
    _optional("supersedes"),
    _optional("household_id"),
    _optional("photos_show"),
)
Index("visit_by_case", visit.c.district_id, visit.c.case_id)

photo = _table(
    "photo",
    Column("id", Text),
    _optional("visit_id"),
    _optional("case_id"),
    _text("sha256"),
    Column("size", Integer, nullable=False),
    _text("media_type"),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    _text("kind"),
    Column("taken_at", UtcTime),
    _text("caption"),
    Column("stored", Boolean, nullable=False),
    _version(),
    _optional("submission_id"),
    _optional("paper_id"),
)
Index("photo_by_case", photo.c.district_id, photo.c.case_id)
Index("photo_by_hash", photo.c.district_id, photo.c.sha256)

follow_up = _table(
    "follow_up",
    Column("id", Text),
    _text("case_id"),
    Column("due_on", Date, nullable=False),
    _text("owner_id"),
    _text("note"),
    _optional("visit_id"),
    _text("state"),
    Column("closed_on", Date),
    _version(),
    Column("reason", Text, nullable=False, default="promise", server_default="promise"),
    _optional("attendance"),
    _text("closing_note"),
)
Index("follow_up_by_case", follow_up.c.district_id, follow_up.c.case_id)
Index("follow_up_by_due", follow_up.c.district_id, follow_up.c.state, follow_up.c.due_on)

conflict = _table(
    "conflict",
    Column("id", Text),
    _text("child_id"),
    _text("field"),
    Column("offered", JSON(none_as_null=True)),
    _text("offered_by"),
    Column("offered_at", UtcTime, nullable=False),
    Column("kept", JSON(none_as_null=True)),
    _optional("kept_event"),
    _optional("kept_by"),
    Column("kept_at", UtcTime),
    _optional("decided_event"),
    _optional("decided_by"),
    Column("decided_at", UtcTime),
    Column("decision", JSON(none_as_null=True)),
    _version(),
)
Index("conflict_by_child", conflict.c.district_id, conflict.c.child_id)

submission = _table(
    "submission",
    Column("id", Text),
    _text("form_id"),
    _text("form_version"),
    _optional("case_id"),
    _optional("child_id"),
    _optional("school_code"),
    Column("filled_on", Date, nullable=False),
    _text("by_person"),
    _text("xml"),
    _optional("visit_id"),
    _optional("household_id"),
    _optional("supersedes"),
    Column("urgent", JSON(none_as_null=True)),
    Column("risks", JSON(none_as_null=True)),
)
Index("submission_by_case", submission.c.district_id, submission.c.case_id)
_district_index("submission_by_form", submission.c.district_id, submission.c.form_id, submission.c.filled_on)


def _fact(name: str, *columns: Column[Any]) -> Table:
    """A fact of care: of one case, on a day, by a person."""
    common = (Column("id", Text), _text("case_id"), _text("child_id"), Column("on_date", Date, nullable=False), _text("by_person"))
    table = _table(name, *common, *columns)
    Index(f"{name}_by_case", table.c.district_id, table.c.case_id)
    return table


risk = _fact("risk", _text("source"), _text("reason"), _text("level"), _text("note"), _optional("list_id"), _optional("submission_id"))
_district_index("risk_by_list", risk.c.district_id, risk.c.list_id)

support = _fact(
    "support",
    _text("area"),
    _text("what"),
    _text("giver"),
    _optional("agency_id"),
    Column("cost_baht", Integer),
    _text("result"),
    _optional("goal_id"),
    _optional("supersedes"),
)

goal = _fact(
    "goal", _text("aspect"), _text("goal"), _text("measure"), Column("due_on", Date), _optional("owner_id"), _optional("supersedes")
)

referral = _fact(
    "referral",
    _text("kind"),
    _text("receiver"),
    _text("reason"),
    _optional("agency_id"),
    _text("number"),
    _text("done_so_far"),
    _text("wanted"),
    _text("contact"),
    Column("shares", JSON, nullable=False),
    _optional("consent_id"),
    Column("reply_by", Date),
    _optional("supersedes"),
)

consent = _fact(
    "consent",
    _text("purpose"),
    Column("given", Boolean, nullable=False),
    _text("giver"),
    _text("relation"),
    _text("form_version"),
    _text("signature"),
    _text("note"),
)

transfer = _fact("transfer", _text("reason"), _optional("to_school"), _text("to_place"), _text("grade"))

paper = _fact(
    "paper",
    _text("of_kind"),
    _text("of"),
    _text("version"),
    Column("page", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    _text("sha256"),
    Column("outdated", Boolean, nullable=False),
    Column("by_hand", Boolean, nullable=False),
)
Index("paper_by_record", paper.c.district_id, paper.c.of)

care_step = _fact("care_step", _text("of"), _text("of_kind"), _text("state"), _text("note"))
Index("care_step_by_fact", care_step.c.district_id, care_step.c.of)

# What belongs to a case and goes where it goes.
OF_CASE = (visit, photo, follow_up, submission, risk, support, goal, referral, consent, transfer, paper, care_step)

form = _table(
    "form",
    Column("id", Text),  # derived: form_id and form_version
    _text("form_id"),
    _text("form_version"),
    _text("title"),
    _text("about"),
    _text("xform"),
    _text("sha256"),
    Column("published_at", UtcTime, nullable=False),
    Column("attachments", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    _version(),
)

person = _table(
    "person",
    Column("id", Text),
    _text("name"),
    _text("role"),
    _text("school_code"),
    Column("active", Boolean, nullable=False),
    _version(),
)

school = _table(
    "school",
    Column("code", Text),
    _text("name"),
    _text("tambon_code"),
    _text("network"),
    Column("active", Boolean, nullable=False),
    _version(),
    key=("code",),
)

cause = _table(
    "cause",
    Column("code", Text),
    _text("name"),
    Column("dmc", Integer, nullable=False),
    Column("edudev", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    _version(),
    key=("code",),
)

agency = _table(
    "agency",
    Column("id", Text),
    _text("name"),
    _text("kind"),
    _text("contact"),
    _text("area"),
    Column("active", Boolean, nullable=False),
    _version(),
)

setting = _table("setting", Column("name", Text), Column("value", JSON, nullable=False), _version(), key=("name",))
