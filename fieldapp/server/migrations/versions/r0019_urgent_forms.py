"""Filled forms tell of signs of harm among their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0019_urgent_forms"
down_revision = "0018_form_uploads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("urgent", sa.JSON(), nullable=True))
