"""Receipts know the run in which they were given; reading everything from the district again; what the list of syncs says about it."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "records_4"
down_revision = "records_3"


def upgrade() -> None:
    op.add_column("receipt", sa.Column("run", sa.Text(), server_default="", nullable=False))
    op.create_index("receipt_by_run", "receipt", ["run", "sequence"], unique=False)
    op.create_table(
        "former_receipt",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("verified_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "sequence"),
    )
    op.create_table(
        "reading_again",
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("type", "id"),
    )
    op.add_column("sync_run", sa.Column("anew", sa.Text(), server_default="", nullable=False))
    op.add_column("sync_run", sa.Column("sent_again", sa.Integer(), server_default="0", nullable=False))
