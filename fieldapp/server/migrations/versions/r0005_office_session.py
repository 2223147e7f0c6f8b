"""Sessions of people at the office's pages."""

import sqlalchemy as sa
from alembic import op

revision = "0005_office_session"
down_revision = "0004_merged_cases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_session",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("district_id", "token_hash"),
    )
    op.create_index("office_session_by_person", "office_session", ["district_id", "person_id"])
