"""What the office uploaded to publish as a form."""

import sqlalchemy as sa
from alembic import op

from fieldapp.records.columns import UtcTime

revision = "0018_form_uploads"
down_revision = "0017_forms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_upload",
        sa.Column("district_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("xform", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("uploaded_at", UtcTime(), nullable=False),
        sa.Column("uploaded_by", sa.Text(), nullable=False),
        sa.Column("published_at", UtcTime(), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("district_id", "id"),
    )
    op.create_index("form_upload_by_form", "form_upload", ["district_id", "form_id", "form_version"])
