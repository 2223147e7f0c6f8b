"""Filled forms tell of signs of harm among their answers."""

import sqlalchemy as sa
from alembic import op

revision = "records_9"
down_revision = "records_8"


def upgrade() -> None:
    op.add_column("submission", sa.Column("urgent", sa.JSON(), nullable=True))
