"""The files as they came from phone or camera, and which picture was made of which."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "photos_2"
down_revision = "photos_1"


def upgrade() -> None:
    op.create_table(
        "original",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "original_of",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index("original_of_by_original", "original_of", ["original"])
