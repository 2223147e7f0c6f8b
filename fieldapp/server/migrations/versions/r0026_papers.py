"""Papers that came back signed, and the photos that show them."""

import sqlalchemy as sa
from alembic import op

revision = "0026_papers"
down_revision = "0025_photos_show"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("child_id", sa.Text(), server_default="", nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("by_person", sa.Text(), server_default="", nullable=False),
        sa.Column("of_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("of", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Text(), server_default="", nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("outdated", sa.Boolean(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("paper_by_case", "paper", ["district_id", "case_id"])
    op.create_index("paper_by_record", "paper", ["district_id", "of"])
    op.add_column("photo", sa.Column("paper_id", sa.Text(), nullable=True))
