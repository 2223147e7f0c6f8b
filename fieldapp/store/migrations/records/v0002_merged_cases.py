"""Which case goes on in a duplicate's place."""

import sqlalchemy as sa
from alembic import op

revision = "records_2"
down_revision = "records_1"


def upgrade() -> None:
    op.add_column("case_", sa.Column("merged_into", sa.Text(), nullable=True))
    op.add_column("case_step", sa.Column("merged_into", sa.Text(), nullable=True))
