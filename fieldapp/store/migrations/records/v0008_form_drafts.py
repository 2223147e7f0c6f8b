"""Forms that are begun and not finished."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "records_8"
down_revision = "records_7"


def upgrade() -> None:
    op.create_table(
        "form_draft",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("school_code", sa.Text(), nullable=False),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("form_draft_by_case", "form_draft", ["case_id", "school_code", "form_id"], unique=True)
