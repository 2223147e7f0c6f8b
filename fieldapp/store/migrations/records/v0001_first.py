"""The first tables: records, and what a laptop keeps beside them."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "records_1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "case_",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("list_id", sa.Text(), server_default="", nullable=False),
        sa.Column("list_type", sa.Text(), server_default="", nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("main_cause", sa.Text(), nullable=True),
        sa.Column("school_code", sa.Text(), nullable=True),
        sa.Column("assignee_id", sa.Text(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("last_visit_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("case_by_assignee", "case_", ["district_id", "assignee_id"], unique=False)
    op.create_index("case_by_child", "case_", ["district_id", "child_id"], unique=False)
    op.create_index("case_by_school", "case_", ["district_id", "school_code"], unique=False)
    op.create_table(
        "case_step",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("by_person", sa.Text(), nullable=True),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("main_cause", sa.Text(), nullable=True),
        sa.Column("school_code", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "case_id", "event_id", "state"),
    )
    op.create_index("case_step_by_person", "case_step", ["district_id", "person_id"], unique=False)
    op.create_table(
        "cause",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("dmc", sa.Integer(), nullable=False),
        sa.Column("edudev", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "code"),
    )
    op.create_table(
        "child",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), server_default="", nullable=False),
        sa.Column("family_name", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("national_id", sa.Text(), server_default="", nullable=False),
        sa.Column("g_code", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("birth_precision", sa.Text(), server_default="", nullable=False),
        sa.Column("sex", sa.Text(), server_default="", nullable=False),
        sa.Column("nationality", sa.Text(), server_default="", nullable=False),
        sa.Column("house_no", sa.Text(), server_default="", nullable=False),
        sa.Column("moo", sa.Text(), server_default="", nullable=False),
        sa.Column("village", sa.Text(), server_default="", nullable=False),
        sa.Column("tambon_code", sa.Text(), server_default="", nullable=False),
        sa.Column("guardian_name", sa.Text(), server_default="", nullable=False),
        sa.Column("guardian_relation", sa.Text(), server_default="", nullable=False),
        sa.Column("guardian_phone", sa.Text(), server_default="", nullable=False),
        sa.Column("father_name", sa.Text(), server_default="", nullable=False),
        sa.Column("mother_name", sa.Text(), server_default="", nullable=False),
        sa.Column("last_school_code", sa.Text(), server_default="", nullable=False),
        sa.Column("last_school_name", sa.Text(), server_default="", nullable=False),
        sa.Column("last_grade", sa.Text(), server_default="", nullable=False),
        sa.Column("last_school_year", sa.Text(), server_default="", nullable=False),
        sa.Column("disability", sa.Text(), server_default="", nullable=False),
        sa.Column("disadvantage", sa.Text(), server_default="", nullable=False),
        sa.Column("finished_grade_9", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("field_events", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.Column("sort_key", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("child_by_national_id", "child", ["district_id", "national_id"], unique=False)
    op.create_index("child_by_sort_key", "child", ["district_id", "sort_key"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("follow_up_by_case", "follow_up", ["district_id", "case_id"], unique=False)
    op.create_index("follow_up_by_due", "follow_up", ["district_id", "state", "due_on"], unique=False)
    op.create_table(
        "person",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), server_default="", nullable=False),
        sa.Column("school_code", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_table(
        "photo",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), server_default="", nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), server_default="", nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=True),
        sa.Column("caption", sa.Text(), server_default="", nullable=False),
        sa.Column("stored", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("photo_by_case", "photo", ["district_id", "case_id"], unique=False)
    op.create_index("photo_by_hash", "photo", ["district_id", "sha256"], unique=False)
    op.create_table(
        "received_list",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("list_type", sa.Text(), server_default="", nullable=False),
        sa.Column("round", sa.Text(), server_default="", nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source_name", sa.Text(), server_default="", nullable=False),
        sa.Column("source_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("imported_at", UtcTime(), nullable=False),
        sa.Column("rows_taken", sa.Integer(), nullable=False),
        sa.Column("rows_kept_back", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_table(
        "school",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("tambon_code", sa.Text(), server_default="", nullable=False),
        sa.Column("network", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "code"),
    )
    op.create_table(
        "setting",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "name"),
    )
    op.create_table(
        "visit",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("companions", sa.Text(), server_default="", nullable=False),
        sa.Column("met", sa.JSON(), nullable=False),
        sa.Column("met_note", sa.Text(), server_default="", nullable=False),
        sa.Column("whereabouts", sa.Text(), nullable=True),
        sa.Column("whereabouts_note", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("return_level", sa.Text(), nullable=True),
        sa.Column("return_place", sa.Text(), server_default="", nullable=False),
        sa.Column("return_grade", sa.Text(), server_default="", nullable=False),
        sa.Column("return_on", sa.Date(), nullable=True),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("main_cause", sa.Text(), nullable=True),
        sa.Column("age_status", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_note", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("urgent_note", sa.Text(), server_default="", nullable=False),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("visit_by_case", "visit", ["district_id", "case_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
        sa.UniqueConstraint("visit_id"),
    )
    op.create_table(
        "draft_photo",
        sa.Column("photo_id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("offered_position", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("photo_id"),
    )
    op.create_index("draft_photo_by_visit", "draft_photo", ["visit_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("position", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Text(), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("event_id"),
    )
    op.create_index("outbox_by_case", "outbox", ["case_id"], unique=False)
    op.create_index("outbox_by_status", "outbox", ["status", "urgent", "position"], unique=False)
    op.create_table(
        "photo_transfer",
        sa.Column("photo_id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("upload_url", sa.Text(), nullable=False),
        sa.Column("sent_bytes", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("photo_id"),
    )
    op.create_index("photo_transfer_by_state", "photo_transfer", ["state"], unique=False)
    op.create_table(
        "preference",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "receipt",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("verified_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "sync_run",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("pushed", sa.Integer(), nullable=False),
        sa.Column("pulled", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("bytes_up", sa.Integer(), nullable=False),
        sa.Column("bytes_down", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sync_state",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
