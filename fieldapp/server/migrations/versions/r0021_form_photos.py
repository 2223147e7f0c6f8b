"""A photo may belong to a filled form instead of a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0021_form_photos"
down_revision = "0020_care"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("photo", "visit_id", existing_type=sa.Text(), nullable=True, server_default=None)
    op.alter_column("photo", "case_id", existing_type=sa.Text(), nullable=True, server_default=None)
    op.add_column("photo", sa.Column("submission_id", sa.Text(), nullable=True))
