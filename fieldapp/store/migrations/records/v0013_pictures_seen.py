"""Files of phones and cards that a person has decided about."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "records_13"
down_revision = "records_12"


def upgrade() -> None:
    op.create_table(
        "picture_seen",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Text(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index("picture_seen_by_photo", "picture_seen", ["photo_id"])
