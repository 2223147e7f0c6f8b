"""Visits of the children of one house name the first of them."""

import sqlalchemy as sa
from alembic import op

revision = "0022_household_visits"
down_revision = "0021_form_photos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visit", sa.Column("household_id", sa.Text(), nullable=True))
