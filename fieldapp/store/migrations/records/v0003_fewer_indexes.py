"""Indexes that only the district reads go: a laptop kept them at every download, and asked none of them."""

from alembic import op

revision = "records_3"
down_revision = "records_2"


def upgrade() -> None:
    op.drop_index("child_by_national_id", "child")
    op.drop_index("child_by_sort_key", "child")
    op.drop_index("case_by_assignee", "case_")
    op.drop_index("case_by_school", "case_")
    op.drop_index("case_step_by_person", "case_step")
