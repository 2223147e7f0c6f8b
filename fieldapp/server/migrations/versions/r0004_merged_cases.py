"""Which case goes on in a duplicate's place; and departures found by their case, to be told anew when it moves on."""

import sqlalchemy as sa
from alembic import op

revision = "0004_merged_cases"
down_revision = "0003_device_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_", sa.Column("merged_into", sa.Text(), nullable=True))
    op.add_column("case_step", sa.Column("merged_into", sa.Text(), nullable=True))
    op.create_index("departure_by_case", "departure", ["district_id", "case_id"], unique=False)
