"""Visits tell what their photos show."""

import sqlalchemy as sa
from alembic import op

revision = "0025_photos_show"
down_revision = "0024_counted_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visit", sa.Column("photos_show", sa.Text(), nullable=True))
