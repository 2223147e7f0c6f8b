"""Forms of the district, and the copies of them that were filled."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "0017_forms"
down_revision = "0016_agencies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), server_default="", nullable=False),
        sa.Column("form_version", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("xform", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("published_at", UtcTime(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_table(
        "submission",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), server_default="", nullable=False),
        sa.Column("form_version", sa.Text(), server_default="", nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("child_id", sa.Text(), nullable=True),
        sa.Column("school_code", sa.Text(), nullable=True),
        sa.Column("filled_on", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("xml", sa.Text(), server_default="", nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("household_id", sa.Text(), nullable=True),
        sa.Column("supersedes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("submission_by_case", "submission", ["district_id", "case_id"])
    op.create_index("submission_by_form", "submission", ["district_id", "form_id", "filled_on"])
