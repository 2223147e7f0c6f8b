"""Conflicts about cards, as the district sends them."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "records_5"
down_revision = "records_4"


def upgrade() -> None:
    op.create_table(
        "conflict",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("offered", sa.JSON(), nullable=True),
        sa.Column("offered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("offered_at", UtcTime(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=True),
        sa.Column("kept_event", sa.Text(), nullable=True),
        sa.Column("kept_by", sa.Text(), nullable=True),
        sa.Column("kept_at", UtcTime(), nullable=True),
        sa.Column("decided_event", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("decision", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("conflict_by_child", "conflict", ["district_id", "child_id"], unique=False)
