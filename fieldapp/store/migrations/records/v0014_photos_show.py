"""Visits tell what their photos show."""

import sqlalchemy as sa
from alembic import op

revision = "records_14"
down_revision = "records_13"


def upgrade() -> None:
    op.add_column("visit", sa.Column("photos_show", sa.Text(), nullable=True))
