"""Visits of the children of one house name the first of them."""

import sqlalchemy as sa
from alembic import op

revision = "records_12"
down_revision = "records_11"


def upgrade() -> None:
    op.add_column("visit", sa.Column("household_id", sa.Text(), nullable=True))
