"""One-time codes, what laptops told of what they had not sent, and ways into the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0010_people"
down_revision = "0009_past_scopes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_code",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("code_sha256", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "person_id"),
    )
    op.create_table(
        "unsent_told",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "device_id", "person_id"),
    )
    op.create_index("audit_by_time", "audit", ["district_id", "at"])
    op.create_index("audit_by_device", "audit", ["district_id", "device_id", "at"])
    op.create_index("audit_by_action", "audit", ["district_id", "action", "at"])
