"""The first tables: picture bytes."""

import sqlalchemy as sa
from alembic import op

revision = "photos_1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "photo_bytes",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
