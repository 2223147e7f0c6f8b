"""A photo may belong to a filled form instead of a visit, and to the draft of one."""

import sqlalchemy as sa
from alembic import op

revision = "records_11"
down_revision = "records_10"


def upgrade() -> None:
    with op.batch_alter_table("photo") as photo:
        photo.alter_column("case_id", existing_type=sa.Text(), existing_server_default="", nullable=True, server_default=None)
    for name, default in (("photo", ""), ("photo_transfer", None), ("draft_photo", None)):
        with op.batch_alter_table(name) as table:
            table.alter_column("visit_id", existing_type=sa.Text(), existing_server_default=default, nullable=True, server_default=None)
            table.add_column(sa.Column("submission_id", sa.Text(), nullable=True))
    op.create_index("draft_photo_by_submission", "draft_photo", ["submission_id"])
