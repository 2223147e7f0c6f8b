"""Runs: numbers given after a backup was put back are told from those given before."""

import sqlalchemy as sa
from alembic import op

revision = "0006_runs"
down_revision = "0005_office_session"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("district", sa.Column("run", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "run",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("first_sequence", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "number"),
        sa.UniqueConstraint("district_id", "id"),
    )
