"""Care: risks, supports, goals, referrals, consents, transfers and their steps; what a follow-up found."""

import sqlalchemy as sa
from alembic import op

revision = "0020_care"
down_revision = "0019_urgent_forms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("risks", sa.JSON(), nullable=True))
    op.add_column("follow_up", sa.Column("reason", sa.Text(), server_default="promise", nullable=False))
    op.add_column("follow_up", sa.Column("attendance", sa.Text(), nullable=True))
    op.add_column("follow_up", sa.Column("closing_note", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "risk",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("list_id", sa.Text(), nullable=True),
        sa.Column("submission_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("risk_by_case", "risk", ["district_id", "case_id"])
    op.create_index("risk_by_list", "risk", ["district_id", "list_id"])
    op.create_table(
        "support",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("area", sa.Text(), server_default="", nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("giver", sa.Text(), server_default="", nullable=False),
        sa.Column("agency_id", sa.Text(), nullable=True),
        sa.Column("cost_baht", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("goal_id", sa.Text(), nullable=True),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("support_by_case", "support", ["district_id", "case_id"])
    op.create_table(
        "goal",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("aspect", sa.Text(), server_default="", nullable=False),
        sa.Column("goal", sa.Text(), server_default="", nullable=False),
        sa.Column("measure", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("goal_by_case", "goal", ["district_id", "case_id"])
    op.create_table(
        "referral",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("receiver", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("agency_id", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("done_so_far", sa.Text(), server_default="", nullable=False),
        sa.Column("wanted", sa.Text(), server_default="", nullable=False),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("consent_id", sa.Text(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("referral_by_case", "referral", ["district_id", "case_id"])
    op.create_table(
        "consent",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("giver", sa.Text(), server_default="", nullable=False),
        sa.Column("relation", sa.Text(), server_default="", nullable=False),
        sa.Column("form_version", sa.Text(), server_default="", nullable=False),
        sa.Column("signature", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("consent_by_case", "consent", ["district_id", "case_id"])
    op.create_table(
        "transfer",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("to_school", sa.Text(), nullable=True),
        sa.Column("to_place", sa.Text(), server_default="", nullable=False),
        sa.Column("grade", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("transfer_by_case", "transfer", ["district_id", "case_id"])
    op.create_table(
        "care_step",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("of", sa.Text(), server_default="", nullable=False),
        sa.Column("of_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("care_step_by_case", "care_step", ["district_id", "case_id"])
    op.create_index("care_step_by_fact", "care_step", ["district_id", "of"])
