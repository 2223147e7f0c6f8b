"""What a person's scope was before their role or school changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009_past_scopes"
down_revision = "0008_report_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_scope",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("school_code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "person_id", "until"),
    )
